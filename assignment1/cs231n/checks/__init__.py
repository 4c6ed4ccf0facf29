"""Is it there, is it right, and if not, why not: numbers and sentences, never the solution.

Each subject of an assignment has a check of its name, as ``checks.svm_loss_naive(svm_loss_naive)``; so has a file with
one subject, as ``checks.linear_classifier(LinearClassifier)``. Questions are drawn first, then the student's code
answers them, and then findings are worked out from questions and answers alone.
"""

from ..doctor import numpy_needed  # noqa: F401, first of all

# isort: split
import sys
from functools import partial
from pathlib import PurePath, PurePosixPath

from ..assignments import REGIONS, SUBJECTS, WORK
from ..assignments.table import CLASSIFIER
from ..sentences import hints, title, word
from .calls import as_failure, file_of, perform
from .cost import measure, measure_yardstick
from .findings import Finding, Findings, guarded
from .home import Attendant, random_state_kept
from .judging import calls_of, judge, shipped_questions
from .notebook import check_prediction, check_tuning
from .reloading import follow
from .source import read_source

__all__ = ["REGIONS", "Finding", "Findings", "check", "hint", "prediction", "started", "tuning"]

_rungs_given = {}  # by region how many of its hints this session has seen


def __getattr__(name):
    in_file = [subject for subject in SUBJECTS.values() if PurePosixPath(subject.file).stem == name]
    subject = SUBJECTS.get(name) or (in_file[0] if len(in_file) == 1 else None)
    if subject is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return partial(check, subject=subject)


def check(code, subject=None):
    """Check something that a student wrote.

    Parameters
    ----------
    code : callable
        The student's function or class.
    subject : Subject, optional
        What it is in its assignment's table; the one of its name by default.

    Returns
    -------
    Findings
        A table, in Jupyter as elsewhere.

    Raises
    ------
    ValueError
        If it has no name of the table's.
    """
    name = getattr(code, "__name__", repr(code))
    if subject is None and name not in SUBJECTS:
        raise ValueError(word("no subject", known=", ".join(SUBJECTS), found=name))
    subject = subject or SUBJECTS[name]
    return guarded(subject.name, subject.regions[0], _check, code, subject)


def _check(code, subject):
    assignment = next(assignment for assignment, known in WORK if known == subject)
    error = getattr(code, "import_error", None)
    if error:  # no newer syntax: an old Python reads this file before it is told that it is one
        from .assignment import judge_failure  # which needs this module

        own = partial(_is_file_of, subject)
        return judge_failure(assignment, subject, as_failure(error, own, at_import=True))
    questions = shipped_questions(assignment, subject)
    is_own = file_of(code).__eq__
    attendant = Attendant(is_own)
    ask = partial(perform, code, is_own=is_own, within=attendant)
    with random_state_kept():
        answers = {name: [ask(call) for call in group] for name, group in calls_of(subject, questions).items()}
        if subject.kind != CLASSIFIER:
            answers["cost"] = measure(subject, questions, answers, measure_yardstick(ask), ask)
    attendant.tell()
    return judge(assignment, subject, questions, answers, read_source(code))


def _is_file_of(subject, name):
    return PurePath(name).match(subject.file)


def tuning(results, best_val, classifier, X_val, y_val, num_train, region="tune"):
    """Check the outcome of a search over learning rate and regularization strength.

    Parameters
    ----------
    results : dict
        ``{(learning_rate, reg): (training accuracy, validation accuracy)}``.
    best_val : float
        The highest validation accuracy.
    classifier : LinearClassifier or None
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
        A table, in Jupyter as elsewhere.
    """
    return guarded("tuning", region, check_tuning, results, best_val, classifier, X_val, y_val, num_train, region)


def prediction(yours, actual, region):
    """Check what a student expected of a small array, number by number.

    Parameters
    ----------
    yours : sequence of float, or None
        The prediction; None while the region is not started.
    actual : ndarray of shape (M,)
        What came out.
    region : str

    Returns
    -------
    Findings
        One; where the prediction did not hold, it shows the first number that differs.
    """
    return guarded("prediction", region, check_prediction, yours, actual, region)


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
    places = list(map(_place, regions))
    if len(places) == 1:
        print(word("not started at", places=places[0]))
    else:
        print(word("one of"), *places, sep="\n  ")
    return False


def hint(region):
    """The next of a region's three hints; the third again once all are given.

    Parameters
    ----------
    region : str
        Its id, as in the TODO line.

    Returns
    -------
    Hint

    Raises
    ------
    ValueError
        If there is no such region.
    """
    if region not in REGIONS:
        raise ValueError(word("no region", known=", ".join(REGIONS), found=repr(region)))
    rungs = hints(region)
    number = min(_rungs_given.get(region, 0) + 1, len(rungs))
    _rungs_given[region] = number
    text = word("rung", number=number, region=region, hint=rungs[number - 1])
    return Hint(f"{text} {word('last rung')}" if number == len(rungs) else text)


class Hint(str):
    """A text that shows itself without quotation marks."""

    def __repr__(self):
        return str(self)


def _place(region):
    """Where it is; a reader has the notebook open, in one of the languages."""
    file = word("this notebook") if REGIONS[region].is_in_notebook else REGIONS[region].file
    return word("place", region=region, title=title(region), file=file)


if "IPython" in sys.modules and sys.modules["IPython"].get_ipython():
    follow(sys.modules["IPython"].get_ipython())
