"""Did a prediction hold? What a student expects of a small array, beside what it is."""

import numpy as np

from .findings import Finding, Findings, note
from .outcomes import FAIL, NOT_STARTED, PASS

__all__ = ["check_prediction"]


def check_prediction(yours, actual, region):
    """Compare a prediction with what came out, number by number.

    Parameters
    ----------
    yours : sequence of float, or None
    actual : ndarray of shape (M,)
    region : str

    Returns
    -------
    Findings
        One; where the prediction did not hold, it shows the first number that differs.
    """
    if yours is None:
        return Findings([Finding("prediction", "prediction", region, NOT_STARTED)])
    try:
        expected = np.asarray(yours, float)
    except (TypeError, ValueError):
        expected = np.empty(0)
    if expected.shape != np.shape(actual):
        text = note("predicted form", count=len(actual), found=repr(yours))
        return Findings([Finding("prediction", "prediction", region, FAIL, text)])
    wrong = np.flatnonzero(~np.isclose(expected, actual, atol=1e-6))
    if not len(wrong):
        return Findings([Finding("prediction", "prediction", region, PASS)])
    place = wrong[0]
    text = note("predicted", place=place, yours=f"{expected[place]:g}", actual=f"{actual[place]:g}")
    return Findings([Finding("prediction", "prediction", region, FAIL, text)])
