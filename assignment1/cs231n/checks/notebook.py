"""The checks of what a notebook holds besides code: a search over learning rate and regularization, and predictions."""

from numbers import Real

import numpy as np

from ..assignments import ASSIGNMENTS
from .calls import as_failure, file_of
from .contract import failure_note
from .findings import NOT_RUN, NOT_STARTED, Findings, judged, note
from .home import Attendant

__all__ = ["check_prediction", "check_tuning"]

_LEAST_PAIRS = 4
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
    fault = _results_fault(results)
    if fault:
        return dict.fromkeys(_CLAIMS, NOT_RUN) | {"results": fault}
    assignment = next(assignment for assignment in ASSIGNMENTS if region in assignment.regions)
    highest = max(validation for _, validation in results.values())
    return {
        "results": None,
        "enough pairs": _pairs_fault(results),
        "best_val": _best_val_fault(best_val, highest),
        "best classifier": _classifier_fault(assignment.best, classifier, highest, X_val, y_val),
        "target": _target_fault(assignment, highest, num_train),
    }


def _results_fault(results):
    if not isinstance(results, dict) or not results:
        return (note("results form", found="{}" if isinstance(results, dict) else type(results).__name__),)
    for key, value in results.items():
        numbers = [*key, *value] if isinstance(key, tuple) and isinstance(value, tuple | list) else []
        right = len(numbers) == 4 and len(key) == 2 and all(isinstance(number, Real) for number in numbers)
        if not right or not all(0 <= accuracy <= 1 for accuracy in value):
            return (note("results form", found=f"{key}: {value}"),)
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


def _classifier_fault(name, classifier, highest, X_val, y_val):
    """Its accuracy is to be the highest in the results."""
    if not hasattr(classifier, "predict"):
        return (_compared(name, type(classifier).__name__, "LinearClassifier"),)
    is_own = file_of(type(classifier).predict).__eq__
    try:
        with Attendant(is_own)():
            accuracy = float(np.mean(classifier.predict(X_val) == y_val))
    except Exception as error:  # whatever the student's code raises
        return (failure_note(as_failure(error, is_own)),)
    if abs(accuracy - highest) <= 1.5 / len(y_val):  # one image may lie on the border of two classes
        return None
    text = _compared(f"np.mean({name}.predict(X_val) == y_val)", f"{accuracy:.4f}", f"{highest:.4f}")
    return text, "tune.other-classifier"


def _target_fault(assignment, highest, num_train):
    target = next(value for limit, value in assignment.targets.items() if limit is None or num_train < limit)
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
