"""Where numbers prove no cause, none is told: what was measured stands alone."""

import pytest

from cs231n import checks
from staff.assignments.svm import REFERENCE
from staff.authoring.mistake import Mistake

TEXT = (REFERENCE / "cs231n" / "classifiers" / "linear_svm.py").read_text(encoding="utf-8")
UNPROVEN = {
    "columns in place of entries": ("svm_loss_vectorized", "margins[samples, y] = 0", "margins[y] = 0"),
    "the sum of the whole mask": ("svm_loss_vectorized", "-np.sum(coefficients, axis=1)", "-coefficients.sum()"),
    "a column in place of a row": ("svm_loss_naive", "dW[:, j] += X[i]", "dW[:, j] += X[:, i]"),
    "an index of the next sample": ("svm_loss_naive", "scores[y[i]] + 1 > 0", "scores[y[i + 1]] + 1 > 0"),
    "a factor that nobody writes": ("svm_loss_vectorized", "coefficients / num_train", "coefficients * 0.2718"),
}


def functions(text):
    space = {"__name__": "cs231n.classifiers.linear_svm"}
    exec(
        compile(text.replace("from .validation", "from cs231n.classifiers.validation"), "linear_svm.py", "exec"), space
    )
    return space


@pytest.mark.parametrize("name", UNPROVEN)
def test_no_cause_is_told_that_is_not_proven(name):
    function, right, wrong = UNPROVEN[name]
    text = Mistake(name, (), ((right, wrong),)).apply(TEXT, function)
    failed = [found for found in checks.check(functions(text)[function]) if found.outcome == "fail"]
    assert failed
    assert [found.cause for found in failed] == [None] * len(failed)
    assert all(found.measured for found in failed)


@pytest.mark.parametrize(("factor", "cause"), [("-1e-7", None), ("-0.2718", None), ("0", "train.update.missing")])
def test_a_small_step_is_not_called_none(factor, cause):
    path = REFERENCE / "cs231n" / "classifiers" / "linear_classifier.py"
    text = path.read_text(encoding="utf-8").replace("step = -learning_rate * dW", f"step = {factor} * dW")
    space = {"__name__": "cs231n.classifiers.linear_classifier"}
    exec(compile(text.replace("from .", "from cs231n.classifiers."), "linear_classifier.py", "exec"), space)
    failed = [found for found in checks.linear_classifier(space["LinearClassifier"]) if found.outcome == "fail"]
    assert cause in {found.cause for found in failed}
    assert cause or "train.update.missing" not in {found.cause for found in failed}
