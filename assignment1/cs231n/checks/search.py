"""The check of the search over learning rate and regularization strength: what was tried, what was kept, how good."""

from numbers import Real

import numpy as np

from ..sentences import word
from .conduct import failure_text
from .findings import FAIL, NOT_RUN, NOT_STARTED, PASS, Finding, Findings
from .probe import fail_as
from .questions import quiet

__all__ = ["LEAST_PAIRS", "TARGETS", "check_tuning"]

LEAST_PAIRS = 4
TARGETS = {
    10_000: 0.34,
    None: 0.385,
}  # validation accuracy to reach, by the number of training images below which it holds
_CLAIMS = ("results", "enough pairs", "best_val", "best_svm", "target")


def check_tuning(results, best_val, best_svm, X_val, y_val, num_train):
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

    Returns
    -------
    Findings
    """
    if best_svm is None and not results:
        return Findings(_finding(claim, NOT_STARTED) for claim in _CLAIMS)
    fault = _results_fault(results)
    if fault:
        return Findings([_finding("results", FAIL, fault), *(_finding(claim, NOT_RUN) for claim in _CLAIMS[1:])])
    found = [_finding("results", PASS)]
    settled = [pair for pair in results if abs(1 - 2 * pair[0] * pair[1]) <= 1]
    few = len(settled) < LEAST_PAIRS
    text = word("pairs", found=len(settled), least=LEAST_PAIRS) if few else ""
    found.append(_finding("enough pairs", FAIL if few else PASS, text, "tune.too-few" if few else None))
    highest = max(validation for _, validation in results.values())
    is_number = isinstance(best_val, Real)
    if is_number and abs(best_val - highest) < 1e-12:
        found.append(_finding("best_val", PASS))
    else:
        yours = f"{best_val:.4f}" if is_number else type(best_val).__name__
        text = word("compared", what="best_val", yours=yours, expected=f"{highest:.4f}")
        found.append(_finding("best_val", FAIL, text, "tune.not-the-maximum" if is_number else None))
    found.append(_check_best(best_val, best_svm, X_val, y_val) if is_number else _finding("best_svm", NOT_RUN))
    target = next(value for limit, value in TARGETS.items() if limit is None or num_train < limit)
    low = highest < target
    text = word("below", found=f"{highest:.3f}", target=target) if low else ""
    return Findings([*found, _finding("target", FAIL if low else PASS, text, "tune.below-target" if low else None)])


def _check_best(best_val, best_svm, X_val, y_val):
    if not hasattr(best_svm, "predict"):
        yours = type(best_svm).__name__
        return _finding("best_svm", FAIL, word("compared", what="best_svm", yours=yours, expected="LinearSVM"))
    try:
        with quiet():
            accuracy = float(np.mean(best_svm.predict(X_val) == y_val))
    except Exception as error:  # whatever the student's code raises
        return _finding("best_svm", FAIL, failure_text(fail_as(error, type(best_svm).predict)))
    if abs(accuracy - best_val) <= 1.5 / len(y_val):  # one image may lie on the border of two classes
        return _finding("best_svm", PASS)
    text = word(
        "compared",
        what="np.mean(best_svm.predict(X_val) == y_val)",
        yours=f"{accuracy:.4f}",
        expected=f"{best_val:.4f}",
    )
    return _finding("best_svm", FAIL, text, "tune.other-classifier")


def _results_fault(results):
    """What is wrong with the form of `results`, in words; empty where nothing is."""
    if not isinstance(results, dict) or not results:
        return word("results form", found=type(results).__name__ if not isinstance(results, dict) else "{}")
    for key, value in results.items():
        numbers = [*key, *value] if isinstance(key, tuple) and isinstance(value, tuple | list) else []
        right = len(numbers) == 4 and len(key) == 2 and all(isinstance(number, Real) for number in numbers)
        if not right or not all(0 <= accuracy <= 1 for accuracy in value):
            return word("results form", found=f"{key}: {value}")
    return ""


def _finding(claim, outcome, measured="", cause=None):
    return Finding("tuning", claim, "tune", outcome, measured, cause)
