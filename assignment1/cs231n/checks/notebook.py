"""The checks of what a notebook holds besides code: a search over learning rate and regularization, and predictions."""

from numbers import Real

import numpy as np

from ..assignments import ASSIGNMENTS
from .calls import as_failure, file_of
from .contract import failure_note
from .findings import NOT_RUN, NOT_STARTED, Findings, judged, note
from .home import Attendant

_LEAST_PAIRS = 4
_GAP = 0.15  # of validation over training accuracy: seven standard deviations of a share of 500 images
_CLAIMS = ("results", "enough pairs", "best_val", "best classifier", "target")


def check_tuning(results, best_val, classifier, X_val, y_val, num_train, region):
    """Findings on a search; `cs231n.checks.tuning` documents the arguments."""
    found = _judge_search(results, best_val, classifier, X_val, y_val, num_train, region)
    return Findings(judged("tuning", claim, region, found[claim]) for claim in _CLAIMS)


# Below, what is found is as `judged` takes it: None where all is well, an outcome, or a fault.


def _judge_search(results, best_val, classifier, X_val, y_val, num_train, region):
    """What is found, by claim."""
    if classifier is None and not results:
        return dict.fromkeys(_CLAIMS, NOT_STARTED)
    assignment = next(assignment for assignment in ASSIGNMENTS if region in assignment.regions)
    accuracy, failure = _accuracy(assignment.best, classifier, X_val, y_val)
    nearly = 1.5 / len(y_val)  # one image may lie on the border of two classes
    fault = _form_fault(results) or _order_fault(results, best_val, accuracy, nearly)
    if fault:
        return dict.fromkeys(_CLAIMS, NOT_RUN) | {"results": fault}
    highest = max(validation for _, validation in results.values())
    found = {
        "results": None,
        "enough pairs": _pairs_fault(results),
        "best_val": _best_val_fault(best_val, highest),
        "best classifier": failure,
        "target": _target_fault(assignment, results, num_train),
    }
    if accuracy is None or abs(accuracy - highest) <= nearly:
        return found
    text = _compared(f"np.mean({assignment.best}.predict(X_val) == y_val)", f"{accuracy:.4f}", f"{highest:.4f}")
    is_last = abs(accuracy - [*results.values()][-1][1]) <= nearly
    return found | {"best classifier": (text, "tune.last-classifier" if is_last else "tune.other-classifier")}


def _form_fault(results):
    if not isinstance(results, dict) or not results:
        return (note("results form", found="{}" if isinstance(results, dict) else type(results).__name__),)
    for key, value in results.items():
        numbers = [*key, *value] if isinstance(key, tuple) and isinstance(value, tuple | list) else []
        right = len(numbers) == 4 and len(key) == 2 and all(isinstance(number, Real) for number in numbers)
        if not right or not all(0 <= accuracy <= 1 for accuracy in value):
            in_percent = right and any(accuracy > 1 for accuracy in value) and all(0 <= each <= 100 for each in value)
            return note("results form", found=f"{key}: {value}"), "tune.results-percent" if in_percent else None
    return None


def _order_fault(results, best_val, accuracy, nearly):
    """Keys or accuracies the wrong way round."""
    # The bound: a learning rate of 1 diverges, and strengths far above are common.
    if all(rate > reg for rate, reg in results) and max(rate for rate, _ in results) >= 1:
        return note("results form", found=f"{next(iter(results))}: ..."), "tune.keys-swapped"
    key, value = max(results.items(), key=lambda item: item[1][0])
    kept = accuracy is not None and abs(accuracy - value[0]) <= nearly < abs(accuracy - value[1])
    if kept and best_val == value[0] != max(validation for _, validation in results.values()):
        return note("results form", found=f"{key}: {value}"), "tune.accuracies-swapped"
    return None


def _pairs_fault(results):
    settled = [pair for pair in results if abs(1 - 2 * pair[0] * pair[1]) <= 1]
    if len(settled) >= _LEAST_PAIRS:
        return None
    return note("pairs", found=len(settled), least=_LEAST_PAIRS), "tune.too-few"


def _best_val_fault(best_val, highest):
    if not isinstance(best_val, Real):
        return (_compared("best_val", type(best_val).__name__, f"{highest:.6g}"),)
    error = abs(best_val - highest)
    if error < 1e-12:
        return None
    cause = "tune.rounded" if error < 0.005 else "tune.not-the-maximum"
    if abs(best_val - 100 * highest) < 0.5:
        cause = "tune.percent"
    return _compared("best_val", f"{best_val:.6g}", f"{highest:.6g}"), cause


def _accuracy(name, classifier, X_val, y_val):
    """A classifier's share of right predictions, and None; or None, and the fault that there is none."""
    if not hasattr(type(classifier), "predict"):
        return None, (_compared(name, type(classifier).__name__, "LinearClassifier"),)
    is_own = file_of(type(classifier).predict).__eq__
    try:
        with Attendant(is_own)():
            return float(np.mean(classifier.predict(X_val) == y_val)), None
    except Exception as error:  # whatever the student's code raises
        return None, (failure_note(as_failure(error, is_own)),)


def _target_fault(assignment, results, num_train):
    target = next(value for limit, value in assignment.targets.items() if limit is None or num_train < limit)
    training, highest = max(results.values(), key=lambda value: value[1])
    if highest > training + _GAP:
        text = note("compared", what="validation accuracy", yours=f"{highest:.3f}", expected=f"<= {training:.3f}")
        return text, "tune.trained-on-validation"
    if highest < target:
        return note("below", found=f"{highest:.3f}", target=target), "tune.below-target"
    if highest > assignment.ceiling:
        return note("above", found=f"{highest:.3f}", ceiling=assignment.ceiling), "tune.above-ceiling"
    return None


def _compared(what, yours, expected):
    return note("compared", what=what, yours=yours, expected=expected)


def check_prediction(yours, actual, region):
    """One finding on a prediction of `actual`, shape (M,); None is not started."""
    found = NOT_STARTED if yours is None else _prediction_fault(yours, actual)
    return Findings([judged("prediction", "prediction", region, found)])


def _prediction_fault(yours, actual):
    """A wrong form, or the first number that differs."""
    try:
        expected = np.asarray(yours, float)
    except (TypeError, ValueError):
        expected = np.empty(0)
    if expected.shape != np.shape(actual):
        return (note("predicted form", count=len(actual), found=repr(yours)),)
    wrong = np.flatnonzero(~np.isclose(expected, actual, atol=1e-6))
    if not len(wrong):
        return None
    place = wrong[0]
    return (note("predicted", place=place, yours=f"{expected[place]:g}", actual=f"{actual[place]:g}"),)
