"""Ask, answer, judge: all calls of a subject, and the findings that follow from questions, answers and the source."""

from ..assignments.table import CLASSIFIER
from .calls import Answer
from .losses import judge_loss, loss_calls
from .questions import shipped
from .training import draw_training, judge_classifier, training_calls

_SEED = 231  # decides on what a classifier is trained with


def shipped_questions(assignment, subject):
    """What a subject is asked where nothing is drawn for it."""
    return draw_training(_SEED) if subject.kind == CLASSIFIER else shipped(assignment.name)


def calls_of(subject, questions):
    """All calls of a subject, lists by name; known before the first is made."""
    return training_calls(questions) if subject.kind == CLASSIFIER else loss_calls(questions)


def others_of(assignment, subject):
    """Names by module of the other files of an assignment that a subject's own file may import, and does not need."""
    others = {}
    if subject.kind == CLASSIFIER:  # its checks bring a loss of their own
        for other in assignment.subjects:
            if other.file != subject.file:
                others.setdefault(other.module, []).append(other.name)
    return others


def unanswered(subject, questions, failure):
    """The answers of a subject whose file gave nothing to ask: to each call its Failure."""
    calls = calls_of(subject, questions)
    return {name: [Answer(failure=failure)] * len(group) for name, group in calls.items()} | {"cost": {}}


def judge(assignment, subject, questions, answers, source):
    """Findings on a subject, wherever it answered: `answers` to each call of `calls_of`, `source` a Source or None."""
    if subject.kind == CLASSIFIER:
        return judge_classifier(subject, questions, answers)
    return judge_loss(assignment, subject, questions, answers, source)
