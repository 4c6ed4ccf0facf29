"""Whether a gradient is the loss's derivative next to the hinge too, as one computed from differences is not."""

import numpy as np

from ..sentences import word
from .conduct import failure_text, misfit
from .questions import ask, near_hinge
from .terms import compare

__all__ = ["NUMERICAL", "check_near_hinge"]

NUMERICAL, OTHERWISE = "gradient.numerical", "gradient.next-to-hinge"
CLEAR = 2.0**-14  # margins from here on have a sign in float32, too
ERROR, PART = 1e-5, 0.01  # relative to the largest entry of the answer; of a margin that counts


def check_near_hinge(function, asked=None):
    """Check a gradient whose data term is right elsewhere.

    Parameters
    ----------
    function : callable or Distant
        Takes W, X, y, reg; returns loss and gradient.
    asked : questions.NearHinge, optional
        The one that ships with the checks by default.

    Returns
    -------
    (list of str, str) or None
        Causes and measurement; None where it is right.
    """
    asked = asked or near_hinge()
    answer = ask(function, asked)
    if answer.failure:
        return [OTHERWISE], f"{word('called with', call=asked)}: {failure_text(answer.failure)}"
    unfit = misfit(1, [(asked, answer.gradient)])
    if unfit:
        return [OTHERWISE], unfit[0]
    found = np.asarray(answer.gradient, dtype=float)
    cause = _cause(found, asked)
    right = np.tensordot(asked.margins > 0, asked.each, 1)
    return ([cause], compare("dW", asked, found, right)) if cause else None


def _cause(found, asked):
    """What is wrong with a gradient, by how much of each margin it counts; None where nothing is."""
    if not np.all(np.isfinite(found)):
        return OTHERWISE
    columns = (
        np.concatenate([asked.each, asked.W[np.newaxis]]).reshape(-1, found.size).T
    )  # W: a regularizer without reg
    fitted = np.linalg.lstsq(columns, found.ravel(), rcond=None)[0]
    counts, error = fitted[:-1], np.max(np.abs(columns @ fitted - found.ravel()))
    beyond = counts[asked.margins < 0]  # what is cut off counts not at all; what rounds to 0, perhaps in full
    if error > ERROR * np.max(np.abs(found)) or np.any(np.minimum(np.abs(beyond), np.abs(beyond - 1)) > PART):
        return NUMERICAL
    clear = np.abs(asked.margins) >= CLEAR
    return OTHERWISE if np.any(np.abs(counts - (asked.margins > 0))[clear] > PART) else None
