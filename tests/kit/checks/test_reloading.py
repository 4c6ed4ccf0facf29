"""What students write, reloaded in a running notebook."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cs231n.checks.reloading import KIT as NAMES
from staff.authoring.paths import KIT, ROOT


@pytest.mark.long
def test_a_notebook_follows_the_files(solved, tmp_path):
    session = Path(__file__).with_name("notebook_session.py")
    environment = os.environ | {"IPYTHONDIR": str(tmp_path), "PYTHONPATH": "."}
    command = [sys.executable, session]
    done = subprocess.run(command, cwd=solved / "assignment1", env=environment, capture_output=True, text=True)
    assert done.stdout.endswith("followed\n"), done.stdout + done.stderr


def test_the_kits_own_modules_are_known():
    found = {path.stem for path in (KIT / "cs231n").iterdir() if path.suffix == ".py" or path.is_dir()}
    built = {path.name for path in (ROOT / "staff/assignments").glob("*/reference/cs231n/*") if path.is_dir()}
    assert found - {"__init__", "__pycache__"} | built == {*NAMES, "classifiers"}
