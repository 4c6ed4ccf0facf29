"""What a submission is asked: the checks' cases from another seed, and the right answer for any number of samples."""

import functools
from collections.abc import Mapping

from cs231n.checks.questions import Question, as_near_hinge

from ..authoring.cases import draw_cases, parts, standard_parts
from ..authoring.near_hinge import near_hinge

__all__ = ["draw_exam", "loss_and_gradient"]


def draw_exam(seed):
    """Draw what a loss function is asked.

    Parameters
    ----------
    seed : int or sequence of int

    Returns
    -------
    dict
        ``asked``, a tuple of `Question`: each case without and with its regularizer; what answers that are wrong are
        made of is computed when it is asked for. ``near_hinge``, a `NearHinge`.
    """
    questions = []
    for case in draw_cases(seed):
        W, X, y = case["W"], case["X"], case["y"]
        every, right = functools.cache(functools.partial(parts, W, X, y)), standard_parts(W, X, y)
        groups = {group: _Later(group, right[group], every) for group in right}
        questions += [Question(case["name"], W, X, y, reg, groups) for reg in (0.0, case["reg"])]
    return {"asked": tuple(questions), "near_hinge": as_near_hinge(near_hinge(seed))}


class _Later(Mapping):
    """One group of a case's parts: its right reading is there, the others are computed."""

    def __init__(self, group, right, every):
        self.group, self.right, self.every = group, right, every

    def __getitem__(self, reading):
        return self.right[reading] if reading in self.right else self.every()[self.group][reading]

    def __iter__(self):
        return iter(self.every()[self.group])

    def __len__(self):
        return len(self.every()[self.group])


def loss_and_gradient(W, X, y, reg):
    """The right answer, for any number of samples.

    Parameters
    ----------
    W, X, y, reg
        As `svm_loss_naive` takes them.

    Returns
    -------
    loss : float
    dW : ndarray of shape (D, C)
    """
    groups = standard_parts(W, X, y)
    question = Question("", W, X, y, reg, groups)
    return question.loss, question.gradient
