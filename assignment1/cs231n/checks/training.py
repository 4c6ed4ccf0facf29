"""The checks of a classifier: training on losses whose gradients are known beforehand, and prediction."""

from typing import NamedTuple

import numpy as np

from . import batches
from .batches import BATCH, LARGE, MANY, STEPS, C, D, N
from .calls import Call, Run
from .contract import failure_fault, numbers
from .decomposition import is_simple
from .findings import NOT_RUN, NOT_STARTED, Findings, judged, note

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

    losses: np.ndarray  # (M,), that it trains with
    gradients: np.ndarray  # (M, D, C), of these
    predictions: list  # (W, X, labels, scores) of shapes (D, C), (N, D), (N,) and (N, C)


def draw_training(seed):
    """What a classifier is asked, drawn from a seed."""
    rng = np.random.default_rng(seed)
    losses, gradients = rng.integers(8, 99, 4 * STEPS) / 8, rng.integers(-8, 9, (4 * STEPS, D, C)) / 8
    labels = [rng.permutation(np.arange(count) % C) for count in (7, 1, 3)]
    return _Training(losses, gradients, [_samples_of(some, rng) for some in labels])


def _samples_of(labels, rng):
    """W, X and their scores, the label's the highest and the one after it the lowest of a row."""
    W = rng.integers(-8, 9, (D, C)) / 8 + 5 * np.eye(D, C, -2)  # well-conditioned; X alone does not show the label
    scores = [np.roll(np.cumsum(rng.integers(1, 9, C)) / 8 - 2, label + 1) for label in labels]
    return W, scores @ np.linalg.pinv(W), labels, np.array(scores)


def training_calls(questions):
    """All calls of a classifier, lists by name; ``float32`` trains twice on one instance."""

    def train(X=batches.X, **changed):
        options = {"times": 1, "learning_rate": 0.25, "reg": 0.5, "num_iters": STEPS, "batch_size": BATCH} | changed
        return [Call("train", (X, batches.Y, questions.losses, questions.gradients), options)]

    return {
        "first": train(),
        "again": train(),
        "other seed": train(seed=2),
        "many batches": train(num_iters=MANY, batch_size=LARGE),
        "small data": train(batch_size=2 * N),
        "faster": train(learning_rate=0.5),
        "float32": train(batches.X.astype(np.float32), times=2),
        "predict": [Call("predict", (W, X)) for W, X, _, _ in questions.predictions],
    }


def judge_classifier(subject, questions, answers):
    """Findings on the three regions of a classifier; `answers` to `training_calls`."""
    found = _judge_training(questions.losses, questions.gradients, answers)
    found["predict"] = _judge_prediction(questions.predictions, answers["predict"])
    return Findings(judged(subject.name, claim, subject.regions[at], found[claim]) for claim, at in _CLAIMS.items())


# Below, what is found is as `judged` takes it: None where all is well, an outcome, or a fault.


def _judge_training(losses, gradients, answers):
    """What is found, by claim."""
    first, found = _runs(answers, "first")[0], {}
    if first.calls:
        fault = batches.batch_fault(first, BATCH)
        if not fault and (not first.failure or batches.draws_outside(first)):
            fault = batches.rows_fault(_runs(answers, "many batches")[0])
        found["train, batch"] = fault
        found["train, small data"] = NOT_RUN if fault else _judge_small_data(_runs(answers, "small data")[0])
        others = (_runs(answers, what)[0] for what in ("again", "other seed"))
        found["train, seed"] = NOT_RUN if fault else batches.judge_seed(first, *others)
    if first.failure:
        to_blame = "train, update" if first.calls and not batches.draws_outside(first) else "train, batch"
        found[to_blame] = batches.raised(first)
    elif first.calls and first.history is not None:
        found["train, update"] = _judge_steps(first, _runs(answers, "faster")[0], gradients)
        found["train, history"] = _history_fault(first, losses.tolist())
        found["train, weights"] = _judge_weights(*_runs(answers, "float32"))
    return dict.fromkeys(_CLAIMS, NOT_RUN if first.failure else NOT_STARTED) | found


def _runs(answers, what):
    """What `train` did in a call; a failure of all of it is one before the first step."""
    (answer,) = answers[what]
    return answer.values or (Run(None, [], None, answer.failure, True),) * 2


def _judge_small_data(run):
    if run.calls:
        return batches.batch_fault(run, 2 * N)
    if run.failure:
        without = "replace" in str(run.failure.text)  # as NumPy words it
        return failure_fault(run.failure, cause="train.batch.without-replacement" if without else None)
    return (note("no batch", size=2 * N, available=N),)


def _history_fault(run, losses):
    given, history = losses[: len(run.calls)], _floats(run.history)
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
    W, kept = second.calls[0][0], first.W
    if not np.array_equal(W, kept, equal_nan=W.dtype.kind == kept.dtype.kind == "f"):
        return (note("W made anew"),)
    return None if second.W.dtype == np.float32 else (note("weights", dtype=str(second.W.dtype)),)


def _judge_steps(first, faster, gradients):
    """Steps are to be -learning_rate times the gradients."""
    if faster.failure:
        return NOT_RUN if batches.draws_outside(faster) else failure_fault(faster.failure)
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


def _are_largest(rows, scores):
    """Whether these rows hold the largest score of each column; several may, up to rounding."""
    if not np.isin(rows, np.arange(len(scores))).all():
        return False
    return np.allclose(np.take_along_axis(scores, rows.astype(int)[np.newaxis], 0), scores.max(axis=0))


def _prediction_fault(returned, labels, scores):
    y_pred = numbers(returned)
    if y_pred is None:
        return note("compared", what="y_pred", yours=type(returned).__name__, expected="ndarray"), None
    shape = note("prediction shape", found=str(y_pred.shape), expected=str((len(scores),)))
    if y_pred.shape == (scores.shape[1],) != (len(scores),):
        return shape, "predict.axis" if _are_largest(y_pred, scores) else None
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
