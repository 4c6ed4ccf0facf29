"""The correct class keeps its margin of 1, which is taken off afterwards, in the loss and in the gradient."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    samples = np.arange(X.shape[0])
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[samples, y][:, None] + 1)
    loss = np.mean(np.sum(margins, axis=1)) - 1 + reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[samples, y] -= mask.sum(axis=1)
    return loss, X.T.dot(mask) / X.shape[0] + 2 * reg * W
