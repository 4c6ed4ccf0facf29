"""Processes for student code: one waits in a sandbox with NumPy loaded, and each submission is given a copy of it."""

import contextlib
import functools
import json
import os
import select
import signal
import socket
import struct
import subprocess
import time
from multiprocessing import util
from typing import NamedTuple

from ..errors import SandboxError
from .inside.wire import BEGUN, END, READY
from .isolation import BUBBLEWRAP, ENVIRONMENT, LIMITS, command, files_of

START, _PATIENCE = 60, 1  # seconds that a sandbox may take to begin, and a submission's process to end


class Line(NamedTuple):
    """The ends of the pipes to a submission's process: questions, answers, and what is printed."""

    questions: int
    answers: int
    printed: int

    def wait_until_ready(self):
        """Wait for the process's first sign of life; an OSError if there is none."""
        for pipe in self:
            os.set_blocking(pipe, False)
        poll = select.poll()
        poll.register(self.answers, select.POLLIN)
        if not poll.poll(1000 * START):
            raise TimeoutError("no sign of life")
        if os.read(self.answers, len(READY)) != READY:
            raise OSError(_last_line(os.read(self.printed, 2000)))


class _End(NamedTuple):
    """How a submission's process ended: as `END` has it, or as one that had to be killed."""

    status: int | None = None
    is_clean: bool = False
    cpu: float = 0.0
    memory: int = 0


def lend(kind, limits=LIMITS):
    """A `Line` to a process of its own for one submission; a SandboxError if there is none to be had."""
    for _ in range(2):  # where the sandbox that waits is gone, another serves
        try:
            return _sandbox(kind, limits).lend()
        except OSError as error:
            found = error
            _discard(kind, limits)
    raise SandboxError(f"expected a process for student code, found: {found}.") from found


def cpu_seconds(kind, limits):
    """CPU seconds of the submission's process so far, as the system counts them; where it does not, the time."""
    return _sandbox(kind, limits).cpu_seconds()


def files(kind, limits):
    """How many files the submission's process has made, where they take memory."""
    sandbox = _sandbox(kind, limits)
    return files_of(sandbox.pid) if kind == BUBBLEWRAP and sandbox.pid else 0


def take_back(kind, limits, line, patience=_PATIENCE):
    """End a submission's process, which does so itself when there are no more questions: it has `patience` seconds.

    What it leaves behind in memory or files ends with it: the sandbox is used again only where the process ended by
    itself, and nothing was left. Returns ``status`` (None where it had to be killed), ``cpu`` in seconds and ``memory``
    in bytes.
    """
    _close(line)
    end = _sandbox(kind, limits).end(patience)
    if end.status != 0 or not end.is_clean:
        _discard(kind, limits)
    return end


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
            said = self.process.stderr.read(2000)
            self.kill()
            raise OSError(_last_line(said))

    def lend(self):
        """Start a copy for one submission, and wait until it has given up what it should."""
        asked, answered, printed = (os.pipe() for _ in range(3))  # (end to read from, end to write to)
        ours, theirs = Line(asked[1], answered[0], printed[0]), (asked[0], answered[1], printed[1])
        try:
            try:
                socket.send_fds(self.control, [b"1"], theirs)
            finally:
                _close(theirs)
            self.control.settimeout(START)
            said, told, *_ = self.control.recvmsg(len(BEGUN), socket.CMSG_SPACE(12))
            if said != BEGUN:
                raise OSError("it ended at once")
            self.pid = next((struct.unpack("3i", data)[0] for _, _, data in told), None)
            ours.wait_until_ready()
        except OSError:
            _close(ours)
            raise
        return ours

    def cpu_seconds(self):
        """CPU seconds of the copy, or the time that passed."""
        # A process's own clock: include/linux/posix-timers_types.h, MAKE_PROCESS_CPUCLOCK with CPUCLOCK_SCHED.
        return time.clock_gettime(~self.pid << 3 | 2) if self.pid else time.perf_counter()

    def end(self, patience):
        """How a copy ended."""
        self.control.settimeout(patience)
        try:
            return _End(*END.unpack(self.control.recv(END.size)))
        except (OSError, struct.error):  # nothing came in time, or all of the sandbox is gone
            return _End()

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


def _close(pipes):
    for pipe in pipes:
        os.close(pipe)


def _last_line(said):
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it ended at once"


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
