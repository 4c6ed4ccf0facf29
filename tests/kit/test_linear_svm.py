"""The reference's loss and gradient: against numbers worked out by hand, against each other, against differences."""

import numpy as np
import pytest

from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized
from cs231n.gradient_check import eval_numerical_gradient

BOTH = pytest.mark.parametrize("loss_function", [svm_loss_naive, svm_loss_vectorized])
# N, D, C: one sample, two classes, one dimension, N = C, and sizes that all differ
SHAPES = [(1, 4, 3), (7, 5, 2), (6, 1, 4), (4, 6, 4), (7, 5, 3), (1, 1, 2), (30, 20, 10)]


def problem(rng, N, D, C, dtype=np.float64):
    W, X = rng.standard_normal((D, C)).astype(dtype), rng.standard_normal((N, D)).astype(dtype)
    return W, X, rng.integers(C, size=N)


@BOTH
def test_small_numbers_by_hand(loss_function):
    # Scores are X @ W = [[1, 3, 0], [2, -1, 0.5]], labels 1 and 0. Sample 0: margins 1-3+1 and 0-3+1, none positive.
    # Sample 1: -1-2+1 and 0.5-2+1, none positive. With the labels 0 and 1: 3-1+1 = 3 and 0-1+1 = 0, and
    # 2-(-1)+1 = 4 and 0.5-(-1)+1 = 2.5. The sum of squares of W is 15.25.
    X, W = np.eye(2), np.array([[1.0, 3.0, 0.0], [2.0, -1.0, 0.5]])
    assert loss_function(W, X, np.array([1, 0]), 0.0)[0] == 0
    loss, dW = loss_function(W, X, np.array([0, 1]), 0.1)
    assert loss == pytest.approx((3 + 0 + 4 + 2.5) / 2 + 0.1 * 15.25, rel=1e-12)
    by_hand = np.array([[-1, 1, 0], [1, -2, 1]]) / 2 + 2 * 0.1 * W  # the margin of exactly 0 adds nothing
    np.testing.assert_allclose(dW, by_hand, rtol=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_vectorized_equals_naive(rng, shape, reg):
    W, X, y = problem(rng, *shape)
    (loss, dW), (loss_naive, dW_naive) = svm_loss_vectorized(W, X, y, reg), svm_loss_naive(W, X, y, reg)
    assert loss == pytest.approx(loss_naive, rel=1e-10)
    assert np.linalg.norm(dW - dW_naive) <= 1e-10 * np.linalg.norm(dW_naive)


@BOTH
def test_all_labels_equal(rng, loss_function):
    W, X, _ = problem(rng, 9, 4, 3)
    y = np.full(9, 2)
    loss, dW = loss_function(W, X, y, 0.1)
    numerical = eval_numerical_gradient(lambda at: loss_function(at, X, y, 0.1)[0], W, verbose=False)
    assert loss > 0
    np.testing.assert_allclose(dW, numerical, atol=1e-8)


@BOTH
@pytest.mark.parametrize("shape", SHAPES)
def test_gradient_is_the_derivative_of_the_loss(rng, loss_function, shape):
    W, X, y = problem(rng, *shape)
    numerical = eval_numerical_gradient(lambda at: loss_function(at, X, y, 0.7)[0], W, verbose=False)
    np.testing.assert_allclose(loss_function(W, X, y, 0.7)[1], numerical, atol=1e-7)


@BOTH
def test_float32_stays_float32(rng, loss_function):
    W, X, y = problem(rng, 20, 8, 5, np.float32)
    loss, dW = loss_function(W, X, y, np.float64(0.5))  # a scalar as np.logspace gives it
    loss64, dW64 = loss_function(W.astype(np.float64), X.astype(np.float64), y, 0.5)
    assert isinstance(loss, float)
    assert dW.dtype == np.float32
    assert loss == pytest.approx(loss64, rel=1e-5)
    np.testing.assert_allclose(dW, dW64, rtol=1e-4, atol=1e-5)


@BOTH
def test_arguments_are_left_alone(rng, loss_function):
    arrays = problem(rng, 7, 5, 3)
    kept = [array.copy() for array in arrays]
    _, dW = loss_function(*arrays, 0.5)
    for array, before in zip(arrays, kept, strict=True):
        np.testing.assert_array_equal(array, before)
    assert not np.shares_memory(dW, arrays[0])


def wrong_inputs():
    W, X, y = np.zeros((5, 3)), np.zeros((7, 5)), np.zeros(7, int)
    yield (
        "W of classic 2015 layout",
        (W.T, X, y),
        r"W: expected shape \(D, C\) with D = 5 as in X \(7, 5\), found \(3, 5\)",
    )
    yield "X of one dimension", (W, X[0], y), r"X: expected shape \(N, D\).*found \(5,\)"
    yield "no samples", (W, X[:0], y[:0]), r"X: expected shape \(N, D\) with N of at least 1, found \(0, 5\)"
    yield "integer W", (W.astype(int), X, y), "W: expected floats, found int"
    yield "a list", (W, X.tolist(), y), "X: expected an ndarray, found list"
    yield "too few labels", (W, X, y[:6]), r"y: expected 7 integers, one a row of X, found int(64|32) of shape \(6,\)"
    yield "labels as floats", (W, X, y + 0.0), "y: expected 7 integers.*found float64"
    yield "a label too large", (W, X, y + 3), "y: expected labels from 0 to 2, found 3 to 3"
    yield "a negative label", (W, X, y - 1), "y: expected labels from 0 upwards, found -1 to -1"


@BOTH
@pytest.mark.parametrize(
    ("arguments", "message"), [case[1:] for case in wrong_inputs()], ids=[c[0] for c in wrong_inputs()]
)
def test_wrong_inputs_are_named(loss_function, arguments, message):
    with pytest.raises(ValueError, match=message):
        loss_function(*arguments, 0.1)
