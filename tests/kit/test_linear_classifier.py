"""Training and prediction with the reference's classifier."""

import numpy as np
import pytest

from cs231n.classifiers import LinearClassifier, LinearSVM


def blobs(rng, N=120, dtype=np.float64):
    """Three clouds of points that a linear classifier can part, with a column of ones."""
    y = rng.integers(3, size=N)
    centres = np.array([[4.0, 0.0], [-4.0, 0.0], [0.0, 6.0]])
    return np.column_stack([centres[y] + rng.standard_normal((N, 2)), np.ones(N)]).astype(dtype), y


class Recorder(LinearClassifier):
    """Classifier whose loss is known: the gradient is 1 everywhere, and each batch is kept."""

    def __init__(self):
        super().__init__()
        self.batches = []

    def loss(self, X_batch, y_batch, reg):
        self.batches.append((X_batch, y_batch, reg))
        return float(len(self.batches)), np.ones_like(self.W)


def test_learns_what_can_be_learned(rng):
    X, y = blobs(rng)
    svm = LinearSVM()
    losses = svm.train(X, y, learning_rate=0.05, reg=1e-3, num_iters=200, batch_size=40, seed=1)
    assert np.mean(svm.predict(X) == y) > 0.97
    assert np.mean(losses[-20:]) < 0.2 * losses[0]


def test_each_update_goes_down_the_gradient_by_the_learning_rate(rng):
    X, y = blobs(rng)
    classifier = Recorder()
    classifier.W = np.zeros((3, 3))
    assert classifier.train(X, y, learning_rate=0.25, reg=0.5, num_iters=4) == [1.0, 2.0, 3.0, 4.0]
    np.testing.assert_allclose(classifier.W, -4 * 0.25)
    assert {reg for _, _, reg in classifier.batches} == {0.5}


@pytest.mark.parametrize("batch_size", [1, 50, 500])
def test_batches_have_the_size_asked_for_and_labels_in_step(rng, batch_size):
    X = np.arange(120.0)[:, np.newaxis]
    y = (np.arange(120) * 7) % 5
    classifier = Recorder()
    classifier.train(X, y, num_iters=3, batch_size=batch_size, seed=0)
    for X_batch, y_batch, _ in classifier.batches:
        assert X_batch.shape == (batch_size, 1)
        np.testing.assert_array_equal(y_batch, (X_batch[:, 0] * 7) % 5)


@pytest.mark.parametrize("make_seed", [lambda: 7, lambda: np.random.default_rng(7)], ids=["seed", "Generator"])
def test_a_seed_makes_a_run_repeatable(rng, make_seed):
    X, y = blobs(rng)
    first, second = LinearSVM(), LinearSVM()
    assert first.train(X, y, num_iters=20, seed=make_seed()) == second.train(X, y, num_iters=20, seed=make_seed())
    np.testing.assert_array_equal(first.W, second.W)
    assert LinearSVM().train(X, y, num_iters=20, seed=8) != LinearSVM().train(X, y, num_iters=20, seed=7)


def test_a_further_call_goes_on_from_the_weights(rng):
    X, y = blobs(rng)
    whole, parts, generator = LinearSVM(), LinearSVM(), np.random.default_rng(3)
    whole.train(X, y, 0.01, num_iters=30, seed=3)
    parts.train(X, y, 0.01, num_iters=10, seed=generator)
    parts.train(X, y, 0.01, num_iters=20, seed=generator)
    np.testing.assert_array_equal(whole.W, parts.W)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_weights_take_the_dtype_of_the_samples(rng, dtype):
    X, y = blobs(rng, dtype=dtype)
    svm = LinearSVM()
    # Scalars as they come out of np.logspace: they must not turn float32 into float64.
    svm.train(X, y, learning_rate=np.float64(0.01), reg=np.float64(0.1), num_iters=3)
    assert svm.W.dtype == dtype
    assert svm.loss(X, y, 0.1)[1].dtype == dtype


def test_positional_arguments_of_the_classic_kit(rng):
    X, y = blobs(rng)
    assert len(LinearSVM().train(X, y, 1e-3, 1e-5, 10, 20, False)) == 10


def test_prediction_is_the_class_of_the_highest_score():
    svm = LinearSVM()
    svm.W = np.array([[1.0, 0.0, -1.0], [0.0, 1.0, -1.0]])
    y_pred = svm.predict(np.array([[3.0, 1.0], [1.0, 3.0], [-1.0, -1.0], [2.0, 0.0]]))
    assert y_pred.shape == (4,)
    assert np.issubdtype(y_pred.dtype, np.integer)
    np.testing.assert_array_equal(y_pred, [0, 1, 2, 0])


def test_verbose_shows_a_bar_and_changes_nothing(rng, capsys):
    X, y = blobs(rng, N=50)
    quiet, loud = LinearSVM(), LinearSVM()
    losses = quiet.train(X, y, num_iters=250, seed=1)
    assert capsys.readouterr().err == ""
    assert loud.train(X, y, num_iters=250, seed=1, verbose=True) == losses
    assert "training: 100%" in capsys.readouterr().err


def test_bad_input_is_named(rng):
    X, y = blobs(rng)
    svm = LinearSVM()
    with pytest.raises(ValueError, match="there are no weights yet; call train first"):
        svm.predict(X)
    with pytest.raises(ValueError, match="batch_size: expected at least 1, found 0"):
        svm.train(X, y, batch_size=0)
    with pytest.raises(ValueError, match="y: expected labels from 0 upwards, found -1 to 1"):
        svm.train(X, y - 1)
    with pytest.raises(ValueError, match=r"X: expected shape \(N, D\)"):
        svm.train(X[0], y)
    assert svm.W is None
    svm.train(X, y, num_iters=1)
    with pytest.raises(ValueError, match=r"X: expected shape \(N, 3\) to fit W \(3, 3\), found \(120, 2\)"):
        svm.predict(X[:, :2])
    with pytest.raises(ValueError, match="y: expected labels from 0 to 2, found 1 to 3"):
        svm.train(X, y + 1)
    with pytest.raises(NotImplementedError, match="use LinearSVM"):
        LinearClassifier().train(X, y)
