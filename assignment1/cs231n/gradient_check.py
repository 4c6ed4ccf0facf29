"""Numerical gradients, and the comparison of a formula's gradient with them.

A gradient is checked against central differences, ``(f(x + h) - f(x - h)) / (2 h)``, whose error falls with h**2 where
f is smooth (R. L. Burden and J. D. Faires, "Numerical Analysis", chapter 4.1).
"""

from typing import NamedTuple

import numpy as np

from .sentences import word

__all__ = ["GradientEntry", "eval_numerical_gradient", "eval_numerical_gradient_array", "grad_check_sparse"]

LIMIT = 1e-5  # relative error above which an entry does not agree; rounding leaves 1e-6 and below at h = 1e-5


class GradientEntry(NamedTuple):
    """One entry of a gradient, from the formula and from differences.

    Attributes
    ----------
    relative_error : float
        Difference of the two by the sum of their sizes; 0 where both are 0.
    verdict : str
        "agrees", "kink" (the slopes to its left and right differ, the formula's value lies between them), "differs".
    slopes : tuple of float
        To the left and to the right.
    """

    index: tuple
    analytic: float
    numerical: float
    relative_error: float
    verdict: str
    slopes: tuple

    @property
    def agrees(self):
        """Whether the formula's value is right: it agrees, or is one of those that are right at a kink."""
        return self.verdict != "differs"


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
        If `x` does not hold floats, which alone can be moved by h, or h is too small to move it.
    """
    _require_floats(x)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        grad[index], _, _ = _differences(f, x, index, h, middle=np.nan)  # no slopes are wanted
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
        If `x` does not hold floats, or h is too small to move it.
    """
    return eval_numerical_gradient(lambda at: np.sum(f(at) * df), x, verbose=False, h=h)


def grad_check_sparse(f, x, analytic_grad, num_checks=10, h=1e-5, *, seed=None):
    """Compare entries of a gradient, drawn at random, with central differences, and print the verdict on each.

    Where an entry does not agree and the slopes to its left and right differ, a kink of the hinge may lie within h: h
    is made smaller, down to a thousandth. If the kink remains, a value between the two slopes is right.

    Parameters
    ----------
    f : callable
        Takes an array like `x`, returns a float.
    x : ndarray
        The point; as it was when the function returns. Of integers, a copy in float64 is taken.
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
        If `x` holds neither floats nor integers, `analytic_grad` is not of its shape, or h is too small to move it.
    """
    if np.issubdtype(x.dtype, np.integer):
        print(word("integers", dtype=x.dtype))
        x = x.astype(np.float64)
    _require_floats(x)
    if np.shape(analytic_grad) != x.shape:
        raise ValueError(f"analytic_grad: expected x's shape {x.shape}, found {np.shape(analytic_grad)}.")
    rng = np.random.default_rng(seed)
    entries = []
    for _ in range(num_checks):
        index = tuple(int(rng.integers(size)) for size in x.shape)
        entries.append(_check_entry(f, x, float(analytic_grad[index]), index, h))
        print(_sentence(entries[-1]))
    print(word("entries", count=sum(entry.agrees for entry in entries), all=num_checks))
    kinks = sum(entry.verdict == "kink" for entry in entries)
    if kinks:
        print(word("kinks", count=kinks))
    return entries


def _check_entry(f, x, analytic, index, h):
    middle = float(f(x))
    for shrink in (1, 10, 100, 1000):
        if shrink > 1 and x[index] + h / shrink == x[index]:
            break  # too small for x's dtype
        numerical, slopes, step = _differences(f, x, index, h / shrink, middle)
        rounding = 100 * np.finfo(x.dtype).eps * max(1.0, abs(middle)) / step
        error = abs(analytic - numerical) / (abs(analytic) + abs(numerical)) if analytic != numerical else 0.0
        entry = GradientEntry(index, analytic, numerical, error, "differs", slopes)
        if error <= LIMIT or abs(analytic - numerical) <= rounding:
            return entry._replace(verdict="agrees")
        if abs(slopes[1] - slopes[0]) <= 2 * rounding:
            return entry
    between = min(slopes) - rounding <= analytic <= max(slopes) + rounding
    return entry._replace(verdict="kink") if between else entry


def _sentence(entry):
    values = word("entry", numerical=f"{entry.numerical: .6e}", analytic=f"{entry.analytic: .6e}")
    verdict = {
        "agrees": word("agree", limit=f"{LIMIT:.0e}"),
        "kink": word("kink", left=f"{entry.slopes[0]:.6e}", right=f"{entry.slopes[1]:.6e}"),
        "differs": word("differ", error=f"{entry.relative_error:.1e}"),
    }[entry.verdict]
    return f"{entry.index!s:>10}  {values}  {verdict}"


def _differences(f, x, index, h, middle):
    """Central difference, slopes to the left and to the right of f's value in the middle, and the step really taken."""
    kept = x[index]
    try:
        x[index] = kept + h
        right, above = float(x[index]), float(f(x))
        x[index] = kept - h
        left, below = float(x[index]), float(f(x))
    finally:
        x[index] = kept
    if left == kept or right == kept:
        raise ValueError(f"h: {h:g} is too small to move {kept} of dtype {x.dtype}; use a larger h or float64.")
    slopes = (middle - below) / (kept - left), (above - middle) / (right - kept)
    return (above - below) / (right - left), tuple(map(float, slopes)), (right - left) / 2


def _require_floats(x):
    if not np.issubdtype(x.dtype, np.floating):
        raise ValueError(f"x: expected floats, found {x.dtype}; an integer cannot be moved by h. Use x.astype(float).")
