"""Loss and gradient in two more forms: with one-hot matrices as they are derived, and in one pass over blocks of rows.

The third form, with indexing, is ``svm_loss_vectorized`` in `cs231n.classifiers.linear_svm`.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

_PILE = 8  # blocks that are multiplied in one call
_SHARE = 4000  # rows of a thread, at least: with fewer, to start it takes as long as it saves


def one_hot(y, num_classes, dtype=np.float64):
    """One-hot rows: row i is 1 at column ``y[i]`` and 0 elsewhere.

    Parameters
    ----------
    y : ndarray of int, shape (N,)
    num_classes : int
    dtype : dtype

    Returns
    -------
    ndarray of shape (N, num_classes)
    """
    return (y[:, np.newaxis] == np.arange(num_classes)).astype(dtype)


def svm_loss_one_hot(W, X, y, reg, dtype=np.float64):
    """Multiclass SVM loss and its gradient with matrices only: no index picks an entry.

    With the one-hot matrix Y, the matrix 1 of ones of shape (C, C) and the Hadamard product *, the margins are
    ``S - (S * Y) 1 + 1``, and with ``G = [margin > 0] / N`` the gradient is ``X'G - X'((G 1) * Y) + 2 reg W``.

    Parameters
    ----------
    W, X, y, reg
        As in ``svm_loss_vectorized``.
    dtype : dtype
        Of Y and of the matrices of ones. The default is NumPy's own, and turns float32 into float64 on the way.

    Returns
    -------
    loss, dW
        As in ``svm_loss_vectorized``.
    """
    num_train, num_classes = X.shape[0], W.shape[1]
    Y = one_hot(y, num_classes, dtype)
    ones = np.ones((num_classes, num_classes), dtype)

    S = X @ W
    margins = (S - (S * Y) @ ones + 1) * (1 - Y)
    loss = np.sum(np.maximum(0, margins)) / num_train + reg * np.sum(W * W)

    G = (margins > 0).astype(dtype) / num_train
    dW = X.T @ G - X.T @ ((G @ ones) * Y) + 2 * reg * W
    return float(loss), dW


def svm_loss_blocks(W, X, y, reg, rows=32, workers=1):
    """Multiclass SVM loss and its gradient in one pass over X: a block of rows is used twice while it is in the cache.

    Parameters
    ----------
    W, X, y, reg
        As in ``svm_loss_vectorized``.
    rows : int
        Of a block: its part of X should fit into a processor's own cache. OpenBLAS multiplies blocks of so few rows
        directly, without first copying them in another order.
    workers : int
        Number of threads, at most, each with a share of the rows; where there are few rows, one.

    Returns
    -------
    loss, dW
        As in ``svm_loss_vectorized``.
    """
    num_train = X.shape[0]
    workers = min(workers, num_train // _SHARE)
    if workers < 2:
        total, dW = _sums(W, X, y, rows)
    else:
        with ThreadPoolExecutor(workers) as pool:
            shares = zip(np.array_split(X, workers), np.array_split(y, workers), strict=True)
            sums = pool.map(lambda share: _sums(W, *share, rows), shares)
        total, dW = map(sum, zip(*sums, strict=True))
    return float(total / num_train + reg * np.sum(W * W)), dW / num_train + 2 * reg * W


def _sums(W, X, y, rows):
    """Sum of the hinges and sum of the gradients over all rows, one pile of blocks after another."""
    whole = X.shape[0] - X.shape[0] % rows  # the rows after these are a block of their own
    total, dW = _sums_of_pile(W, X[np.newaxis, whole:], y[whole:])
    for start in range(0, whole, _PILE * rows):
        part = slice(start, min(start + _PILE * rows, whole))
        hinges, gradient = _sums_of_pile(W, X[part].reshape(-1, rows, X.shape[1]), y[part])
        total += hinges
        dW += gradient
    return total, dW


def _sums_of_pile(W, pile, y):
    """The same over a pile, an array of shape (blocks, rows, D)."""
    # NumPy multiplies a pile block by block within one call: threads seldom wait for Python.
    samples = np.arange(y.size)
    scores = (pile @ W).reshape(y.size, W.shape[1])
    margins = scores - scores[samples, y][:, np.newaxis] + 1
    margins[samples, y] = 0
    violating = margins > 0
    counts = violating.astype(W.dtype)
    counts[samples, y] = -np.sum(counts, axis=1)
    turned = counts.reshape(*pile.shape[:2], W.shape[1]).transpose(0, 2, 1) @ pile  # (blocks, C, D)
    return np.sum(margins, where=violating, dtype=np.float64), np.sum(turned, axis=0).T
