"""otter-grader: tests packed by ``otter generate``, and a batch graded in one process by its programming interface.

``otter run`` takes a process for each submission, and twice the time; ``otter grade`` needs Docker.
"""

import json

from . import CLAIMS, FUNCTION, JUDGE, write_notebook

NAME = "otter-grader"
_HEAD = f"""
from otter.test_files import test_case

OK_FORMAT = False
name = {FUNCTION!r}
points = None
{JUDGE}
"""
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
    (folder / "tests").mkdir()
    tests = [_TEST.format(claim=claim, number=number) for number, claim in enumerate(CLAIMS)]
    (folder / "tests" / f"{FUNCTION}.py").write_text(_HEAD + "".join(tests), encoding="utf-8")
    (folder / "batch.py").write_text(_BATCH, encoding="utf-8")
    for student, source in solutions.items():
        write_notebook(folder / "submitted" / f"{student}.ipynb", [(source, {})])


def commands(python):
    """What packs the tests, and what grades a batch; only the second is measured."""
    return [python, "-m", "otter", "generate", "-t", "tests", "-o", "autograder.zip"], [python, "batch.py"], None


def points(folder):
    """Points of each student, as a share of all."""
    return json.loads((folder / "points.json").read_text())
