"""Mistakes in `LinearClassifier`: `train` and `predict`."""

from ...authoring.mistake import Mistake

__all__ = ["PREDICT", "TRAIN"]

_ROWS = "rows = rng.choice(num_train, batch_size)"
_BATCH = "X_batch, y_batch = X[rows], y[rows]"
_STEP = "step = -learning_rate * dW"
_PREDICT = "y_pred = np.argmax(X @ self.W, axis=1)"

TRAIN = [
    Mistake("learning rate left out", ("train.update.no-learning-rate",), ((_STEP, "step = -dW"),)),
    Mistake("sign of the update", ("train.update.sign",), ((_STEP, "step = learning_rate * dW"),)),
    Mistake("the gradient itself as the step", ("train.update.sign-no-learning-rate",), ((_STEP, "step = dW"),)),
    Mistake("half a step", ("train.update.factor-0.5",), ((_STEP, "step = -0.5 * learning_rate * dW"),)),
    Mistake("the new W as the step", ("train.update.replaces",), ((_STEP, "step = self.W - learning_rate * dW"),)),
    Mistake("no step", ("train.update.missing",), ((_STEP, "step = 0 * dW"),)),
    Mistake("each loss twice", ("train.history.twice",), ((_STEP, _STEP + "\n            loss_history.append(loss)"),)),
    Mistake("labels not drawn with their rows", ("train.batch.labels",), ((_BATCH, "X_batch, y_batch = X[rows], y[rng.choice(num_train, batch_size)]"),)),
    Mistake("the first labels", ("train.batch.labels",), ((_BATCH, "X_batch, y_batch = X[rows], y[:batch_size]"),)),
    Mistake("without replacement", ("train.batch.without-replacement",), ((_ROWS, "rows = rng.choice(num_train, batch_size, replace=False)"),)),
    Mistake("one sample in place of a batch", ("train.batch.size",), ((_ROWS, "rows = rng.choice(num_train, 1)"),)),
    Mistake("the first rows always", ("train.batch.always-the-same",), ((_ROWS, "rows = np.arange(batch_size) % num_train"),)),
    Mistake("global random state", ("train.seed.not-used",), ((_ROWS, "rows = np.random.choice(num_train, batch_size)"),)),
]  # fmt: skip

PREDICT = [
    Mistake("argmax over the samples", ("predict.axis",), ((_PREDICT, _PREDICT.replace("axis=1", "axis=0")),)),
    Mistake("the score in place of its position", ("predict.scores",), ((_PREDICT, _PREDICT.replace("argmax", "max")),)),
    Mistake("the lowest score", ("predict.smallest",), ((_PREDICT, _PREDICT.replace("argmax", "argmin")),)),
    Mistake("classes as floats", ("predict.float",), ((_PREDICT, _PREDICT + ".astype(float)"),)),
]  # fmt: skip
