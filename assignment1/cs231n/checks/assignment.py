"""All checks of the assignments as they lie on the disk; the one module here that imports the student's files."""

import ast
import importlib
import json
import re
import sys
from pathlib import Path

from ..assignments import ASSIGNMENTS, REGIONS, WORK
from ..assignments.table import CLASSIFIER
from ..doctor.tools import REQUIRED
from ..languages import LANGUAGES
from ..sentences import table, word
from . import check
from .calls import Answer, as_failure
from .findings import NOT_RUN, NOT_STARTED, Finding, Findings, judged, note
from .judging import calls_of, judge, shipped_questions
from .markers import student_lines
from .source import parse

__all__ = ["check_assignment", "filled_regions", "is_filled", "notebook_cells", "region_bodies"]

FOLDER = Path(__file__).parents[2]
_LONGEST = 100_000  # characters of a stub, by far


def check_assignment():
    """Check the student's files, and see which regions of the notebooks are still empty."""
    found = Findings()
    for assignment, subject in WORK:
        try:
            code = _load(assignment, subject)
        except (Exception, SystemExit) as error:  # whatever the student's files raise
            found += _cannot_import(assignment, subject, error)
        else:
            found += check(code, subject)
    for assignment in ASSIGNMENTS:
        found += _check_notebook(assignment)
    return found


def _load(assignment, subject):
    """What a student's file defines; one that brings its own loss may do without the losses, as in grading."""
    for other in assignment.subjects if subject.kind == CLASSIFIER else ():
        if other.file != subject.file:
            try:
                module = importlib.import_module(other.module)
            except (Exception, SystemExit):  # said where it is asked for itself
                module = sys.modules[other.module] = type(sys)(other.module)
            vars(module).setdefault(other.name, None)
    return getattr(importlib.import_module(subject.module), subject.name)


def filled_regions(notebook):
    """Whether each region of a notebook is filled, by its id; ValueError if the file is no notebook."""
    try:
        bodies = region_bodies(notebook_cells(Path(notebook).read_text(encoding="utf-8-sig")))
    except (OSError, ValueError) as error:
        raise ValueError(word("no notebook", path=notebook, error=error)) from error
    return {name: is_filled(body) for name, body in bodies.items()}


def notebook_cells(text):
    """Pairs of id and source, one a cell, of a notebook's text; old formats have numbers for ids. Or ValueError."""
    try:
        cells = json.loads(text)["cells"]
        return [(cell.get("id", f"cell {number}"), "".join(cell["source"])) for number, cell in enumerate(cells)]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def region_bodies(cells):
    """What stands in each region, by its id, of a notebook's `notebook_cells`; of a copied one, all that is filled."""
    bodies = {}
    for _, source in cells:
        for name, begin, end in student_lines(source):
            bodies.setdefault(name, {})[source[begin:end]] = None
    bodies.pop(None, None)
    return {name: "\n".join(filter(is_filled, found)) or next(iter(found)) for name, found in bodies.items()}


def is_filled(body):
    """Whether a region holds more than stubs that assign None, or "not answered"."""
    if body.strip() in ("", *(table("WORDS", language)["not answered"] for language in LANGUAGES)):
        return False
    if len(body) > _LONGEST:
        return True
    try:
        statements = parse(re.sub(r"(?m)^[ \t]+", "", body)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return not all(
        isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value is None
        for node in statements
    )


def _check_notebook(assignment):
    """Which regions are filled in any of an assignment's notebooks."""
    filled = {name: None for name, region in assignment.regions.items() if region.is_in_notebook}
    present = [name for name in assignment.notebooks if (FOLDER / name).is_file()]
    for name in present or assignment.notebooks[:1]:
        try:
            found = filled_regions(FOLDER / name)
        except ValueError as error:
            region = next(name for name, region in assignment.regions.items() if region.is_in_notebook)
            return Findings([judged(name, "answer", region, (note("text", text=str(error)),))])
        filled |= {region: is_there or filled.get(region, False) for region, is_there in found.items()}
    return Findings(_notebook_finding(name, is_there) for name, is_there in filled.items() if REGIONS[name].points)


def _notebook_finding(name, is_there):
    claim, reason = ("results", "in notebook") if REGIONS[name].is_code else ("answer", "for people")
    if is_there is None:
        return Finding(name, claim, name, NOT_STARTED, note("marker lost", region=name))
    return Finding(name, claim, name, NOT_RUN, note(reason)) if is_there else Finding(name, claim, name, NOT_STARTED)


def _cannot_import(assignment, subject, error):
    """The findings of grading on a file that cannot be imported, with what to do."""
    folders = {FOLDER, FOLDER / Path(subject.file).parent}
    failure = as_failure(error, lambda name: Path(name).parent in folders, subject.file)
    package, remedy = error.name if isinstance(error, ModuleNotFoundError) else None, None
    if not (FOLDER / subject.file).is_file():
        failure, remedy = failure._replace(text=subject.file), note("file gone")
    elif package in REQUIRED:
        remedy = note("ask the doctor")
    elif package and "." not in package:
        remedy = note("do without", name=package)
    if remedy:
        failure = failure._replace(text=note("import failed, ask", failed=failure.text, ask=remedy))
    questions = shipped_questions(assignment, subject)
    answers = {name: [Answer(failure=failure)] * len(calls) for name, calls in calls_of(subject, questions).items()}
    return judge(assignment, subject, questions, answers | {"cost": {}}, None)
