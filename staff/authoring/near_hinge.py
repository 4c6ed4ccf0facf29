"""A question whose margins lie next to the hinge, where a gradient that was computed from differences shows.

A difference over a step h sees half a slope at each margin that is closer to the hinge than h, whatever h is; a
difference around another point than W sees the wrong side at some of them. All numbers are exact in float64.
"""

import numpy as np

__all__ = ["near_hinge"]

_D = 6
_DISTANCES = 2.0 ** -np.arange(10, 49, 4)  # of the margins from 0, on both sides; scores need 52 bits for the last
_DRAWN = 32  # rows for each margin, of which the first that fits is taken


def near_hinge(seed=231):
    """Draw the question and compute its gradients.

    Parameters
    ----------
    seed : int or sequence of int

    Returns
    -------
    dict
        ``W`` (D, 2), ``X`` (N, D), ``y`` (N,), and ``gradients`` (N + 1, D, 2): without a regularizer, and with the
        0, 1, ..., N greatest margins counted. The right one counts those above 0, half of them; arithmetic of less
        precision takes the closest ones for 0, and counts all of these or none.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    margins = np.concatenate([_DISTANCES, -_DISTANCES[::-1]])
    while True:
        lead = rng.choice([-4, -3, -2, 2, 3, 4], _D - 1) / 8  # of the second class's scores, as far as X decides
        W = np.empty((_D, 2))
        W[0] = 0, 1
        W[1:, 0] = rng.integers(-4, 5, _D - 1) / 8
        W[1:, 1] = W[1:, 0] + lead
        y = rng.integers(2, size=len(margins))
        X = _samples(margins, lead, np.where(y == 0, 1, -1), rng)
        if X is None:
            continue
        # What a margin that counts adds to the gradient, for two classes.
        each = X[:, :, np.newaxis] * np.where(np.arange(2) == y[:, np.newaxis], -1, 1)[:, np.newaxis] / len(y)
        gradients = np.concatenate([np.zeros((1, _D, 2)), np.cumsum(each, axis=0)])
        if _is_telling(each, margins, gradients):
            mixed = rng.permutation(len(y))
            return {"W": W, "X": X[mixed], "y": y[mixed], "gradients": gradients}


def _samples(margins, lead, signs, rng):
    """Rows with these margins, by their first entries; None where some cannot be had of what was drawn.

    Each first entry is between 2 and 4 or between -2 and -4, so that rounding to float32 keeps the margins in order.
    """
    rest = rng.choice([-4, -3, -2, -1, 1, 2, 3, 4], (len(margins), _DRAWN, _D - 1)) / 4
    first = ((margins - 1) * signs)[:, np.newaxis] - rest @ lead
    fits = (np.abs(first) >= 2) & (np.abs(first) < 4)
    if not np.all(np.any(fits, axis=1)):
        return None
    chosen = np.arange(len(margins)), np.argmax(fits, axis=1)
    return np.column_stack([first[chosen], rest[chosen]])


def _is_telling(each, margins, gradients):
    """Whether half a slope at all margins closer than some step is none of the gradients, whatever the step."""
    weights = np.where(np.abs(margins) < 2 * _DISTANCES[:, np.newaxis], 0.5, margins > 0)
    halves = np.tensordot(weights, each, 1)
    gaps = np.abs(halves[:, np.newaxis] - gradients).max(axis=(2, 3)).min(axis=1)
    return np.all(gaps > 1e-3 * np.abs(halves).max(axis=(1, 2)))
