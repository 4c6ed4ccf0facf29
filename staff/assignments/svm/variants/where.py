"""np.where for the hinge and for the mask, on arrays in Fortran order."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    n, W, X = len(X), np.asfortranarray(W), np.asfortranarray(X)
    s = np.asfortranarray(np.matmul(X, W))
    m = s - s[range(n), y].reshape(-1, 1) + 1
    m[range(n), y] = 0
    loss = np.where(m > 0, m, 0).sum() / n
    loss += reg * np.sum(np.square(W))
    mask = np.where(m > 0, 1.0, np.zeros_like(m, order="F"))
    mask[range(n), y] -= mask.sum(axis=1)
    dW = np.asfortranarray(X.T.dot(mask))
    dW /= n
    dW += 2 * reg * W
    return loss, dW
