"""Talk with a process of student code: requests go in, and only bytes of the agreed length count as a reply."""

import itertools
import json
import os
import secrets
import select
import struct
import time
from typing import NamedTuple

from cs231n.checks import calls as types
from cs231n.checks.findings import note, say

from ..errors import SandboxError
from . import sandbox
from .inside.wire import NONCE, reply_size, unpack_answer
from .isolation import LIMITS

__all__ = ["BrokenOffError", "Conversation", "Cost"]

PRINTED = 4 << 20  # bytes that may be printed in all, far more than a print in each loop
KEPT = 20_000  # bytes of what was printed that are kept


class BrokenOffError(Exception):
    """The process is gone, or replied with something that is no reply; its argument is a note that says which."""


class Cost(NamedTuple):
    """What the processes of a conversation took: seconds that passed, seconds of computing, bytes at their peak."""

    seconds: float
    cpu: float
    memory: int


class Conversation:
    """A student's files in a process of their own, asked all calls of a subject at a time.

    Parameters
    ----------
    kind : str
        Way of keeping it apart, as `available.find_isolation` returns it.
    files : dict of str to str
        What can be imported there.
    limits : isolation.Limits

    Attributes
    ----------
    printed : bytes
        What was printed, cut.
    """

    def __init__(self, kind, files, limits=LIMITS):
        self.kind, self.files, self.limits = kind, files, limits
        self.line, self.printed, self.count = None, b"", 0
        self.seconds, self.cpu, self.memory = 0.0, 0.0, 0
        self.yardsticks = None  # as `cost.measure_yardsticks` gives them, in the first process

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    @property
    def cost(self):
        """`Cost` of all processes so far."""
        return Cost(self.seconds, self.cpu, self.memory)

    def ask(self, subject, asked):
        """Make all calls of a subject.

        Parameters
        ----------
        subject : dict
            ``name``, ``module``, and under ``others`` the names of modules that stand in where they cannot be imported.
        asked : list of cs231n.checks.calls.Call

        Returns
        -------
        list of cs231n.checks.calls.Answer

        Raises
        ------
        BrokenOffError
            If there is no reply; the next request starts another process.
        SandboxError
            If a process cannot be started.
        """
        begun = time.monotonic()
        deadline = begun + min(self.limits.seconds, self.limits.total - self.seconds)
        try:
            if self.line is None:
                self._begin(deadline)
            return self._exchange(subject, asked, deadline)
        except BrokenOffError:
            self.end(patience=0)
            raise
        finally:
            self.seconds += time.monotonic() - begun

    def measure(self, subject, call):
        """The answer to one call, with the CPU seconds that the process took for it; raises as `ask` does."""
        if self.line is None:
            self.ask(subject, [])
        before = sandbox.cpu_seconds(self.kind, self.limits)
        (answer,) = self.ask(subject, [call])
        return answer._replace(cpu=sandbox.cpu_seconds(self.kind, self.limits) - before)

    def end(self, patience=1):
        """Let the process end, within so many seconds.

        Returns
        -------
        int or None
            Its status; None where it had to be killed, or there was none.
        """
        if self.line is None:
            return None
        line, self.line = self.line, None
        end = sandbox.take_back(self.kind, self.limits, line, patience)
        self.cpu, self.memory = self.cpu + end.cpu, max(self.memory, end.memory)
        return end.status

    def _begin(self, deadline):
        if time.monotonic() > deadline:
            raise self._too_slow()
        deadline = time.monotonic() + sandbox.START  # that it begins is no matter of the student's
        self.line = sandbox.lend(self.kind, self.limits)
        self.count, self.is_printing = 0, True
        for pipe in self.line:
            os.set_blocking(pipe, False)
        try:
            if self._read(len(sandbox.READY), deadline) != sandbox.READY:
                raise BrokenOffError(note("text", text="no sign of life"))
        except BrokenOffError as error:
            said = self.printed.decode("utf-8", "replace").strip().splitlines()[-1:]
            self.end(patience=0)
            raise SandboxError(f"expected a process for student code, found: {say(error.args[0])}; {said}") from error
        self._write(_frame({"files": self.files}, []), deadline)

    def _exchange(self, subject, asked, deadline):
        nonce, arrays, listed = secrets.token_bytes(NONCE), [], []
        for call in asked:
            places = list(range(len(arrays), len(arrays) + len(call.arrays)))
            listed.append((call.do, places, dict(call.options)))
            arrays += call.arrays
        header = {"subject": subject, "nonce": nonce.hex(), "calls": listed}
        header["arrays"] = [(array.dtype.str, array.shape) for array in arrays]
        self._check_silence()
        self._write(_frame(header, arrays), deadline)
        sizes = [reply_size(call) for call in asked]
        reply = self._read(NONCE + sum(sizes), deadline)
        if reply[:NONCE] != nonce:
            raise BrokenOffError(note("process forged"))
        self._check_silence()
        ends = list(itertools.accumulate(sizes, initial=NONCE))
        parts = [reply[begin:end] for begin, end in itertools.pairwise(ends)]
        return [unpack_answer(call, part, types) for call, part in zip(asked, parts, strict=True)]

    def _check_silence(self):
        """Make sure that nothing was said that nobody asked for."""
        if _ready({self.line.answers: select.POLLIN}, 0):
            is_over = not os.read(self.line.answers, 1)
            raise self._ended() if is_over else BrokenOffError(note("process forged"))

    def _write(self, data, deadline):
        view = memoryview(data)
        while view:
            self._wait(self.line.questions, select.POLLOUT, deadline)
            try:
                view = view[os.write(self.line.questions, view) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise self._ended() from error

    def _read(self, count, deadline):
        parts, missing = [], count
        while missing:
            self._wait(self.line.answers, select.POLLIN, deadline)
            part = os.read(self.line.answers, missing)
            if not part:
                raise self._ended()
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _wait(self, pipe, event, deadline):
        """Wait until a pipe is ready, and meanwhile take what is printed."""
        while True:
            awaited = {pipe: event} | ({self.line.printed: select.POLLIN} if self.is_printing else {})
            ready = _ready(awaited, max(0, deadline - time.monotonic()))
            if not ready or time.monotonic() > deadline:  # what prints without an end is always ready
                raise self._too_slow()
            if self.line.printed in ready:
                self._take_printed()
            if pipe in ready:
                return

    def _take_printed(self):
        part = os.read(self.line.printed, 1 << 16)
        self.is_printing = bool(part)
        self.count += len(part)
        self.printed += part[: max(0, KEPT - len(self.printed))]
        if self.count > PRINTED:
            raise BrokenOffError(note("process prints", limit=PRINTED >> 20))

    def _too_slow(self):
        return BrokenOffError(note("process silent", seconds=self.limits.seconds, total=self.limits.total))

    def _ended(self):
        status = self.end()
        code = "?" if status is None else os.waitstatus_to_exitcode(status)
        return BrokenOffError(note("process ended", status=code))


def _ready(awaited, seconds):
    """Those of some pipes on which what is awaited came within so many seconds, or their end."""
    poll = select.poll()
    for pipe, event in awaited.items():
        poll.register(pipe, event)
    return {pipe for pipe, _ in poll.poll(1000 * seconds)}


def _frame(header, arrays):
    text = json.dumps(header).encode()
    return struct.pack("<I", len(text)) + text + b"".join(array.tobytes() for array in arrays)
