"""The judge: the checks that students run themselves, on other inputs, asked of code that runs in another process."""

import functools
import hashlib
import json
from typing import NamedTuple

import numpy as np

from cs231n import checks
from cs231n.checks.conduct import FLOAT32_LIMIT
from cs231n.checks.findings import Findings
from cs231n.checks.probe import Failure, Run
from cs231n.checks.questions import Answer, Distant
from cs231n.checks.source import Source
from cs231n.checks.terms import is_close
from cs231n.sentences import word
from cs231n.submission.contents import REQUIRED

from ..authoring.paths import KIT
from ..errors import SandboxError
from .conversation import BrokenOffError, Conversation, Cost, Raised
from .exam import draw_exam, loss_and_gradient
from .inside.wire import FAILURE, FULL_HISTORY, MOST_CALLS, RUN, packed_size, unpack, unpack_failure
from .isolation import LIMITS

__all__ = ["ENDED", "Judgement", "judge"]

ENDED = "ended"  # kind of the Failure that is the end of a process; its text is ours

_REG = 0.5  # where lines are counted
_GIVEN = ("cs231n/*.py", "cs231n/classifiers/*.py", "cs231n/sentences/*.py")  # what student code may import


class Judgement(NamedTuple):
    """What came out.

    Attributes
    ----------
    findings : Findings
        The same for the same files and seed.
    failures : list of Failure
        What the student's code raised.
    cost : Cost
    printed : bytes
        What the student's code printed, cut.
    """

    findings: Findings
    failures: list
    cost: Cost
    printed: bytes


def judge(files, kind, seed, limits=LIMITS):
    """Judge what a student wrote.

    Parameters
    ----------
    files : dict of str to bytes
        The two files of `REQUIRED`, or one of them.
    kind : str
        Way of keeping student code apart, as `available.find_isolation` returns it.
    seed : int
        Decides on all inputs; whoever knows it knows the right answers.
    limits : isolation.Limits

    Returns
    -------
    Judgement

    Raises
    ------
    SandboxError
        If student code cannot be kept apart.
    """
    texts = {name: files[name].decode("utf-8-sig", "replace").replace("\0", "?") for name in REQUIRED if name in files}
    own, findings, failures = _own_seed(seed, texts), Findings(), {}
    svm = texts.get(REQUIRED[0], "")
    with Conversation(kind, _given() | texts, limits) as talk:
        # Each function has questions of its own: what one was asked, and answered, is of no use to the other.
        naive, vectorized = (draw_exam([own, number]) for number in range(2))
        for subject, check in (
            (DistantLoss(talk, "svm_loss_naive", svm, own), functools.partial(checks.svm_loss_naive, **naive)),
            (
                DistantLoss(talk, "svm_loss_vectorized", svm, own),
                functools.partial(checks.svm_loss_vectorized, **vectorized),
            ),
            (DistantClassifier(talk), functools.partial(checks.linear_classifier, seed=own)),
        ):
            found = check(subject)
            if subject.broken:
                raise subject.broken
            # Where its process ended, what it had answered before counts for nothing.
            findings += check(subject) if subject.end else found
            failures |= subject.failures
    return Judgement(findings, list(failures), talk.cost, talk.printed)


def _own_seed(seed, texts):
    """A seed for these files alone: what a student learns of the inputs of one hand-in is of no use in the next."""
    return int.from_bytes(hashlib.sha256(json.dumps([seed, texts]).encode()).digest()[:8], "big")


@functools.cache
def _given():
    """The kit's own modules, without the student's two and without the checks."""
    paths = [path for pattern in _GIVEN for path in sorted(KIT.glob(pattern))]
    names = {path: path.relative_to(KIT).as_posix() for path in paths}
    return {name: path.read_text(encoding="utf-8") for path, name in names.items() if name not in REQUIRED}


class _Subject(Distant):
    """Something of a student's in another process; once that has ended, all that is asked fails alike."""

    def __init__(self, talk):
        self.talk, self.end, self.failures = talk, None, {}
        self.broken = None  # the error of ours for which there was no answer

    def ask(self, *arguments, **question):
        """An answer's bytes, or the Failure."""
        answer = self.end
        if answer is None:
            try:
                answer = self.talk.ask(*arguments, **question)
            except BrokenOffError as error:
                answer = self.end = Failure(ENDED, str(error), None)
            except SandboxError as error:
                self.broken = error
                raise
        if isinstance(answer, Raised):
            answer = _told(*answer)
        return self.remember(answer) if isinstance(answer, Failure) else answer

    def remember(self, failure):
        """The same Failure."""
        return self.failures.setdefault(failure, failure)


