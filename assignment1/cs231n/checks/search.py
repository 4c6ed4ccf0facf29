"""The check of the search over learning rate and regularization strength: what was tried, what was kept, how good."""

from numbers import Real

import numpy as np

from ..assignments import ASSIGNMENTS
from .calls import as_failure, quiet
from .contract import failed
from .findings import Finding, Findings, note
from .outcomes import FAIL, NOT_RUN, NOT_STARTED, PASS

__all__ = ["check_tuning"]

_LEAST_PAIRS = 4
_CLAIMS = ("results", "enough pairs", "best_val", "best_svm", "target")


def check_tuning(results, best_val, best_svm, X_val, y_val, num_train, region):
    """Check the outcome of a search over learning rate and regularization strength.

    Parameters
    ----------
    results : dict
        ``{(learning_rate, reg): (training accuracy, validation accuracy)}``.
    best_val : float
        The highest validation accuracy.
    best_svm : LinearClassifier or None
        The one that reached it; None while the region is not started.
    X_val, y_val : ndarray of shape (N, D), (N,)
        Validation images and labels.
    num_train : int
        Number of training images, which decides the target.
    region : str
        The one of the search; its assignment has the targets.

    Returns
    -------
    Findings
    """
    if best_svm is None and not results:
        return Findings(_finding(region, claim, NOT_STARTED) for claim in _CLAIMS)
    fault = _results_fault(results)
    if fault:
        return Findings(
            [_finding(region, "results", FAIL, fault), *(_finding(region, claim, NOT_RUN) for claim in _CLAIMS[1:])]
        )
    found = [_finding(region, "results", PASS)]
    settled = [pair for pair in results if abs(1 - 2 * pair[0] * pair[1]) <= 1]
    few = len(settled) < _LEAST_PAIRS
    text = note("pairs", found=len(settled), least=_LEAST_PAIRS) if few else None
    found.append(_finding(region, "enough pairs", FAIL if few else PASS, text, "tune.too-few" if few else None))
    highest = max(validation for _, validation in results.values())
    is_number = isinstance(best_val, Real)
    if is_number and abs(best_val - highest) < 1e-12:
        found.append(_finding(region, "best_val", PASS))
    else:
        yours = f"{best_val:.4f}" if is_number else type(best_val).__name__
        text = note("compared", what="best_val", yours=yours, expected=f"{highest:.4f}")
        found.append(_finding(region, "best_val", FAIL, text, "tune.not-the-maximum" if is_number else None))
    found.append(
        _check_best(region, best_val, best_svm, X_val, y_val) if is_number else _finding(region, "best_svm", NOT_RUN)
    )
    targets = next(assignment.targets for assignment in ASSIGNMENTS if region in assignment.regions)
    target = next(value for limit, value in targets.items() if limit is None or num_train < limit)
    low = highest < target
    text = note("below", found=f"{highest:.3f}", target=target) if low else None
    return Findings(
        [*found, _finding(region, "target", FAIL if low else PASS, text, "tune.below-target" if low else None)]
    )


def _check_best(region, best_val, best_svm, X_val, y_val):
    if not hasattr(best_svm, "predict"):
        yours = type(best_svm).__name__
        return _finding(region, "best_svm", FAIL, note("compared", what="best_svm", yours=yours, expected="LinearSVM"))
    try:
        with quiet():
            accuracy = float(np.mean(best_svm.predict(X_val) == y_val))
    except Exception as error:  # whatever the student's code raises
        file = getattr(getattr(type(best_svm).predict, "__code__", None), "co_filename", None)
        return failed("tuning", "best_svm", region, as_failure(error, lambda name: name == file))
    if abs(accuracy - best_val) <= 1.5 / len(y_val):  # one image may lie on the border of two classes
        return _finding(region, "best_svm", PASS)
    text = note(
        "compared",
        what="np.mean(best_svm.predict(X_val) == y_val)",
        yours=f"{accuracy:.4f}",
        expected=f"{best_val:.4f}",
    )
    return _finding(region, "best_svm", FAIL, text, "tune.other-classifier")


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


def _finding(region, claim, outcome, measurement=None, cause=None):
    return Finding("tuning", claim, region, outcome, measurement, cause)
