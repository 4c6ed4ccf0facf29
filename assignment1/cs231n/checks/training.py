"""The checks of a classifier: training on losses whose gradients are known beforehand, and prediction."""

from typing import NamedTuple

import numpy as np

from .calls import Call, Run
from .contract import failure_fault, numbers
from .decomposition import is_simple
from .findings import NOT_RUN, NOT_STARTED, Findings, judged, note

__all__ = ["draw_training", "judge_classifier", "training_calls"]

N, D, C, BATCH, STEPS = 20, 6, 4, 5, 6
# Batches enough to see each row: less than one training in 10**15 misses one that draws with replacement, which are at
# most N * (1 - 1 / N)**(BATCH * MANY), and of those without, N * (1 - BATCH / N)**MANY, less than one in 10**17.
MANY = 150
# Each row of X is its own number in all columns, and each label follows from it; gradients are multiples of 1/8.
_ROWS = np.arange(N)
_X = np.repeat(_ROWS[:, np.newaxis], D, axis=1).astype(float)
_Y = (7 * _ROWS + _ROWS // 4) % C
_CLAIMS = {  # with the position of its region among the subject's
    "train, batch": 0,
    "train, small data": 0,
    "train, seed": 0,
    "train, update": 1,
    "train, history": 1,
    "train, weights": 1,
    "predict": 2,
}
# Steps by how often they have learning_rate * gradient, gradient and W in them.
_STEPS = {
    (1, 0, 0): "sign",
    (0, -1, 0): "no-learning-rate",
    (0, 1, 0): "sign-no-learning-rate",
    (0, 0, 0): "missing",
    (-1, 0, 1): "replaces",
}


class _Training(NamedTuple):
    """What a classifier is asked."""

    gradients: np.ndarray  # (M, D, C), of the losses that it trains with
    predictions: list  # (W, X, labels, scores) of shapes (D, C), (N, D), (N,) and (N, C)


def draw_training(seed):
    """What a classifier is asked, drawn from a seed."""
    rng = np.random.default_rng(seed)
    gradients = rng.integers(-8, 9, (4 * STEPS, D, C)) / 8
    labels = [rng.permutation(np.arange(count) % C) for count in (7, 1, 3)]
    return _Training(gradients, [_samples_of(some, rng) for some in labels])


def _samples_of(labels, rng):
    """W, X and their scores, the label's the highest and the one after it the lowest of a row."""
    W = rng.integers(-8, 9, (D, C)) / 8 + 5 * np.eye(D, C, -2)  # well-conditioned; X alone does not show the label
    scores = [np.roll(np.cumsum(rng.integers(1, 9, C)) / 8 - 2, label + 1) for label in labels]
    return W, scores @ np.linalg.pinv(W), labels, np.array(scores)


def training_calls(questions):
    """All calls of a classifier, lists by name; ``float32`` trains twice on one instance."""

    def train(X=_X, **changed):
        options = {"times": 1, "learning_rate": 0.25, "reg": 0.5, "num_iters": STEPS, "batch_size": BATCH} | changed
        return [Call("train", (X, _Y, questions.gradients), options)]

    return {
        "first": train(),
        "again": train(),
        "other seed": train(seed=2),
        "many batches": train(num_iters=MANY),
        "small data": train(batch_size=2 * N),
        "faster": train(learning_rate=0.5),
        "float32": train(_X.astype(np.float32), times=2),
        "predict": [Call("predict", (W, X)) for W, X, _, _ in questions.predictions],
    }


def judge_classifier(subject, questions, answers):
    """Findings on the three regions of a classifier; `answers` to `training_calls`."""
    found = _judge_training(questions.gradients, answers)
    found["predict"] = _judge_prediction(questions.predictions, answers["predict"])
    return Findings(judged(subject.name, claim, subject.regions[at], found[claim]) for claim, at in _CLAIMS.items())


# Below, what is found is as `judged` takes it: None where all is well, an outcome, or a fault.


def _judge_training(gradients, answers):
    """What is found, by claim."""
    first, found = _runs(answers, "first")[0], {}
    if first.calls:
        fault = _batch_fault(first, BATCH)
        if not fault and (not first.failure or _draws_outside(first)):
            fault = _rows_fault(_runs(answers, "many batches")[0])
        found["train, batch"] = fault
        found["train, small data"] = NOT_RUN if fault else _judge_small_data(_runs(answers, "small data")[0])
        others = (_runs(answers, what)[0] for what in ("again", "other seed"))
        found["train, seed"] = NOT_RUN if fault else _judge_seed(first, *others)
    if first.failure:
        found["train, update" if first.calls and not _draws_outside(first) else "train, batch"] = _raised(first)
    elif first.calls and first.history is not None:
        found["train, update"] = _judge_steps(first, _runs(answers, "faster")[0], gradients)
        found["train, history"] = _history_fault(first)
        found["train, weights"] = _judge_weights(*_runs(answers, "float32"))
    return dict.fromkeys(_CLAIMS, NOT_RUN if first.failure else NOT_STARTED) | found


def _runs(answers, what):
    """What `train` did in a call; a failure of all of it is one before the first step."""
    (answer,) = answers[what]
    return answer.values or (Run(None, [], None, answer.failure, True),) * 2


def _judge_small_data(run):
    if run.calls:
        return _batch_fault(run, 2 * N)
    if run.failure:
        without = "replace" in str(run.failure.text)  # as NumPy words it
        return failure_fault(run.failure, cause="train.batch.without-replacement" if without else None)
    return (note("no batch", size=2 * N, available=N),)


def _judge_seed(run, again, other):
    if not run.seeded:
        return NOT_RUN
    if not _agree(run, again):
        return note("batches differ"), "train.seed.not-used"
    return (note("same for each seed"), "train.seed.any") if _agree(run, other) else None


def _agree(run, other):
    """Whether two trainings drew the same batches; W may hold NaN, which is no number's equal."""
    pairs = zip(run.calls, other.calls, strict=False)
    return len(run.calls) == len(other.calls) and all(all(map(np.array_equal, a[1:], b[1:])) for a, b in pairs)


def _draws_outside(run):
    """Whether a training ended with a row number that is none, as NumPy says it; nothing but X and y has N rows."""
    return run.failure and run.failure.kind == "IndexError" and f"with size {N}" in run.failure.text


def _raised(run):
    return failure_fault(run.failure, cause="train.batch.outside" if _draws_outside(run) else None)


def _rows_fault(run):
    """What is wrong with the batches of a long training: each row of X is to be in one."""
    if run.failure:
        return _raised(run)
    if len(run.calls) < MANY:
        return None
    if fault := _batch_fault(run, BATCH):
        return fault
    missing = sorted({*range(N)} - {int(row) for _, X_batch, _ in run.calls for row in X_batch[:, 0]})
    if not missing:
        return None
    kinds = {(*range(missing[0], N),): "first-rows", (0,): "without-first", (N - 1,): "without-last"}
    text = note("rows missing", rows=", ".join(map(str, missing)), available=N, count=MANY)
    return text, f"train.batch.{kinds.get(tuple(missing), 'rows-missing')}", text


def _history_fault(run):
    given = [float(i + 1) for i in range(len(run.calls))]
    history = _floats(run.history)
    if history == given and len(history) == STEPS:
        return None
    text = note("history", found=len(history) if history else repr(run.history)[:80], expected=STEPS)
    is_twice = history == [loss for loss in given for _ in range(2)]
    return text, "train.history.twice" if is_twice else None


def _floats(values):
    """Values as a list of floats; an empty one where they are none."""
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        return []
    return array.tolist() if array.ndim == 1 else []


def _judge_weights(first, second):
    """W from one call of `train` to the next, in float32."""
    if first.failure or second.failure or not second.calls:
        return NOT_RUN
    if not np.array_equal(second.calls[0][0], first.W):
        return (note("W made anew"),)
    return None if second.W.dtype == np.float32 else (note("weights", dtype=str(second.W.dtype)),)


def _batch_fault(run, size):
    """The fault of the first bad batch."""
    batches = [(X_batch, y_batch) for _, X_batch, y_batch in run.calls]
    for X_batch, y_batch in batches:
        if np.shape(X_batch) != (size, D) or np.shape(y_batch) != (size,):
            shapes = note("batch shapes", X=str(np.shape(X_batch)), y=str(np.shape(y_batch)), size=size)
            return shapes, "train.batch.size"
        rows = np.asarray(X_batch)[:, 0].astype(int)
        if not np.array_equal(X_batch, _X[rows % N]):
            return (note("strange rows"),)
        if not np.array_equal(y_batch, _Y[rows]):
            wrong = int(np.argmax(np.asarray(y_batch) != _Y[rows]))
            text = note("wrong label", row=int(rows[wrong]), yours=str(y_batch[wrong]), expected=int(_Y[rows[wrong]]))
            return text, "train.batch.labels"
    if all(np.ptp(X_batch[:, 0]) == 0 for X_batch, _ in batches):  # in one of them alone it may be chance
        return (note("one sample", size=size),)
    if len(batches) > 1 and all(np.array_equal(X_batch, batches[0][0]) for X_batch, _ in batches):
        return note("same batches", count=len(batches)), "train.batch.always-the-same"
    return None


def _judge_steps(first, faster, gradients):
    """Steps are to be -learning_rate times the gradients."""
    if faster.failure:
        return NOT_RUN if _draws_outside(faster) else failure_fault(faster.failure)
    columns, steps = [], []
    for rate, run in ((0.25, first), (0.5, faster)):
        weights = [call[0] for call in run.calls] + [run.W]
        for W in weights:
            if W.shape != (D, C) or W.dtype.kind != "f":
                return (note("strange W", found=f"{W.dtype} {W.shape}", expected=str((D, C))),)
        for number, gradient in enumerate(gradients[: len(run.calls)]):
            with np.errstate(invalid="ignore"):  # infinite weights
                steps.append(np.ravel(weights[number + 1] - weights[number]))
            columns.append(np.stack([np.ravel(rate * gradient), np.ravel(gradient), np.ravel(weights[number])], axis=1))
    steps, columns = np.concatenate(steps), np.concatenate(columns)
    cause = None
    if np.all(np.isfinite(steps)) and np.all(np.isfinite(columns)):
        found = np.linalg.lstsq(columns, steps, rcond=None)[0]
        if np.max(np.abs(columns @ found - steps)) < 1e-6 * max(1, np.max(np.abs(steps))):
            scaled, plain, weight = (round(float(c), 6) + 0.0 for c in found)
            if (scaled, plain, weight) == (-1, 0, 0):
                return None
            cause = _STEPS.get((scaled, plain, weight))
            if cause == "missing" and np.any(steps):  # too small to be seen, and there
                cause = None
            elif cause is None and not (plain or weight) and is_simple(scaled):
                cause = f"factor-{-scaled:g}"
    expected = -columns[:, 0]
    worst = int(np.argmax(np.abs(steps - expected)))
    text = note("compared", what="step", yours=f"{steps[worst]:.4f}", expected=f"{expected[worst]:.4f}")
    return text, cause and f"train.update.{cause}"


def _judge_prediction(questions, answers):
    """What is found of `predict`, for several numbers of samples."""
    for (_, _, labels, scores), answer in zip(questions, answers, strict=True):
        if answer.failure:
            return failure_fault(answer.failure)
        (y_pred,) = answer.values
        found = NOT_STARTED if y_pred is None else _prediction_fault(y_pred, labels, scores)
        if found:
            return found
    return None


def _prediction_fault(returned, labels, scores):
    y_pred = numbers(returned)
    if y_pred is None:
        return note("compared", what="y_pred", yours=type(returned).__name__, expected="ndarray"), None
    shape = note("prediction shape", found=str(y_pred.shape), expected=str((len(scores),)))
    if y_pred.shape == (scores.shape[1],) != (len(scores),):
        return shape, "predict.axis"
    if y_pred.shape != (len(scores),):
        return shape, "predict.scores" if y_pred.shape == scores.shape else None
    if not np.array_equal(y_pred, labels):  # first, as a label may be a score by chance
        if y_pred.dtype.kind == "f" and np.allclose(y_pred, scores.max(axis=1)):
            return None, "predict.scores"
        wrong = int(np.argmax(y_pred != labels))
        text = note("compared", what=f"y_pred[{wrong}]", yours=str(y_pred[wrong]), expected=str(labels[wrong]))
        return text, "predict.smallest" if np.array_equal(y_pred, (labels + 1) % C) else None
    is_integer = np.issubdtype(y_pred.dtype, np.integer)
    return None if is_integer else (note("text", text=str(y_pred.dtype)), "predict.float")
