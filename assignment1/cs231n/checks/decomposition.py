"""What a loss or a gradient consists of: its parts, each with the coefficient that a least-squares fit finds.

Loss and gradient are linear in a few parts. Where a fit of the student's answers leaves nothing but rounding, the
coefficients are the diagnosis, for any combination of mistakes at once. Readings of the loss that change which margins
count are further sets of parts, tried in order of simplicity.
"""

from itertools import product

import numpy as np

__all__ = ["LIMIT", "explain_gradient", "explain_loss"]

LIMIT = 1e-6  # relative to the largest entry of an answer; float32 inside a float64 answer leaves 1e-7

# How a part may be scaled. The mean over the samples is "n".
_SCALES = {
    "n": lambda N, C: 1 / N,
    "sum": lambda N, C: 1.0,
    "nc": lambda N, C: 1 / (N * C),
    "nn": lambda N, C: 1 / N**2,
}
_REG_SCALES = {
    "reg": lambda reg, N: reg,
    "reg/n": lambda reg, N: reg / N,
    "1": lambda reg, N: 1.0,
    "reg*reg": lambda reg, N: reg * reg,
}


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
    for hinge, squares in _readings(questions, "hinge", "squares"):
        columns = {}
        for scale, factor in _SCALES.items():
            columns["hinge", scale] = [factor(*_sizes(q)) * q.parts["hinge"][hinge] for q in questions]
            columns["count", scale] = [factor(*_sizes(q)) * len(q.y) for q in questions]
        for scale, factor in _REG_SCALES.items():
            columns["squares", scale] = [factor(q.reg, len(q.y)) * q.parts["squares"][squares] for q in questions]
        coefficients = _fit(columns, losses)
        if coefficients is not None:
            return hinge, squares, coefficients
    return None


def explain_gradient(questions, gradients):
    """Say what a gradient adds up.

    Parameters
    ----------
    questions : list of Question
    gradients : list of ndarray of shape (D, C)

    Returns
    -------
    mask, weights : str
        The readings of which margins count and of the regularizer that fit.
    coefficients : dict of tuple to float
        By part and scale, as ``("own", "n")``; parts with coefficient 0 are left out.

    None where nothing fits.
    """
    target = np.concatenate([np.ravel(gradient) for gradient in gradients])
    for mask, weights in _readings(questions, "own", "weights"):
        columns = {}
        for scale, factor in _SCALES.items():
            for part, reading in (("own", mask), ("correct", mask), ("once", "all"), ("once-violating", "violating")):
                group = part.split("-")[0]
                columns[part, scale] = [factor(*_sizes(q)) * np.ravel(q.parts[group][reading]) for q in questions]
        for scale, factor in _REG_SCALES.items():
            columns["weights", scale] = [
                factor(q.reg, len(q.y)) * np.ravel(q.parts["weights"][weights]) for q in questions
            ]
        coefficients = _fit({key: np.concatenate(column) for key, column in columns.items()}, target)
        if coefficients is not None:
            return mask, weights, coefficients
    return None


def _sizes(question):
    return len(question.y), question.W.shape[1]


def _readings(questions, data, regularizer):
    """Pairs of readings that all questions have, the simplest first: both standard, one of them standard, neither."""
    common = [
        [name for name in questions[0].parts[group] if all(name in q.parts[group] for q in questions)]
        for group in (data, regularizer)
    ]
    return sorted(product(*common), key=lambda pair: sum(reading != "standard" for reading in pair))


def _fit(columns, target):
    """Coefficients by key that give the target up to rounding, or None; the fewest columns that do."""
    target = np.asarray(target, dtype=float)
    scale = np.max(np.abs(target), initial=1e-300)
    keys = list(columns)
    matrix = np.stack([np.asarray(columns[key], dtype=float) for key in keys], axis=1)
    usual = [i for i, (_, way) in enumerate(keys) if way in ("n", "reg")]
    for chosen in (usual, list(range(len(keys)))):
        if len(chosen) > len(target) - 2:
            continue
        part = matrix[:, chosen]
        size = np.linalg.norm(part, axis=0)
        size[size == 0] = 1.0
        found = np.linalg.lstsq(part / size, target, rcond=1e-10)[0] / size
        if np.max(np.abs(part @ found - target)) < LIMIT * scale:
            return {keys[i]: float(_rounded(c)) for i, c in zip(chosen, found, strict=True) if abs(c) > 1e-5}
    return None


def _rounded(coefficient):
    return float(f"{coefficient:.5g}")
