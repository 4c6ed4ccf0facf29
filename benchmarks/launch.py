"""Run a command and say what it used, with all that came of it: ``launch.py REPORT COMMAND...``.

A process of its own, and a small one: Linux hands a process's peak on to those that it starts. What has lost its
parent is waited for here (`bwrap` leaves its sandbox's first process to whoever is above), so that it counts as well.
"""

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

_BECOME_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


def main(report, command):
    """Run the command; returns its exit status."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
    start = time.perf_counter()
    status = subprocess.Popen(command, stdin=subprocess.DEVNULL).wait()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * _UNIT}
    Path(report).write_text(json.dumps(found))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
