"""The checks of `LinearClassifier`: training on a loss whose gradients are known beforehand, and prediction."""

import numpy as np

from ..sentences import word
from .conduct import failure_text
from .findings import FAIL, NOT_RUN, NOT_STARTED, PASS, Finding, Findings
from .probe import Failure, observe, predict
from .questions import Distant, quiet

__all__ = ["check_classifier"]

N, D, C, BATCH, STEPS = 20, 6, 4, 5, 6
# Each row of X is its own number in all columns, and each label follows from it; gradients are multiples of 1/8.
_ROWS = np.arange(N)
_X = np.repeat(_ROWS[:, np.newaxis], D, axis=1).astype(float)
_Y = (7 * _ROWS + _ROWS // 4) % C
_SAMPLE = ("train, batch", "train, small data", "train, seed")
_UPDATE = ("train, update", "train, history", "train, weights")


class _Trainer:
    """A classifier that is trained on gradients drawn from a seed, here or in another process."""

    def __init__(self, cls, seed):
        self.cls = cls
        self.gradients = np.random.default_rng(seed).integers(-8, 9, (4 * STEPS, D, C)) / 8

    def train(self, X=_X, times=1, **changed):
        """What `train` did: a `Run` of each call."""
        options = {"learning_rate": 0.25, "reg": 0.5, "num_iters": STEPS, "batch_size": BATCH} | changed
        if isinstance(self.cls, Distant):
            return self.cls.observe(X, _Y, self.gradients, times, options)
        with quiet():
            return observe(self.cls, X, _Y, self.gradients, times, **options)

    def predict(self, W, X):
        """What `predict` returned, or a Failure."""
        if isinstance(self.cls, Distant):
            return self.cls.predict(W, X)
        with quiet():
            return predict(self.cls, W, X)


def check_classifier(cls, seed=231):
    """Check the three regions of a classifier.

    Parameters
    ----------
    cls : type or Distant
        The student's ``LinearClassifier``.
    seed : int
        Decides on gradients, weights and samples.

    Returns
    -------
    Findings
    """
    trainer = _Trainer(cls, seed)
    (run,) = trainer.train()
    if run.failure and not run.calls:
        found = [_finding("train, batch", FAIL, failure_text(run.failure)), *_rest(NOT_RUN, _SAMPLE[1:] + _UPDATE)]
    elif not run.calls:
        found = _rest(NOT_STARTED, _SAMPLE + _UPDATE)
    elif run.failure:
        found = [*_check_batches(trainer, run), _finding("train, update", FAIL, failure_text(run.failure))]
        found += _rest(NOT_RUN, _UPDATE[1:])
    elif run.history is None:
        found = [*_check_batches(trainer, run), *_rest(NOT_STARTED, _UPDATE)]
    else:
        found = [*_check_batches(trainer, run), *_check_updates(trainer, run)]
    return Findings([*found, _check_predict(trainer, seed)])


def _check_batches(trainer, run):
    """Findings on what reaches the loss."""
    batches = [call[1:] for call in run.calls]
    text, cause = _batch_fault(batches, BATCH)
    found = [_finding("train, batch", FAIL if text else PASS, text, cause)]
    found.append(_finding("train, small data", NOT_RUN) if text else _check_small_data(trainer))
    if not run.seeded:
        return [*found, _finding("train, seed", NOT_RUN)]
    (other,) = trainer.train()
    same = len(run.calls) == len(other.calls) and all(
        np.array_equal(a, b)
        for one, two in zip(run.calls, other.calls, strict=True)
        for a, b in zip(one, two, strict=True)
    )
    text = "" if same else word("batches differ")
    return [*found, _finding("train, seed", PASS if same else FAIL, text, None if same else "train.seed.not-used")]


def _check_small_data(trainer):
    (run,) = trainer.train(batch_size=2 * N)
    if run.failure and not run.calls:
        without = "replace" in run.failure.text  # as NumPy words it
        cause = "train.batch.without-replacement" if without else None
        return _finding("train, small data", FAIL, failure_text(run.failure), cause)
    if not run.calls:
        return _finding("train, small data", FAIL, word("no batch", size=2 * N, available=N))
    text, cause = _batch_fault([call[1:] for call in run.calls], 2 * N)
    return _finding("train, small data", FAIL if text else PASS, text, cause)


def _batch_fault(batches, size):
    """Measurement and cause of what is wrong with the first bad batch; ("", None) where none is."""
    for X_batch, y_batch in batches:
        if np.shape(X_batch) != (size, D) or np.shape(y_batch) != (size,):
            shapes = word("batch shapes", X=np.shape(X_batch), y=np.shape(y_batch), size=size)
            return shapes, "train.batch.size"
        rows = np.asarray(X_batch)[:, 0].astype(int)
        if not np.array_equal(X_batch, _X[rows % N]):
            return word("strange rows"), None
        if not np.array_equal(y_batch, _Y[rows]):
            wrong = int(np.argmax(np.asarray(y_batch) != _Y[rows]))
            text = word("wrong label", row=rows[wrong], yours=y_batch[wrong], expected=_Y[rows[wrong]])
            return text, "train.batch.labels"
        if np.ptp(rows) == 0:
            return word("one sample", size=size), None
    if len(batches) > 1 and all(np.array_equal(X_batch, batches[0][0]) for X_batch, _ in batches):
        return word("same batches", count=len(batches)), "train.batch.always-the-same"
    return "", None


def _check_updates(trainer, run):
    """Findings on the steps, on the history, and on W from call to call."""
    (faster,) = trainer.train(learning_rate=0.5)
    text, cause = _step_fault([(0.25, run), (0.5, faster)], trainer.gradients)
    found = [_finding("train, update", FAIL if text else PASS, text, cause)]
    given = [float(i + 1) for i in range(len(run.calls))]
    history = _floats(run.history)
    if history == given and len(history) == STEPS:
        found.append(_finding("train, history", PASS))
    else:
        text = word("history", found=len(history) if history else run.history, expected=STEPS)
        cause = "train.history.twice" if history == [loss for loss in given for _ in range(2)] else None
        found.append(_finding("train, history", FAIL, text, cause))
    first, second = trainer.train(X=_X.astype(np.float32), times=2)
    if first.failure or second.failure or not second.calls:
        return [*found, _finding("train, weights", NOT_RUN)]
    goes_on = np.array_equal(second.calls[0][0], first.W)
    fits = goes_on and second.W.dtype == np.float32
    text = "" if fits else word("weights", dtype=second.W.dtype) if goes_on else word("W made anew")
    return [*found, _finding("train, weights", PASS if fits else FAIL, text)]


def _floats(values):
    """Values as a list of floats; an empty one where they are none."""
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        return []
    return array.tolist() if array.ndim == 1 else []


def _step_fault(runs, gradients):
    """Measurement and cause where the steps are not -learning_rate times the gradients; ("", None) where they are."""
    columns, steps = [], []
    for rate, run in runs:
        weights = [call[0] for call in run.calls] + [run.W]
        for W in weights:
            if W.shape != (D, C) or W.dtype.kind != "f":
                return word("strange W", found=f"{W.dtype} {W.shape}", expected=(D, C)), None
        for number, gradient in enumerate(gradients[: len(run.calls)]):
            with np.errstate(invalid="ignore"):  # infinite weights
                steps.append(np.ravel(weights[number + 1] - weights[number]))
            columns.append(np.stack([np.ravel(rate * gradient), np.ravel(gradient), np.ravel(weights[number])], axis=1))
    steps, columns = np.concatenate(steps), np.concatenate(columns)
    is_finite = np.all(np.isfinite(steps)) and np.all(np.isfinite(columns))
    found = np.linalg.lstsq(columns, steps, rcond=None)[0] if is_finite else np.zeros(3)
    exact = is_finite and np.max(np.abs(columns @ found - steps)) < 1e-6 * max(1, np.max(np.abs(steps)))
    scaled, plain, weight = (round(float(c), 6) + 0.0 for c in found)
    if exact and (scaled, plain, weight) == (-1, 0, 0):
        return "", None
    expected = -columns[:, 0]
    worst = int(np.argmax(np.abs(steps - expected)))
    text = word("compared", what="step", yours=f"{steps[worst]:.4f}", expected=f"{expected[worst]:.4f}")
    named = {
        (1, 0, 0): "sign",
        (0, -1, 0): "no-learning-rate",
        (0, 1, 0): "sign-no-learning-rate",
        (0, 0, 0): "missing",
        (-1, 0, 1): "replaces",
    }
    if not exact:
        return text, None
    if (scaled, plain, weight) not in named and not plain and not weight:
        return text, f"train.update.factor-{-scaled:g}"
    cause = named.get((scaled, plain, weight))
    return text, f"train.update.{cause}" if cause else None


def _check_predict(trainer, seed):
    """Finding on `predict`, for several numbers of samples whose classes are drawn first."""
    rng = np.random.default_rng(seed)
    for count in (7, 1, 3):
        labels = rng.permutation(np.arange(count) % C)
        W, X, scores = _samples_of(labels, rng)
        y_pred = trainer.predict(W.copy(), X)
        if isinstance(y_pred, Failure):
            return _finding("predict", FAIL, failure_text(y_pred))
        if y_pred is None:
            return _finding("predict", NOT_STARTED)
        fault = _prediction_fault(np.asarray(y_pred), labels, scores)
        if fault:
            return _finding("predict", FAIL, *fault)
    return _finding("predict", PASS)


def _samples_of(labels, rng):
    """W (D, C), X (N, D) and their scores (N, C), the label's the highest and the one after it the lowest of a row."""
    W = rng.integers(-8, 9, (D, C)) / 8 + 5 * np.eye(D, C, -2)  # well-conditioned; X alone does not show the label
    scores = [np.roll(np.cumsum(rng.integers(1, 9, C)) / 8 - 2, label + 1) for label in labels]
    return W, scores @ np.linalg.pinv(W), np.array(scores)


def _prediction_fault(y_pred, labels, scores):
    shape = word("prediction shape", found=y_pred.shape, expected=(len(scores),))
    if y_pred.shape == (scores.shape[1],) != (len(scores),):
        return shape, "predict.axis"
    if y_pred.shape == scores.shape or (y_pred.shape == (len(scores),) and np.allclose(y_pred, scores.max(axis=1))):
        return shape if y_pred.ndim > 1 else "", "predict.scores"
    if y_pred.shape != (len(scores),):
        return shape, None
    if not np.array_equal(y_pred, labels):
        wrong = int(np.argmax(y_pred != labels))
        text = word("compared", what=f"y_pred[{wrong}]", yours=y_pred[wrong], expected=labels[wrong])
        return text, "predict.smallest" if np.array_equal(y_pred, (labels + 1) % C) else None
    return None if np.issubdtype(y_pred.dtype, np.integer) else (str(y_pred.dtype), "predict.float")


def _rest(outcome, claims):
    return [_finding(claim, outcome) for claim in claims]


def _finding(claim, outcome, measured="", cause=None):
    region = "predict" if claim == "predict" else "train-sample" if claim in _SAMPLE else "train-update"
    return Finding("LinearClassifier", claim, region, outcome, measured, cause)
