"""The checks of `svm_loss_naive` and `svm_loss_vectorized`."""

from typing import NamedTuple

import numpy as np

from .conduct import check_float32, check_inputs_kept, check_same_twice, misfit, numbers, runs
from .findings import FAIL, NOT_RUN, NOT_STARTED, PASS, Finding, Findings
from .hinge import NUMERICAL, check_near_hinge
from .questions import ask, questions
from .source import read_source
from .terms import GRADIENT, LOSS, Verdict, judge

__all__ = ["check_loss_function"]


class _Part(NamedTuple):
    """Loss or gradient: what it is, the region where it is written, its claims, and its place among the results."""

    kind: object
    region: str
    claims: tuple
    position: int


def check_loss_function(function, loss_region, gradient_region, asked=None, near_hinge=None):
    """Check a loss function on all questions.

    Parameters
    ----------
    function : callable or Distant
        Takes W, X, y, reg; returns loss and gradient, each None where it is not started.
    loss_region, gradient_region : str
        Ids of the regions in which each is written; the same where the loss is given.
    asked : sequence of Question, optional
        Those that ship with the checks by default.
    near_hinge : NearHinge, optional
        As well.

    Returns
    -------
    Findings
    """
    answers = [(question, ask(function, question)) for question in asked or questions()]
    loss = _Part(LOSS, loss_region, ("loss, data term", "loss, regularizer"), 0)
    gradient = _Part(GRADIENT, gradient_region, ("gradient, data term", "gradient, regularizer"), 1)
    there = [part for part in (loss, gradient) if _is_there(function, answers, part.position)]
    if there == [loss] and loss_region == gradient_region:
        there = []  # the given loss alone is nobody's work
    waiting = [
        Finding(function.__name__, claim, part.region, NOT_STARTED)
        for part in (loss, gradient)
        if part not in there
        for claim in part.claims
    ]
    return Findings(_check_started(function, answers, near_hinge, there, waiting) if there else waiting)


def _check_started(function, answers, near_hinge, there, waiting):
    """All findings on the parts that are there, in the order of a table; `waiting` are those on the others."""
    subject, region = function.__name__, there[-1].region
    answered = [(question, answer) for question, answer in answers if not answer.failure]
    repeats = check_same_twice(function, subject, region, answered)
    conduct = check_inputs_kept(subject, region, answered)
    terms, special = [], []
    for part in there:
        results = [(question, answer[part.position]) for question, answer in answered]
        unfit = misfit(part.position, results)
        if unfit:
            conduct.append(Finding(subject, "result", part.region, FAIL, *unfit))
        if unfit or not results or repeats.outcome != PASS:
            terms += [Finding(subject, claim, part.region, NOT_RUN) for claim in part.claims]
            continue
        verdict = judge(part.kind, [(question, _number(part.kind, value)) for question, value in results])
        if part.kind is GRADIENT and verdict.data is None:
            verdict = _judge_near_hinge(verdict, check_near_hinge(function, near_hinge))
        terms += _term_findings(subject, part, verdict)
        if verdict.explained:
            special.append((part.region, verdict.special))
    all_judged = len(special) == len(there)
    conduct = conduct or [Finding(subject, "result", region, PASS if answered else NOT_RUN)]
    special = [Finding(subject, "special cases", place, FAIL, text) for place, text in special if text] or [
        Finding(subject, "special cases", region, PASS if all_judged else NOT_RUN)
    ]
    precision = check_float32(function, subject, region, answered if all_judged else [])
    return [runs(subject, there[0].region, answers), repeats, *terms, *waiting, *special, *conduct, precision]


def _judge_near_hinge(verdict, fault):
    """A verdict with what is wrong next to the hinge, unless that may be a special case's fault."""
    counts = fault and (verdict.special is None or fault[0] == [NUMERICAL])
    return verdict._replace(data=fault) if counts else verdict


def _is_there(function, answers, position):
    """Whether a result is more than a stub's None or zeros, or NotImplementedError."""
    values = [answer[position] for _, answer in answers if not answer.failure]
    if not values:
        return any(answer.failure.kind != "NotImplementedError" for _, answer in answers)
    if all(value is None for value in values):
        return False
    arrays = [numbers(value) for value in values]
    if any(array is None or array.size == 0 or np.any(array) for array in arrays):
        return True
    source = read_source(function)
    return source is not None and source.is_filled(position)


def _number(kind, value):
    """A loss as a float, a gradient in float64; a plain array also where it is an np.matrix."""
    array = np.asarray(value, dtype=float)
    return array if kind is GRADIENT else float(array.ravel()[0])


def _term_findings(subject, part, verdict: Verdict):
    """Findings on data term and regularizer, one for each cause; the first has the measurement."""
    found = []
    for claim, term in zip(part.claims, verdict[:2], strict=True):
        if term is None:
            found.append(Finding(subject, claim, part.region, PASS))
            continue
        causes, measured = term
        for number, cause in enumerate(causes or [None]):
            found.append(Finding(subject, claim, part.region, FAIL, "" if number else measured, cause))
    return found
