"""Prints and asserts on the way, as one who hunts a bug leaves them."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    print("shapes:", W.shape, X.shape, y.shape)
    scores = X.dot(W)
    assert scores.shape == (num_train, W.shape[1]), scores.shape
    correct = scores[np.arange(num_train), y].reshape(num_train, 1)
    assert correct.shape == (num_train, 1)
    margins = np.maximum(0, scores - correct + 1)
    margins[np.arange(num_train), y] = 0
    print("largest margin", margins.max(), "sum", margins.sum())
    loss = margins.sum() / num_train + reg * np.sum(W * W)
    mask = np.zeros(margins.shape)
    mask[margins > 0] = 1
    count = mask.sum(axis=1)
    mask[np.arange(num_train), y] = -count
    dW = X.T.dot(mask) / num_train + 2 * reg * W
    assert dW.shape == W.shape and np.isfinite(dW).all()
    return loss, dW
