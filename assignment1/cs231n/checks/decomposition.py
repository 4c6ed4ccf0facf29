"""What a loss or a gradient consists of: its parts, each with the coefficient that a least-squares fit finds.

Loss and gradient are linear in a few parts. Where a fit of the student's answers leaves nothing but rounding, the
coefficients are the diagnosis, for any combination of mistakes at once. Readings of the loss that change which margins
count are further sets of parts, tried in order of simplicity.
"""

from itertools import product

import numpy as np

__all__ = ["LIMIT", "explain_gradient", "explain_loss", "explain_regularizer"]

LIMIT = 1e-6  # relative to the largest entry of an answer; float32 inside a float64 answer leaves 1e-7

# How a part may be scaled; the first is right for the data term and for the regularizer, the others are mistakes.
_SCALES = {
    "n": lambda question: 1 / len(question.y),
    "sum": lambda question: 1.0,
    "nc": lambda question: 1 / (len(question.y) * question.W.shape[1]),
    "nn": lambda question: 1 / len(question.y) ** 2,
    "c": lambda question: 1 / question.W.shape[1],
    "d": lambda question: 1 / question.W.shape[0],
}
_REG_SCALES = {
    "reg": lambda question: question.reg,
    "reg/n": lambda question: question.reg / len(question.y),
    "1": lambda question: 1.0,
    "reg*reg": lambda question: question.reg**2,
    "reg*n": lambda question: question.reg * len(question.y),
    "reg/dc": lambda question: question.reg / question.W.size,
}
# Readings of the own and of the correct class's column that differ from each other.
_UNEQUAL = (
    ("standard", "zero-counted"),
    ("zero-counted", "standard"),
    ("standard", "values"),
    ("values", "standard"),
    ("standard", "last-of-class"),
)


def explain_loss(questions, losses):
    """Say what a loss function adds up.

    Parameters
    ----------
    questions : list of Question
    losses : list of float

    Returns
    -------
    hinge, squares : str
        The readings of the hinge and of the regularizer that fit.
    coefficients : dict of tuple to float
        By part and scale, as ``("hinge", "n")``; parts with coefficient 0 are left out.

    None where nothing fits.
    """

    def columns(readings, usual):
        hinge, squares = readings
        for scale, factor in _some(_SCALES, usual):
            yield ("hinge", scale), [factor(q) * q.parts["hinge"][hinge] for q in questions]
            yield ("count", scale), [factor(q) * len(q.y) for q in questions]
        for scale, factor in _some(_REG_SCALES, usual):
            yield ("squares", scale), [factor(q) * q.parts["squares"][squares] for q in questions]

    readings = _simplest_first(product(_common(questions, "hinge"), _common(questions, "squares")))
    return _explain(readings, columns, np.asarray(losses, dtype=float))


def explain_gradient(questions, gradients):
    """Say what a gradient adds up.

    Parameters
    ----------
    questions : list of Question
    gradients : list of ndarray of shape (D, C)

    Returns
    -------
    own, correct, weights : str
        The readings of which margins count, in the violating classes' columns and in the correct class's, and of the
        regularizer, that fit.
    coefficients : dict of tuple to float
        By part and scale, as ``("own", "n")``; parts with coefficient 0 are left out.

    None where nothing fits.
    """

    def stack(parts):
        return np.concatenate([np.ravel(part) for part in parts])

    def columns(readings, usual):
        own, correct, weights = readings
        for scale, factor in _some(_SCALES, usual):
            for part, group, reading in (
                ("own", "own", own),
                ("correct", "correct", correct),
                ("once", "once", "all"),
                ("once-violating", "once", "violating"),
            ):
                yield (part, scale), stack(factor(q) * q.parts[group][reading] for q in questions)
        for scale, factor in _some(_REG_SCALES, usual):
            yield ("weights", scale), stack(factor(q) * q.parts["weights"][weights] for q in questions)

    masks = [(name, name) for name in _common(questions, "own")]
    readings = [(*mask, weights) for mask in masks for weights in _common(questions, "weights")]
    readings += [(*mask, "standard") for mask in _UNEQUAL]
    return _explain(_simplest_first(readings), columns, stack(gradients))


def explain_regularizer(group, questions, gains):
    """Say what of the regularizer a loss or a gradient gains between reg = 0 and a question's own reg.

    Parameters
    ----------
    group : str
        "squares" for a loss, "weights" for a gradient.
    questions : list of Question
    gains : list of float or ndarray of shape (D, C)

    Returns
    -------
    reading : str
        The one that fits.
    coefficients : dict of tuple to float
        By `group` and scale; what does not change with reg cannot be among them.

    None where nothing fits.
    """

    def columns(readings, usual):
        for scale, factor in _some(_REG_SCALES, usual):
            parts = [
                (factor(q) - factor(q._replace(reg=0.0))) * np.ravel(q.parts[group][readings[0]]) for q in questions
            ]
            yield (group, scale), np.concatenate(parts)

    readings = _simplest_first((name,) for name in _common(questions, group))
    return _explain(readings, columns, np.concatenate([np.ravel(gain) for gain in gains]))


def _explain(readings, columns, target):
    """The first readings and the coefficients that fit a target.

    The usual scales come first; all scales, which take longer, are tried where at most one reading is not standard.
    """
    for usual in (True, False):
        for reading in readings if usual else [names for names in readings if len(set(names) - {"standard"}) < 2]:
            coefficients = _fit(dict(columns(reading, usual)), target)
            if coefficients is not None:
                return *reading, coefficients
    return None


def _some(scales, usual):
    return list(scales.items())[: 1 if usual else None]


def _common(questions, group):
    """Readings that all questions have."""
    return [name for name in questions[0].parts[group] if all(name in q.parts[group] for q in questions)]


def _simplest_first(readings):
    return sorted(readings, key=lambda names: len(set(names) - {"standard"}))


def _fit(columns, target):
    """Coefficients by key that give the target up to rounding, or None."""
    matrix = np.stack([np.asarray(column, dtype=float) for column in columns.values()], axis=1)
    if matrix.shape[1] > len(target) - 2:
        return None
    size = np.linalg.norm(matrix, axis=0)
    size[size == 0] = 1.0
    found = np.linalg.lstsq(matrix / size, target, rcond=1e-10)[0] / size
    error = np.max(np.abs(matrix @ found - target))
    if not (np.all(np.isfinite(found)) and error < LIMIT * np.max(np.abs(target), initial=1e-300)):
        return None
    return {key: float(f"{value:.5g}") for key, value in zip(columns, found, strict=True) if abs(value) > 1e-5}
