"""What a submission costs the grader itself: reading and judging it have limits."""

import subprocess
import sys

import pytest

from staff.attacks.notebooks import NOTEBOOKS
from staff.authoring.paths import ROOT
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
