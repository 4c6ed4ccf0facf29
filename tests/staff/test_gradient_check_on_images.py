"""`grad_check_sparse` on real development images: no false alarm for a right gradient, no mistake missed.

GRADIENT_TRIALS sets how many runs of ten entries a right gradient gets; each mistake gets a tenth of it. The full
proof, 1000, takes a quarter of an hour.
"""

import os
import types

import numpy as np
import pytest

from cs231n import data_utils
from cs231n.classifiers.linear_svm import svm_loss_vectorized
from cs231n.gradient_check import grad_check_sparse
from staff.assignments.svm import MISTAKES as TABLES
from staff.assignments.svm import REFERENCE

TRIALS = int(os.environ.get("GRADIENT_TRIALS", "10"))
POINTS = 10  # different W; the trials are spread over them
REG = 1e4
SOURCE = (REFERENCE / "cs231n" / "classifiers" / "linear_svm.py").read_text(encoding="utf-8")
MISTAKES = [
    (function, mistake)
    for function, table in TABLES.items()
    for mistake in table
    if all(cause.startswith("gradient.") and "wrong-axis" not in cause for cause in mistake.causes)
    and mistake.causes != ("gradient.numerical",)  # another numerical gradient cannot tell it
]


@pytest.fixture(scope="module")
def development(sample):
    """500 images as the notebook makes them, in float64, and their labels."""
    pixels = sample.train_images[:3500].reshape(3500, -1)
    rows = np.random.default_rng(5).choice(3500, 500, replace=False)
    X = data_utils.center_and_add_bias(pixels[rows], pixels.mean(axis=0), np.float64)
    return X, sample.train_labels[:3500][rows]


def points():
    return [1e-4 * np.random.default_rng(seed).standard_normal((3073, 10)) for seed in range(POINTS)]


def agreeing(W, dW, development, seed):
    entries = grad_check_sparse(lambda at: svm_loss_vectorized(at, *development, REG)[0], W, dW, 10, 1e-6, seed=seed)
    return all(entry.agrees for entry in entries)


@pytest.mark.long
def test_a_right_gradient_raises_no_alarm(development):
    for number, W in enumerate(points()):
        dW = svm_loss_vectorized(W, *development, REG)[1]
        alarms = [seed for seed in range(TRIALS // POINTS) if not agreeing(W, dW, development, (number, seed))]
        assert not alarms, (number, alarms)


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        pytest.param(*row, id=f"{row[0]}: {row[1].name}", marks=pytest.mark.long if number % 20 else [])
        for number, row in enumerate(MISTAKES)
    ],
)
def test_a_mistake_is_caught(function, mistake, development):
    module = types.ModuleType("cs231n.classifiers.wrong")
    exec(mistake.apply(SOURCE, function).replace("from .", "from cs231n.classifiers."), vars(module))
    runs, caught = max(1, TRIALS // 10), 0
    for number in range(min(POINTS, runs)):
        W = points()[number]
        dW = getattr(module, function)(W, *development, REG)[1]
        caught += sum(not agreeing(W, dW, development, (number, seed)) for seed in range(runs // min(POINTS, runs)))
    assert caught >= 0.99 * runs
