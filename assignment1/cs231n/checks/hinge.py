"""Whether a gradient is the loss's derivative next to the hinge too, as one computed from differences is not."""

import numpy as np

from ..sentences import word
from .conduct import failure_text, misfit
from .questions import ask, near_hinge
from .terms import compare, is_close

__all__ = ["check_near_hinge"]


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
        return [], f"{word('called with', call=asked)}: {failure_text(answer.failure)}"
    unfit = misfit(1, [(asked, answer.gradient)])
    if unfit:
        return [], unfit[0]
    found = np.asarray(answer.gradient, dtype=float)
    if any(is_close(found, gradient) for gradient in asked.gradients):
        return None
    return ["gradient.numerical"], compare("dW", asked, found, asked.gradients[len(asked.y) // 2])
