"""Run a command and say what it used, with all that came of it: ``launch.py REPORT watched|unwatched COMMAND...``.

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
import threading
import time
from pathlib import Path

BECOME_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
EVERY = 0.2  # seconds between two looks at the memory of all processes
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


def main(report, watched, command):
    """Run the command; returns its exit status."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
    together, done = [0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(together, done))
    if watched == "watched":  # which costs time itself, the more memory they hold
        watcher.start()
    start = time.perf_counter()
    status = subprocess.Popen(command, stdin=subprocess.DEVNULL).wait()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    seconds = time.perf_counter() - start
    done.set()
    if watcher.ident:
        watcher.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * UNIT}
    Path(report).write_text(json.dumps(found | {"together": together[0]}))
    return status


def _watch(together, done):
    """Keep the most that all processes below this one held at a time, in bytes; what they share is counted once."""
    while not done.wait(EVERY):
        together[0] = max(together[0], sum(map(_share, _below(os.getpid()))))


def _below(process):
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in path.read_text().split():
                yield child
                yield from _below(child)


def _share(process):
    """A process's proportional share, in bytes; 0 once it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
