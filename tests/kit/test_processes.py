"""Programs that the kit runs: whatever they do, none of their processes is left behind."""

import os
import subprocess
import sys
import time

import pytest

from cs231n.processes import run_program

STARTS_ANOTHER = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
print(child.pid, flush=True)
"""


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(") ")[2][0] != "Z"  # killed, and waiting for a parent that collects it


def test_text_is_utf_8_whatever_the_locale(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    program = "import sys; sys.stdout.buffer.write('한 \\xff'.encode('utf-8') + bytes([255])); sys.exit(3)"
    done = run_program([sys.executable, "-c", program], 60)
    assert (done.returncode, done.stdout, done.stderr) == (3, "한 \xff\N{REPLACEMENT CHARACTER}", "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_a_program_started_ends_with_it(tmp_path):
    path = tmp_path / "printed"
    with path.open("w") as file:
        run_program([sys.executable, "-c", STARTS_ANOTHER], 60, stdout=file, stderr=subprocess.DEVNULL)
    for _ in range(100):
        if not is_running(int(path.read_text())):
            break
        time.sleep(0.05)
    assert not is_running(int(path.read_text()))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_limit_on_time_holds_for_what_a_program_started(tmp_path):
    """Here the other process keeps the pipe open, and would be waited for."""
    start, path = time.monotonic(), tmp_path / "pid"
    program = STARTS_ANOTHER.replace("print(child.pid", f"print(child.pid, file=open({str(path)!r}, 'w')")
    with pytest.raises(subprocess.TimeoutExpired):
        run_program([sys.executable, "-c", program], 2)
    assert time.monotonic() - start < 20
    time.sleep(0.2)
    assert not is_running(int(path.read_text()))
