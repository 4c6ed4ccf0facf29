"""Ask, answer, judge: all calls of a subject, and the findings that follow from questions and answers alone."""

from ..assignments.table import CLASSIFIER
from .losses import judge_loss, loss_calls
from .training import judge_classifier, training_calls

__all__ = ["calls_of", "judge"]


def calls_of(subject, questions):
    """All calls of a subject, known before the first is made.

    Parameters
    ----------
    subject : Subject
    questions : questions.Questions or training.Training
        To a loss, or to a classifier.

    Returns
    -------
    dict of str to list of calls.Call
    """
    return training_calls(questions) if subject.kind == CLASSIFIER else loss_calls(subject, questions)


def judge(assignment, subject, questions, answers, source):
    """Judge a subject: the same wherever it answered.

    Parameters
    ----------
    assignment : Assignment
    subject : Subject
    questions : questions.Questions or training.Training
    answers : dict of str to list of calls.Answer
        One to each call of `calls_of`.
    source : source.Source or None
        Of a function: where it is written.

    Returns
    -------
    Findings
    """
    if subject.kind == CLASSIFIER:
        return judge_classifier(subject, questions, answers)
    return judge_loss(assignment, subject, questions, answers, source)
