"""Questions to a loss function: inputs of many shapes, with the parts of which right and wrong answers are made."""

import functools
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Question(NamedTuple):
    """One call of a loss function, and the parts of which its answer may consist."""

    name: str  # what is particular about it; begins with "general" if it is no special case
    W: np.ndarray  # (D, C)
    X: np.ndarray  # (N, D)
    y: np.ndarray  # (N,)
    reg: float
    parts: dict  # by group and reading, as in the assignment's Model: floats, or ndarrays of shape (D, C)

    @property
    def is_general(self):
        """Whether it is no special case."""
        return self.name.startswith("general")

    @property
    def call(self):
        """How sentences name it: shapes and reg."""
        return f"W {self.W.shape}, X {self.X.shape}, reg = {self.reg:g}"


class Questions(NamedTuple):
    """What a loss function is asked."""

    cases: tuple  # each case without and with its regularizer
    large: object  # as `draw_large`: what measures cost
    right: object = None  # of such a question: the right losses, shape (count,), and gradients; None where nobody knows


@functools.cache
def shipped(name):
    """The Questions that ship with an assignment."""
    text = (Path(__file__).parents[1] / "assignments" / name / "questions.json").read_text(encoding="utf-8")
    found = json.loads(text)
    return as_questions(found["cases"], draw_large)


def as_questions(cases, large):
    """Questions from dicts of name, W, X, y, reg and groups of parts, arrays or nested lists."""
    both = [_question(case, reg) for case in cases for reg in (0.0, case["reg"])]
    return Questions(tuple(both), large)


def _question(case, reg):
    case = dict(case)
    W, X, y = (np.array(case.pop(name)) for name in ("W", "X", "y"))
    name, _ = case.pop("name"), case.pop("reg")
    parts = {
        group: {reading: np.asarray(value) if isinstance(value, list) else value for reading, value in found.items()}
        for group, found in case.items()
    }
    return Question(name, W, X, y, reg, parts)


@functools.lru_cache(64)
def draw_large(seed, count, samples, features, classes):
    """A Question whose arrays hold several calls: W (count, D, C), X (count, N, D), y (count, N); `count` is even.

    A sample lies near the weights of its class: a solution may go through the violating classes alone. The second half
    has the weights of the first, and no regularizer: whatever a mistake makes of W alone is the same in both.
    """
    rng = np.random.default_rng(seed)
    W = np.tile(rng.standard_normal((count // 2, features, classes)), (2, 1, 1))
    X, y = rng.standard_normal((count, samples, features)), rng.integers(classes, size=(count, samples))
    X += [2 * weights.T[labels] for weights, labels in zip(W, y, strict=True)]
    return Question("large", W, X, y, 0.0, {})
