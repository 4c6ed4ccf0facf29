"""Numerical gradients, and the verdict on a formula's gradient."""

import numpy as np
import pytest

from cs231n.gradient_check import eval_numerical_gradient, eval_numerical_gradient_array, grad_check_sparse


def cubes(x):
    return np.sum(x**3)


def test_gradient_of_a_known_function(rng, capsys):
    x = rng.standard_normal((3, 4))
    np.testing.assert_allclose(eval_numerical_gradient(cubes, x, verbose=False), 3 * x**2, rtol=1e-6)
    assert capsys.readouterr().out == ""
    eval_numerical_gradient(cubes, x, True, 1e-6)
    assert len(capsys.readouterr().out.splitlines()) == 12


def test_gradient_of_a_function_that_returns_an_array(rng):
    x, df = rng.standard_normal((2, 3)), rng.standard_normal((2, 3))
    np.testing.assert_allclose(eval_numerical_gradient_array(np.sin, x, df), np.cos(x) * df, rtol=1e-6)


def test_a_right_gradient_agrees(rng, capsys):
    x = rng.standard_normal((5, 3))
    kept = x.copy()
    entries = grad_check_sparse(cubes, x, 3 * x**2, 12, seed=1)
    assert len(entries) == 12
    assert all(entry.agrees and entry.relative_error < 1e-6 for entry in entries)
    np.testing.assert_array_equal(x, kept)
    assert "12 of 12 entries agree." in capsys.readouterr().out


def test_a_wrong_gradient_does_not(rng, capsys):
    x = rng.standard_normal((5, 3))
    entries = grad_check_sparse(cubes, x, 1.5 * x**2, seed=1)
    assert not any(entry.agrees for entry in entries)
    assert entries[0].relative_error == pytest.approx(1 / 3, rel=1e-4)
    printed = capsys.readouterr().out
    assert "0 of 10 entries agree." in printed
    assert printed.count("DIFFER: relative error 3.3e-01") == 10


def test_nothing_is_divided_by_zero():
    with np.errstate(all="raise"):
        entries = grad_check_sparse(lambda x: 0.0, np.ones(4), np.zeros(4))
    assert all(entry.agrees and entry.relative_error == 0 for entry in entries)


def test_a_seed_decides_the_entries():
    x = np.ones((50, 50))
    first, again, other = (
        [entry.index for entry in grad_check_sparse(cubes, x, 3 * x**2, seed=seed)] for seed in (1, 1, 2)
    )
    assert first == again != other


def test_x_is_put_back_when_f_fails():
    x = np.ones(3)

    def fails(at):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        grad_check_sparse(fails, x, np.zeros(3))
    np.testing.assert_array_equal(x, 1)


def test_the_step_is_the_one_really_taken():
    (entry,) = grad_check_sparse(lambda x: 2 * float(x[0]), np.ones(1, np.float32), np.array([2.0]), 1, 1e-6)
    assert entry.numerical == pytest.approx(2)
    with pytest.raises(ValueError, match=r"h: 1e-09 is too small to move 1.0 of dtype float32"):
        grad_check_sparse(lambda x: 2 * float(x[0]), np.ones(1, np.float32), np.array([2.0]), 1, 1e-9)


def hinge(x):
    return np.sum(np.maximum(0, x))


@pytest.mark.parametrize(
    ("at", "analytic", "verdict"),
    [
        (1e-6, 1.0, "agrees"),  # the kink lies within h, and is left behind by a smaller one
        (-1e-6, 0.0, "agrees"),
        (1e-6, 0.0, "differs"),
        (0.0, 0.0, "kink"),
        (0.0, 1.0, "kink"),
        (0.0, 0.3, "kink"),
        (0.0, 1.1, "differs"),
        (0.0, -0.1, "differs"),
    ],
)
def test_kinks(at, analytic, verdict, capsys):
    x = np.full((1, 2), at)
    entries = grad_check_sparse(hinge, x, np.full((1, 2), analytic), 3, seed=0)
    assert [entry.verdict for entry in entries] == [verdict] * 3
    assert all(entry.agrees == (verdict != "differs") for entry in entries)
    np.testing.assert_array_equal(x, at)
    printed = capsys.readouterr().out
    assert ("a kink: the slopes are 0.000000e+00 and 1.000000e+00" in printed) == (verdict == "kink")
    assert ("3 of them lie on a kink" in printed) == (verdict == "kink")


def test_a_curve_is_no_kink():
    entries = grad_check_sparse(lambda x: 1e6 * np.sum(x**2), np.ones(3), np.full(3, 1.9e6), seed=0)
    assert {entry.verdict for entry in entries} == {"differs"}


def test_a_kink_in_float32():
    entries = grad_check_sparse(hinge, np.full(2, 1e-3, np.float32), np.zeros(2), 2, 1e-2, seed=0)
    assert {entry.verdict for entry in entries} == {"differs"}


def test_integers_are_copied_to_floats(capsys):
    x = np.array([1, 2, 3])
    entries = grad_check_sparse(cubes, x, 3 * x**2)
    assert all(entry.agrees for entry in entries)
    assert x.dtype == int
    assert "x holds int64, which cannot be moved by h" in capsys.readouterr().out


def test_a_gradient_of_another_shape():
    with pytest.raises(ValueError, match="x: expected floats, found complex128"):
        grad_check_sparse(cubes, np.ones(3, complex), np.ones(3))
    with pytest.raises(ValueError, match=r"analytic_grad: expected x's shape \(3,\), found \(2,\)"):
        grad_check_sparse(cubes, np.ones(3), np.ones(2))
