"""Calls of a student's code and what comes of them: the one module that runs it, here and in the grader's sandbox.

It needs NumPy and nothing else of the kit, so that the sandbox can hold it alone.
"""

import builtins
import contextlib
import functools
import inspect
import io
import os
import sys
import time
import traceback
import warnings
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

LONGEST = 1_000  # characters of the message of what happened at import
YARDS = 4  # yardsticks in one call, so that it takes longer than the asking
_OTHER_KINDS = ("returns", "prints", "ended", "missing")  # of a Failure that is no exception
_PRINTED = 1_000_000  # characters that one call may print


class Call(NamedTuple):
    """One call of a subject."""

    do: str  # loss, cost, idle, yardstick, train or predict
    arrays: tuple  # W, X, y, of which cost has several; train: X, y, losses (M,), gradients (M, D, C); predict: W, X
    # reg; loss: seed of np.random, litter in what np.empty makes; train: times, its arguments; who is asked the losses
    options: MappingProxyType = MappingProxyType({})


class Failure(NamedTuple):
    """An exception, or one of four kinds that are none: ``returns``, ``prints``, ``ended`` and ``missing``."""

    kind: str  # name of the exception's type
    text: str  # its message; of returns the type of what is no pair, of ended a note that says how, of missing a name
    line: int | None  # of the student's file
    at_import: bool = False
    file: str = ""  # the last part of that file's name, of what happened at import


class Answer(NamedTuple):
    """What a call returned, or its failure."""

    values: tuple = ()  # loss and gradient, None if not started, of cost arrays of several; train: Runs; predict: y
    failure: Failure | None = None
    changed: tuple = ()  # names of the inputs that the call changed
    shared: bool = False  # whether the gradient shares memory with an input
    cpu: float = 0.0  # seconds that a call took whose cost is asked for


class Run(NamedTuple):
    """One call of `train`."""

    history: object  # what it returned
    calls: list  # (W, X_batch, y_batch) of each call of loss
    W: object  # after it
    failure: Failure | None
    seeded: bool  # whether it takes a seed


def perform(code, call, is_own, in_sandbox=False, within=None):
    """Make one call on copies of its arrays, and return its Answer; `is_own` tells a student's file by its name."""
    # Outside the sandbox, it is called `within` a context that drops what it prints, and Ctrl-C is a person's.
    try:
        with (within or quiet)() if not in_sandbox else quiet(sys.stdout):
            return _DO[call.do](code, [array.copy() for array in call.arrays], **call.options)
    except BaseException as error:  # SystemExit, too
        if isinstance(error, KeyboardInterrupt) and not in_sandbox:
            raise
        return Answer(failure=as_failure(error, is_own))


def as_failure(error, is_own, at_import=False):
    """The Failure of an exception, with the last line in a file for which `is_own` holds."""
    if isinstance(error, StoppedError):
        return Failure("ended", *error.args, None, at_import)
    if isinstance(error, _ReturnedError | PrintsError):
        return Failure("returns" if isinstance(error, _ReturnedError) else "prints", str(error), None)
    frames = traceback.extract_tb(error.__traceback__)
    places = [(frame.filename, frame.lineno) for frame in frames if is_own(frame.filename)]
    said = error
    if isinstance(error, SyntaxError):
        said, name = error.msg, error.filename or ""
        if is_own(name) or (at_import and name.endswith(".py")):
            places.append((name, error.lineno))
    text, kind = " ".join(str(said).split()) or "no message", type(error).__name__
    kind = kind if kind not in _OTHER_KINDS else "Exception"  # a class of a student may be called so
    file, line = places[-1] if places else ("", None)
    return Failure(
        kind,
        text[: LONGEST if at_import else 200],
        line if line and line > 0 else None,
        at_import,
        os.path.basename(file),
    )


def file_of(code):
    """The file that defines a function, or the first method of a class; "" if unknown."""
    functions = [code, *vars(code).values()] if isinstance(code, type) else [code]
    codes = (getattr(inspect.unwrap(function), "__code__", None) for function in functions if callable(function))
    return next((code.co_filename for code in codes if code), "")


class StoppedError(Exception):
    """Student code was stopped; the argument is a note that says why."""


class _ReturnedError(Exception):
    """A result that is no pair; the message is its type."""


class PrintsError(Exception):
    """It prints without end."""


def _loss(function, arrays, reg, seed=None, litter=7):
    before = list(map(_content, arrays))
    if seed is not None:
        np.random.seed(seed)
    with _littered(litter):
        loss, gradient = _pair(function(*arrays, reg))
    pairs = zip(("W", "X", "y"), arrays, before, strict=True)
    changed = tuple(name for name, array, content in pairs if _content(array) != content)
    shared = isinstance(gradient, np.ndarray) and any(np.shares_memory(gradient, array) for array in arrays)
    return Answer((loss, np.array(gradient) if shared else gradient), None, changed, shared)


