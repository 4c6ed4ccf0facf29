"""The multiclass linear SVM: its loss and gradient, first with loops, then without."""

import numpy as np

from .validation import check_inputs


def svm_loss_naive(W, X, y, reg):
    """Multiclass SVM loss and its gradient, with loops over samples and classes.

    The loss is that of Weston and Watkins, "Support vector machines for multi-class pattern recognition", ESANN 1999,
    with a margin of 1.

    Parameters
    ----------
    W : ndarray of shape (D, C)
        Weights; the last row is the bias where X ends in a column of ones.
    X : ndarray of shape (N, D)
        Samples, one a row.
    y : ndarray of int, shape (N,)
        Labels; ``0 <= y[i] < C``.
    reg : float
        Strength of the regularizer.

    Returns
    -------
    loss : float
        Mean hinge loss over the N samples plus ``reg * sum(W * W)``.
    dW : ndarray of shape (D, C), or None while its region is not started
        Gradient of `loss` with respect to W; float32 where W and X are.

    Raises
    ------
    ValueError
        If W, X and y do not fit each other.
    """
    check_inputs(W, X, y)
    reg = float(reg)  # a NumPy scalar would turn float32 into float64
    num_train, num_classes = X.shape[0], W.shape[1]

    loss = 0.0
    for i in range(num_train):
        scores = X[i] @ W
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1  # delta = 1
            if margin > 0:
                loss += margin
    loss /= num_train
    loss += reg * np.sum(W * W)

    # TODO(svm-naive-gradient): fill dW, shape (D, C), with the same two loops (or inside those above).
    # Which columns of W does one positive margin depend on, and what is its derivative with respect to each?
    # BEGIN SOLUTION svm-naive-gradient
    # STUB: dW = None
    # A positive margin is  x_i . w_j - x_i . w_{y_i} + 1,  a function of two columns of W only. Its derivative is
    #     x_i   with respect to w_j,        the column of the class that violates the margin,
    #    -x_i   with respect to w_{y_i},    the column of the correct class, once for each class that violates it.
    # A margin at 0 or below is cut off by the hinge and adds nothing. The mean over the samples divides both parts
    # by N, and reg * w^2 has the derivative 2 * reg * w.
    dW = np.zeros_like(W)
    for i in range(num_train):
        scores = X[i] @ W
        for j in range(num_classes):
            if j != y[i] and scores[j] - scores[y[i]] + 1 > 0:
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    dW = dW / num_train + 2 * reg * W
    # END SOLUTION svm-naive-gradient

    return float(loss), dW


def svm_loss_vectorized(W, X, y, reg):
    """Multiclass SVM loss and its gradient, without loops.

    Parameters
    ----------
    W, X, y, reg
        As in `svm_loss_naive`.

    Returns
    -------
    loss, dW
        As in `svm_loss_naive`; each None while its region is not started.

    Raises
    ------
    ValueError
        If W, X and y do not fit each other.
    """
    check_inputs(W, X, y)
    reg = float(reg)
    num_train = X.shape[0]

    # TODO(svm-vectorized-loss): fill loss, a float, without a loop; on the way, margins of shape (N, C) help.
    # How do you take from each row of the scores its correct one, and subtract it from that whole row?
    # BEGIN SOLUTION svm-vectorized-loss
    # STUB: loss = None
    samples = np.arange(num_train)
    scores = X @ W
    correct_scores = scores[samples, y][:, np.newaxis]
    margins = np.maximum(0, scores - correct_scores + 1)
    margins[samples, y] = 0
    loss = float(np.sum(margins) / num_train + reg * np.sum(W * W))
    # END SOLUTION svm-vectorized-loss

    # TODO(svm-vectorized-gradient): fill dW, shape (D, C), without a loop over samples or classes.
    # Which of the margins above are positive, and what does each of them add to the two columns it touches?
    # BEGIN SOLUTION svm-vectorized-gradient
    # STUB: dW = None
    # coefficients[i, j] says how often x_i is added to column j: once where class j violates its margin, and minus
    # the number of violating classes at the correct one. X^T then carries out all the additions at once.
    coefficients = (margins > 0).astype(scores.dtype)
    coefficients[samples, y] = -np.sum(coefficients, axis=1)
    dW = X.T @ coefficients / num_train + 2 * reg * W
    # END SOLUTION svm-vectorized-gradient

    return loss, dW
