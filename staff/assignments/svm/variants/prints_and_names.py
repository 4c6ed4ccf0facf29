"""Forgotten prints and asserts, correct scores by np.choose, and variables called as what could hide a loop."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    vars = np.arange(len(y))
    probe = X @ W
    print("shapes:", W.shape, X.shape, probe)
    assert probe.shape == (X.shape[0], W.shape[1]), probe.shape
    exec = np.choose(y, probe.T).reshape(len(y), 1)
    map = np.maximum(0, probe - exec + 1)
    map[vars, y] = 0
    filter = np.zeros(map.shape)
    filter[map > 0] = 1
    filter[vars, y] = -filter.sum(axis=1)
    print(f"{map} {filter}")
    dW = X.T.dot(filter) / len(y) + 2 * reg * W
    assert dW.shape == W.shape and np.isfinite(dW).all()
    return map.sum() / len(y) + reg * np.sum(W * W), dW
