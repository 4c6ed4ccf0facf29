"""A loss that wants the score of the correct class to be 0."""

import numpy as np


def tiny_loss(W, X, y, reg):
    """Mean of the squared scores of the correct classes, plus reg * sum(W * W), and its gradient."""
    loss, dW = 0.0, None
    # TODO(tiny-loss): fill loss and dW, shape (D, C).
    # BEGIN SOLUTION tiny-loss
    # STUB: loss = None
    dW = np.zeros_like(W)
    for i in range(len(y)):
        score = W[:, y[i]].dot(X[i])
        loss += score**2 / len(y)
        dW[:, y[i]] += 2 * score * X[i]
    loss += reg * np.sum(W * W)
    dW = dW / len(y) + 2 * reg * W
    # END SOLUTION tiny-loss
    return loss, dW
