"""Loops down to the features: slower than it needs to be by far, and a derivative all the same."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    (N, D), C = X.shape, W.shape[1]
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(N):
        scores = [sum(X[i, d] * W[d, j] for d in range(D)) for j in range(C)]
        for j in range(C):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin
                for d in range(D):
                    dW[d, j] += X[i, d]
                    dW[d, y[i]] -= X[i, d]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W
