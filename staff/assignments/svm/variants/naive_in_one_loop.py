"""With loops, the gradient beside the loss in one go, and `xrange` of the years of Python 2."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    from past.builtins import xrange

    dW = np.zeros(W.shape)
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in xrange(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        violating = 0
        for j in xrange(num_classes):
            if j != y[i]:
                margin = scores[j] - correct_class_score + 1
                if margin > 0:
                    violating += 1
                    loss += margin / num_train
                    dW[:, j] += X[i, :] / num_train
        dW[:, y[i]] += -violating * X[i, :] / num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW
