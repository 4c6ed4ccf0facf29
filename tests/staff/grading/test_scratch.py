"""What a killed run left in the system's folder for what is temporary is gone after the next, and nothing else is."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from staff.authoring.paths import ROOT


@pytest.fixture
def folder():
    """One with a short path, as the system's."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


HOLD = "from staff.grading.scratch import scratch_folder; print(scratch_folder(), flush=True); input()"


def holder(folder):
    """A process that has a folder of its own in this one, and the path of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(folder), "PYTHONPATH": "assignment1:."},
    )
    return process, Path(process.stdout.readline().strip())


def test_a_run_removes_its_own_and_what_a_killed_one_left(folder, tmp_path_factory):
    pytest.importorskip("fcntl")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "precious").touch()
    (folder / "cs231n-link").symlink_to(elsewhere)
    (folder / "cs232n-other").mkdir()
    killed, left = holder(folder)
    (left / "tmpabc").mkdir()
    first, own = holder(folder)
    assert left.is_dir()
    killed.kill()
    killed.communicate()
    second, other = holder(folder)
    assert [path.is_dir() for path in (left, own, other)] == [False, True, True]
    for process in (first, second):
        process.communicate("\n")
    assert sorted(path.name for path in folder.iterdir()) == ["cs231n-link", "cs232n-other"]
    assert (elsewhere / "precious").exists()


@pytest.mark.long
def test_a_run_that_is_killed_alone_leaves_no_process(course, folder):
    """Its processes, and their sandboxes, end by themselves; its folder goes with the next run."""
    command = [sys.executable, "-m", "staff", "grade", course, "--out", folder / "grades"]
    environment = os.environ | {"TMPDIR": str(folder)}
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, env=environment)
    limit = time.monotonic() + 60
    while not list((folder / "grades").glob("*/result.json")) and time.monotonic() < limit:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    limit = time.monotonic() + 30
    while _processes_of(folder) and time.monotonic() < limit:
        time.sleep(0.1)
    assert _processes_of(folder) == []
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.iterdir()] == ["grades"]


def _processes_of(folder):
    """Processes with this folder in what they were started with."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={folder}".encode() in (place / "environ").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found
