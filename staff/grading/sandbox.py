"""Processes for student code: one waits in a sandbox with NumPy loaded, and each submission is given a copy of it."""

import contextlib
import functools
import json
import os
import signal
import socket
import struct
import subprocess
import time
from multiprocessing import util
from typing import NamedTuple

from ..errors import SandboxError
from .inside.wire import END
from .isolation import ENVIRONMENT, LIMITS, command

__all__ = ["READY", "Line", "cpu_seconds", "lend", "take_back"]

READY, _BEGUN = b"ready", b"begun"
START, _PATIENCE = 60, 1  # seconds that a sandbox may take to begin, and a submission's process to end


class Line(NamedTuple):
    """The ends of the pipes to a submission's process: questions, answers, and what is printed."""

    questions: int
    answers: int
    printed: int


class End(NamedTuple):
    """How a submission's process ended: status (None where it had to be killed), seconds of computing, bytes."""

    status: int | None
    cpu: float
    memory: int


def lend(kind, limits=LIMITS):
    """Pipes to a process of its own for one submission.

    Parameters
    ----------
    kind : str
        As `available.find_isolation` returns it.
    limits : isolation.Limits

    Returns
    -------
    Line

    Raises
    ------
    SandboxError
        If there is none to be had.
    """
    try:
        return _sandbox(kind, limits).lend()
    except OSError:  # the sandbox is gone: once more with another
        _discard(kind, limits)
    try:
        return _sandbox(kind, limits).lend()
    except OSError as error:
        raise SandboxError(f"expected a process for student code, found: {error}.") from error


def cpu_seconds(kind, limits):
    """CPU seconds of the submission's process so far, as the system counts them; where it does not, the time."""
    return _sandbox(kind, limits).cpu_seconds()


def take_back(kind, limits, line, patience=_PATIENCE):
    """End a submission's process.

    What it leaves behind in memory or files ends with it: the sandbox is used again only where the process ended by
    itself, and nothing was left.

    Parameters
    ----------
    kind : str
    limits : isolation.Limits
    line : Line
    patience : float
        Seconds that it is given to end by itself, as it does when there are no more questions.

    Returns
    -------
    End
    """
    for pipe in line:
        os.close(pipe)
    end = _sandbox(kind, limits).end(patience)
    if end is None or end[0] or not end[1]:
        _discard(kind, limits)
    return End(None, 0.0, 0) if end is None else End(end[0], *end[2:])


class _Sandbox:
    """A process that waits, and the socket by which it is told to begin and tells how it went."""

    def __init__(self, kind, limits):
        program, settings = command(kind, limits)
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [*program, json.dumps(settings | {"control": theirs.fileno()})],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd="/",
                env=ENVIRONMENT,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.control.settimeout(START)
        self.pid = None  # of the copy
        if hasattr(socket, "SO_PASSCRED"):  # Linux tells who sends, by the number that the process has here
            self.control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        if self.control.recv(len(READY)) != READY:
            said = self.process.stderr.read(2000).decode("utf-8", "replace").strip().splitlines()
            self.kill()
            raise OSError(said[-1] if said else "it ended at once")

    def lend(self):
        """Start a copy for one submission."""
        pipes = [os.pipe() for _ in range(3)]  # (end to read from, end to write to)
        (asked, questions), (answers, answered), (printed, prints) = pipes
        theirs = [asked, answered, prints]
        try:
            socket.send_fds(self.control, [b"1"], theirs)
        except OSError:
            for pipe in (questions, answers, printed):
                os.close(pipe)
            raise
        finally:
            for pipe in theirs:
                os.close(pipe)
        self.control.settimeout(START)
        said, told, *_ = self.control.recvmsg(len(_BEGUN), socket.CMSG_SPACE(12))
        if said != _BEGUN:
            raise OSError("it ended at once")
        self.pid = next((struct.unpack("3i", data)[0] for _, _, data in told), None)
        return Line(questions, answers, printed)

    def cpu_seconds(self):
        """CPU seconds of the copy, or the time that passed."""
        # A process's own clock: include/linux/posix-timers_types.h, MAKE_PROCESS_CPUCLOCK with CPUCLOCK_SCHED.
        return time.clock_gettime(~self.pid << 3 | 2) if self.pid else time.perf_counter()

    def end(self, patience):
        """How a copy ended, as `END` has it; None where it did not."""
        self.control.settimeout(patience)
        try:
            said = self.control.recv(END.size)
        except OSError:
            return None
        return END.unpack(said) if len(said) == END.size else None

    def leave(self):
        """Let it end by itself, as it does when nobody is there any more; what it took is then known to the system."""
        self.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_PATIENCE)
        self.kill()

    def kill(self):
        """End it, and everything in it."""
        self.control.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()


_waiting = {}  # sandboxes of this process, by kind and limits


def _sandbox(*key):
    _leave_at_end(os.getpid())
    if key not in _waiting:
        _waiting[key] = _Sandbox(*key)
    return _waiting[key]


def _discard(*key):
    sandbox = _waiting.pop(key, None)
    if sandbox is not None:
        sandbox.kill()


@functools.cache
def _leave_at_end(_):
    """Once in each process; `atexit` does nothing where `multiprocessing` started it."""
    util.Finalize(None, _leave_all, exitpriority=1)


def _leave_all():
    while _waiting:
        _waiting.popitem()[1].leave()
