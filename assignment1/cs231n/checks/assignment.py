"""All checks of the assignments as they lie on the disk; the one module here that imports the student's files."""

import ast
import json
import re
from pathlib import Path

from ..assignments import ASSIGNMENTS, REGIONS, SOURCES, WORK
from ..doctor.tools import REQUIRED
from ..languages import LANGUAGES
from ..sentences import table, word
from . import check
from .calls import Failure
from .findings import NOT_RUN, NOT_STARTED, Finding, Findings, guarded, judged, note
from .home import Attendant
from .judging import judge, others_of, shipped_questions, unanswered
from .loading import Modules
from .markers import student_lines
from .packages import required
from .reloading import read_texts

FOLDER = Path(__file__).parents[2]
_LONGEST = 100_000  # characters of a stub, by far
_READ = 5_000_000  # characters of a cell; Colab writes pictures into them


def check_assignment():
    """Check the student's files, and see which regions of the notebooks are still empty."""
    read_texts()
    folders = {(FOLDER / file).parent for file in SOURCES}

    def is_own(name):
        return Path(name).parent in folders

    found, modules = Findings(), Modules(is_own, within=lambda: Attendant(is_own)())
    for assignment, subject in WORK:
        code = modules.code(subject.name, subject.module, others_of(assignment, subject))
        if isinstance(code, Failure):
            found += guarded(subject.name, subject.regions[0], judge_failure, assignment, subject, code)
        else:
            found += check(code, subject)
    for assignment in ASSIGNMENTS:
        found += _check_notebook(assignment)
    return found


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
        return [(cell.get("id", f"cell {at}"), "".join(cell["source"])[:_READ]) for at, cell in enumerate(cells)]
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
        statements = ast.parse(re.sub(r"(?m)^[ \t]+", "", body)).body
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


def judge_failure(assignment, subject, failure):
    """Findings on a subject that a file does not give, with what to do about it."""
    if remedy := _remedy(subject, failure):
        failure = failure._replace(text=note("import failed, ask", failed=failure.text, ask=remedy))
    questions = shipped_questions(assignment, subject)
    return judge(assignment, subject, questions, unanswered(subject, questions, failure), None)


def _remedy(subject, failure):
    """What to do about a failure, as a note, where it is not the student's code."""
    if not (FOLDER / subject.file).is_file():
        return note("file gone")
    said, listed = str(failure.text), {*REQUIRED, *required()}
    module = re.match(r"(?:No module named '|import of )([\w.]+)", said)
    if module and "." not in module[1] and module[1] not in listed:
        return note("do without", name=module[1])
    is_installation = module[1] in listed if module else re.match(r"DLL load failed|.*\.(so|dylib)\b", said)
    return note("ask the doctor") if is_installation else None
