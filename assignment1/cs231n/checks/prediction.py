"""Did a prediction hold? What a student expects of a small array, beside what it is."""

import numpy as np

from .findings import Finding, Findings, note
from .outcomes import FAIL, NOT_STARTED, PASS

__all__ = ["check_prediction"]


def check_prediction(yours, actual, region):
    """One finding on a prediction of `actual`, shape (M,); None is not started."""
    fault = None if yours is None else _difference(yours, actual)
    outcome = NOT_STARTED if yours is None else FAIL if fault else PASS
    return Findings([Finding("prediction", "prediction", region, outcome, fault)])


def _difference(yours, actual):
    """Measurement of a wrong form, or of the first number that differs; None if there is none."""
    try:
        expected = np.asarray(yours, float)
    except (TypeError, ValueError):
        expected = np.empty(0)
    if expected.shape != np.shape(actual):
        return note("predicted form", count=len(actual), found=repr(yours))
    wrong = np.flatnonzero(~np.isclose(expected, actual, atol=1e-6))
    if not len(wrong):
        return None
    place = wrong[0]
    return note("predicted", place=place, yours=f"{expected[place]:g}", actual=f"{actual[place]:g}")
