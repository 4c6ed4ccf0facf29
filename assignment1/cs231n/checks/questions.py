"""Questions to a loss function: inputs of many shapes, with the parts of which right and wrong answers are made."""

import functools
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["Question", "Questions", "as_questions", "shipped"]


class Question(NamedTuple):
    """One call of a loss function, and the parts of which its answer may consist.

    Attributes
    ----------
    name : str
        What is particular about it; that of an ordinary one begins with ``general``.
    W, X, y : ndarray of shape (D, C), (N, D), (N,)
    reg : float
    parts : dict of dict
        By group and reading, as the assignment's `Model` has them: floats, or ndarrays of shape (D, C).
    """

    name: str
    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    reg: float
    parts: dict

    @property
    def is_general(self):
        """Whether it is no special case."""
        return self.name.startswith("general")

    @property
    def call(self):
        """What is said of it: shapes, and reg."""
        return f"W {self.W.shape}, X {self.X.shape}, reg = {self.reg:g}"


class Questions(NamedTuple):
    """What a loss function is asked.

    Attributes
    ----------
    cases : tuple of Question
        Each case without and with its regularizer.
    trial : Question or None
        A further one, on which the assignment judges a gradient that is right elsewhere.
    large : callable
        Of numbers of samples and classes: a Question of that size, to see what it costs; its `parts` have the right
        answer, or nothing.
    """

    cases: tuple
    trial: Question | None
    large: object


@functools.cache
def shipped(name):
    """The questions that ship with the kit.

    Parameters
    ----------
    name : str
        Of the assignment.

    Returns
    -------
    Questions
    """
    text = (Path(__file__).parents[1] / "assignments" / name / "questions.json").read_text(encoding="utf-8")
    found = json.loads(text)
    return as_questions(found["cases"], found.get("trial"), _large)


def as_questions(cases, trial, large):
    """Questions of numbers.

    Parameters
    ----------
    cases : list of dict
        Name, W, X, y, reg and the groups of parts, arrays as such or as nested lists.
    trial : dict or None
        Likewise, with a reg of 0.
    large : callable

    Returns
    -------
    Questions
    """
    both = [_question(case, reg) for case in cases for reg in (0.0, case["reg"])]
    return Questions(tuple(both), trial and _question(trial, 0.0), large)


def _question(case, reg):
    case = dict(case)
    W, X, y = (np.array(case.pop(name)) for name in ("W", "X", "y"))
    name, _ = case.pop("name"), case.pop("reg")
    parts = {group: {reading: _array(value) for reading, value in found.items()} for group, found in case.items()}
    return Question(name, W, X, y, reg, parts)


def _array(value):
    return np.asarray(value) if isinstance(value, list | np.ndarray) else value


def _large(samples, classes, features=4, seed=0):
    rng = np.random.default_rng(seed)
    W, X = rng.standard_normal((features, classes)), rng.standard_normal((samples, features))
    return Question("large", W, X, rng.integers(classes, size=samples), 0.5, {})
