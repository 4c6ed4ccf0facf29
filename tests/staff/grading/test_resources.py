"""What a submission costs the grader itself: reading and judging it have limits."""

import json
import signal
import subprocess
import sys
from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool

import pytest
from pebble import ProcessExpired

from cs231n.checks.findings import say
from staff.authoring.paths import ROOT
from staff.grading.batch import RESULT, Settings
from staff.grading.pool import Pool
from tests.attacks.notebooks import NOTEBOOKS
from tests.often import some

LARGE = {attack.name: attack for attack in NOTEBOOKS}
# Bytes of data, of which NumPy and what the grader imports take a quarter, and seconds of computing.
PROGRAM = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from staff.grading.grade import grade
from staff.grading.report import report_files
result = grade(Path(sys.argv[1]), seed=7)
report_files(result)
print({finding["outcome"] for finding in result["findings"]} & {"checker fault"}, result["points"])
"""


@pytest.mark.parametrize("name", some(LARGE, ("source of functions within functions",)))
def test_a_large_submission_takes_a_gigabyte_and_a_minute_at_most(tmp_path, name):
    content = LARGE[name].content
    path = tmp_path / "kim.zip"
    path.write_bytes(content() if callable(content) else content)
    command = [sys.executable, "-c", PROGRAM, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={"PYTHONPATH": "assignment1:."})
    assert (done.returncode, done.stdout) == (0, "set() 0\n"), done.stderr[-2000:]


BOUNDED = """
import sys, tempfile
from staff.grading import pool
pool._CPU, pool._MEMORY = 0.2, 1 << 29
pool._prepare(tempfile.gettempdir())
def outputs(what):
    while what == "computing":
        pass
    if what == "memory":
        bytearray(1 << 30)
    return what
pool.outputs = outputs
print(pool._outputs(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system sets no limits")
@pytest.mark.parametrize(("what", "status"), [("nothing", 0), ("computing", -signal.SIGPROF), ("memory", 77)])
def test_computing_and_memory_of_one_submission_have_an_end(what, status):
    command = [sys.executable, "-c", BOUNDED, what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={"PYTHONPATH": "assignment1:."})
    assert (done.returncode, done.stdout) == (status, f"{what}\n" if status == 0 else ""), done.stderr


class Ends(Pool):
    """A pool whose processes end in some ways, one after another, and then give a result."""

    def __init__(self, *ends):
        self._ends, self._is_open, self._waiting = list(ends), True, set()

    def _schedule(self, *_):
        future = Future()
        if self._ends:
            future.set_exception(self._ends.pop(0))
        else:
            future.set_result("a result")
        return future


def died(status):
    return ProcessExpired("it died", status)


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        ([died(1), died(-9)], None),
        ([died(-27)], "to judge it took more than 60 s of computing"),
        ([died(1), died(77)], "to judge it took more than 1024 MB of memory"),
        ([TimeoutError()], "it was not judged within 90 s"),
        ([died(1)] * 3, "the process that judged it died, 3 times"),
    ],
)
def test_what_ends_its_process_is_the_submission_s_own_result(tmp_path, ends, reason):
    (tmp_path / "kim.zip").write_bytes(b"no zip")
    found = Ends(*ends).grade(tmp_path / "kim.zip", "kim", Settings(7, "en", False, False))
    if reason is None:
        assert found == "a result"
        return
    result = json.loads(found[RESULT])
    assert (result["status"], result["points"], say(result["reason"])) == ("refused", 0, reason)
    assert reason in found["feedback.html"].decode()


def test_what_no_submission_can_do_is_not_its_own_result(tmp_path):
    (tmp_path / "kim.zip").write_bytes(b"no zip")
    pool = Ends(*[BrokenProcessPool()] * 3)
    with pytest.raises(BrokenProcessPool):
        pool.grade(tmp_path / "kim.zip", "kim", Settings(7, "en", False, False))
