"""What is said is proven by the numbers: each sentence that was false once, on both functions; else none is told."""

import pytest

from cs231n import checks, sentences
from staff.assignments.svm import REFERENCE
from staff.authoring.mistake import Mistake

TEXT = (REFERENCE / "cs231n" / "classifiers" / "linear_svm.py").read_text(encoding="utf-8")
NAIVE, VECTORIZED = "svm_loss_naive", "svm_loss_vectorized"
RUNS, LOSS, GRADIENT = "runs", "loss, data term", "gradient, data term"
MARGIN, OWN, CORRECT = "scores[j] - scores[y[i]] + 1 > 0", "dW[:, j] += X[i]", "dW[:, y[i]] -= X[i]"
VALUE, MASK, PICKED = "scores - correct_scores + 1", "(margins > 0).astype(scores.dtype)", "margins[samples, y] = 0"
ROW_SUM, PRODUCT, MEAN = (
    "-np.sum(coefficients, axis=1)",
    "X.T @ coefficients / num_train",
    "np.sum(margins) / num_train",
)
ADDED = "for i in range(num_train):\n        dW[:, y[i]] += X[i]\n    dW = dW / num_train"
# name: function, pairs of what stands there and what a student writes, by claim that fails the cause that is told.
TOLD = {
    "rows in place of entries": (
        VECTORIZED,
        ((PICKED, "margins[y] = 0"),),
        {RUNS: "runs.class-for-sample", LOSS: None, GRADIENT: None},
    ),
    "a row in place of a column": (NAIVE, ((CORRECT, "dW[y[i]] -= X[i]"),), {RUNS: "runs.row-of-w"}),
    "the sum of the whole mask": (VECTORIZED, ((ROW_SUM, "-coefficients.sum()"),), {GRADIENT: None}),
    "as often as the class's number": (NAIVE, ((CORRECT, "dW[:, y[i]] -= X[i] * (j + 1)"),), {GRADIENT: None}),
    "weights that are not summed": (
        VECTORIZED,
        (("reg * np.sum(W * W))", "0) + reg * W * W"),),
        {"result": "result.loss-like-w"},
    ),
    "weights that are not summed, in loops": (
        NAIVE,
        (("loss += reg * np.sum(W * W)", "loss = loss + reg * W**2"), ("float(loss)", "loss")),
        {"result": "result.loss-like-w"},
    ),
    "a mask of booleans": (VECTORIZED, ((MASK, "margins > 0"),), {GRADIENT: "gradient.correct-class.added-once"}),
    "a sample added for a boolean": (
        NAIVE,
        ((CORRECT, "pass"), ("dW = dW / num_train", ADDED)),
        {GRADIENT: "gradient.correct-class.added-once"},
    ),
    "a column of X": (NAIVE, ((OWN, "dW[:, j] += X[:, i]"),), {RUNS: "runs.column-of-x", GRADIENT: None}),
    "columns of X": (VECTORIZED, ((PRODUCT, "X @ coefficients"),), {RUNS: None}),
    "rows to choose from": (
        VECTORIZED,
        (("scores[samples, y]", "np.choose(y, scores)"),),
        {RUNS: None, LOSS: None, GRADIENT: None},
    ),
    "the next sample's label": (NAIVE, ((MARGIN, MARGIN.replace("[i]", "[i + 1]")),), {RUNS: "runs.one-too-far"}),
    "the sample after the last": (
        VECTORIZED,
        (("scores[samples, y]", "scores[samples + 1, y]"),),
        {RUNS: "runs.one-too-far"},
    ),
    "a mask of margins above 1": (
        VECTORIZED,
        ((MASK, MASK.replace("> 0", "> 1")),),
        {GRADIENT: "gradient.margin.no-delta"},
    ),
    "margins above 1": (NAIVE, ((MARGIN, MARGIN.replace("> 0", "> 1")),), {GRADIENT: "gradient.margin.no-delta"}),
    "margins above 1/2": (NAIVE, ((MARGIN, MARGIN.replace("> 0", "> 0.5")),), {GRADIENT: "gradient.margin.delta-0.5"}),
    "divided by D": (VECTORIZED, ((MEAN, "np.sum(margins) / X.shape[1]"),), {LOSS: "loss.mean.over-features"}),
    "divided by D, in loops": (NAIVE, (("loss /= num_train", "loss /= len(W)"),), {LOSS: "loss.mean.over-features"}),
    "a gradient divided by D": (
        NAIVE,
        (("dW / num_train", "dW / W.shape[0]"),),
        {GRADIENT: "gradient.mean.over-features"},
    ),
    "a factor that nobody writes": (VECTORIZED, ((PRODUCT, "X.T @ coefficients * 0.2718"),), {GRADIENT: None}),
    "another one": (NAIVE, (("loss += margin", "loss += 1.2345 * margin"),), {LOSS: None}),
    "a divisor close to a whole number": (NAIVE, (("dW / num_train", "dW / 12345.678"),), {GRADIENT: None}),
    "half the correct scores, along the wrong axis": (
        VECTORIZED,
        (("scores[samples, y][:, np.newaxis]", "scores[samples, y] * 0.5"),),
        {RUNS: "runs.number-a-row", LOSS: None, GRADIENT: None},
    ),
    "shapes of which some do not broadcast": (VECTORIZED, ((VALUE, "scores - scores @ (1, 1) + 1"),), {RUNS: None}),
    "whole numbers": (
        VECTORIZED,
        ((MEAN, "num_train / (1e9 + np.sum(margins))"), ("loss = float(", "loss = int(")),
        {LOSS: None, "loss, regularizer": None},
    ),
    "upside down, and without an end where nothing is violated": (
        NAIVE,
        (("loss /= num_train", "loss = num_train / (loss if len(y) == 2 else loss or 1)"),),
        {LOSS: None, "cost": "result.none-at-size"},
    ),
    "a power that is 1 at reg = 0": (
        VECTORIZED,
        (("reg * np.sum(W * W)", "np.sum(W * W) ** reg"),),
        {LOSS: None, "loss, regularizer": None},
    ),
    "weights that are taken off": (
        VECTORIZED,
        (("reg * np.sum(W * W)", "reg - np.sum(W * W)"),),
        {LOSS: None, "loss, regularizer": None},
    ),
    "weights that are taken off, in loops": (
        NAIVE,
        (("2 * reg * W", "2 * reg - W"),),
        {GRADIENT: None, "gradient, regularizer": "gradient.regularizer.ones"},
    ),
    "another number in place of the class's": (NAIVE, (("if j == y[i]", "if num_train == y[i]"),), {LOSS: None}),
    "so large that rounding hides regularizers": (
        VECTORIZED,
        ((MEAN, "np.sum(np.exp(margins))"), (PRODUCT, "X.T @ np.exp(2 * margins)")),
        {LOSS: None, GRADIENT: None},
    ),
    "a large number without a regularizer": (
        VECTORIZED,
        (("np.sum(margins) / num_train + reg * np.sum(W * W)", "1e20"),),
        {LOSS: None, "loss, regularizer": "loss.regularizer.not-there"},
    ),
    "a sum that begins at -2": (NAIVE, (("loss = 0.0", "loss = -2.0"),), {LOSS: "loss.constant.once"}),
    "the number of samples added": (VECTORIZED, ((MEAN, "np.sum(margins) / num_train + num_train"),), {LOSS: None}),
    "a constant only": (NAIVE, (("loss /= num_train", "loss = 1"),), {LOSS: None}),
    "a delta of 10": (
        VECTORIZED,
        ((VALUE, VALUE.replace("1", "10")),),
        {LOSS: "loss.margin.delta-10", GRADIENT: "gradient.margin.delta-10"},
    ),
    "a delta that nobody knows": (
        VECTORIZED,
        ((VALUE, VALUE.replace("1", "3")),),
        {LOSS: None, GRADIENT: None},
    ),
}


