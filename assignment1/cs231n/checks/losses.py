"""The checks of a loss function with its gradient: what it is asked, and what follows from its answers."""

import numpy as np

from ..assignments.table import ARRAYS
from .calls import Call
from .contract import check_float32, check_inputs_kept, check_same_twice, failed, misfit, numbers, runs
from .cost import check_no_loops, cost_calls
from .findings import Finding, Findings
from .outcomes import FAIL, NOT_RUN, NOT_STARTED, PASS
from .terms import compare, judge

__all__ = ["judge_loss", "loss_calls"]

_CLAIMS = {
    "loss": ("loss, data term", "loss, regularizer"),
    "gradient": ("gradient, data term", "gradient, regularizer"),
}


def loss_calls(subject, questions):
    """All calls of a loss function, lists by name."""
    last = questions.cases[-1]
    return {
        "cases": [_call(question) for question in questions.cases],
        "twice": [_call(last, seed=seed) for seed in (1, 1, 2)],
        "float32": [_call(last, dtype=np.float32)],
        "trial": [_call(questions.trial)] if questions.trial else [],
        "cost": cost_calls(questions) if subject.kind == ARRAYS else [],
    }


def _call(question, dtype=np.float64, **options):
    arrays = question.W.astype(dtype), question.X.astype(dtype), question.y
    return Call("loss", arrays, {"reg": question.reg, **options})


def judge_loss(assignment, subject, questions, answers, source):
    """Findings on a loss function; `answers` to `loss_calls`, `source` a Source or None."""
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
    if subject.kind == ARRAYS:
        begun = next(finding for finding in found if finding.outcome != NOT_STARTED)
        found += check_no_loops(subject, begun.region, source, questions, answers["cost"], found)
    return Findings(found)


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
        if model is assignment.gradient and answers["trial"] and verdict.data is None:
            verdict = _judge_trial(assignment, questions.trial, answers["trial"][0], verdict)
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


def _judge_trial(assignment, question, answer, verdict):
    """The verdict, with what the trial proves of the gradient, unless that may be a special case's fault."""
    unfit = None if answer.failure else misfit(1, [(question, answer.values[1])])
    gradient = None if answer.failure or unfit else np.asarray(answer.values[1], dtype=float)
    fault = assignment.trial(question, gradient)
    if fault is None:
        return verdict
    cause, right, is_certain = fault
    if verdict.special is not None and not is_certain:
        return verdict
    if answer.failure:
        text = failed("", "", "", answer.failure, question).measurement
    else:
        text = unfit[0] if unfit else compare(assignment.gradient.symbol, question, gradient, right)
    return verdict._replace(data=([cause], text))


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