class DistantLoss(_Subject):
    """A loss function in another process."""

    def __init__(self, talk, name, text, seed):
        super().__init__(talk)
        self.__name__, self.seed = name, seed
        try:
            source = Source(text, name)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            source = None
        self.source = source if source and source.function else None

    def answer(self, question, dtype, seed):
        """See `Distant`."""
        W, X, y = question.W.astype(dtype), question.X.astype(dtype), question.y
        length = packed_size(1) + packed_size(W.size) + 1
        reply = self.ask("loss", [W, X, y], length, name=self.__name__, reg=question.reg, seed=seed)
        if isinstance(reply, Failure):
            return Answer(failure=reply)
        flags, cut = reply[-1], packed_size(1)
        changed = tuple(name for place, name in enumerate(("W", "X", "y")) if flags >> place & 1)
        return Answer(unpack(reply[:cut], 1), unpack(reply[cut:-1], W.size), None, changed, bool(flags & 8))

    def steps(self, W, X, y, right):
        """See `Distant`."""
        length = 8 + packed_size(1) + packed_size(W.size)
        reply = self.ask("steps", [W, X, y], length, name=self.__name__, reg=_REG)
        if isinstance(reply, Failure):
            return reply
        reader = _Reader(reply)
        steps = int.from_bytes(reader.take(8), "little", signed=True)
        answers = map(reader.value, (1, W.size))
        for expected, value, was_right in zip(loss_and_gradient(W, X, y, _REG), answers, right, strict=True):
            if was_right and not _agrees(value, expected):
                return self.remember(Failure(ENDED, word("other result", count=len(y)), None))
        return steps


def _agrees(value, expected):
    is_number = isinstance(value, np.ndarray | np.number | float | int) and np.asarray(value).dtype.kind in "fiu"
    return is_number and np.shape(value) == np.shape(expected) and is_close(value, expected, FLOAT32_LIMIT)


class DistantClassifier(_Subject):
    """A classifier in another process."""

    def observe(self, X, y, gradients, times, options):
        """See `Distant`."""
        rooms = {"W": gradients[0].size, "X": 2 * X.size, "y": 2 * y.size}
        call = sum(map(packed_size, rooms.values()))
        size = RUN.size + FAILURE.size + packed_size(FULL_HISTORY) + packed_size(rooms["W"]) + MOST_CALLS * call
        reply = self.ask("train", [X, y, gradients], times * size, times=times, options=options)
        if isinstance(reply, Failure):
            return [Run(None, [], None, reply, True)] * times
        runs = [_run(_Reader(reply[place * size : (place + 1) * size]), rooms) for place in range(times)]
        for run in runs:
            if run.failure:
                self.remember(run.failure)
        return runs

    def predict(self, W, X):
        """See `Distant`."""
        reply = self.ask("predict", [W, X], packed_size(X.size))
        return reply if isinstance(reply, Failure) else unpack(reply, X.size)


class _Reader:
    """Bytes, taken from the front."""

    def __init__(self, data):
        self.data, self.place = data, 0

    def take(self, count):
        self.place += count
        return self.data[self.place - count : self.place]

    def value(self, room):
        return unpack(self.take(packed_size(room)), room)


def _told(kind, text, line):
    """A Failure that the other process tells of: it may be called anything but ended, whose text students read."""
    return Failure("Exception" if kind == ENDED else kind, text, line)


def _run(reader, rooms):
    """A training, as the other process tells it."""
    count, seeded, failed = RUN.unpack(reader.take(RUN.size))
    failure = _told(*unpack_failure(reader.take(FAILURE.size)))
    history, W = reader.value(FULL_HISTORY), np.asarray(reader.value(rooms["W"]))
    calls = [tuple(np.asarray(reader.value(room)) for room in rooms.values()) for _ in range(MOST_CALLS)]
    history = history.tolist() if isinstance(history, np.ndarray) else history
    return Run(history, calls[: max(0, count)], W, failure if failed else None, seeded)
