"""Whether a gradient is the loss's derivative next to the hinge too, as one computed from differences is not."""

import numpy as np

__all__ = ["judge_next_to_hinge"]

NUMERICAL, OTHERWISE = "gradient.numerical", "gradient.next-to-hinge"
_CLEAR = 2.0**-14  # margins from here on have a sign in float32, too
_ERROR, _PART = 1e-5, 0.01  # relative to the largest entry of the answer; of a margin that counts


def judge_next_to_hinge(question, gradient):
    """Judge as `Assignment.trial` says; ``margins`` (N,) are near 0, ``each`` (N, D, 2) is what they add to dW."""
    margins, each = question.parts["margins"]["standard"], question.parts["each"]["standard"]
    right = np.tensordot(margins > 0, each, 1)
    if gradient is None or not np.all(np.isfinite(gradient)):
        return OTHERWISE, right, False
    # W: a regularizer without reg
    columns = np.concatenate([each, question.W[np.newaxis]]).reshape(-1, gradient.size).T
    fitted = np.linalg.lstsq(columns, gradient.ravel(), rcond=None)[0]
    counts, error = fitted[:-1], np.max(np.abs(columns @ fitted - gradient.ravel()))
    beyond = counts[margins < 0]  # what is cut off counts not at all; what rounds to 0, perhaps in full
    if error > _ERROR * np.max(np.abs(gradient)) or np.any(np.minimum(np.abs(beyond), np.abs(beyond - 1)) > _PART):
        return NUMERICAL, right, True
    clear = np.abs(margins) >= _CLEAR
    return (OTHERWISE, right, False) if np.any(np.abs(counts - (margins > 0))[clear] > _PART) else None
