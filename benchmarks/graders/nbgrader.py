"""nbgrader: a course with one assignment, the notebook of each student in its place, and ``nbgrader autograde``."""

import json

from .task import CLAIMS, FUNCTION, JUDGE

__all__ = ["commands", "points", "prepare"]

NAME = "nbgrader"


def prepare(folder, solutions):
    """Write course and submissions."""
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "svm"\n')
    _write(folder / "source" / "svm" / "svm.ipynb", "### BEGIN SOLUTION\npass\n### END SOLUTION\n")
    for student, source in solutions.items():
        _write(folder / "submitted" / student / "svm" / "svm.ipynb", source)


def commands(python):
    """What makes the assignment, grades a batch, and writes ``grades.csv``; only the second is measured."""
    tool = [str(python), "-m", "nbgrader"]
    return [*tool, "generate_assignment", "svm"], [*tool, "autograde", "svm"], [*tool, "export"]


def points(folder):
    """Points of each student, as a share of all."""
    lines = [line.split(",") for line in (folder / "grades.csv").read_text().split()]
    columns = {name: number for number, name in enumerate(lines[0])}
    return {
        line[columns["student_id"]]: float(line[columns["score"]]) / float(line[columns["max_score"]])
        for line in lines[1:]
    }


def _write(path, solution):
    cells = [_cell("solution", solution, solution=True), _cell("judge", JUDGE, locked=True)]
    for number, claim in enumerate(CLAIMS):
        test = f'assert outcomes({FUNCTION})[{claim!r}] == "pass"'
        cells.append(_cell(f"claim-{number}", test, grade=True, locked=True, points=1))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _cell(name, source, **given):
    about = {
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        "schema_version": 3,
        "cell_type": "code",
    }
    metadata = {"nbgrader": about | given | {"grade_id": name}}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
