"""Adds rows at their columns with np.add.at, without a product."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    scores = X @ W
    rows = np.arange(len(y))
    margins = scores - scores[rows, y][:, None] + 1
    margins[rows, y] = -1
    sample, column = np.nonzero(margins > 0)
    by_class = np.zeros((W.shape[1], W.shape[0]))
    np.add.at(by_class, column, X[sample])
    np.subtract.at(by_class, y[sample], X[sample])
    return margins[sample, column].sum() / len(y) + reg * (W * W).sum(), by_class.T / len(y) + 2 * reg * W
