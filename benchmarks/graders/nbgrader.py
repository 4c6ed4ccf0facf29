"""nbgrader: a course with one assignment, the notebook of each student in its place, and ``nbgrader autograde``."""

import csv

from . import CLAIMS, FUNCTION, JUDGE, write_notebook

NAME = "nbgrader"
_NEITHER = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "cell_type": "code"}


def prepare(folder, solutions):
    """Write course and submissions."""
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "svm"\n')
    _write(folder / "source", "### BEGIN SOLUTION\npass\n### END SOLUTION\n")
    for student, source in solutions.items():
        _write(folder / "submitted" / student, source)


def commands(python):
    """What makes the assignment, grades a batch, and writes ``grades.csv``; only the second is measured."""
    tool = [python, "-m", "nbgrader"]
    return [*tool, "generate_assignment", "svm"], [*tool, "autograde", "svm"], [*tool, "export"]


def points(folder):
    """Points of each student, as a share of all."""
    with (folder / "grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["student_id"]: float(row["score"]) / float(row["max_score"]) for row in csv.DictReader(file)}


def _write(folder, solution):
    cells = [_cell("solution", solution, solution=True), _cell("judge", JUDGE, locked=True)]
    for number, claim in enumerate(CLAIMS):
        test = f'assert outcomes({FUNCTION})[{claim!r}] == "pass"'
        cells.append(_cell(f"claim-{number}", test, grade=True, locked=True, points=1))
    write_notebook(folder / "svm" / "svm.ipynb", cells)


def _cell(name, source, **about):
    return source, {"nbgrader": _NEITHER | about | {"grade_id": name}}
