"""Variables called as what could hide a loop, correct scores by np.choose, and prints that were forgotten."""

import numpy as np


def svm_loss_vectorized(W, X, y, reg):
    vars = np.arange(len(y))
    probe = X @ W
    print(probe)
    exec = np.choose(y, probe.T)[:, None]
    map = np.maximum(0, probe - exec + 1)
    map[vars, y] = 0
    filter = (map > 0).astype(float)
    filter[vars, y] = -filter.sum(axis=1)
    print(f"{map} {filter}")
    return map.sum() / len(y) + reg * np.sum(W * W), X.T @ filter / len(y) + 2 * reg * W
