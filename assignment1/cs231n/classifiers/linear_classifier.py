# Built by "python -m staff build" from the staff's reference. Students write between the START and END lines.
"""A linear classifier, trained by stochastic gradient descent on whichever loss a subclass gives it."""

import numpy as np

from .linear_svm import svm_loss_vectorized
from .validation import check_inputs, check_samples


class LinearClassifier:
    """Classifier that gives each class the score ``X @ W`` and learns W by stochastic gradient descent.

    Attributes
    ----------
    W : ndarray of shape (D, C), or None before the first call of `train`
    """

    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False, *, seed=None):
        """Train on batches drawn at random; a further call goes on from the weights of the last.

        Parameters
        ----------
        X : ndarray of shape (N, D)
            Training samples, one a row. The first call gives W their dtype: float32 or float64.
        y : ndarray of int, shape (N,)
            Labels; the first call takes C, the number of classes, to be their largest plus 1.
        learning_rate, reg : float
            Factor of the gradient in each update, and strength of the regularizer.
        num_iters, batch_size : int
            Number of updates, and of samples in a batch: drawn with replacement, these may exceed N.
        verbose : bool
            Whether to show a progress bar with the loss.
        seed : int, numpy.random.Generator or None
            Makes a run repeatable: it decides the first W and the batches.

        Returns
        -------
        loss_history : list of float, or None while a region that training needs is not started
            The loss on each batch, before its update.

        Raises
        ------
        ValueError
            If W, X and y do not fit each other, or `batch_size` is below 1.
        """
        if batch_size < 1:
            raise ValueError(f"batch_size: expected at least 1, found {batch_size}.")
        check_samples(X, y)
        rng = np.random.default_rng(seed)
        num_train, dim = X.shape
        learning_rate = float(learning_rate)  # a NumPy scalar would turn float32 into float64
        if self.W is None:
            num_classes = int(np.max(y)) + 1
            dtype = np.result_type(X.dtype, np.float32)
            self.W = (1e-5 * rng.standard_normal((dim, num_classes))).astype(dtype)
        check_inputs(self.W, X, y)

        loss_history = []
        iterations = _with_progress(range(num_iters), verbose)
        for iteration in iterations:
            # TODO(train-sample): fill X_batch, shape (batch_size, D), and y_batch, shape (batch_size,): samples drawn
            # at random with their labels. Draw their row numbers from `rng`, with replacement.
            # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
            X_batch, y_batch = None, None
            # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
            if X_batch is None:
                return None

            loss, dW = self.loss(X_batch, y_batch, reg)
            if loss is None or dW is None:
                return None
            loss_history.append(loss)

            # TODO(train-update): fill step, shape (D, C): what one step of gradient descent adds to W.
            # Which way does the loss fall, and how far do we go?
            # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
            step = None
            # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
            if step is None:
                return None
            self.W += step

            if verbose and iteration % 100 == 0:
                iterations.set_postfix(loss=f"{loss:.2f}")
        return loss_history

    def predict(self, X):
        """Predict the class of each sample.

        Parameters
        ----------
        X : ndarray of shape (N, D)

        Returns
        -------
        y_pred : ndarray of int, shape (N,), or None while its region is not started

        Raises
        ------
        ValueError
            If there is no W yet, or X does not fit it.
        """
        if self.W is None:
            raise ValueError("predict: there are no weights yet; call train first.")
        if X.ndim != 2 or X.shape[1] != self.W.shape[0]:
            raise ValueError(f"X: expected shape (N, {self.W.shape[0]}) to fit W {self.W.shape}, found {X.shape}.")
        # TODO(predict): fill y_pred, shape (N,): for each row of X the class with the highest score.
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        y_pred = None
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        return y_pred

    def loss(self, X_batch, y_batch, reg):
        """Loss on a batch of shape (batch_size, D), and its gradient of shape (D, C); a subclass says which."""
        raise NotImplementedError("LinearClassifier has no loss of its own; use LinearSVM.")


class LinearSVM(LinearClassifier):
    """Linear classifier that learns with the multiclass SVM loss."""

    def loss(self, X_batch, y_batch, reg):
        """`svm_loss_vectorized` of the batch."""
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)


def _with_progress(iterations, verbose):
    if not verbose:
        return iterations
    from tqdm import tqdm  # only here: without the bar the classifier needs numpy alone

    return tqdm(iterations, desc="training", unit=" updates")
