"""Numerical gradients, and the comparison of a formula's gradient with them.

A gradient is checked against central differences, ``(f(x + h) - f(x - h)) / (2 h)``, whose error falls with h**2 where
f is smooth (R. L. Burden and J. D. Faires, "Numerical Analysis", chapter 4.1).
"""

from typing import NamedTuple

import numpy as np

__all__ = ["GradientEntry", "eval_numerical_gradient", "eval_numerical_gradient_array", "grad_check_sparse"]

LIMIT = 1e-5  # relative error above which an entry does not agree; rounding leaves 1e-6 and below at h = 1e-5


class GradientEntry(NamedTuple):
    """One entry of a gradient, from the formula and from differences."""

    index: tuple
    analytic: float
    numerical: float
    relative_error: float
    agrees: bool


def eval_numerical_gradient(f, x, verbose=True, h=1e-5):
    """Gradient of a scalar function by central differences.

    Parameters
    ----------
    f : callable
        Takes an array like `x`, returns a float.
    x : ndarray of floats
        The point; each entry is moved in place and put back.
    verbose : bool
        Whether to print each entry.
    h : float
        Half the distance between the two points of a difference.

    Returns
    -------
    grad : ndarray of float64, of x's shape

    Raises
    ------
    ValueError
        If `x` does not hold floats, which alone can be moved by h.
    """
    _require_floats(x)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        grad[index] = _central_difference(f, x, index, h)
        if verbose:
            print(f"{index}: {grad[index]:.6f}")
    return grad


def eval_numerical_gradient_array(f, x, df, h=1e-5):
    """Gradient of ``sum(f(x) * df)`` by central differences, for an f that returns an array.

    Parameters
    ----------
    f : callable
        Takes an array like `x`, returns an array of df's shape.
    x : ndarray of floats
    df : ndarray
        Gradient that arrives at f's output.
    h : float

    Returns
    -------
    grad : ndarray of float64, of x's shape

    Raises
    ------
    ValueError
        If `x` does not hold floats.
    """
    return eval_numerical_gradient(lambda at: np.sum(f(at) * df), x, verbose=False, h=h)


def grad_check_sparse(f, x, analytic_grad, num_checks=10, h=1e-5, *, seed=None):
    """Compare entries of a gradient, drawn at random, with central differences, and print the verdict on each.

    Parameters
    ----------
    f : callable
        Takes an array like `x`, returns a float.
    x : ndarray of floats
        The point; as it was when the function returns.
    analytic_grad : ndarray of x's shape
        The gradient to be checked.
    num_checks : int
        Number of entries.
    h : float
        Half the distance between the two points of a difference.
    seed : int, numpy.random.Generator or None
        Decides which entries are drawn.

    Returns
    -------
    list of GradientEntry

    Raises
    ------
    ValueError
        If `x` does not hold floats, or `analytic_grad` is not of its shape.
    """
    _require_floats(x)
    if np.shape(analytic_grad) != x.shape:
        raise ValueError(f"analytic_grad: expected x's shape {x.shape}, found {np.shape(analytic_grad)}.")
    rng = np.random.default_rng(seed)
    entries = []
    for _ in range(num_checks):
        index = tuple(int(rng.integers(size)) for size in x.shape)
        analytic, numerical = float(analytic_grad[index]), _central_difference(f, x, index, h)
        error = _relative_error(analytic, numerical)
        entries.append(GradientEntry(index, analytic, numerical, error, error <= LIMIT))
        print(_sentence(entries[-1]))
    agreeing = sum(entry.agrees for entry in entries)
    print(f"{agreeing} of {num_checks} entries agree.")
    return entries


def _sentence(entry):
    values = f"numerical {entry.numerical: .6e}, analytic {entry.analytic: .6e}"
    verdict = f"agree within {LIMIT:.0e}" if entry.agrees else f"DIFFER: relative error {entry.relative_error:.1e}"
    return f"{entry.index!s:>10}  {values}  {verdict}"


def _central_difference(f, x, index, h):
    kept = x[index]
    try:
        x[index] = kept + h
        right, above = float(x[index]), f(x)
        x[index] = kept - h
        left, below = float(x[index]), f(x)
    finally:
        x[index] = kept
    if right == left:
        raise ValueError(f"h: {h:g} is too small to move {kept} of dtype {x.dtype}; use a larger h or float64.")
    return float(above - below) / (right - left)  # the step really taken: rounding may have changed it


def _relative_error(a, b):
    """Difference of two numbers by the sum of their sizes; 0 where both are 0."""
    return abs(a - b) / (abs(a) + abs(b)) if a != b else 0.0


def _require_floats(x):
    if not np.issubdtype(x.dtype, np.floating):
        raise ValueError(f"x: expected floats, found {x.dtype}; an integer cannot be moved by h. Use x.astype(float).")
