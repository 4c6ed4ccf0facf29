"""All differences of class pairs at once, by broadcasting over a third axis."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    num_classes = W.shape[1]
    is_correct = np.eye(num_classes, dtype=bool)[y]
    contribution = X[:, :, None] * np.ones((1, 1, num_classes))
    scores = np.sum(contribution * W, axis=1)
    margins = np.where(is_correct, 0, np.maximum(0, 1 + scores - scores[is_correct][:, None]))
    weights = 1.0 * (margins > 0)
    weights = weights - is_correct * weights.sum(1)[:, None]
    dW = np.mean(contribution * weights[:, None, :], axis=0) + 2 * reg * W
    return np.mean(np.sum(margins, 1)) + reg * np.linalg.norm(W) ** 2, dW
