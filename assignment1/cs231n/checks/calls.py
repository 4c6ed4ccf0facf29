"""Calls of a student's code and what comes of them: the one module that runs it, here and in the grader's sandbox.

It needs NumPy and nothing else of the kit, so that the sandbox can hold it alone.
"""

import contextlib
import inspect
import io
import sys
import traceback
import warnings
from sys import settrace  # which a student's code may give another meaning
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

__all__ = ["Answer", "Call", "Failure", "Run", "as_failure", "perform", "quiet"]

_PRINTED = 1_000_000  # characters that one call may print


class Call(NamedTuple):
    """What is asked of a subject.

    Attributes
    ----------
    do : str
        ``loss``, ``steps``, ``train`` or ``predict``.
    arrays : tuple of ndarray
        Those of a loss are W, X and y; of a training X, y and the gradients of the losses that it is given; of a
        prediction W and X.
    options : mapping
        What else belongs to it: ``reg``, and of a loss the ``seed`` of NumPy's global random state; of a training
        ``times``, and the arguments of `train`.
    """

    do: str
    arrays: tuple
    options: MappingProxyType = MappingProxyType({})


class Failure(NamedTuple):
    """An exception: its type, what it says, and the line of the student's file (or None).

    Three kinds are no types: ``returns`` (something else than two results: `text` is its type), ``prints`` (without
    end), and ``ended`` (the process that it ran in: `text` says how).
    """

    kind: str
    text: str
    line: int | None
    at_import: bool = False


class Answer(NamedTuple):
    """What came back of a call: the failure, or values.

    Attributes
    ----------
    values : tuple
        Of a loss: loss and gradient, each None where it is not started. Of steps: the number of lines that Python went
        through, loss and gradient. Of a training: a `Run` for each call of `train`. Of a prediction: the labels.
    failure : Failure or None
    changed : tuple of str
        Names of the inputs that are not as they were.
    shared : bool
        Whether the gradient is one of the inputs.
    """

    values: tuple = ()
    failure: Failure | None = None
    changed: tuple = ()
    shared: bool = False


class Run(NamedTuple):
    """One call of `train`.

    Attributes
    ----------
    history : object
        What it returned.
    calls : list of (ndarray, ndarray, ndarray)
        W, X_batch and y_batch of each call of `loss`.
    W : object
        The weights after it.
    failure : Failure or None
    seeded : bool
        Whether it takes a seed.
    """

    history: object
    calls: list
    W: object
    failure: Failure | None
    seeded: bool


def perform(code, call, is_own, in_sandbox=False):
    """Make one call on copies of its arrays.

    Parameters
    ----------
    code : callable
        The student's function or class; what it raises is an answer.
    call : Call
    is_own : callable
        Of a file's name: whether it is the student's, so that its lines say where something was raised.
    in_sandbox : bool
        Whether this process is the code's own. Elsewhere what it prints is dropped, and Ctrl-C is a person's.

    Returns
    -------
    Answer
    """
    try:
        with contextlib.nullcontext() if in_sandbox else quiet():
            return _DO[call.do](code, [array.copy() for array in call.arrays], **call.options)
    except BaseException as error:  # SystemExit, too
        if isinstance(error, KeyboardInterrupt) and not in_sandbox:
            raise
        return Answer(failure=as_failure(error, is_own))


def as_failure(error, is_own):
    """The failure that an exception is, with the last line in a student's file."""
    if isinstance(error, _ReturnedError | _PrintsError):
        return Failure("returns" if isinstance(error, _ReturnedError) else "prints", str(error), None)
    if isinstance(error, SyntaxError):
        return Failure(type(error).__name__, str(error.msg), error.lineno)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if is_own(frame.filename)]
    text = " ".join(str(error).split()) or "no message"
    return Failure(type(error).__name__, text[:200], lines[-1] if lines else None)


class _ReturnedError(Exception):
    """A result that is no pair; the message is its type."""


class _PrintsError(Exception):
    """It prints without end."""


def _loss(function, arrays, reg, seed=None):
    kept = [array.copy() for array in arrays]
    state = np.random.get_state()
    try:
        if seed is not None:
            np.random.seed(seed)
        loss, gradient = _pair(function(*arrays, reg))
    finally:
        np.random.set_state(state)
    pairs = zip(("W", "X", "y"), arrays, kept, strict=True)
    changed = tuple(name for name, array, before in pairs if not np.array_equal(array, before))
    shared = isinstance(gradient, np.ndarray) and any(np.shares_memory(gradient, array) for array in arrays)
    return Answer((loss, np.array(gradient) if shared else gradient), None, changed, shared)


def _steps(function, arrays, reg):
    """How many lines and calls Python goes through, and the result."""
    seen, kept = [0], sys.gettrace()

    def trace(frame, event, argument):
        seen[0] += 1
        return trace

    try:
        settrace(trace)
        result = function(*arrays, reg)
    finally:
        settrace(kept)
    return Answer((seen[0], *_pair(result)))


def _pair(result):
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise _ReturnedError(type(result).__name__)
    return result


def _train(cls, arrays, times, **options):
    """Call `train` on one instance, whose loss is 1, 2, 3, ... with the gradients that are given, one after another."""
    X, y, gradients = arrays

    class Probe(cls):
        calls = None

        def loss(self, X_batch, y_batch, reg):
            number = len(self.calls)
            self.calls.append((np.array(self.W), np.array(X_batch), np.array(y_batch)))
            return float(number + 1), gradients[number % len(gradients)].astype(self.W.dtype)

    probe, runs = Probe(), []
    seeded = "seed" in inspect.signature(cls.train).parameters
    options |= {"seed": 1} if seeded else {}
    file = getattr(getattr(inspect.unwrap(cls.train), "__code__", None), "co_filename", None)
    for _ in range(times):
        probe.calls = []
        try:
            history = probe.train(X.copy(), y.copy(), **options)
        except Exception as error:  # whatever the student's code raises
            runs.append(Run(None, probe.calls, None, as_failure(error, lambda name: name == file), seeded))
        else:
            runs.append(Run(history, probe.calls, np.array(probe.W), None, seeded))
    return Answer(tuple(runs))


def _predict(cls, arrays):
    classifier = cls()
    classifier.W, X = arrays
    return Answer((classifier.predict(X),))


_DO = {"loss": _loss, "steps": _steps, "train": _train, "predict": _predict}


class _Sink(io.TextIOBase):
    """Takes what is printed and drops it; raises where there is no end to it."""

    room = _PRINTED

    def write(self, text):
        self.room -= len(text)
        if self.room < 0:
            raise _PrintsError
        return len(text)


@contextlib.contextmanager
def quiet():
    """Drop what is printed, and NumPy's warnings."""
    with contextlib.redirect_stdout(_Sink()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