def _content(array):
    """All that a call could change of an array, to be compared."""
    return array.shape, array.dtype, array.tobytes()


@contextlib.contextmanager
def _littered(value):
    """Let np.empty hold a value, as memory does that was used before."""
    kept = {name: getattr(np, name) for name in ("empty", "empty_like")}

    def filled(make, *shape, **options):
        array = make(*shape, **options)
        if array.dtype.kind in "iufc":
            array.fill(value)
        return array

    try:
        for name, make in kept.items():  # with the names of NumPy's, which its own modules read when they are imported
            setattr(np, name, functools.update_wrapper(functools.partial(filled, make), make))
        yield
    finally:
        vars(np).update(kept)


def _cost(function, arrays, reg):
    """Results, one for each of the arrays' first axis, and their CPU seconds; what is printed costs next to nothing."""
    # glibc gets memory of more than 128 KiB from the system each time, until a larger block has been freed.
    np.empty(1 << 20)
    printing = builtins.print
    builtins.print = lambda *values, **options: None
    try:
        with np.printoptions(threshold=0, edgeitems=1, formatter={"all": lambda _: "0"}):  # for texts that are printed
            begun = _clock()
            results = [function(*given, reg) for given in zip(*arrays, strict=True)]
            cpu = _clock() - begun
    finally:
        builtins.print = printing
    losses, gradients = zip(*map(_pair, results), strict=True)
    return Answer((_stacked(losses), _stacked(gradients)), cpu=cpu)


def _stacked(values):
    """Results as one array; NaN where they are none: the other calls tell what they are."""
    try:
        return np.array(values, float)
    except Exception:  # whatever an object of the student's does when NumPy asks it for its numbers
        return np.full(len(values), np.nan)


def _idle(W, X, y, reg):
    return 0.0, W


def _yardstick(W, X, y, reg):
    """Work on whole arrays of these shapes, `YARDS` times as much as a loss and its gradient are; answers nothing."""
    for _ in range(YARDS):
        numbers = X @ W
        for _ in range(9):
            numbers = 0.5 * numbers + 1
        loss, gradient = float(numbers.sum()), X.T @ numbers
    return loss, gradient


# Where the system counts CPU time in steps of milliseconds, as Windows does, the time that passes.
_clock = time.process_time if time.get_clock_info("process_time").resolution < 1e-5 else time.perf_counter


def _pair(result):
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise _ReturnedError(type(result).__name__)
    return result


def _train(cls, arrays, times, ask=None, **options):
    """Call `train` some times on one instance whose loss returns the given losses and gradients in turn.

    `ask`, if given, is asked for these: it takes how often `train` was called before, W, X_batch and y_batch.
    """
    X, y, losses, gradients = arrays

    class Probe(cls):
        calls = None

        def loss(self, X_batch, y_batch, reg):
            given, number = (np.array(self.W), np.array(X_batch), np.array(y_batch)), len(self.calls)
            self.calls.append(given)
            loss, gradient = ask(len(runs), *given) if ask else (a[number % len(a)] for a in (losses, gradients))
            return float(loss), gradient.astype(self.W.dtype)

    probe, runs = Probe(), []
    seeded, seed = "seed" in inspect.signature(cls.train).parameters, options.pop("seed", 1)
    options |= {"seed": seed} if seeded else {}
    file = file_of(cls.train)
    for _ in range(times):
        probe.calls = []
        try:
            history = probe.train(X.copy(), y.copy(), **options)
        except Exception as error:  # whatever the student's code raises
            runs.append(Run(None, probe.calls, None, as_failure(error, file.__eq__), seeded))
        else:
            runs.append(Run(history, probe.calls, np.array(probe.W), None, seeded))
    return Answer(tuple(runs))


def _predict(cls, arrays):
    classifier = cls()
    classifier.W, X = arrays
    return Answer((classifier.predict(X),))


_DO = {
    "loss": _loss,
    "cost": _cost,
    "idle": lambda _, *given, **options: _cost(_idle, *given, **options),
    "yardstick": lambda _, *given, **options: _cost(_yardstick, *given, **options),
    "train": _train,
    "predict": _predict,
}


class Sink(io.TextIOBase):
    """Drops what is printed, and raises if it has no end."""

    room = _PRINTED

    def write(self, text):
        self.room -= len(text)
        if self.room < 0:
            raise PrintsError
        return len(text)


@contextlib.contextmanager
def quiet(sink=None):
    """Drop what is printed, or write it into a sink; drop NumPy's warnings, also where a file made errors of them."""
    with contextlib.redirect_stdout(sink or Sink()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
