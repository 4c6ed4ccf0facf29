"""What is said of a prediction: that it is missing, that it held, or where it did not."""

import numpy as np
import pytest

from cs231n import checks

ACTUAL = np.array([3.0, -0.7, 0.4])


@pytest.mark.parametrize(
    ("yours", "outcome", "measured"),
    [
        (None, "not started", ""),
        ([3, -0.7, 0.4], "pass", ""),
        (np.array([3, -0.7, 0.4], np.float32), "pass", ""),
        ([3, 0.5, 1], "fail", "number 1, counted from 0: you expected 0.5, it is -0.7"),
        ([3, np.nan, 0.4], "fail", "number 1, counted from 0: you expected nan, it is -0.7"),
        ([3, -0.7], "fail", "expected a list of 3 numbers, found [3, -0.7]"),
        ([[3], [-0.7], [0.4]], "fail", "expected a list of 3 numbers, found [[3], [-0.7], [0.4]]"),
        ([[3], [-0.7, 0.4]], "fail", "expected a list of 3 numbers, found [[3], [-0.7, 0.4]]"),
        ("three", "fail", "expected a list of 3 numbers, found 'three'"),
    ],
)
def test_prediction(yours, outcome, measured):
    (finding,) = checks.prediction(yours, ACTUAL, "try-picking")
    assert (finding.outcome, finding.measured) == (outcome, measured)


def test_a_prediction_that_is_missing_does_not_show_the_answer():
    assert "0.7" not in str(checks.prediction(None, ACTUAL, "try-picking"))
