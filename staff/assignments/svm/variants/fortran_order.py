"""Works on and returns arrays in Fortran order."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    W, X = np.asfortranarray(W), np.asfortranarray(X)
    index = (np.arange(len(y)), y)
    scores = np.asfortranarray(X @ W)
    margins = np.maximum(0, scores - scores[index][:, np.newaxis] + 1)
    margins[index] = 0
    signs = np.zeros_like(margins, order="F")
    signs[margins > 0] = 1
    signs[index] = -signs.sum(axis=1)
    return margins.sum() / len(y) + reg * np.sum(W * W), np.asfortranarray(X.T @ signs / len(y) + 2 * reg * W)
