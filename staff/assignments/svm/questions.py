"""The inputs that the checks ask with, and for each the parts that loss and gradient are made of, as numbers.

Entries of W and X are multiples of 1/8 and 1/4, so that scores and margins are exact in floating point, whatever the
order of summation, and no margin lies on the hinge. A student gets the numbers (`questions.json`), not this module.

What is written into that file is computed with `fractions.Fraction`, in arrays of objects, and rounded at the end, so
it is the same on every processor and with every BLAS and NumPy.
"""

import functools
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from cs231n.checks.questions import Question, Questions, draw_large

from ..draw import Draw, rounded
from .parts import parts, right_parts

# name: N, D, C, regularization strength. N, D and C differ where the name says nothing.
_SHAPES = {
    "general-1": (7, 5, 3, 1.25),
    "general-2": (10, 6, 4, 0.75),
    "general-3": (3, 7, 6, 0.375),
    "general-4": (12, 4, 5, 1.75),
    "general-5": (9, 3, 7, 0.5),
    "general-6": (8, 4, 6, 1.125),
    "general-7": (11, 5, 3, 0.25),
    "general-8": (5, 6, 4, 2.5),
    "general-9, wide": (10, 5, 6, 0.125),
    "general-10, wide": (6, 7, 5, 0.25),
    "N = C, 1": (4, 6, 4, 0.625),
    "N = C, 2": (5, 3, 5, 1.875),
    "N = C, 3": (6, 4, 6, 0.5),
    "N = 1": (1, 4, 3, 1.5),
    "C = 2": (8, 5, 2, 2.0),
    "labels all equal": (6, 4, 3, 1.5),
}


def shipped():
    """What ships: the cases with their parts, rounded."""
    exact = np.vectorize(Fraction, otypes=[object])
    return [case | rounded(parts(exact(case["W"]), exact(case["X"]), case["y"])) for case in _draw_cases(231)]


def draw(seed):
    """The Questions that a submission is asked; what wrong answers are made of is computed when it is asked for."""
    asked = []
    for case in _draw_cases(seed):
        W, X, y = case["W"], case["X"], case["y"]
        every, right = functools.cache(functools.partial(parts, W, X, y)), right_parts(W, X, y)
        groups = {group: _Later(group, right, every) for group in (*right, "once")}
        asked += [Question(case["name"], W, X, y, reg, groups) for reg in (0.0, case["reg"])]
    seeds = tuple(seed) if isinstance(seed, list) else (seed,)
    return Questions(tuple(asked), lambda number, *size: draw_large((*seeds, number), *size), _right)


def _right(question):
    """The right losses and gradients of what `draw_large` drew."""
    right, N = right_parts(question.W, question.X, question.y), question.y.shape[1]
    losses = right["hinge"] / N + question.reg * right["squares"]
    return losses, (right["own"] + right["correct"]) / N + 2 * question.reg * right["weights"]


class _Later(Mapping):
    """One group of a case's parts: its right reading is there, the others are computed."""

    def __init__(self, group, right, every):
        self.group, self.right, self.every = group, right, every

    def __getitem__(self, reading):
        is_there = reading == "standard" and self.group in self.right
        return self.right[self.group] if is_there else self.every()[self.group][reading]

    def __contains__(self, reading):
        return reading in self.every()[self.group]

    def __iter__(self):
        return iter(self.every()[self.group])

    def __len__(self):
        return len(self.every()[self.group])


def _draw_cases(seed):
    """Cases without their `parts`: dicts of name, W, X, y and reg."""
    draw = Draw(seed)
    return [_draw_case(name, *shape, draw) for name, shape in _SHAPES.items()]


def _draw_case(name, N, D, C, reg, draw):
    """Draw until no margin is zero and each term of loss and gradient is a tenth of the whole or more."""
    while True:
        # Where scores lie wide apart, there are classes that count for no delta.
        unit = 4 if "wide" in name else 8
        W, X = draw.integers(-8, 9, (D, C)) / unit, draw.integers(-8, 9, (N, D)) * 2 / unit
        y = np.full(N, draw.integers(0, C)) if name == "labels all equal" else draw.integers(0, C, N)
        if _is_telling(W, X, y, reg):
            return {"name": name, "W": W, "X": X, "y": y, "reg": reg}


def _is_telling(W, X, y, reg):
    """Decided without a division or a root, so that all numbers are multiples of 1/1024 and exact."""
    scores, wrong = X @ W, np.arange(W.shape[1]) != y[:, np.newaxis]
    lead = scores - scores[np.arange(len(y)), y][:, np.newaxis]
    if np.any(wrong & ((lead == 0) | (np.abs(lead) == 1))):  # first, as it is cheap, and the most frequent reason
        return False
    if 2 < len(y) < W.shape[1] and len(y) not in y:  # a label that is N tells labels from other numbers
        return False
    violating = (lead > -1) & wrong
    own, correct = X.T @ violating, -X.T @ (~wrong * violating.sum(axis=1, keepdims=True))
    terms = own, correct, 2 * len(y) * reg * W  # each times N
    hinge, decayed = np.sum((lead + 1) * violating), len(y) * reg * np.sum(W * W)
    has_both = 10 * min(hinge, decayed) > hinge + decayed
    has_all = 100 * min(np.sum(term**2) for term in terms) > np.sum(sum(terms) ** 2)
    is_mixed = np.any(violating) and np.any(wrong & ~violating)
    return has_both and has_all and (len(y) < 3 or is_mixed)
