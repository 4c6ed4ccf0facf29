"""The checks of training, prediction and tuning. `staff verify` has the table of mistakes."""

import numpy as np
import pytest

from cs231n import checks
from cs231n.assignments import ASSIGNMENTS, REGIONS, SUBJECTS
from cs231n.checks.calls import Answer, Failure
from cs231n.checks.training import draw_training, judge_classifier, training_calls
from cs231n.classifiers import LinearClassifier, LinearSVM

TARGETS = next(assignment.targets for assignment in ASSIGNMENTS if "tune" in assignment.regions)


def failed(findings):
    return {finding.claim: finding for finding in findings if finding.outcome == "fail"}


def outcomes(findings):
    return {finding.claim: finding.outcome for finding in findings}


def test_the_reference_passes():
    findings = checks.linear_classifier(LinearClassifier)
    places = {(claim, name) for name in SUBJECTS["LinearClassifier"].regions for claim in REGIONS[name].weights}
    assert {(finding.claim, finding.region) for finding in findings} == places
    assert set(outcomes(findings).values()) == {"pass"}


class ClassicClassifier:
    """The flow of the classic kit: no seed, the global random state, W made from it."""

    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        if self.W is None:
            self.W = 0.001 * np.random.randn(X.shape[1], np.max(y) + 1).astype(X.dtype)
        history = []
        for _ in range(num_iters):
            rows = np.random.choice(len(X), batch_size)
            loss, grad = self.loss(X[rows], y[rows], reg)
            history.append(loss)
            self.W -= learning_rate * grad
        return history

    def predict(self, X):
        return X.dot(self.W).argmax(axis=1)


def test_a_classic_classifier_passes_but_for_the_seed_that_it_cannot_have():
    findings = outcomes(checks.linear_classifier(ClassicClassifier))
    assert findings.pop("train, seed") == "not run"
    assert set(findings.values()) == {"pass"}


def test_labels_in_place_of_samples_are_no_batch_of_another_size():
    class Labels(ClassicClassifier):
        def train(self, X, y, **options):
            self.W = np.zeros((X.shape[1], np.max(y) + 1))
            rows = np.arange(options["batch_size"]) % len(X)
            return [self.loss(y[rows], y[rows], 0.5)[0] for _ in range(options["num_iters"])]

    found = failed(checks.linear_classifier(Labels))["train, batch"]
    assert (found.cause, "X_batch (5,)" in found.measured) == (None, True)


def shuffled(draw):
    """Batches that are slices of one order after another."""
    order = []

    def rows(count, size):
        while len(order) < size:
            order.extend(draw(count))
        taken, order[:] = order[:size], order[size:]
        return np.array(taken)

    return rows


def drawing(rows_of):
    """A classifier that draws its rows by a function of a generator, which gives one of N and batch_size."""

    class Drawing(ClassicClassifier):
        def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, *, seed=None):
            rng = np.random.default_rng(seed)
            self.W = np.zeros((X.shape[1], np.max(y) + 1), X.dtype) if self.W is None else self.W
            history, rows = [], rows_of(rng)
            for _ in range(num_iters):
                chosen = rows(len(X), batch_size)
                loss, grad = self.loss(X[chosen], y[chosen], reg)
                history.append(loss)
                self.W -= learning_rate * grad
            return history

    return Drawing


