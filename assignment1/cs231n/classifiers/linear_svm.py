# Built by "python -m staff build" from the staff's reference. Students write between the START and END lines.
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
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    dW = None
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

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
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    loss = None
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    # TODO(svm-vectorized-gradient): fill dW, shape (D, C), without a loop over samples or classes.
    # Which of the margins above are positive, and what does each of them add to the two columns it touches?
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    dW = None
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    return loss, dW
