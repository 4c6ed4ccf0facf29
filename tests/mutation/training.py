"""What is true of a classifier, worked out from training and predictions that no check asks for, without the checks."""

from itertools import pairwise

import numpy as np

from cs231n.checks.calls import Call, Run
from cs231n.checks.findings import FAIL, PASS

from .losses import array_of

_N, _D, _C, _RATE, _BATCH, _COUNT, _MANY = 9, 5, 3, 0.3, 4, 7, 150
_CLAIMS = (
    "train, batch",
    "train, small data",
    "train, seed",
    "train, update",
    "train, history",
    "train, weights",
    "predict",
)
_STEPS = {  # by the cause that says so; of learning rate, gradient and W
    "right": lambda rate, gradient, W: -rate * gradient,
    "missing": lambda rate, gradient, W: 0 * W,
    "sign": lambda rate, gradient, W: rate * gradient,
    "no-learning-rate": lambda rate, gradient, W: -gradient,
    "sign-no-learning-rate": lambda rate, gradient, W: gradient,
    "replaces": lambda rate, gradient, W: W - rate * gradient,
}


class TrainingTruth:
    """What is true of classifiers, for inputs drawn from a seed."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.X, self.y = rng.standard_normal((_N, _D)), rng.permutation(np.arange(_N) % _C)
        self.losses, self.gradients = rng.standard_normal(16), rng.standard_normal((16, _D, _C))
        self.asked = [(rng.standard_normal((_D, _C)), rng.standard_normal((count, _D))) for count in (1, 2, 8, 5)]

    def calls(self):
        """What a classifier is asked, lists by name."""
        options = {"times": 2, "learning_rate": _RATE, "reg": 0.7, "num_iters": _COUNT, "batch_size": _BATCH}
        train = Call("train", (self.X, self.y, self.losses, self.gradients), options)
        return {
            "train": [train, train, train._replace(options=options | {"learning_rate": _RATE / 8, "seed": 2})],
            "small": [train._replace(options=options | {"batch_size": 2 * _N})],
            "many": [train._replace(options=options | {"num_iters": _MANY})],
            "low": [train._replace(arrays=(self.X.astype(np.float32), self.y, self.losses, self.gradients))],
            "predict": [Call("predict", given) for given in self.asked],
        }

    def is_right(self, answers):
        """Whether it is the classifier that is asked for."""
        facts = self._facts(answers)
        return all(facts[claim] for claim in _CLAIMS)

    def untrue(self, findings, answers, _):
        """What some findings say that is not so."""
        facts = self._facts(answers)
        for finding in findings:
            if finding.outcome in (PASS, FAIL) and facts[finding.claim] != (finding.outcome == PASS):
                yield f"{finding.claim}: {finding.outcome}: not so"
            if not finding.cause:
                continue
            _, _, factor = finding.cause.partition(".factor-")
            if factor:
                facts[finding.cause] = self._steps_are(answers, lambda rate, g, W, f=float(factor): -f * rate * g)
            if finding.cause not in facts:
                yield f"{finding.cause}: it is not written what it implies"
            elif not facts[finding.cause]:
                yield f"{finding.cause}: not so"

    def _facts(self, answers):
        """Whether claims and causes are so, by name."""
        runs = (list(map(_first, answers[name])) for name in ("train", "small", "many"))
        (first, again, other), (small,), (many,) = runs
        batches, more, drawn = ([self._rows(*call[1:]) for call in run.calls] for run in (first, small, many))
        given, history = self.losses[:_COUNT].tolist(), array_of(first.history).ravel().tolist()
        sizes = {np.shape(part)[:1] for _, *batch in first.calls for part in batch}
        missing = {*range(_N)} - {row for rows, _ in drawn for row in rows}
        is_constant = len(batches) > 1 and _are_equal([first.calls[0]] * len(batches), first.calls)
        is_drawn = sizes == {(_BATCH,)} and all(fits for _, fits in batches) and not is_constant
        missing = missing if len(drawn) == _MANY else set()  # too few to tell
        is_outside = many.failure is not None and many.failure.kind == "IndexError"
        fits_small = bool(more) and all(fits and len(rows) == 2 * _N for rows, fits in more)
        steps = {name: bool(first.calls) and self._steps_are(answers, step) for name, step in _STEPS.items()}
        return {
            "train, batch": is_drawn and not missing and not is_outside,
            "train, small data": fits_small,
            "train, seed": _are_equal(first.calls, again.calls),
            "train, update": steps["right"] and len(batches) == _COUNT,
            "train, history": history == given,
            "train, weights": self._weights_stay(answers["low"][0]),
            "train.batch.size": sizes != {(_BATCH,)},
            "train.batch.labels": any(rows and not fits for rows, fits in batches),
            "train.batch.always-the-same": is_constant,
            "train.batch.without-replacement": len(batches) == _COUNT and not small.calls,
            "train.batch.outside": is_outside,
            "train.batch.without-first": missing == {0},
            "train.batch.without-last": missing == {_N - 1},
            "train.batch.first-rows": bool(missing) and missing == {*range(min(missing), _N)},
            "train.batch.rows-missing": bool(missing),
            "train.seed.not-used": not _are_equal(first.calls, again.calls),
            "train.seed.any": _are_equal(first.calls, other.calls),
            "train.history.twice": history == [loss for loss in given for _ in range(2)],
            **{f"train.update.{name}": is_so for name, is_so in steps.items()},
            **self._facts_of_predictions(answers["predict"]),
        }

    def _rows(self, X, y):
        """The rows of the data in a batch, none where it has others, and whether their labels belong to them."""
        if np.ndim(X) != 2 or X.shape[1:] != (_D,):
            return [], False
        found = [np.flatnonzero((row == self.X).all(axis=1)).tolist() for row in X]
        rows = [row for rows in found for row in rows]
        return (rows, np.array_equal(y, self.y[rows])) if len(rows) == len(X) else ([], False)

    def _weights_stay(self, answer):
        """Whether W is that of the last call of `train`, in single precision."""
        if answer.failure or any(run.failure or not run.calls for run in answer.values):
            return False
        first, second = answer.values
        return np.array_equal(second.calls[0][0], first.W, equal_nan=True) and second.W.dtype == np.float32

    def _steps_are(self, answers, step):
        for answer, rate in zip(answers["train"], (_RATE, _RATE, _RATE / 8), strict=True):
            for run in answer.values:
                weights = [call[0] for call in run.calls] + ([] if run.failure else [run.W])
                for (W, after), gradient in zip(pairwise(weights), self.gradients, strict=False):
                    if not _is_close(after, W + step(rate, gradient, W)):
                        return False
        return True

    def _facts_of_predictions(self, answers):
        if any(answer.failure or answer.values[0] is None for answer in answers):
            return {"predict": False}
        scores, found = [X @ W for W, X in self.asked], [np.asarray(answer.values[0]) for answer in answers]

        def are(values, kinds="iuf"):
            """Up to rounding: the sandbox's kernel of BLAS may be another."""
            pairs = zip(found, values, strict=True)
            return all(f.dtype.kind in kinds and f.shape == v.shape and np.allclose(f, v, rtol=1e-9) for f, v in pairs)

        classes = [np.argmax(some, axis=1) for some in scores]
        return {
            "predict": are(classes, "iu"),
            "predict.float": are(classes, "f"),
            "predict.axis": are([np.argmax(some, axis=0) for some in scores]),
            "predict.smallest": are([np.argmin(some, axis=1) for some in scores]),
            "predict.scores": are(scores) or are([np.max(some, axis=1) for some in scores]),
        }


def _first(answer):
    """The first training of an answer."""
    return answer.values[0] if answer.values else Run(None, [], None, answer.failure, True)


def _are_equal(calls, others):
    """Whether the same batches were drawn in two trainings."""
    pairs = zip(calls, others, strict=False)
    return len(calls) == len(others) and all(all(map(np.array_equal, a[1:], b[1:])) for a, b in pairs)


def _is_close(value, expected):
    return value.shape == expected.shape and np.allclose(value, expected, rtol=1e-9, atol=1e-9)
