"""All checks of an assignment as it lies on the disk; the one module here that imports the student's files."""

import ast
import importlib
import json
import re
from pathlib import Path

from ..sentences import word
from . import linear_classifier, svm_loss_naive, svm_loss_vectorized
from .findings import FAIL, NOT_RUN, NOT_STARTED, Finding, Findings
from .markers import student_lines
from .regions import REGIONS
from .source import parse

__all__ = ["check_assignment", "filled_regions", "is_filled", "notebook_cells", "region_bodies"]

FOLDER = Path(__file__).parents[2]
NOTEBOOKS = ("svm.ipynb", "svm.ko.ipynb")  # the same in English and Korean: a student works in one of them
_LONGEST = 100_000  # characters of a stub, by far
_NOT_ANSWERED = ("", "*Not answered yet.*", "*아직 답하지 않았습니다.*")


def check_assignment(folder=FOLDER):
    """Check the student's two files, and see what the notebook still lacks.

    Parameters
    ----------
    folder : path
        Where the notebook lies.

    Returns
    -------
    Findings
    """
    found = Findings()
    for check, module, name in (
        (svm_loss_naive, "linear_svm", "svm_loss_naive"),
        (svm_loss_vectorized, "linear_svm", "svm_loss_vectorized"),
        (linear_classifier, "linear_classifier", "LinearClassifier"),
    ):
        try:
            subject = getattr(importlib.import_module(f"cs231n.classifiers.{module}"), name)
        except Exception as error:  # whatever the student's files raise
            region = "train-sample" if name == "LinearClassifier" else "svm-naive-gradient"
            return found + _cannot_import(name, region, error) + _check_notebook(folder)
        found += check(subject)
    return found + _check_notebook(folder)


def filled_regions(notebook):
    """Which regions a notebook has, and whether each is filled.

    Parameters
    ----------
    notebook : path

    Returns
    -------
    dict of str to bool

    Raises
    ------
    ValueError
        If the file is no notebook.
    """
    try:
        bodies = region_bodies(notebook_cells(Path(notebook).read_text(encoding="utf-8-sig")))
    except (OSError, ValueError) as error:
        raise ValueError(word("no notebook", path=notebook, error=error)) from error
    return {name: is_filled(body) for name, body in bodies.items()}


def notebook_cells(text):
    """Id and source of each cell of a notebook.

    Parameters
    ----------
    text : str
        Of the notebook's file.

    Returns
    -------
    list of (str, str)
        Its number stands for an id where a cell has none, as in notebooks of old formats.

    Raises
    ------
    ValueError
        If it is no notebook.
    """
    try:
        cells = json.loads(text)["cells"]
        return [(cell.get("id", f"cell {number}"), "".join(cell["source"])) for number, cell in enumerate(cells)]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def region_bodies(cells):
    """What stands in each region of a notebook.

    Parameters
    ----------
    cells : list of (str, str)
        As `notebook_cells` returns them.

    Returns
    -------
    dict of str to str
    """
    return {name: source[begin:end] for _, source in cells for name, begin, end in student_lines(source) if name}


def is_filled(body):
    """Whether a region holds more than the stub that assigns None, or says that nothing is answered."""
    if body.strip() in _NOT_ANSWERED:
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


def _check_notebook(folder):
    """What is filled in either of the notebooks."""
    filled = {}
    present = [name for name in NOTEBOOKS if (Path(folder) / name).is_file()]
    for name in present or NOTEBOOKS[:1]:
        try:
            found = filled_regions(Path(folder) / name)
        except ValueError as error:
            return Findings([Finding(name, "answer", "tune", FAIL, str(error))])
        filled |= {region: is_filled or filled.get(region, False) for region, is_filled in found.items()}
    reasons = {True: word("for people"), False: word("in notebook")}
    return Findings(
        Finding(
            region,
            "answer" if region.startswith("inline") else "results",
            region,
            NOT_RUN if is_filled else NOT_STARTED,
            reasons[region.startswith("inline")] if is_filled else "",
        )
        for region, is_filled in filled.items()
        if REGIONS[region].points
    )


def _cannot_import(name, region, error):
    line = error.lineno if isinstance(error, SyntaxError) else None
    file = Path(error.filename).name if line and error.filename else ""
    text = word("import failed", file=file, line=line, kind=type(error).__name__, text=getattr(error, "msg", error))
    if isinstance(error, ImportError) and not (error.name or "").startswith("cs231n"):  # something is not installed
        text = f"{text}. {word('ask the doctor')}"
    return Findings([Finding(name, "runs", region, FAIL, text)])
