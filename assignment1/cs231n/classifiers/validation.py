"""Arguments of a loss, looked at before it is computed: NumPy would take many a wrong one and give a wrong answer."""

import numpy as np


def check_samples(X, y):
    """Make sure that samples and labels fit each other.

    Parameters
    ----------
    X : ndarray, shape (N, D)
    y : ndarray of integers, shape (N,)

    Raises
    ------
    ValueError
        If they do not; the message names the argument, what was expected and what was found.
    """
    for name, array in (("X", X), ("y", y)):
        if not isinstance(array, np.ndarray):
            raise ValueError(f"{name}: expected an ndarray, found {type(array).__name__}; convert it with np.array.")
    if X.ndim != 2 or X.shape[0] == 0:
        raise ValueError(f"X: expected shape (N, D) with N of at least 1, found {X.shape}.")
    if y.shape != (X.shape[0],) or not np.issubdtype(y.dtype, np.integer):
        raise ValueError(f"y: expected {X.shape[0]} integers, one a row of X, found {y.dtype} of shape {y.shape}.")
    if y.min() < 0:
        raise ValueError(f"y: expected labels from 0 upwards, found {y.min()} to {y.max()}.")


def check_inputs(W, X, y):
    """Make sure that weights, samples and labels fit each other.

    Parameters
    ----------
    W : ndarray of floats, shape (D, C)
    X : ndarray, shape (N, D)
    y : ndarray of integers, shape (N,)
        Labels from 0 to C - 1. (NumPy reads a negative one as counted from the end.)

    Raises
    ------
    ValueError
        If they do not; the message names the argument, what was expected and what was found.
    """
    check_samples(X, y)
    if not isinstance(W, np.ndarray):
        raise ValueError(f"W: expected an ndarray, found {type(W).__name__}; convert it with np.array.")
    if W.ndim != 2 or W.shape[0] != X.shape[1] or W.shape[1] == 0:
        raise ValueError(f"W: expected shape (D, C) with D = {X.shape[1]} as in X {X.shape}, found {W.shape}.")
    if not np.issubdtype(W.dtype, np.floating):
        raise ValueError(f"W: expected floats, found {W.dtype}; convert it with W.astype(float).")
    if y.max() >= W.shape[1]:
        raise ValueError(f"y: expected labels from 0 to {W.shape[1] - 1}, found {y.min()} to {y.max()}.")
