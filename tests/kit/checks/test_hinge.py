"""The question next to the hinge: exact, right for whoever looks at signs, and wrong for whoever takes differences."""

from fractions import Fraction

import numpy as np
import pytest

from cs231n import checks
from cs231n.assignments.svm.trial import judge_next_to_hinge
from cs231n.checks.questions import shipped
from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized
from staff.assignments.svm import draw

ASKED = [shipped("svm").trial, *(draw(seed).trial for seed in range(20))]


def gradient(W, X, y, counts, dtype=np.float64):
    """The data term's gradient for two classes, whose margins count where `counts` says so."""
    W, X, samples = W.astype(dtype), X.astype(dtype), np.arange(len(y))
    scores = X @ W
    counted = counts(scores[samples, 1 - y] - scores[samples, y] + dtype(1))
    coefficients = np.zeros(scores.shape, dtype)
    coefficients[samples, 1 - y], coefficients[samples, y] = counted, -counted.astype(dtype)
    return X.T @ coefficients / dtype(len(y))


def difference(step, shift, of_weights):
    def function(W, X, y, reg):
        W, X = W.astype(float), X.astype(float)
        dW = np.zeros_like(W)
        for index in np.ndindex(*W.shape):
            at = np.zeros_like(W)
            at[index] = step
            high, low = (svm_loss_naive(W + shift + sign * at, X, y, 0.0)[0] for sign in (1, -1))
            dW[index] = (high - low) / (2 * step)
        return svm_loss_naive(W, X, y, reg)[0], dW + of_weights * reg * W

    function.__name__ = "svm_loss_naive"
    return function


@pytest.mark.parametrize("asked", ASKED)
def test_margins_are_exact_and_the_right_gradient_counts_those_above_zero(asked):
    W, X, y = asked.W, asked.X, asked.y
    margins, each = asked.parts["margins"]["standard"], asked.parts["each"]["standard"]
    lead = [Fraction(right) - Fraction(left) for left, right in W]
    signs = np.where(y == 0, 1, -1).tolist()
    exact = [
        sum(map(Fraction.__mul__, map(Fraction, row), lead)) * sign + 1 for row, sign in zip(X, signs, strict=True)
    ]
    scores, samples = X @ W, np.arange(len(y))
    assert (scores[samples, 1 - y] - scores[samples, y] + 1).tolist() == margins.tolist() == exact
    right = np.tensordot(margins > 0, each, 1)
    np.testing.assert_allclose(svm_loss_naive(W, X, y, 0.0)[1], right, rtol=1e-12, atol=1e-15)


def centred(W, X, y):
    """In float32, which rounds each row in its own way."""
    W, X = W.astype(np.float32), X.astype(np.float32)
    mean = X.mean(axis=0)
    scores, samples = (X - mean) @ W + mean @ W, np.arange(len(y))
    return gradient(W, X, y, lambda _: scores[samples, 1 - y] - scores[samples, y] + 1 > 0, np.float32)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "counts",
    [
        lambda m: m > 0,
        lambda m: m >= 0,
        lambda m: m > 1e-6,
        lambda m: np.heaviside(m, 0.5 if m.dtype == np.float64 else 0),  # half of what float32 takes for 0 is no half
        lambda m: np.maximum(0, m) / (np.maximum(0, m) + 1e-10),
        lambda m: np.round(m, 6) > 0,
    ],
)
def test_whoever_decides_by_the_margin_alone_is_right(asked, dtype, counts):
    for dW in (gradient(asked.W, asked.X, asked.y, counts, dtype), centred(asked.W, asked.X, asked.y)):
        assert judge_next_to_hinge(asked, dW.astype(float)) is None


@pytest.mark.parametrize("step", [1e-4, 1e-5, 1e-6, 2.0**-20, 2.0**-30])
@pytest.mark.parametrize("shift", [0.0, 2.0**-20])
@pytest.mark.parametrize("of_weights", [2, 1, 0])
def test_whoever_takes_differences_is_told(step, shift, of_weights):
    found = checks.svm_loss_naive(difference(step, shift, of_weights))
    assert "gradient.numerical" in {finding.cause for finding in found if finding.outcome == "fail"}


@pytest.mark.parametrize(
    "answer",
    [lambda dW: 0 * dW, lambda dW: None, lambda dW: dW.T, lambda dW: dW * np.nan, lambda dW: dW.nothing],
)
def test_whoever_avoids_the_hinge_is_told(answer):
    def svm_loss_naive(W, X, y, reg):
        loss, dW = right(W, X, y, reg)
        return loss, answer(dW) if len(W) == len(ASKED[0].W) else dW

    right = svm_loss_vectorized
    (failed,) = (finding for finding in checks.svm_loss_naive(svm_loss_naive) if finding.outcome == "fail")
    assert failed.cause == "gradient.next-to-hinge"
    assert "called with W (24, 2), X (20, 24)" in failed.measured
