"""Many classifiers trained at once: with their weights side by side in one wide matrix, each batch is read once."""

import numpy as np

__all__ = ["train_together"]


def train_together(X, y, learning_rates, regs, num_iters=100, batch_size=200, *, W=None, seed=None):
    """Train one linear SVM for each pair of learning rate and regularization strength, all on the same batches.

    Each comes out as ``LinearSVM.train`` has it that is given the same batches.

    Parameters
    ----------
    X : ndarray of shape (N, D)
    y : ndarray of int, shape (N,)
    learning_rates, regs : sequence of float, of P each
    num_iters, batch_size : int
    W : ndarray of shape (D, P, C), or None
        Weights to go on from; it is left as it was.
    seed : int, numpy.random.Generator or None
        Decides the first weights, the same for all, and the batches.

    Returns
    -------
    ndarray of shape (D, P, C)
        ``W[:, p]`` are the weights of the pair p.
    """
    rng, pairs = np.random.default_rng(seed), len(learning_rates)
    dtype = np.result_type(X.dtype, np.float32)
    if W is None:
        first = (1e-5 * rng.standard_normal((X.shape[1], int(np.max(y)) + 1))).astype(dtype)
        W = np.repeat(first[:, np.newaxis], pairs, axis=1)
    shape, samples = W.shape, np.arange(batch_size)
    wide = W.reshape(shape[0], -1).copy()
    # One step is  W <- (1 - 2 rate reg) W - rate X'(counts / N): a factor for each column of the wide matrix.
    rates = np.repeat(np.asarray(learning_rates, dtype), shape[2])
    decay = (1 - 2 * rates.astype(float) * np.repeat(np.asarray(regs, float), shape[2])).astype(dtype)
    for _ in range(num_iters):
        rows = rng.choice(X.shape[0], batch_size)
        X_batch, labels = X[rows], y[rows]
        scores = (X_batch @ wide).reshape(batch_size, pairs, -1)
        violating = scores - scores[samples, :, labels][:, :, np.newaxis] + 1 > 0
        violating[samples, :, labels] = False
        counts = violating.astype(dtype)
        counts[samples, :, labels] = -np.sum(counts, axis=2)
        wide *= decay
        wide -= X_batch.T @ (counts.reshape(batch_size, -1) * (rates / batch_size))
    return wide.reshape(shape)
