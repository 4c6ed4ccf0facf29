"""What the staff have of the tests' own assignment: the score of the correct class is to be 0."""

from pathlib import Path

import numpy as np

from cs231n.checks.questions import as_questions, draw_large

from ...authoring.mistake import Mistake
from ..draw import Draw

REFERENCE = Path(__file__).with_name("reference")
NOTEBOOKS = {"tiny": ("Tiny", {})}
MISTAKES = {
    "tiny_loss": [
        Mistake("no mean", ("gradient.mean.missing",), (("dW / len(y)", "dW"),)),
        Mistake("no factor 2", ("gradient.regularizer.factor-1",), (("2 * reg * W", "reg * W"),)),
    ]
}
OLDER, OLDER_EDITS = {}, ()


def variants():
    """None that is written otherwise."""
    return {}


def draw(seed):
    """Cases of as many shapes as tell all scales of a part apart, exact in floating point."""
    source, cases = Draw(seed), []
    shapes = ((5, 4, 3), (6, 3, 4), (8, 5, 2), (7, 6, 3), (3, 5, 6), (11, 3, 5), (4, 7, 2), (9, 2, 4))
    for number, (N, D, C) in enumerate(shapes):
        W, X = source.integers(-8, 9, (D, C)) / 8, source.integers(-8, 9, (N, D)) / 4
        y = source.integers(0, C, N)
        case = {"name": f"general-{number}", "W": W, "X": X, "y": y, "reg": (number + 1) / 4}
        cases.append(case | _parts(W, X, y))
    return as_questions(cases, draw_large)


def shipped():
    """The same, as it ships."""
    cases = [question for question in draw(231).cases if question.reg]
    return [{"name": q.name, "W": q.W, "X": q.X, "y": q.y, "reg": q.reg, **q.parts} for q in cases]


def _parts(W, X, y):
    chosen = np.arange(W.shape[1]) == y[:, np.newaxis]
    off = np.where(chosen, X @ W, 0)
    return {
        "loss squared": {"standard": float(np.sum(off**2))},
        "gradient squared": {"standard": 2 * X.T @ off},
        "squares": {"standard": float(np.sum(W * W))},
        "weights": {"standard": W},
    }
