"""Functions with loops of all kinds, in a file of their own, which is read."""

import numpy as np

from cs231n.classifiers import linear_svm


def right_with_a_loop(W, X, y, reg):
    loss, dW = linear_svm.svm_loss_vectorized(W, X, y, reg)
    unused = np.zeros(len(y))
    for i in range(len(y)):
        unused[i] = np.sum(np.fmax(X[i], 0))
    return loss, dW


def calls_the_naive_function(W, X, y, reg):
    return linear_svm.svm_loss_naive(W, X, y, reg)


def helper(rows):
    return [row + 1 for row in rows]


def calls_a_helper(W, X, y, reg):
    return helper(X), W


def for_loop(W, X, y, reg):
    for i in range(len(X)):
        reg += i


def while_loop(W, X, y, reg):
    while reg > 0:
        reg -= 1


def comprehension(W, X, y, reg):
    return {label: label + 1 for label in y}


def generator(W, X, y, reg):
    return sum(label for label in y)


def maps(W, X, y, reg):
    return list(map(np.sum, X))


def vectorizes(W, X, y, reg):
    return np.vectorize(abs)(X)


cut_off = np.vectorize(abs)


def vectorizes_outside(W, X, y, reg):
    return cut_off(X)


def steps_of_one(W, X, y, reg):
    for i in range(0, len(X), 1):
        reg += i


def blocks(W, X, y, reg):
    for start in range(0, len(X), 512):
        reg += X[start : start + 512].sum()


def unused_helper_only(W, X, y, reg):
    return X @ W  # for map vectorize while: words in a comment do not count
