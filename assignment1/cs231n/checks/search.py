"""The check of the search over learning rate and regularization strength: what was tried, what was kept, how good."""

from numbers import Real

import numpy as np

from ..assignments import ASSIGNMENTS
from .calls import as_failure, file_of, quiet
from .contract import failed
from .findings import Finding, Findings, note
from .outcomes import FAIL, NOT_RUN, NOT_STARTED, PASS

__all__ = ["check_tuning"]

_LEAST_PAIRS = 4
_CLAIMS = ("results", "enough pairs", "best_val", "best classifier", "target")


def check_tuning(results, best_val, classifier, X_val, y_val, num_train, region):
    """Findings on a search; `cs231n.checks.tuning` documents the arguments."""
    if classifier is None and not results:
        return Findings(_finding(region, claim, NOT_STARTED) for claim in _CLAIMS)
    fault = _results_fault(results)
    if fault:
        rest = [_finding(region, claim, NOT_RUN) for claim in _CLAIMS[1:]]
        return Findings([_judged(region, "results", fault), *rest])
    assignment = next(assignment for assignment in ASSIGNMENTS if region in assignment.regions)
    highest = max(validation for _, validation in results.values())
    return Findings(
        [
            _judged(region, "results"),
            _check_pairs(region, results),
            _check_best_val(region, best_val, highest),
            _check_classifier(region, assignment.best, classifier, highest, X_val, y_val),
            _check_target(region, assignment, highest, num_train),
        ]
    )


def _check_pairs(region, results):
    settled = [pair for pair in results if abs(1 - 2 * pair[0] * pair[1]) <= 1]
    if len(settled) >= _LEAST_PAIRS:
        return _judged(region, "enough pairs")
    return _judged(region, "enough pairs", note("pairs", found=len(settled), least=_LEAST_PAIRS), "tune.too-few")


def _check_best_val(region, best_val, highest):
    is_number = isinstance(best_val, Real)
    if is_number and abs(best_val - highest) < 1e-12:
        return _judged(region, "best_val")
    yours = f"{best_val:.6g}" if is_number else type(best_val).__name__
    text = note("compared", what="best_val", yours=yours, expected=f"{highest:.6g}")
    return _judged(region, "best_val", text, _best_val_cause(best_val, highest) if is_number else None)


def _best_val_cause(best_val, highest):
    if abs(best_val - 100 * highest) < 0.5:
        return "tune.percent"
    return "tune.rounded" if abs(best_val - highest) < 0.005 else "tune.not-the-maximum"


def _check_target(region, assignment, highest, num_train):
    target = next(value for limit, value in assignment.targets.items() if limit is None or num_train < limit)
    if highest < target:
        return _judged(region, "target", note("below", found=f"{highest:.3f}", target=target), "tune.below-target")
    if highest > assignment.ceiling:
        text = note("above", found=f"{highest:.3f}", ceiling=assignment.ceiling)
        return _judged(region, "target", text, "tune.above-ceiling")
    return _judged(region, "target")


def _check_classifier(region, name, classifier, highest, X_val, y_val):
    """Finding on the best classifier, whose accuracy is to be the highest in the results."""
    claim = "best classifier"
    if not hasattr(classifier, "predict"):
        text = note("compared", what=name, yours=type(classifier).__name__, expected="LinearClassifier")
        return _judged(region, claim, text)
    try:
        with quiet():
            accuracy = float(np.mean(classifier.predict(X_val) == y_val))
    except Exception as error:  # whatever the student's code raises
        return failed("tuning", claim, region, as_failure(error, file_of(type(classifier).predict).__eq__))
    if abs(accuracy - highest) <= 1.5 / len(y_val):  # one image may lie on the border of two classes
        return _judged(region, claim)
    what = f"np.mean({name}.predict(X_val) == y_val)"
    text = note("compared", what=what, yours=f"{accuracy:.4f}", expected=f"{highest:.4f}")
    return _judged(region, claim, text, "tune.other-classifier")


def _results_fault(results):
    """What is wrong with the form of `results`; None where nothing is."""
    if not isinstance(results, dict) or not results:
        return note("results form", found=type(results).__name__ if not isinstance(results, dict) else "{}")
    for key, value in results.items():
        numbers = [*key, *value] if isinstance(key, tuple) and isinstance(value, tuple | list) else []
        right = len(numbers) == 4 and len(key) == 2 and all(isinstance(number, Real) for number in numbers)
        if not right or not all(0 <= accuracy <= 1 for accuracy in value):
            return note("results form", found=f"{key}: {value}")
    return None


def _judged(region, claim, fault=None, cause=None):
    return _finding(region, claim, FAIL if fault else PASS, fault, cause)


def _finding(region, claim, outcome, measurement=None, cause=None):
    return Finding("tuning", claim, region, outcome, measurement, cause)
