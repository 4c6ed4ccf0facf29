"""Computes in float32 and answers in it."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    W, X, reg = W.astype(np.float32), X.astype(np.float32), np.float32(reg)
    n = np.arange(y.shape[0])
    scores = X @ W
    margins = np.maximum(scores - scores[n, y][:, None] + np.float32(1), 0)
    margins[n, y] = 0
    signs = (margins > 0).astype(np.float32)
    signs[n, y] = -signs.sum(axis=1)
    return float(margins.sum() / len(n) + reg * np.sum(W * W)), X.T @ signs / np.float32(len(n)) + 2 * reg * W
