"""A student's code under observation: what it raised, how often its lines ran, and how `train` called its loss."""

import inspect
import sys
import traceback
from sys import settrace  # which a student's code may give another meaning
from typing import NamedTuple

import numpy as np

__all__ = ["Failure", "Run", "count_steps", "fail_as", "observe", "predict"]


class Failure(NamedTuple):
    """An exception: its type, what it says, and the line of the student's file (or None)."""

    kind: str
    text: str
    line: int | None


def fail_as(error, function):
    """The failure that an exception is, with the last line in the function's own file.

    Parameters
    ----------
    error : BaseException
    function : callable

    Returns
    -------
    Failure
    """
    own = getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", None)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own]
    text = " ".join(str(error).split()) or "no message"
    return Failure(type(error).__name__, text[:200], lines[-1] if lines else None)


def count_steps(function, *arguments):
    """Number of lines and calls that Python goes through in a call, and its result; raises what the code raises."""
    seen, kept = [0], sys.gettrace()

    def trace(frame, event, argument):
        seen[0] += 1
        return trace

    try:
        settrace(trace)
        result = function(*arguments)
    finally:
        settrace(kept)
    return seen[0], result


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


def observe(cls, X, y, gradients, times=1, **options):
    """Call `train` on one instance, whose loss is 1, 2, 3, ... with the gradients that are given.

    Parameters
    ----------
    cls : type
        The student's ``LinearClassifier``.
    X, y : ndarray
        Samples and labels; `train` is given copies.
    gradients : ndarray of shape (M, D, C)
        Gradient of each call of `loss`, from the first again after the last.
    times : int
        Number of calls of `train`.
    **options
        Further arguments of `train`; a seed is added where it takes one.

    Returns
    -------
    list of Run
    """

    class Probe(cls):
        calls = None

        def loss(self, X_batch, y_batch, reg):
            number = len(self.calls)
            self.calls.append((np.array(self.W), np.array(X_batch), np.array(y_batch)))
            return float(number + 1), gradients[number % len(gradients)].astype(self.W.dtype)

    probe, runs = Probe(), []
    seeded = "seed" in inspect.signature(cls.train).parameters
    options |= {"seed": 1} if seeded else {}
    for _ in range(times):
        probe.calls = []
        try:
            history = probe.train(X.copy(), y.copy(), **options)
        except Exception as error:  # whatever the student's code raises
            runs.append(Run(None, probe.calls, None, fail_as(error, cls.train), seeded))
        else:
            runs.append(Run(history, probe.calls, np.array(probe.W), None, seeded))
    return runs


def predict(cls, W, X):
    """What a classifier with the weights W predicts of a copy of X, or the Failure."""
    try:
        classifier = cls()
        classifier.W = W
        return classifier.predict(X.copy())
    except Exception as error:  # whatever the student's code raises
        return fail_as(error, cls.predict)
