"""Questions to a loss function: inputs of many shapes, and what came back.

The inputs and the parts of their answers are numbers in ``cases.json``. Entries of W and X are multiples of 1/8 and
1/4, so scores and margins are exact; no margin is zero; each term makes up at least a tenth of loss and gradient.
"""

import contextlib
import functools
import io
import json
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..sentences import word
from .probe import Failure, fail_as

__all__ = [
    "Answer",
    "Distant",
    "NearHinge",
    "Question",
    "as_near_hinge",
    "as_questions",
    "ask",
    "near_hinge",
    "questions",
    "quiet",
]


class Question(NamedTuple):
    """One call of a loss function, and the parts of which its answer may consist.

    Attributes
    ----------
    name : str
        What is particular about it.
    W, X, y : ndarray of shape (D, C), (N, D), (N,)
    reg : float
    parts : dict of dict
        By group and reading: ``hinge`` and ``squares`` (float); ``own``, ``correct``, ``once`` and ``weights``,
        ndarrays of shape (D, C).
    """

    name: str
    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    reg: float
    parts: dict

    @property
    def loss(self):
        """The right loss, a float."""
        return self._right(self.parts["hinge"]["standard"], "squares", 1)

    @property
    def gradient(self):
        """The right gradient, shape (D, C)."""
        return self._right(self.parts["own"]["standard"] + self.parts["correct"]["standard"], "weights", 2)

    def _right(self, data, regularizer, factor):
        return data / len(self.y) + factor * self.reg * self.parts[regularizer]["standard"]

    def __str__(self):
        return _call(self)


class NearHinge(NamedTuple):
    """One call of a loss function whose margins are a little above or below 0, and what each adds to the gradient.

    Attributes
    ----------
    W, X, y, reg
        As in `Question`, with two classes; the regularizer is left out.
    margins : ndarray of shape (N,)
    each : ndarray of shape (N, D, C)
        What a margin adds where it counts.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    reg: float
    margins: np.ndarray
    each: np.ndarray

    def __str__(self):
        return _call(self)


def _call(question):
    return f"W {question.W.shape}, X {question.X.shape}, reg = {question.reg:g}"


class Answer(NamedTuple):
    """What came back: loss and gradient, each None where it is not started, or the failure; and what was changed."""

    loss: object = None
    gradient: object = None
    failure: Failure | None = None
    changed: tuple = ()
    shared: bool = False


class Distant:
    """What a student wrote, where it runs in another process: it is asked there, and answers for itself.

    A function has ``__name__``, ``source`` (a `Source` or None), ``seed``, ``answer(question, dtype, seed)``, which
    returns an Answer, and ``steps(W, X, y, right)``, the number of lines that Python goes through, or a Failure; so is
    a wrong loss or gradient, where `right` says that it was right so far. A classifier has
    ``observe(X, y, gradients, times, options)``, which returns a list of `probe.Run`, and ``predict(W, X)``, which
    returns labels or a Failure.
    """


@functools.cache
def questions():
    """All questions that ship with the checks.

    Returns
    -------
    tuple of Question
    """
    return as_questions(_shipped()["cases"])


@functools.cache
def near_hinge():
    """The question next to the hinge that ships with the checks.

    Returns
    -------
    NearHinge
    """
    return as_near_hinge(_shipped()["near_hinge"])


@functools.cache
def _shipped():
    return json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))


def as_questions(cases):
    """Questions of some cases, each without and with its regularizer.

    Parameters
    ----------
    cases : list of dict
        Name, W, X, y, reg and the parts, arrays as such or as nested lists.

    Returns
    -------
    tuple of Question
    """
    found = []
    for case in cases:
        W, X, y = np.array(case["W"]), np.array(case["X"]), np.array(case["y"])
        parts = {group: case[group] for group in ("hinge", "squares")}
        for group in ("own", "correct", "once", "weights"):
            parts[group] = {reading: np.asarray(values) for reading, values in case[group].items()}
        found += [Question(case["name"], W, X, y, reg, parts) for reg in (0.0, case["reg"])]
    return tuple(found)


def as_near_hinge(case):
    """The question of a case with W, X, y, margins and each, as such or as nested lists."""
    W, X, y, margins, each = (np.asarray(case[name]) for name in ("W", "X", "y", "margins", "each"))
    return NearHinge(W, X, y, 0.0, margins, each)


def ask(function, question, dtype=np.float64, seed=None):
    """Call a loss function on copies of a question's arrays; what it prints is dropped.

    Parameters
    ----------
    function : callable or Distant
        Takes W, X, y, reg; returns loss and gradient.
    question : Question or NearHinge
    dtype : dtype
        Of W and X.
    seed : int or None
        Of NumPy's global random state, where that is to be known.

    Returns
    -------
    Answer
    """
    if isinstance(function, Distant):
        return function.answer(question, dtype, seed)
    if seed is not None:
        np.random.seed(seed)
    given = {"W": question.W.astype(dtype), "X": question.X.astype(dtype), "y": question.y.copy()}
    kept = {name: array.copy() for name, array in given.items()}
    try:
        with quiet():
            result = function(given["W"], given["X"], given["y"], question.reg)
    except (Exception, SystemExit) as error:  # whatever a student's code raises is an answer
        return Answer(failure=fail_as(error, function))
    changed = tuple(name for name in given if not np.array_equal(given[name], kept[name]))
    if not isinstance(result, tuple | list) or len(result) != 2:
        return Answer(failure=Failure("returns", type(result).__name__, None))
    loss, gradient = result
    shared = isinstance(gradient, np.ndarray) and any(np.shares_memory(gradient, array) for array in given.values())
    return Answer(loss, np.array(gradient) if shared else gradient, None, changed, shared)


class _Sink(io.TextIOBase):
    """Takes what is printed and drops it; raises where there is no end to it."""

    room = 1_000_000  # characters in one call

    def write(self, text):
        self.room -= len(text)
        if self.room < 0:
            raise RuntimeError(word("prints too much"))
        return len(text)


@contextlib.contextmanager
def quiet():
    """Drop what is printed, and NumPy's warnings."""
    with contextlib.redirect_stdout(_Sink()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