RIGHT = {
    "choice": lambda rng: rng.choice,
    "integers": lambda rng: lambda count, size: rng.integers(count, size=size),
    "uniform": lambda rng: lambda count, size: (rng.random(size) * count).astype(int),
    "negative": lambda rng: lambda count, size: rng.integers(-count, 0, size),
    "list": lambda rng: lambda count, size: [int(rng.integers(count)) for _ in range(size)],
    "without where it can be": lambda rng: lambda count, size: rng.choice(count, size, replace=size > count),
    "epochs": lambda rng: shuffled(rng.permutation),
    "legacy": lambda rng: np.random.RandomState(rng.integers(1 << 30)).choice,
}
WRONG = {  # with the cause, and what is measured
    "from 1": (lambda rng: lambda n, size: rng.integers(1, n, size), "train.batch.without-first", "rows 0 of 20"),
    "to N - 1": (lambda rng: lambda n, size: rng.integers(0, n - 1, size), "train.batch.without-last", "rows 19 of 20"),
    "odd": (lambda rng: lambda n, size: 1 + 2 * rng.integers(n // 2, size=size), "train.batch.rows-missing", "0, 2"),
    "half": (lambda rng: lambda n, size: rng.integers(n // 2, size=size), "train.batch.first-rows", "10, 11, 12"),
    "shuffled": (lambda rng: lambda n, size: rng.permutation(size) % n, "train.batch.first-rows", "16, 17"),
    "to N + 1": (lambda rng: lambda n, size: rng.integers(n + 1, size=size), "train.batch.outside", "IndexError"),
    "1 to N": (lambda rng: lambda n, size: 1 + rng.integers(n, size=size), "train.batch.outside", "size 20"),
}
SEEDLESS = {
    "a seed of its own": lambda rng: np.random.default_rng(0).choice,
    "legacy": lambda rng: np.random.RandomState(0).choice,
    "in order": lambda rng: shuffled(range),
}


@pytest.mark.parametrize("rows_of", RIGHT.values(), ids=RIGHT)
def test_right_ways_to_draw_pass(rows_of):
    assert failed(checks.linear_classifier(drawing(rows_of))) == {}


@pytest.mark.parametrize(
    "draw",
    [
        np.random.choice,
        pytest.param(lambda n, size: np.random.choice(n, size, replace=size > n), marks=pytest.mark.long),
    ],
)
def test_random_batches_pass_each_time(draw):
    """Nothing hangs on chance: the global state is another one in each round."""
    for seed in range(30):
        np.random.seed(seed)
        found = checks.linear_classifier(drawing(lambda rng: draw))
        assert {finding.cause for finding in found if finding.outcome == "fail"} == {"train.seed.not-used"}


@pytest.mark.parametrize(("rows_of", "cause", "measured"), WRONG.values(), ids=WRONG)
def test_rows_that_are_never_drawn_or_are_none(rows_of, cause, measured):
    found = failed(checks.linear_classifier(drawing(rows_of)))
    assert list(found) == ["train, batch"]
    assert found["train, batch"].cause == cause
    assert measured in found["train, batch"].measured


@pytest.mark.parametrize("rows_of", SEEDLESS.values(), ids=SEEDLESS)
def test_batches_that_are_the_same_for_every_seed(rows_of):
    found = failed(checks.linear_classifier(drawing(rows_of)))
    assert found["train, seed"].cause == "train.seed.any"
    assert "train, batch" not in found


class NewWeightsAtEachCall(ClassicClassifier):
    def train(self, X, y, **options):
        self.W = None
        return super().train(X, y, **options)


class DoubleWeights(ClassicClassifier):
    def train(self, X, y, **options):
        if self.W is None:
            self.W = np.zeros((X.shape[1], np.max(y) + 1))
        return super().train(X, y, **options)


class RaisesBeforeTheLoss(ClassicClassifier):
    def train(self, X, y, **options):
        raise KeyError("rows")


class RaisesAfterTheLoss(ClassicClassifier):
    def train(self, X, y, batch_size, **options):
        self.W = np.zeros((X.shape[1], np.max(y) + 1))
        rows = np.arange(batch_size) % len(X)
        self.loss(X[rows], y[rows], 0.5)
        return [1.0, undefined_name]  # noqa: F821


class RaisesInPredict(ClassicClassifier):
    def predict(self, X):
        return X @ self.W.T


class PredictsNoArray(ClassicClassifier):
    def predict(self, X):
        return [[1], [1, 2]]


class NoHistory(ClassicClassifier):
    def train(self, X, y, **options):
        super().train(X, y, **options)
        return "done"


class FlattensW(ClassicClassifier):
    def train(self, X, y, **options):
        history = super().train(X, y, **options)
        self.W = self.W.ravel()
        return history


class OneStepTooMany(ClassicClassifier):
    def train(self, X, y, num_iters=100, **options):
        return super().train(X, y, num_iters=num_iters + 1, **options)


@pytest.mark.parametrize(
    ("cls", "claim", "measured"),
    [
        (NewWeightsAtEachCall, "train, weights", "began with a new W"),
        (DoubleWeights, "train, weights", "W is float64 for float32 X"),
        (RaisesBeforeTheLoss, "train, batch", "KeyError: 'rows'"),
        (RaisesAfterTheLoss, "train, update", "NameError"),
        (RaisesInPredict, "predict", "ValueError"),
        (PredictsNoArray, "predict", "y_pred: yours list, expected ndarray"),
        (NoHistory, "train, history", "'done' losses returned"),
        (FlattensW, "train, update", "W is float64 (24,), expected floats of shape (6, 4)"),
        (OneStepTooMany, "train, history", "7 losses returned for 6 iterations"),
    ],
)
def test_what_fails_and_what_is_measured(cls, claim, measured):
    found = failed(checks.linear_classifier(cls))
    assert list(found) == [claim]
    assert measured in found[claim].measured


@pytest.fixture
def tuned(rng):
    """Arguments of `checks.tuning` as a right search leaves them, on data that can be told apart."""
    X = rng.standard_normal((100, 5))
    svm = LinearSVM()
    svm.W = rng.standard_normal((5, 4))
    y = svm.predict(X)
    y[:60] = (y[:60] + 1) % 4
    results = {(1e-7, 1e4): (0.5, 0.3), (1e-7, 2e4): (0.5, 0.4), (2e-7, 1e4): (0.5, 0.35), (2e-7, 2e4): (0.4, 0.2)}
    return {"results": results, "best_val": 0.4, "classifier": svm, "X_val": X, "y_val": y, "num_train": 3500}


def test_a_right_search_passes(tuned):
    assert set(outcomes(checks.tuning(**tuned)).values()) == {"pass"}


def other(svm):
    copy = LinearSVM()
    copy.W = -svm.W
    return copy


@pytest.mark.parametrize(
    ("change", "claim", "cause"),
    [
        (lambda t: {"best_val": 0.39}, "best_val", "tune.not-the-maximum"),
        (lambda t: {"best_val": 40.0}, "best_val", "tune.percent"),
        (lambda t: {"best_val": 0.401}, "best_val", "tune.rounded"),
        (lambda t: {"results": {**t["results"], (1e-7, 3e4): (0.96, 0.96)}}, "target", "tune.above-ceiling"),
        (lambda t: {"classifier": other(t["classifier"])}, "best classifier", "tune.other-classifier"),
        (lambda t: {"classifier": LinearSVM()}, "best classifier", None),
        (lambda t: {"classifier": None}, "best classifier", None),
        (lambda t: {"classifier": "svm"}, "best classifier", None),
        (lambda t: {"best_val": None}, "best_val", None),
        (lambda t: {"results": dict(list(t["results"].items())[:3])}, "enough pairs", "tune.too-few"),
        (
            lambda t: {"results": {(1e-4, reg): (0.3, 0.4) for reg in (3e4, 4e4, 5e4, 6e4)}},
            "enough pairs",
            "tune.too-few",
        ),
        (lambda t: {"results": {**t["results"], (1e-7, 3e4): 0.4}}, "results", None),
        (lambda t: {"results": {**t["results"], (1e-7, 3e4): (180, 60)}}, "results", None),
        (lambda t: {"results": {**t["results"], (1e-7, 3e4): (60, 40)}}, "results", "tune.results-percent"),
        (
            lambda t: {"results": {pair[::-1]: both for pair, both in t["results"].items()}},
            "results",
            "tune.keys-swapped",
        ),
        (
            lambda t: {
                "results": {pair: both[::-1] for pair, both in t["results"].items()} | {(1e-7, 2e4): (0.4, 0.45)}
            },
            "results",
            "tune.accuracies-swapped",
        ),
        (lambda t: {"results": {**t["results"], (1e-7, 3e4): (0.2, 0.45)}}, "target", "tune.trained-on-validation"),
        (lambda t: {"classifier": type(t["classifier"])}, "best classifier", None),
        (lambda t: {"results": [0.4]}, "results", None),
    ],
)
def test_a_wrong_search_fails(tuned, change, claim, cause):
    found = failed(checks.tuning(**{**tuned, **change(tuned)}))
    assert found[claim].cause == cause


@pytest.mark.parametrize("last", [(0.3, 0.25), (0.1, 0.1)], ids=["worse", "diverged"])
def test_one_classifier_for_all_pairs_is_that_of_the_last(tuned, last):
    """It is kept by reference, and trained on: what was best is gone."""
    svm, y = tuned["classifier"], tuned["y_val"]
    y[:] = (svm.predict(tuned["X_val"]) + 1) % 4
    y[: round(100 * last[1])] = svm.predict(tuned["X_val"])[: round(100 * last[1])]
    tuned["results"] |= {(1e-4, 2.5e4): last}
    found = failed(checks.tuning(**tuned))
    assert {claim: finding.cause for claim, finding in found.items()} == {"best classifier": "tune.last-classifier"}


@pytest.mark.parametrize(("num_train", "reached"), [((limit or 50_000) - 1, low) for limit, low in TARGETS.items()])
def test_the_target_depends_on_the_images(tuned, num_train, reached):
    for validation, outcome in ((reached, "pass"), (reached - 0.002, "fail")):
        tuned["results"] = {(1e-7, reg): (0.5, validation) for reg in (1e3, 1e4, 2e4, 3e4)}
        findings = outcomes(checks.tuning(**{**tuned, "num_train": num_train}))
        assert findings["target"] == outcome


@pytest.mark.parametrize("best_val", [40.0, 0.401, None])
def test_what_is_wrong_with_best_val_is_not_said_of_the_classifier(tuned, best_val):
    assert list(failed(checks.tuning(**{**tuned, "best_val": best_val}))) == ["best_val"]


def test_an_empty_search_is_not_started(tuned):
    findings = checks.tuning(**{**tuned, "results": {}, "best_val": -1.0, "classifier": None})
    assert set(outcomes(findings).values()) == {"not started"}


def test_a_right_prediction_is_right_on_every_draw():
    """Also where a label happens to be the number of its score."""
    for seed in range(300):
        calls = training_calls(draw_training(seed))["predict"]
        answers = [Answer((np.argmax(X @ W, axis=1),)) for W, X in (call.arrays for call in calls)]
        groups = {"first": [Answer(failure=Failure("NotImplementedError", "", None))], "predict": answers}
        finding = judge_classifier(SUBJECTS["LinearClassifier"], draw_training(seed), groups)[-1]
        assert (finding.claim, finding.outcome) == ("predict", "pass"), seed


@pytest.mark.parametrize(("pick", "cause"), [("argmax", "predict.axis"), ("argmin", None), ("max", None)])
def test_the_axis_is_told_where_the_largest_score_was_looked_for_along_it(pick, cause):
    class Predicts(LinearClassifier):
        def predict(self, X):
            return getattr(X @ self.W, pick)(axis=0)

    assert failed(checks.linear_classifier(Predicts))["predict"].cause == cause
