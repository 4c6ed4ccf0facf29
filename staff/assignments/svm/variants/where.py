"""np.where for the hinge and for the mask."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    n = len(X)
    s = np.matmul(X, W)
    m = s - s[range(n), y].reshape(-1, 1) + 1
    m[range(n), y] = 0
    loss = np.where(m > 0, m, 0).sum() / n
    loss += reg * np.sum(W * W)
    mask = np.where(m > 0, 1.0, 0.0)
    mask[range(n), y] -= mask.sum(axis=1)
    dW = X.T.dot(mask)
    dW /= n
    dW += 2 * reg * W
    return loss, dW
