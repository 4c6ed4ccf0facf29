"""Talk with a process of student code: requests go in, and only bytes of the agreed length count as a reply."""

import contextlib
import itertools
import json
import os
import re
import secrets
import select
import struct
import time
from collections import Counter
from typing import NamedTuple

from cs231n.checks.calls import Answer, Failure
from cs231n.checks.findings import note
from cs231n.checks.judging import others_of

from . import sandbox
from .inside.wire import ANSWER, NONCE, question_size, reply_size, unpack_answer, unpack_question
from .isolation import FILES, LIMITS

_MOST_PRINTED = 4 << 20  # bytes that may be printed in all, far more than a print in each loop
# Modules that take long to import, by what a file that imports them holds.
_LARGE = {rb"\b(matplotlib|pylab|vis_utils)\b": "matplotlib.pyplot", rb"\bIPython\b": "IPython.display"}
_MORE = 10  # losses that one training asked for are kept, beyond one an iteration
_PIPE = 1 << 16  # bytes that a pipe holds at most, on Linux
_LOOK = 0.5  # seconds after which its files are counted once more
_KEPT = 20_000  # bytes of what was printed that are kept


class _BrokenOffError(Exception):
    """The process is gone, or replied with something that is no reply; its argument is a note that says which."""


class Usage(NamedTuple):
    """What the processes of a conversation took: seconds that passed, seconds of computing, bytes at their peak."""

    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0


