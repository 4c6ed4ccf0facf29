"""A question whose margins lie next to the hinge, where a gradient that was computed from differences shows.

A difference over a step h sees half a slope at each margin that is closer to the hinge than h, whatever h is. With more
features than samples, an answer tells how much of each margin it counts. All numbers are exact in float64.
"""

import numpy as np

from ..draw import Draw

__all__ = ["near_hinge"]

_D = 24
_DISTANCES = 2.0 ** -np.arange(10, 47, 4)  # of the margins from 0, on both sides; scores need 51 bits for the last
_DRAWN = 32  # rows for each margin, of which the first that fits is taken


def near_hinge(seed):
    """Draw the question: a dict of name, W (D, 2), X (N, D), y (N,), reg, and the parts ``margins`` and ``each``."""
    draw = Draw(seed, stream=1)
    margins = draw.permutation(np.concatenate([_DISTANCES, -_DISTANCES]))
    while True:
        lead = draw.choice([-4, -3, -2, 2, 3, 4], _D - 1) / 8  # of the second class's scores, as far as X decides
        W = np.empty((_D, 2))
        W[0] = 0, 1
        W[1:, 0] = draw.integers(-4, 5, _D - 1) / 8
        W[1:, 1] = W[1:, 0] + lead
        y = draw.integers(0, 2, len(margins))
        X = _samples(margins, lead, np.where(y == 0, 1, -1), draw)
        if X is not None and _is_well_conditioned(X[:, 1:]):
            # What each margin adds to the gradient where it counts, (N, D, 2): one division, rounded alike everywhere.
            each = X[:, :, np.newaxis] * np.where(np.arange(2) == y[:, np.newaxis], -1, 1)[:, np.newaxis] / len(y)
            parts = {"margins": {"standard": margins}, "each": {"standard": each}}
            return {"name": "next to the hinge", "W": W, "X": X, "y": y, "reg": 0.0, **parts}


def _samples(margins, lead, signs, draw):
    """X (N, D) with these margins, by its first column; None where one cannot be had of what was drawn."""
    rest = draw.choice([-4, -3, -2, -1, 1, 2, 3, 4], (len(margins), _DRAWN, _D - 1)) / 4
    first = ((margins - 1) * signs)[:, np.newaxis] - rest @ lead
    # In this range float32 knows all margins to 2 ** -22.
    fits = (np.abs(first) >= 2) & (np.abs(first) < 4)
    if not np.all(np.any(fits, axis=1)):
        return None
    chosen = np.arange(len(margins)), np.argmax(fits, axis=1)
    return np.column_stack([first[chosen], rest[chosen]])


def _is_well_conditioned(rest):
    """Whether all singular values of these columns are above 1/4, so that X has a condition number below 112."""
    # Decided exactly: 16 times their Gram matrix less the identity has to be positive definite, so all its leading
    # minors are positive, which Bareiss's elimination finds in integers (Mathematics of Computation 22, 1968, page
    # 565). The condition number follows since the squares of X add up to at most 20 * 16 + 20 * 23.
    R = (4 * rest).astype(int)
    rows = (R @ R.T - np.eye(len(R), dtype=int)).tolist()
    before = 1
    while rows:
        (pivot, *across), *below = rows
        if pivot <= 0:
            return False
        rows = [[(pivot * a - head * b) // before for a, b in zip(row, across, strict=True)] for head, *row in below]
        before = pivot
    return True
