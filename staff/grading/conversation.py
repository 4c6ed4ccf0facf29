"""Talk with a process of student code: questions go in, and only bytes of the agreed length count as an answer."""

import contextlib
import json
import os
import secrets
import selectors
import struct
import time
from typing import NamedTuple

from cs231n.sentences import word

from ..errors import SandboxError
from . import sandbox
from .inside.wire import FAILURE, NONCE, unpack_failure

__all__ = ["BrokenOffError", "Conversation", "Cost", "Raised"]

SECONDS = 30  # for one answer, waiting included; what a process computes is limited by `sandbox.LIMITS`
PRINTED = 4 << 20  # bytes that may be printed in all, far more than a print in each loop
KEPT = 20_000  # bytes of what was printed that are kept
_COST = struct.Struct("<dq")


class BrokenOffError(Exception):
    """The process is gone, or answered with something that is no answer; the message says which."""


class Raised(NamedTuple):
    """What the student's code raised: type, text, line or None."""

    kind: str
    text: str
    line: int | None


class Cost(NamedTuple):
    """What the processes of a conversation took: seconds that passed, seconds of computing, bytes at their peak."""

    seconds: float
    cpu: float
    memory: int


class Conversation:
    """A student's files in a process of their own, asked one question at a time.

    Parameters
    ----------
    kind : str
        Way of keeping it apart, as `sandbox.find_isolation` returns it.
    files : dict of str to str
        What can be imported there.

    Attributes
    ----------
    printed : bytes
        What was printed, cut.
    """

    def __init__(self, kind, files):
        self.kind, self.files = kind, files
        self.process, self.printed, self.count = None, b"", 0
        self.seconds, self.cpu, self.memory = 0.0, 0.0, 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    @property
    def cost(self):
        """`Cost` of all processes so far."""
        return Cost(self.seconds, self.cpu, self.memory)

    def ask(self, do, arrays, length, **question):
        """Ask one question.

        Parameters
        ----------
        do : str
            A key of `inside.answer.ANSWERS`.
        arrays : list of ndarray
        length : int
            Bytes of the answer.
        **question
            What else belongs to it.

        Returns
        -------
        bytes or Raised
            `length` of them.

        Raises
        ------
        BrokenOffError
            If there is no answer; the next question starts another process.
        SandboxError
            If a process cannot be started.
        """
        begun = time.monotonic()
        try:
            if self.process is None:
                self._begin(begun + SECONDS)
            return self._exchange(do, arrays, length, question, begun + SECONDS)
        except BrokenOffError:
            self._stop()
            raise
        finally:
            self.seconds += time.monotonic() - begun

    def end(self):
        """Let the process end, having asked what it took; of one that died that is not known."""
        if self.process is None:
            return
        with contextlib.suppress(BrokenOffError):
            answer = self._exchange("cost", [], _COST.size, {}, time.monotonic() + 1)
            cpu, memory = (0, 0) if isinstance(answer, Raised) else _COST.unpack(answer)
            if 0 <= cpu <= 1e6 and 0 <= memory <= 1 << 50:  # its own word
                self.cpu, self.memory = self.cpu + cpu, max(self.memory, memory)
        self._stop()

    def _begin(self, deadline):
        self.process = sandbox.start(self.kind)
        self.count = 0
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            os.set_blocking(stream.fileno(), False)
        try:
            if self._read(len(b"ready"), deadline) != b"ready":
                raise BrokenOffError("no sign of life")
        except BrokenOffError as error:
            said = self.printed.decode("utf-8", "replace").strip().splitlines()[-1:]
            self._stop()
            raise SandboxError(f"expected a process for student code, found: {error}; {said}") from error
        self._write(_frame({"files": self.files}, []), deadline)

    def _stop(self):
        process, self.process = self.process, None
        if process is not None:
            sandbox.stop(process)

    def _exchange(self, do, arrays, length, question, deadline):
        nonce = secrets.token_bytes(NONCE)
        listed = [(array.dtype.str, array.shape) for array in arrays]
        header = question | {"do": do, "nonce": nonce.hex(), "length": length, "arrays": listed}
        if self._is_readable():
            raise BrokenOffError(word("process forged"))
        self._write(_frame(header, arrays), deadline)
        reply = self._read(NONCE + 1 + FAILURE.size + length, deadline)
        head, status, rest = reply[:NONCE], reply[NONCE], reply[NONCE + 1 :]
        if head != nonce or status > 1 or self._is_readable():
            raise BrokenOffError(word("process forged"))
        return Raised(*unpack_failure(rest[: FAILURE.size])) if status else rest[FAILURE.size :]

    def _is_readable(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            return bool(selector.select(0))

    def _write(self, data, deadline):
        view = memoryview(data)
        while view:
            self._wait(self.process.stdin, selectors.EVENT_WRITE, deadline)
            try:
                view = view[os.write(self.process.stdin.fileno(), view) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise self._ended() from error

    def _read(self, count, deadline):
        parts, missing = [], count
        while missing:
            self._wait(self.process.stdout, selectors.EVENT_READ, deadline)
            part = os.read(self.process.stdout.fileno(), missing)
            if not part:
                raise self._ended()
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _wait(self, stream, event, deadline):
        """Wait until a stream is ready, and meanwhile take what is printed."""
        while True:
            with selectors.DefaultSelector() as selector:
                selector.register(stream, event)
                if not self.process.stderr.closed:
                    selector.register(self.process.stderr, selectors.EVENT_READ)
                ready = {key.fileobj for key, _ in selector.select(max(0, deadline - time.monotonic()))}
            if not ready:
                raise BrokenOffError(word("process silent", seconds=SECONDS))
            if self.process.stderr in ready:
                self._take_printed()
            if stream in ready:
                return

    def _take_printed(self):
        part = os.read(self.process.stderr.fileno(), 1 << 16)
        if not part:
            self.process.stderr.close()
        self.count += len(part)
        self.printed += part[: max(0, KEPT - len(self.printed))]
        if self.count > PRINTED:
            raise BrokenOffError(word("process prints", limit=PRINTED >> 20))

    def _ended(self):
        sandbox.stop(self.process)
        status, self.process = self.process.returncode, None
        return BrokenOffError(word("process ended", status=status))


def _frame(header, arrays):
    text = json.dumps(header).encode()
    return struct.pack("<I", len(text)) + text + b"".join(array.tobytes() for array in arrays)