class Conversation:
    """Python files (bytes by name) in a process of their own, which is asked all calls of a subject at a time.

    `cost` is that of all its processes so far, `printed` the beginning of what they printed.
    """

    def __init__(self, kind, files, limits=LIMITS):
        text = b"".join(files.values())
        imported = tuple(module for word, module in _LARGE.items() if re.search(word, text))
        self.kind, self.files, self.limits = kind, files, limits._replace(imported=imported)
        self.line, self.printed, self.cost = None, b"", Usage()
        self.yardstick = None  # as `checks.cost.measure_yardstick` gives them
        self.failures = {}  # by name of a subject what came of its file's import, before anything was asked

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def ask(self, assignment, subject, calls):
        """Answers to all calls of a subject, both lists by name; where its process ends, that is the answer to each.

        The next request starts another process; a SandboxError says that none can be started.
        """
        asked = [call for group in calls.values() for call in group]
        begun = time.monotonic()
        left = min(self.limits.seconds, self.limits.total - self.cost.seconds)
        try:
            if left <= 0:
                raise self._too_slow()
            if self.line is None:
                self._begin()  # in time of its own: the student does not control when it starts
            answers = iter(self._exchange(_described(assignment, subject), asked, time.monotonic() + left))
        except _BrokenOffError as error:
            self.end(patience=0)
            answers = itertools.repeat(Answer(failure=Failure("ended", error.args[0], None)))
        finally:
            self.cost = self.cost._replace(seconds=self.cost.seconds + time.monotonic() - begun)
        return {name: [next(answers) for _ in group] for name, group in calls.items()}

    def measure(self, assignment, subject, call):
        """The answer to one call of a subject, with the CPU seconds that the process took for it."""
        if self.line is None:
            self.ask(assignment, subject, {})
        before = self._cpu_seconds()
        ((answer,),) = self.ask(assignment, subject, {"": [call]}).values()
        return answer._replace(cpu=self._cpu_seconds() - before)

    def _cpu_seconds(self):
        with contextlib.suppress(OSError):  # it ended meanwhile, which the next request finds
            return sandbox.cpu_seconds(self.kind, self.limits) if self.line else 0.0
        return 0.0

    def end(self, patience=1):
        """Let the process end; returns its status, None where it had to be killed or there was none."""
        if self.line is None:
            return None
        line, self.line = self.line, None
        end = sandbox.take_back(self.kind, self.limits, line, patience)
        self.cost = Usage(self.cost.seconds, self.cost.cpu + end.cpu, max(self.cost.memory, end.memory))
        return end.status

    def _begin(self):
        self.line = sandbox.lend(self.kind, self.limits)
        self.count, self.is_printing, self.unread, self.look = 0, True, b"", time.monotonic() + _LOOK
        sizes = {name: len(content) for name, content in self.files.items()}
        self._write(_frame({"files": sizes}, self.files.values()), time.monotonic() + sandbox.START)

    def _exchange(self, subject, asked, deadline):
        nonce = secrets.token_bytes(NONCE)
        told = [_without_losses(call) for call in asked]
        listed = [(call.do, [(a.dtype.str, a.shape) for a in call.arrays], dict(call.options)) for call in told]
        arrays = [array.tobytes() for call in told for array in call.arrays]
        self._check_silence()
        self._write(_frame({"subject": subject, "nonce": nonce.hex(), "calls": listed}, arrays), deadline)
        if self._read(NONCE, deadline) != nonce:
            raise _BrokenOffError(note("process forged"))
        answers = []
        for is_training, calls in itertools.groupby(asked, lambda call: call.do == "train"):
            if is_training:
                answers += [self._train(call, deadline) for call in calls]
            else:
                answers += self._read_answers(list(calls), deadline)
        self._check_silence()
        return answers

    def _read_answers(self, calls, deadline):
        sizes = [reply_size(call) for call in calls]
        reply, ends = self._read(sum(sizes), deadline), itertools.accumulate(sizes, initial=0)
        return [unpack_answer(call, reply[a:b]) for call, (a, b) in zip(calls, itertools.pairwise(ends), strict=True)]

    def _train(self, call, deadline):
        """The answer to a call of `train`; the losses that it asks for are answered meanwhile."""
        _, _, losses, gradients = call.arrays
        asked, counts = [[] for _ in range(call.options["times"])], Counter()
        while (first := self._read(1, deadline)) != ANSWER:
            run = first[0]
            if run >= len(asked):
                raise _BrokenOffError(note("process forged"))
            question = self._read(question_size(call), deadline)
            if counts[run] < call.options["num_iters"] + _MORE:
                asked[run].append(unpack_question(call, question))
            number = counts[run] % len(losses)
            counts[run] += 1
            self._write(losses[number].tobytes() + gradients[number].tobytes(), deadline)
        return unpack_answer(call, self._read(reply_size(call), deadline), asked)

    def _check_silence(self):
        """Make sure that nothing was said that nobody asked for."""
        if not self.unread and _ready({self.line.answers: select.POLLIN}, 0):
            self.unread = os.read(self.line.answers, 1)
            if not self.unread:
                raise self._ended()
        if self.unread:
            raise _BrokenOffError(note("process forged"))

    def _write(self, data, deadline):
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self.line.questions, view) :]
            except BlockingIOError:
                self._wait(self.line.questions, select.POLLOUT, deadline)
            except BrokenPipeError as error:
                raise self._ended() from error

    def _read(self, count, deadline):
        parts, there = [self.unread], len(self.unread)
        while there < count:
            self._wait(self.line.answers, select.POLLIN, deadline)
            parts.append(os.read(self.line.answers, _PIPE))
            there += len(parts[-1])
            if not parts[-1]:
                raise self._ended()
        data = b"".join(parts)
        self.unread = data[count:]
        return data[:count]

    def _wait(self, pipe, event, deadline):
        """Wait until a pipe is ready, and meanwhile take what is printed."""
        while True:
            awaited = {pipe: event} | ({self.line.printed: select.POLLIN} if self.is_printing else {})
            ready = _ready(awaited, max(0, min(self.look, deadline) - time.monotonic()))
            if (now := time.monotonic()) > deadline:  # what prints without an end is always ready
                raise self._too_slow()
            if now > self.look:
                self.look = now + _LOOK
                if sandbox.files(self.kind, self.limits) > FILES:
                    raise _BrokenOffError(note("process files", limit=FILES))
            if self.line.printed in ready:
                self._take_printed()
            if pipe in ready:
                return

    def _take_printed(self):
        part = os.read(self.line.printed, 1 << 16)
        self.is_printing = bool(part)
        self.count += len(part)
        self.printed += part[: max(0, _KEPT - len(self.printed))]
        if self.count > _MOST_PRINTED:
            raise _BrokenOffError(note("process prints", limit=_MOST_PRINTED >> 20))

    def _too_slow(self):
        return _BrokenOffError(note("process silent", seconds=self.limits.seconds, total=self.limits.total))

    def _ended(self):
        status = self.end()
        code = "?" if status is None else os.waitstatus_to_exitcode(status)
        return _BrokenOffError(note("process ended", status=code))


def _ready(awaited, seconds):
    """Those of some pipes on which what is awaited came within so many seconds, or their end."""
    poll = select.poll()
    for pipe, event in awaited.items():
        poll.register(pipe, event)
    return {pipe for pipe, _ in poll.poll(1000 * seconds)}


def _frame(header, contents=()):
    text = json.dumps(header).encode()
    return b"".join([struct.pack("<I", len(text)), text, *contents])


def _without_losses(call):
    """A call as the process is told it: what `train` has to ask for is left out, but for its shape."""
    if call.do != "train":
        return call
    *given, losses, gradients = call.arrays
    return call._replace(arrays=(*given, losses[:0], gradients[:0]))


def _described(assignment, subject):
    """A subject as `checks.loading` takes it."""
    return {"name": subject.name, "module": subject.module, "others": others_of(assignment, subject)}
