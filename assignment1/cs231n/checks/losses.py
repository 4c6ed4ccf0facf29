"""The checks of a loss function with its gradient: what it is asked, and what follows from its answers."""

import numpy as np

from ..assignments.table import LOOPS
from .calls import Call
from .contract import check_float32, check_inputs_kept, check_same_twice, misfit, numbers, runs
from .cost import check_cost
from .findings import FAIL, NOT_RUN, NOT_STARTED, PASS, Finding, Findings
from .terms import judge

__all__ = ["judge_loss", "loss_calls"]

_CLAIMS = {
    "loss": ("loss, data term", "loss, regularizer"),
    "gradient": ("gradient, data term", "gradient, regularizer"),
}


def loss_calls(questions):
    """All calls of a loss function but those that measure its cost, lists by name."""
    last = questions.cases[-1]
    return {
        "cases": [_call(question) for question in questions.cases],
        "twice": [_call(last, seed=seed) for seed in (1, 1, 2)],
        "float32": [_call(last, dtype=np.float32)],
    }


def _call(question, dtype=np.float64, **options):
    arrays = question.W.astype(dtype), question.X.astype(dtype), question.y
    return Call("loss", arrays, {"reg": question.reg, **options})


def judge_loss(assignment, subject, questions, answers, source):
    """Findings on a loss function; `answers` to `loss_calls`, with the ``cost``; `source` a Source or None."""
    asked = list(zip(questions.cases, answers["cases"], strict=True))
    models = [assignment.loss, assignment.gradient]
    regions = {"loss": subject.regions[0], "gradient": subject.regions[-1]}
    there = [model for position, model in enumerate(models) if _is_there(asked, position, source)]
    if there == models[:1] and len(subject.regions) == 1:
        there = []  # the given loss alone is nobody's work
    waiting = [
        Finding(subject.name, claim, regions[model.name], NOT_STARTED)
        for model in models
        if model not in there
        for claim in _CLAIMS[model.name]
    ]
    if not there:
        return Findings(waiting)
    found = _judge_started(assignment, subject, questions, answers, regions, there, waiting)
    begun = next(finding for finding in found if finding.outcome != NOT_STARTED)
    naive = {other.name for other in assignment.subjects if other.kind == LOOPS}
    return Findings(found + check_cost(subject, begun.region, source, questions, answers["cost"], found, naive))


def _judge_started(assignment, subject, questions, answers, regions, there, waiting):
    """All findings on the parts that are there, in the order of a table; `waiting` are those on the others."""
    name, region = subject.name, regions[there[-1].name]
    asked = list(zip(questions.cases, answers["cases"], strict=True))
    answered = [(question, answer) for question, answer in asked if not answer.failure]
    repeats = check_same_twice(name, region, answers["twice"])
    contract = check_inputs_kept(name, region, answered)
    terms, special = [], []
    for model in there:
        position = (assignment.loss, assignment.gradient).index(model)
        place, claims = regions[model.name], _CLAIMS[model.name]
        results = [(question, answer.values[position]) for question, answer in answered]
        unfit = misfit(position, results)
        if unfit:
            contract.append(Finding(name, "result", place, FAIL, *unfit))
        if unfit or not results or repeats.outcome == FAIL:
            terms += [Finding(name, claim, place, NOT_RUN) for claim in claims]
            continue
        verdict = judge(model, [(question, _number(value, position)) for question, value in results])
        terms += _term_findings(name, place, claims, verdict)
        if verdict.explained:
            special.append((place, verdict.special))
    all_judged = len(special) == len(there)
    contract = contract or [Finding(name, "result", region, PASS if answered else NOT_RUN)]
    special = [Finding(name, "special cases", place, FAIL, text) for place, text in special if text] or [
        Finding(name, "special cases", region, PASS if all_judged else NOT_RUN)
    ]
    precision = Finding(name, "float32", region, NOT_RUN)
    if all_judged:
        precision = check_float32(name, region, questions.cases[-1], answers["cases"][-1], answers["float32"][0])
    return [runs(name, regions[there[0].name], asked), repeats, *terms, *waiting, *special, *contract, precision]


def _is_there(asked, position, source):
    """Whether a result is more than a stub's None or zeros, or NotImplementedError."""
    values = [answer.values[position] for _, answer in asked if not answer.failure]
    if not values:
        return any(answer.failure.kind != "NotImplementedError" for _, answer in asked)
    if all(value is None for value in values):
        return False
    arrays = [numbers(value) for value in values]
    if any(array is None or array.size == 0 or np.any(array) for array in arrays):
        return True
    return source is not None and source.is_filled(position)


def _number(value, position):
    """A loss as a float, a gradient in float64; a plain array also where it is an np.matrix."""
    array = np.asarray(value, dtype=float)
    return array if position else float(array.ravel()[0])


def _term_findings(name, region, claims, verdict):
    """Findings on data term and regularizer, one for each cause; the first has the measurement."""
    found = []
    for claim, term in zip(claims, verdict[:2], strict=True):
        if term is None:
            found.append(Finding(name, claim, region, PASS))
            continue
        causes, measured = term
        for number, cause in enumerate(causes or [None]):
            found.append(Finding(name, claim, region, FAIL, None if number else measured, cause))
    return found
