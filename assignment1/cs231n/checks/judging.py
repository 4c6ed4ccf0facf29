"""Ask, answer, judge: all calls of a subject, and the findings that follow from questions and answers alone."""

from ..assignments.table import CLASSIFIER
from .losses import judge_loss, loss_calls
from .training import judge_classifier, training_calls

__all__ = ["calls_of", "judge"]


def calls_of(subject, questions, seed=231):
    """All calls of a subject, known before the first is made.

    Parameters
    ----------
    subject : Subject
    questions : Questions
        To a loss.
    seed : int
        Decides on what a classifier is trained with.

    Returns
    -------
    dict of str to list of calls.Call
    """
    return training_calls(seed) if subject.kind == CLASSIFIER else loss_calls(subject, questions)


def judge(assignment, subject, questions, calls, answers, source):
    """Judge a subject: the same wherever it answered.

    Parameters
    ----------
    assignment : Assignment
    subject : Subject
    questions : Questions
    calls : dict of str to list of calls.Call
        As `calls_of` returns them.
    answers : dict of str to list of calls.Answer
        One to each call.
    source : source.Source or None
        Of a function: where it is written.

    Returns
    -------
    Findings
    """
    if subject.kind == CLASSIFIER:
        return judge_classifier(subject, calls, answers)
    return judge_loss(assignment, subject, questions, answers, source)
