"""The checks of a loss function with its gradient: what it is asked, and what follows from its answers."""

import numpy as np

from ..assignments.table import LOOPS
from .calls import Call
from .contract import find_failure, find_input_faults, judge_float32, judge_repeats, misfit, numbers
from .cost import check_cost
from .decomposition import FREEDOM
from .findings import FAIL, NOT_RUN, NOT_STARTED, Findings, judged
from .terms import judge

_CLAIMS = {
    "loss": ("loss, data term", "loss, regularizer"),
    "gradient": ("gradient, data term", "gradient, regularizer"),
}


def loss_calls(questions):
    """All calls of a loss function but those that measure its cost, lists by name."""
    last = questions.cases[-1]
    return {
        "cases": [_call(question) for question in questions.cases],
        "twice": [_call(last, seed=seed, litter=litter) for seed, litter in ((1, 7), (1, 7), (1, 8), (2, 7))],
        "float32": [_call(last, dtype=np.float32)],
    }


def _call(question, dtype=np.float64, **options):
    arrays = question.W.astype(dtype), question.X.astype(dtype), question.y
    return Call("loss", arrays, {"reg": question.reg, **options})


def judge_loss(assignment, subject, questions, answers, source):
    """Findings on a loss function; `answers` to `loss_calls`, with the ``cost``; `source` a Source or None."""
    name, asked = subject.name, list(zip(questions.cases, answers["cases"], strict=True))
    models = assignment.loss, assignment.gradient
    regions = {"loss": subject.regions[0], "gradient": subject.regions[-1]}
    there = [model for position, model in enumerate(models) if _is_there(asked, position, source)]
    if there == [assignment.loss] and len(subject.regions) == 1:
        there = []  # the given loss alone is nobody's work
    waiting = [
        judged(name, claim, regions[model.name], NOT_STARTED)
        for model in models
        if model not in there
        for claim in _CLAIMS[model.name]
    ]
    if not there:
        return Findings(waiting)
    first, last = regions[there[0].name], regions[there[-1].name]
    answered = [(question, answer) for question, answer in asked if not answer.failure]
    repeats = judged(name, "same result twice", last, judge_repeats(answers["twice"]))
    contract = [judged(name, "result", last, fault) for fault in find_input_faults(answered)]
    terms, special = [], []
    for model in there:
        position, region, claims = models.index(model), regions[model.name], _CLAIMS[model.name]
        results = [(question, answer.values[position]) for question, answer in answered]
        unfit = misfit(position, results)
        if unfit:
            contract.append(judged(name, "result", region, _swapped(unfit, answered)))
        if unfit or not results or repeats.outcome == FAIL:
            terms += [judged(name, claim, region, NOT_RUN) for claim in claims]
            continue
        verdict = judge(model, [(question, _number(value, position)) for question, value in results])
        is_enough = sum(len(question.y) > 1 for question, _ in results) >= FREEDOM  # one sample shows no mean
        terms += _term_findings(name, region, claims, verdict, None if is_enough else NOT_RUN)
        if verdict.explained:
            special.append((region, verdict.special))
    all_explained, precision = len(special) == len(there), NOT_RUN
    if all_explained:
        precision = judge_float32(questions.cases[-1], answers["cases"][-1], answers["float32"][0])
    wrong = [judged(name, "special cases", region, (text,)) for region, text in special if text]
    found = [
        judged(name, "runs", first, find_failure(asked)),
        repeats,
        *terms,
        *waiting,
        *(wrong or [judged(name, "special cases", last, None if all_explained else NOT_RUN)]),
        *(contract or [judged(name, "result", last, None if answered else NOT_RUN)]),
        judged(name, "float32", last, precision),
    ]
    naive = {other.name for other in assignment.subjects if other.kind == LOOPS}
    return Findings(found + check_cost(subject, first, source, questions, answers["cost"], found, naive))


def _swapped(fault, answered):
    """A fault of the loss, which is that it comes second where the gradient's place holds one number each time."""
    text, cause, *rest = fault
    seconds = [numbers(answer.values[1]) for _, answer in answered]
    is_swapped = cause == "result.loss-like-w" and all(value is not None and value.size == 1 for value in seconds)
    return (text, "result.swapped" if is_swapped else cause, *rest)


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
    return source is not None and source.fills(position)


def _number(value, position):
    """A loss as a float, a gradient in float64; a plain array also where it is an np.matrix."""
    array = np.asarray(value, dtype=float)
    return array if position else float(array.ravel()[0])


def _term_findings(name, region, claims, verdict, right):
    """Findings on data term and regularizer, one for each cause, the first with the measurement; `right` where none."""
    found = []
    for claim, term in zip(claims, verdict[:2], strict=True):
        if not isinstance(term, tuple):
            found.append(judged(name, claim, region, term or right))
            continue
        causes, measured = term
        faults = zip([measured] + [None] * len(causes), causes or [None], strict=False)
        found += [judged(name, claim, region, fault) for fault in faults]
    return found
