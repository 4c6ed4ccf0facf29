"""The forms of the derivation agree with each other and with the reference; their costs; the pictures of them."""

import importlib.util
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized
from staff.assignments.svm import REFERENCE


def load(name):
    """A module of the derivation, which is released with the solution and so is no part of the kit."""
    path = REFERENCE / "cs231n" / "derivation" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"derivation_{name}", path)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


forms, costs, pictures = load("forms"), load("costs"), load("pictures")
SHAPES = [(7, 5, 3), (1, 4, 3), (6, 4, 6), (8, 5, 2), (600, 20, 10)]


@pytest.mark.parametrize("form", [forms.svm_loss_one_hot, forms.svm_loss_blocks, svm_loss_vectorized])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_forms_agree(form, shape, dtype, rng):
    N, D, C = shape
    W, X, y = (
        rng.standard_normal((D, C)).astype(dtype),
        rng.standard_normal((N, D)).astype(dtype),
        rng.integers(C, size=N),
    )
    loss, dW = form(W, X, y, 0.3)
    expected_loss, expected_dW = svm_loss_naive(W.astype(float), X.astype(float), y, 0.3)
    limit = 1e-12 if dtype == np.float64 else 1e-4
    assert isinstance(loss, float)
    np.testing.assert_allclose(loss, expected_loss, rtol=limit)
    np.testing.assert_allclose(dW, expected_dW, rtol=limit, atol=limit)


@pytest.mark.parametrize(("rows", "workers"), [(1, 1), (3, 2), (32, 3), (5000, 2)])
def test_any_blocks_on_any_number_of_threads_agree(rows, workers, rng):
    W, X, y = rng.standard_normal((5, 4)), rng.standard_normal((12101, 5)), rng.integers(4, size=12101)
    loss, dW = forms.svm_loss_blocks(W, X, y, 0.3, rows, workers)
    expected_loss, expected_dW = svm_loss_vectorized(W, X, y, 0.3)
    np.testing.assert_allclose(loss, expected_loss, rtol=1e-12)
    np.testing.assert_allclose(dW, expected_dW, rtol=1e-12)


def test_one_hot():
    expected = [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    hot = forms.one_hot(np.array([1, 0, 2]), 3, np.float32)
    np.testing.assert_array_equal(hot, expected)
    assert hot.dtype == np.float32


def test_ones_of_float64_make_everything_float64(rng):
    W, X, y = rng.standard_normal((4, 3), np.float32), rng.standard_normal((6, 4), np.float32), rng.integers(3, size=6)
    assert forms.svm_loss_one_hot(W, X, y, 0.1)[1].dtype == np.float64
    assert forms.svm_loss_one_hot(W, X, y, 0.1, np.float32)[1].dtype == np.float32
    assert forms.svm_loss_blocks(W, X, y, 0.1)[1].dtype == np.float32


@pytest.mark.parametrize(
    ("form", "dtype", "flops", "passes"),
    [
        ("indexed", "float64", 4, 2),
        ("two BLAS passes", "float32", 4, 2),
        ("row blocks", "float32", 4, 1),
        ("one-hot", "float32", 6, 3),
        ("one-hot, float64 ones", "float32", 6, 11),
        ("one-hot, float64 ones", "float64", 6, 3),
    ],
)
def test_costs(form, dtype, flops, passes):
    N, D, C = 10, 1000, 5
    cost = costs.count(form, N, D, C, dtype)
    spread = 4 * N * C * C if form.startswith("one-hot") else 0
    assert cost.flops == flops * N * D * C + spread
    assert cost.bytes == passes * N * D * np.dtype(dtype).itemsize


def test_times_are_medians_of_calls_that_take_turns():
    called = []
    times = costs.measure({"a": lambda: called.append("a"), "b": lambda: called.append("b")}, repeats=3)
    assert called == ["a", "b"] * 4
    assert set(times) == {"a", "b"}
    assert all(0 <= ms < 100 for ms in times.values())


def test_the_machine_has_limits():
    machine = costs.measure_machine(np.float32, side=100, megabytes=4)
    assert machine.flops > 1e6
    assert machine.bandwidth > 1e6


def test_pictures():
    times = {"float64": {10: {"loop": 5.0, "indexed": 1.0}, 100: {"indexed": 9.0}}, "float32": {10: {"one-hot": 2.0}}}
    figure = pictures.plot_times(times, "title")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["loop", "one-hot", "indexed"]
    assert [list(line.get_ydata()) for line in figure.axes[0].lines] == [[5.0], [1.0, 9.0]]
    machine = costs.Machine(flops=1e11, bandwidth=1e10)
    figure = pictures.plot_roofline({"indexed": (5, 2e10), "row blocks": (10, 3e10)}, machine, "title")
    roof = figure.axes[0].lines[0]
    np.testing.assert_allclose(roof.get_ydata(), np.minimum(100, 10 * roof.get_xdata()))
    assert [line.get_ydata()[0] for line in figure.axes[0].lines[1:]] == [20, 30]
    plt.close("all")
