"""Split into helper functions, none of which loops; everything in place, on copies of the inputs."""

import numpy as np


def _hinge(work, correct):
    work -= work[correct].copy()[:, None]
    work += 1
    work[correct] = 0
    work[work < 0] = 0


def _count(work, correct):
    work[work > 0] = 1
    work[correct] -= work.sum(axis=1)


def svm_loss_vectorized(W, X, y, reg):
    weights, work = W.copy(), X @ W
    correct = (np.arange(len(y)), y)
    _hinge(work, correct)
    weights *= weights
    loss = work.sum() / len(y) + reg * weights.sum()
    _count(work, correct)
    weights[...] = W
    weights *= 2 * reg
    weights += X.T @ work / len(y)
    return loss, weights
