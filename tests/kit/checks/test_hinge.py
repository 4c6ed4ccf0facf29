"""The question next to the hinge: exact, right for whoever looks at signs, and wrong for whoever takes differences."""

from fractions import Fraction

import numpy as np
import pytest

from cs231n import checks
from cs231n.checks.questions import as_near_hinge, near_hinge
from cs231n.classifiers.linear_svm import svm_loss_naive
from staff.authoring.near_hinge import near_hinge as draw

ASKED = [near_hinge(), *(as_near_hinge(draw(seed)) for seed in range(20))]


def gradient(W, X, y, counts, dtype=np.float64):
    """The data term's gradient for two classes, whose margins count where `counts` says so."""
    W, X, samples = W.astype(dtype), X.astype(dtype), np.arange(len(y))
    scores = X @ W
    counted = counts(scores[samples, 1 - y] - scores[samples, y] + dtype(1))
    coefficients = np.zeros(scores.shape, dtype)
    coefficients[samples, 1 - y], coefficients[samples, y] = counted, -counted.astype(dtype)
    return X.T @ coefficients / dtype(len(y))


def difference(step, shift=0.0):
    def function(W, X, y, reg):
        W, X = W.astype(float), X.astype(float)
        dW = np.zeros_like(W)
        for index in np.ndindex(*W.shape):
            at = np.zeros_like(W)
            at[index] = step
            high, low = (svm_loss_naive(W + shift + sign * at, X, y, 0.0)[0] for sign in (1, -1))
            dW[index] = (high - low) / (2 * step)
        return svm_loss_naive(W, X, y, reg)[0], dW + 2 * reg * W

    function.__name__ = "svm_loss_naive"
    return function


@pytest.mark.parametrize("asked", ASKED)
def test_margins_are_exact_and_the_right_gradient_is_the_one_in_the_middle(asked):
    W, X, y = asked.W, asked.X, asked.y
    lead = [Fraction(right) - Fraction(left) for left, right in W]
    signs = np.where(y == 0, 1, -1).tolist()
    exact = [
        sum(map(Fraction.__mul__, map(Fraction, row), lead)) * sign + 1 for row, sign in zip(X, signs, strict=True)
    ]
    assert {abs(margin) for margin in exact} == {Fraction(1, 2**power) for power in range(10, 49, 4)}
    scores, samples = X @ W, np.arange(len(y))
    assert (scores[samples, 1 - y] - scores[samples, y] + 1).tolist() == exact
    middle = asked.gradients[len(y) // 2]
    np.testing.assert_allclose(svm_loss_naive(W, X, y, 0.0)[1], middle, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("counts", [lambda m: m > 0, lambda m: m >= 0, lambda m: m > 1e-6])
def test_whoever_decides_by_the_margin_alone_is_right(asked, dtype, counts):
    found = gradient(asked.W, asked.X, asked.y, counts, dtype)
    assert np.abs(asked.gradients - found).max(axis=(1, 2)).min() < 1e-6


@pytest.mark.parametrize("step", [1e-4, 1e-5, 1e-6, 2.0**-20, 2.0**-30])
@pytest.mark.parametrize("shift", [0.0, 2.0**-20])
def test_whoever_takes_differences_is_told(step, shift):
    failed = {finding.cause for finding in checks.svm_loss_naive(difference(step, shift)) if finding.outcome == "fail"}
    assert failed == {"gradient.numerical"}
