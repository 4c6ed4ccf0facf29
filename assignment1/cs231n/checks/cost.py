"""Whether a function that is to have no loop has one: by its source, and by the lines that Python goes through."""

import numpy as np

from .calls import Call
from .contract import failed
from .findings import Finding, note
from .outcomes import FAIL, NOT_RUN, PASS
from .source import NAIVE
from .terms import is_close

__all__ = ["check_no_loops", "cost_calls"]

_SIZES = (400, 3), (1600, 3), (400, 30)  # numbers of samples and of classes
_LIMIT = 1e-4  # relative, for the results at these sizes


def cost_calls(questions):
    """Calls that count lines, for few samples, for many, and for many classes."""
    asked = [questions.large(*size) for size in _SIZES]
    return [Call("steps", (question.W, question.X, question.y), {"reg": question.reg}) for question in asked]


def check_no_loops(subject, region, source, questions, answers, found):
    """Findings on loops in the code and on its cost; `found` are the earlier ones, `answers` those to `cost_calls`."""
    name, runs = subject.name, all(finding.outcome == PASS for finding in found if finding.claim == "runs")
    loops = source.loops() if source and source.function else []
    cost = Finding(name, "cost", region, NOT_RUN)
    if loops:
        text = note("text", text=[note("loop", line=line, what=what) for line, what in loops[:20]])
        cause = "vectorized.naive" if any(what == NAIVE for _, what in loops) else "vectorized.loop"
        return [Finding(name, "no loop", region, FAIL, text, cause, text), cost]
    code = cost._replace(claim="no loop", outcome=PASS if source else NOT_RUN)
    if source and not source.function and runs:
        text = note("no definition")
        code = Finding(name, "no loop", region, FAIL, text, None, text)
    return [code, _cost(subject, region, questions, answers, found) if runs else cost]


def _cost(subject, region, questions, answers, found):
    """Finding on the lines that Python goes through: a loop adds some for each sample, or for each class."""
    # Only results that are right so far have to be right at these sizes, too.
    right = [
        all(finding.outcome == PASS for finding in found if finding.claim.startswith(part))
        for part in ("loss", "gradient")
    ]
    for size, answer in zip(_SIZES, answers, strict=True):
        if answer.failure:
            return failed(subject.name, "cost", region, answer.failure)
        expected = questions.large(*size).parts.get("right", ())
        for value, was_right, other in zip(answer.values[1:], right, expected, strict=False):
            if was_right and not _agrees(value, other):
                text = note("other result", count=size[0])
                return Finding(subject.name, "cost", region, FAIL, text, None, text)
    few, many, wide = (answer.values[0] for answer in answers)
    (samples, classes), (more, _), (_, further) = _SIZES
    if many - few >= 3 * samples:  # a line for each sample that was added, or more
        text = note("steps", few=few, many=many, small=samples, large=more)
    elif wide - few >= 9 * classes:
        text = note("steps by classes", few=few, many=wide, small=classes, large=further)
    else:
        return Finding(subject.name, "cost", region, PASS)
    return Finding(subject.name, "cost", region, FAIL, text, "vectorized.cost")


def _agrees(value, expected):
    is_number = isinstance(value, np.ndarray | np.number | float | int) and np.asarray(value).dtype.kind in "fiu"
    return is_number and np.shape(value) == np.shape(expected) and is_close(value, expected, _LIMIT)
