"""The inputs that the checks ask with, and for each the parts that loss and gradient are made of, as numbers.

Entries of W and X are multiples of 1/8 and 1/4, so that scores and margins are exact in floating point, whatever the
order of summation, and no margin lies on the hinge. A student gets the numbers (`questions.json`), not this module.

What is written into that file is computed with `fractions.Fraction`, in arrays of objects, and rounded at the end, so
it is the same on every processor and with every BLAS and NumPy.
"""

import functools
import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from cs231n.checks.questions import Question, Questions, draw_large

from ..draw import Draw, rounded

__all__ = ["draw", "shipped"]

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
    "N = C, 2": (5, 3, 5, 0.875),
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
        every, right = functools.cache(functools.partial(parts, W, X, y)), _right_parts(W, X, y)
        groups = {group: _Later(group, right, every) for group in (*right, "once")}
        asked += [Question(case["name"], W, X, y, reg, groups) for reg in (0.0, case["reg"])]
    seeds = tuple(seed) if isinstance(seed, list) else (seed,)
    return Questions(tuple(asked), lambda number, *size: draw_large((*seeds, number), *size), _right)


def _right(question):
    """The right losses and gradients of what `draw_large` drew."""
    right, N = _right_parts(question.W, question.X, question.y), question.y.shape[1]
    losses = right["hinge"] / N + question.reg * right["squares"]
    return losses, (right["own"] + right["correct"]) / N + 2 * question.reg * right["weights"]


class _Later(Mapping):
    """One group of a case's parts: its right reading is there, the others are computed."""

    def __init__(self, group, right, every):
        self.group, self.right, self.every = group, right, every

    def __getitem__(self, reading):
        is_there = reading == "standard" and self.group in self.right
        return self.right[self.group] if is_there else self.every()[self.group][reading]

    def __iter__(self):
        return iter(self.every()[self.group])

    def __len__(self):
        return len(self.every()[self.group])


def _draw_cases(seed):
    """Cases without their `parts`: dicts of name, W, X, y and reg."""
    draw = Draw(seed)
    return [_draw_case(name, *shape, draw) for name, shape in _SHAPES.items()]


def _right_parts(W, X, y):
    """The reading ``standard`` of each group of `parts` that has one; of many cases at once where W is (..., D, C)."""
    scores, labels = X @ W, y[..., np.newaxis]
    margins = np.maximum(0, scores - np.take_along_axis(scores, labels, -1) + 1)
    np.put_along_axis(margins, labels, 0, -1)
    counts = (margins > 0).astype(float)
    correct = np.zeros_like(counts)
    np.put_along_axis(correct, labels, counts.sum(axis=-1, keepdims=True), -1)
    transposed = X.swapaxes(-1, -2)
    return {
        "hinge": margins.sum(axis=(-1, -2)),
        "own": transposed @ counts,
        "correct": -transposed @ correct,
        "squares": np.sum(W * W, axis=(-1, -2)),
        "weights": W,
        "count": y.shape[-1],
    }


def parts(W, X, y):
    """Parts of losses and gradients, by group and reading; W (D, C), X (N, D) hold floats or Fractions, y (N,) ints."""
    scores, samples = X @ W, np.arange(len(y))
    wrong = np.ones_like(scores)
    wrong[samples, y] = 0
    hinge, counts = _readings(scores, y, wrong)
    number = counts["standard"].sum(axis=1, keepdims=True)
    last_of_class = ~np.any(np.triu(y[:, np.newaxis] == y, 1), axis=1)[:, np.newaxis]
    touched = np.where(wrong == 1, counts["standard"], number > 0)
    last_touch = touched * (np.cumsum(touched[::-1], axis=0)[::-1] == 1)
    return {
        # The sum of the margins over all samples.
        "hinge": hinge,
        # Gradient of violating classes, added to their own columns, (D, C).
        "own": {name: X.T @ values for name, values in counts.items()} | {"overwritten": X.T @ (wrong * last_touch)},
        # Gradient of violating classes, subtracted from the correct class's column, (D, C).
        "correct": {name: -X.T @ ((1 - wrong) * values.sum(axis=1, keepdims=True)) for name, values in counts.items()}
        | {
            "overwritten": -X.T @ ((1 - wrong) * last_touch),
            "last-of-class": -X.T @ ((1 - wrong) * number * last_of_class),
        },
        # The sample subtracted once from the correct class's column, for all samples, or those with a violating class.
        "once": {"all": -X.T @ (1 - wrong), "violating": -X.T @ ((1 - wrong) * (number > 0))},
        "count": {"standard": len(y)},
        **_regularizers(W, np.sum(number) * _like(W, [Fraction(1, len(y))])[0]),
    }


