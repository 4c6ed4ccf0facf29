"""Correct scores as the diagonal of an N x N array: wasteful, its time grows with the square of N, and yet no loop."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    one_hot = np.eye(W.shape[1])[y]
    scores = X @ W
    correct = np.diag(scores[:, y])
    margins = np.maximum(0, scores - np.expand_dims(correct, 1) + 1) - one_hot
    slope = np.sign(margins)
    slope = slope - np.diag(slope.sum(axis=1)) @ one_hot
    return np.sum(margins) / len(X) + reg * np.trace(W.T @ W), np.swapaxes(X, 0, 1) @ slope / len(X) + W * reg * 2
