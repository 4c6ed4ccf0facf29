"""Is it there, is it right, and if not, why not: numbers and sentences, never the solution."""

from ..doctor import numpy_needed  # noqa: F401, first of all
from ..sentences import language, word
from . import questions
from .cost import check_no_loops
from .findings import FAULT, NOT_STARTED, PASS, Finding, Findings
from .hints import hint
from .prediction import check_prediction
from .regions import REGIONS
from .search import check_tuning
from .svm import check_loss_function
from .training import check_classifier

__all__ = [
    "REGIONS",
    "Finding",
    "Findings",
    "hint",
    "linear_classifier",
    "prediction",
    "questions",
    "started",
    "svm_loss_naive",
    "svm_loss_vectorized",
    "tuning",
]


def svm_loss_naive(function, asked=None, near_hinge=None):
    """Check a loss and gradient with loops.

    Parameters
    ----------
    function : callable
        The student's ``svm_loss_naive(W, X, y, reg)``.
    asked : sequence of questions.Question, optional
        What it is asked; the questions that ship with the checks by default.
    near_hinge : questions.NearHinge, optional
        The same of the question next to the hinge.

    Returns
    -------
    Findings
        A table, in Jupyter as elsewhere.
    """
    region = "svm-naive-gradient"
    return _guarded(region, "svm_loss_naive", lambda: check_loss_function(function, region, region, asked, near_hinge))


def svm_loss_vectorized(function, asked=None, near_hinge=None):
    """Check a loss and gradient without loops.

    Parameters
    ----------
    function : callable
        The student's ``svm_loss_vectorized(W, X, y, reg)``.
    asked, near_hinge
        As in `svm_loss_naive`.

    Returns
    -------
    Findings
        A table, in Jupyter as elsewhere.
    """
    loss_region, gradient_region = "svm-vectorized-loss", "svm-vectorized-gradient"

    def check():
        found = check_loss_function(function, loss_region, gradient_region, asked, near_hinge)
        begun = [finding for finding in found if finding.outcome != NOT_STARTED]
        if not begun:
            return found
        return found + check_no_loops(
            function,
            begun[0].region,
            runs=begun[0].outcome == PASS,
            right=[
                all(finding.outcome == PASS for finding in found if finding.claim.startswith(part))
                for part in ("loss", "gradient")
            ],
        )

    return _guarded(loss_region, "svm_loss_vectorized", check)


def linear_classifier(cls, seed=231):
    """Check training and prediction, whatever the loss.

    Parameters
    ----------
    cls : type
        The student's ``LinearClassifier``.
    seed : int
        Decides on the numbers it is tried on.

    Returns
    -------
    Findings
        A table, in Jupyter as elsewhere.
    """
    return _guarded("train-sample", "LinearClassifier", lambda: check_classifier(cls, seed))


def tuning(results, best_val, best_svm, X_val, y_val, num_train):
    """Check the outcome of the search over learning rate and regularization strength.

    Parameters
    ----------
    results, best_val, best_svm, X_val, y_val, num_train
        As in `cs231n.checks.search.check_tuning`.

    Returns
    -------
    Findings
        A table, in Jupyter as elsewhere.
    """
    return _guarded("tune", "tuning", lambda: check_tuning(results, best_val, best_svm, X_val, y_val, num_train))


def prediction(yours, actual, region):
    """Check what a student expected of a small array.

    Parameters
    ----------
    yours, actual, region
        As in `cs231n.checks.prediction.check_prediction`.

    Returns
    -------
    Findings
        A table, in Jupyter as elsewhere.
    """
    return _guarded(region, "prediction", lambda: check_prediction(yours, actual, region))


def started(result, *regions):
    """Tell whether a result is there, and say what it waits for where it is not.

    A region that is not started leaves the array it is to fill at None, and so does what depends on it.

    Parameters
    ----------
    result : object
        What the student's code returned.
    *regions : str
        Ids of the regions that it needs.

    Returns
    -------
    bool
    """
    if result is not None:
        return True
    places = [
        word("place", region=region, title=REGIONS[region].title[language()], file=_place(REGIONS[region].file))
        for region in regions
    ]
    if len(places) == 1:
        print(word("not started at", places=places[0]))
    else:
        print(word("one of"), *places, sep="\n  ")
    return False


def _place(file):
    """How a file is called: whoever reads of the notebook has it open, in one of two languages."""
    return word("this notebook") if file.endswith(".ipynb") else file


def _guarded(region, subject, check):
    """Findings of a check; where the check itself fails, that is said and costs the student nothing."""
    try:
        return check()
    except Exception as error:
        text = word("fault", error=f"{type(error).__name__}: {error}")
        return Findings([Finding(subject, "runs", region, FAULT, text)])