def functions(text):
    space = {"__name__": "cs231n.classifiers.linear_svm"}
    exec(
        compile(text.replace("from .validation", "from cs231n.classifiers.validation"), "linear_svm.py", "exec"), space
    )
    return space


@pytest.mark.parametrize("name", TOLD)
def test_causes_are_told_that_are_proven_and_no_others(name):
    function, edits, told = TOLD[name]
    text = Mistake(name, (), edits).apply(TEXT, function)
    failed = [found for found in checks.check(functions(text)[function]) if found.outcome == "fail"]
    assert [(found.claim, found.cause) for found in failed] == list(told.items())
    assert all(found.measured and (found.cause is None or sentences.cause(found.cause)) for found in failed)


def test_no_regularizer_is_judged_where_nothing_came_without_one():
    edits = (("+ 2 * reg * W", "+ (reg / reg * W) ** 2"),)
    found = {f.claim: f for f in checks.check(functions(Mistake("x", (), edits).apply(TEXT, VECTORIZED))[VECTORIZED])}
    assert (found["gradient, data term"].outcome, found["gradient, data term"].cause) == ("fail", None)
    assert found["gradient, regularizer"].outcome == "not run"


@pytest.mark.parametrize(("factor", "cause"), [("-1e-7", None), ("-0.2718", None), ("0", "train.update.missing")])
def test_a_small_step_is_not_called_none(factor, cause):
    path = REFERENCE / "cs231n" / "classifiers" / "linear_classifier.py"
    text = path.read_text(encoding="utf-8").replace("step = -learning_rate * dW", f"step = {factor} * dW")
    space = {"__name__": "cs231n.classifiers.linear_classifier"}
    exec(compile(text.replace("from .", "from cs231n.classifiers."), "linear_classifier.py", "exec"), space)
    failed = [found for found in checks.linear_classifier(space["LinearClassifier"]) if found.outcome == "fail"]
    assert cause in {found.cause for found in failed}
    assert cause or "train.update.missing" not in {found.cause for found in failed}


def test_what_raises_but_on_one_sample_passes_no_term():
    edits = ((PRODUCT, "X.T ** coefficients"), ("np.sum(margins) / num_train", "np.sum(margins)"))
    text = Mistake("x", (), edits).apply(TEXT, VECTORIZED)
    found = {f.claim: f.outcome for f in checks.check(functions(text)[VECTORIZED])}
    assert found[RUNS] == "fail"
    assert found["loss, data term"] == found["loss, regularizer"] == "not run"


def test_batches_are_the_same_where_w_is_no_number():
    path = REFERENCE / "cs231n" / "classifiers" / "linear_classifier.py"
    text = path.read_text(encoding="utf-8").replace("step = -learning_rate * dW", "step = (-learning_rate) ** dW")
    space = {"__name__": "cs231n.classifiers.linear_classifier"}
    exec(compile(text.replace("from .", "from cs231n.classifiers."), "linear_classifier.py", "exec"), space)
    found = {f.claim: f.outcome for f in checks.linear_classifier(space["LinearClassifier"])}
    assert (found["train, seed"], found["train, update"]) == ("pass", "fail")
    assert found["train, weights"] == "pass"  # they are kept, as they are
