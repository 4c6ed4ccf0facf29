"""What losses and gradients of the SVM are made of, right ones and misread ones, as floats or Fractions."""

import math
from fractions import Fraction

import numpy as np


def right_parts(W, X, y):
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


def _margins(scores, y):
    """By reading, the margins of all samples and classes, shape (N, C)."""
    N, C = scores.shape
    correct = scores[np.arange(N), y][:, np.newaxis]
    margins = scores - correct + 1
    readings = {
        "standard": margins,
        "no-delta": scores - correct,
        "delta-sign": scores - correct - 1,
        "reversed": correct - scores + 1,
        "last-scores": scores[-1:] - scores[-1][y][:, np.newaxis] + 1,
    }
    deltas = zip(("0.5", "2", "10"), _like(scores, [Fraction(1, 2), 2, 10]), strict=True)
    readings |= {f"delta-{name}": margins - 1 + delta for name, delta in deltas}
    if N in (1, C):  # elsewhere these raise
        readings |= {"wrong-axis": scores - correct.T + 1, "label-columns": scores - scores[:, y] + 1}
    if np.max(y) < N:
        readings["label-rows"] = scores - scores[y] + 1
    return readings


def _readings(scores, y, wrong):
    """By reading, the sum of the margins; and by reading, what counts in the gradient, shape (N, C)."""
    (N, C), samples, classes = scores.shape, np.arange(len(y)), np.arange(scores.shape[1])[np.newaxis]
    readings = _margins(scores, y)
    margins = readings["standard"]
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
    sums = {name: values.sum() for name, values in hinge.items()}
    for axis in (0, 1):
        sums[f"argmax-{axis}"] = np.argmax(margins, axis=axis).sum()
        sums[f"max-{axis}"] = np.max(np.maximum(0, margins), axis=axis).sum()
    return sums, counts


def _cut_off(readings, wrong):
    """By reading, the wrong classes' margins cut off at 0, and which of them are positive."""
    hinge = {name: np.maximum(0, values) * wrong for name, values in readings.items()}
    return hinge, {name: (values > 0) * wrong for name, values in readings.items()}
