"""With a loop over samples and a mask for the classes, the outer product in place of columns."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    losses, dW = [], 2 * reg * W
    for x, label in zip(X, y):
        margins = 1 + x @ W - x @ W[:, label]
        margins[label] = 0
        violated = (margins > 0) * 1
        violated[label] = -np.count_nonzero(margins > 0)
        losses.append(margins[margins > 0].sum())
        dW = dW + np.outer(x, violated) / len(y)
    return np.mean(losses) + reg * np.sum(W * W), dW
