"""otter-grader: tests packed by ``otter generate``, and a batch graded in one process by its programming interface.

``otter run`` takes a process for each submission, and twice the time; ``otter grade`` needs Docker.
"""

import json

from .task import CLAIMS, FUNCTION, JUDGE

__all__ = ["commands", "points", "prepare"]

NAME = "otter-grader"
_TEST = f"""
@test_case(name={{claim!r}}, points=1, hidden=True)
def test_{{number}}({FUNCTION}):
    assert outcomes({FUNCTION})[{{claim!r}}] == "pass"
"""
_BATCH = """
import json
from pathlib import Path
from otter.api import grade_submission

found = {}
for path in sorted(Path("submitted").glob("*.ipynb")):
    results = grade_submission(str(path), "autograder.zip", quiet=True)
    found[path.stem] = results.total / results.possible
Path("points.json").write_text(json.dumps(found))
"""


def prepare(folder, solutions):
    """Write tests and submissions."""
    for name in ("tests", "submitted"):
        (folder / name).mkdir()
    head = f"from otter.test_files import test_case\n\nOK_FORMAT = False\nname = {FUNCTION!r}\npoints = None\n{JUDGE}"
    tests = [_TEST.format(claim=claim, number=number) for number, claim in enumerate(CLAIMS)]
    (folder / "tests" / f"{FUNCTION}.py").write_text(head + "".join(tests), encoding="utf-8")
    (folder / "batch.py").write_text(_BATCH, encoding="utf-8")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for student, source in solutions.items():
        cell = {"cell_type": "code", "id": "solution", "metadata": {}, "source": source, "outputs": []}
        cells = [cell | {"execution_count": None}]
        notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (folder / "submitted" / f"{student}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def commands(python):
    """What packs the tests, and what grades a batch; only the second is measured."""
    tool = [str(python), "-m", "otter"]
    return [*tool, "generate", "-t", "tests", "-o", "autograder.zip"], [str(python), "batch.py"], None


def points(folder):
    """Points of each student, as a share of all."""
    return json.loads((folder / "points.json").read_text())
