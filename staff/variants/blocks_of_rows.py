"""Block by block: a loop over a few thousand rows at a time is none over samples."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for start in range(0, X.shape[0], 1024):
        rows, labels = X[start : start + 1024], y[start : start + 1024]
        index = np.arange(rows.shape[0])
        scores = rows @ W
        margins = scores - scores[index, labels, None] + 1
        margins[index, labels] = 0
        active = margins > 0
        loss += margins[active].sum()
        signs = active.astype(W.dtype)
        signs[index, labels] = -active.sum(axis=1)
        dW += rows.T @ signs
    return loss / X.shape[0] + reg * np.sum(W**2), dW / X.shape[0] + 2 * reg * W