def _regularizers(W, violations):
    """By reading, the regularizer without its strength, and its derivative in units of a half.

    `violations` is how many classes violate their margin, for a sample on average.
    """
    norm = _root(np.sum(W * W))
    return {
        "squares": {
            "standard": np.sum(W * W),
            "norm": norm,
            "absolute": np.sum(np.abs(W)),
            "plain-sum": np.sum(W),
            "sum-squared": np.sum(W) ** 2,
            "no-bias": np.sum(W[:-1] ** 2),
            "matrix-product-rows": np.sum(W @ W.T),
            "matrix-product-columns": np.sum(W.T @ W),
            "per-violation": violations * np.sum(W * W),
        },
        "weights": {
            "standard": W,
            "norm": W / norm,
            "absolute": np.sign(W),
            "ones": np.ones_like(W),
            "no-bias": W * (np.arange(len(W)) < len(W) - 1)[:, np.newaxis],
            "squared": W * W,
            "the-loss": np.full_like(W, np.sum(W * W)),
            "the-norm": np.full_like(W, norm),
            "plain-sum": np.full_like(W, np.sum(W)),
            "per-violation": violations * W,
        },
    }


def _root(number):
    """The square root, as a number of the same kind: `math.sqrt` is rounded correctly everywhere."""
    return type(number)(math.sqrt(number))


def _like(array, numbers):
    """Exact numbers as an array of another one's kind: floats or Fractions."""
    return np.array(numbers, dtype=object).astype(array.dtype)


def _readings(scores, y, wrong):
    """By reading, the sum of the margins; and by reading, what counts in the gradient, shape (N, C)."""
    (N, C), samples, classes = scores.shape, np.arange(len(y)), np.arange(scores.shape[1])[np.newaxis]
    correct = scores[samples, y][:, np.newaxis]
    margins = scores - correct + 1
    readings = {
        "standard": margins,
        "no-delta": scores - correct,
        "delta-sign": scores - correct - 1,
        "reversed": correct - scores + 1,
        "last-scores": scores[-1:] - scores[-1][y][:, np.newaxis] + 1,
    }
    if N in (1, C):  # elsewhere these raise
        readings |= {"wrong-axis": scores - correct.T + 1, "label-columns": scores - scores[:, y] + 1}
    if np.max(y) < N:
        readings["label-rows"] = scores - scores[y] + 1
    hinge, counts = _cut_off(readings, wrong)
    chosen = {
        "first-sample": samples == 0,
        "last-sample": samples == N - 1,
        "divided-in-loop": _like(scores, [Fraction(1, N**later) for later in reversed(range(N))]),
        "without-first-sample": samples > 0,
        "without-last-sample": samples < N - 1,
        "without-first-class": classes > 0,
        "without-last-class": classes < C - 1,
        "before-label": classes < y[:, np.newaxis],
        "largest-only": classes == np.argmax(hinge["standard"], axis=1)[:, np.newaxis],
        "columns-zeroed": ~np.isin(classes, y),
    }
    for name, some in chosen.items():
        weights = some if some.ndim == 2 else some[:, np.newaxis]
        hinge[name], counts[name] = hinge["standard"] * weights, counts["standard"] * weights
    hinge["squared"], hinge["not-cut"], hinge["counted"] = hinge["standard"] ** 2, margins * wrong, counts["standard"]
    counts |= {"values": hinge["standard"], "zero-counted": wrong, "scores": (scores > 0) * wrong}
    hinge["own-scores"] = wrong
    last = np.flatnonzero(wrong[-1])[-1]
    counts["last-margin"] = wrong * (margins[-1, last] > 0)
    counts["not-clipped"] = np.where(margins > 0, 1, margins) * wrong
    deltas = zip(("0.5", "2", "10"), _like(scores, [Fraction(1, 2), 2, 10]), strict=True)
    more = _cut_off({f"delta-{name}": margins - 1 + delta for name, delta in deltas}, wrong)
    sums = {name: values.sum() for name, values in (hinge | more[0]).items()}
    for axis in (0, 1):
        sums[f"argmax-{axis}"] = np.argmax(margins, axis=axis).sum()
        sums[f"max-{axis}"] = np.max(np.maximum(0, margins), axis=axis).sum()
    return sums, counts | more[1]


def _cut_off(readings, wrong):
    """By reading, the wrong classes' margins cut off at 0, and which of them are positive."""
    hinge = {name: np.maximum(0, values) * wrong for name, values in readings.items()}
    return hinge, {name: (values > 0) * wrong for name, values in readings.items()}


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
