"""What people bring along from the classic kit: the flow of its notebooks, and their finished files."""

import subprocess
import sys

import numpy as np

import cs231n.data_utils
from cs231n.classifiers import LinearSVM
from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized
from cs231n.gradient_check import grad_check_sparse

# A finished file as of 2017 to 2024: imports that served Python 2, the loss of the classic loops, the indexed form.
CLASSIC_FILE = """
from builtins import range
import numpy as np
from random import shuffle
from past.builtins import xrange


def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)
    classes, samples = W.shape[1], X.shape[0]
    loss = 0.0
    for i in xrange(samples):
        s = X[i].dot(W)
        for c in xrange(classes):
            hinge = s[c] - s[y[i]] + 1
            if c != y[i] and hinge > 0:
                loss += hinge
                dW[:, c] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / samples + reg * (W ** 2).sum(), dW / samples + 2 * reg * W


def svm_loss_vectorized(W, X, y, reg):
    n = len(y)
    s = X.dot(W)
    hinges = (s - s[range(n), y].reshape(-1, 1) + 1).clip(0)
    hinges[range(n), y] = 0
    counts = 1.0 * (hinges > 0)
    counts[range(n), y] -= counts.sum(axis=1)
    return hinges.sum() / n + reg * (W ** 2).sum(), X.T.dot(counts) / n + 2 * reg * W
"""


def test_the_classic_notebook_runs(official_folder, rng):
    X_train, y_train, X_test, y_test = cs231n.data_utils.load_CIFAR10(official_folder)
    X_val, y_val = X_train[3500:], y_train[3500:]
    X_train, y_train = X_train[:3500], y_train[:3500]
    chosen = rng.choice(3500, 100, replace=False)
    X_dev, y_dev = X_train[chosen], y_train[chosen]

    X_train, X_val, X_test, X_dev = (np.reshape(X, (X.shape[0], -1)) for X in (X_train, X_val, X_test, X_dev))
    mean_image = np.mean(X_train, axis=0)
    for X in (X_train, X_val, X_test, X_dev):
        X -= mean_image
    X_train, X_val, X_test, X_dev = (np.hstack([X, np.ones((X.shape[0], 1))]) for X in (X_train, X_val, X_test, X_dev))
    assert X_train.shape == (3500, 3073)

    W = rng.standard_normal((3073, 10)) * 0.0001
    loss, grad = svm_loss_naive(W, X_dev, y_dev, 0.000005)
    assert 8 < loss < 10
    entries = grad_check_sparse(lambda w: svm_loss_naive(w, X_dev, y_dev, 0.0)[0], W, grad, 3, 1e-6, seed=0)
    assert all(entry.agrees for entry in entries)
    assert abs(svm_loss_vectorized(W, X_dev, y_dev, 0.000005)[0] - loss) < 1e-10

    svm = LinearSVM()
    history = svm.train(X_train, y_train, learning_rate=1e-7, reg=2.5e4, num_iters=800, verbose=False)
    assert np.mean(history[-50:]) < 0.7 * history[0]
    assert np.mean(y_val == svm.predict(X_val)) > 0.25
    assert np.mean(y_test == svm.predict(X_test)) > 0.25


def test_a_finished_classic_file_takes_the_place_of_ours(solved):
    (solved / "assignment1" / "cs231n" / "classifiers" / "linear_svm.py").write_text(CLASSIC_FILE)
    program = (
        "import numpy as np\n"
        "from cs231n.classifiers import LinearSVM\n"
        "from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized\n"
        "rng = np.random.default_rng(0)\n"
        "X, y = rng.standard_normal((60, 4)), rng.integers(3, size=60)\n"
        "svm = LinearSVM()\n"
        "assert len(svm.train(X, y, num_iters=5)) == 5 and svm.predict(X).shape == (60,)\n"
        "assert np.allclose(svm_loss_naive(svm.W, X, y, 0.1)[1], svm_loss_vectorized(svm.W, X, y, 0.1)[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=solved / "assignment1", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
