"""What a function costs: its CPU seconds by those of a few operations on whole arrays of the same shapes.

A loop over samples or classes costs many times as much, wherever it stands and whatever it is called, and a gradient
from differences of the loss costs a loss for each entry of W. The source only says where a loop stands.
"""

import itertools
import statistics
from typing import NamedTuple

import numpy as np

from ..assignments.table import ARRAYS, LOOPS
from .calls import YARDS, Call
from .contract import failure_fault, misfit
from .findings import NOT_RUN, PASS, judged, note
from .questions import draw_large
from .terms import is_close

__all__ = ["check_cost", "measure", "measure_yardstick"]


class Size(NamedTuple):
    """Numbers of samples, features and classes, the cost that is allowed there in yardsticks, and inputs of a call."""

    shape: tuple
    bound: float
    inputs: int

    def question(self, questions, number):
        """The question of a number at this size."""
        return questions.large(number, self.inputs, *self.shape)


# What is allowed lies between right solutions and others; in yardsticks, on an AMD EPYC with NumPy 2.4 and Python 3.11.
# Products of these sizes run in one thread of OpenBLAS, also where a solution multiplies by ones (C, C) or works N x N.
_SIZES = {
    "samples": Size((200, 4, 4), 11.0, 8),  # right 1 to 5, with sum() of all rows 8.5; loops from 13 up, most from 16
    "classes": Size((32, 4, 80), 9.0, 8),  # right 1 to 5; a loop over the classes, or one in np.vectorize, from 13 up
    "features": Size((2, 32, 16), 90.0, 1),  # loops 2 to 16, with an np.array of each number 56; differences from 184
}
_ASKED = {ARRAYS: ("samples", "classes"), LOOPS: ("features",)}
_YARDSTICK = (8, 200, 4, 4)  # inputs of one call, and its shape, for all sizes: what is allowed is given in it
_SLOWER = 2  # times as long as before any student code the yardstick may take: so much slower may a machine become
_MANY = 16  # calls of one size, each with inputs of its own: the nearer to the bound, the more
_LIMIT = 1e-4  # relative, for the results at these sizes


class Yardstick(NamedTuple):
    """CPU seconds of a call that does nothing, and of one that works on whole arrays."""

    idle: float
    whole: float

    @property
    def seconds(self):
        """Those of one yardstick for one input."""
        return max(self.whole - self.idle, 0.3 * self.idle) / YARDS / _YARDSTICK[0]

    def within(self, first):
        """This one, but no more than `_SLOWER` than the first."""
        return Yardstick(*(min(now, _SLOWER * then) for now, then in zip(self, first, strict=True)))


def _read(ask):
    """A Yardstick as it is now; `ask` answers a Call."""
    question = draw_large(0, *_YARDSTICK)
    return Yardstick(*(_counted(ask, _call(do, question)).cpu for do in ("idle", "yardstick")))


def _counted(ask, call):
    """The answer to a call whose time the kernel counted."""
    for _ in range(_MANY):
        answer = ask(call)
        if answer.failure or answer.cpu > 0:
            break
    return answer


class Cost(NamedTuple):
    """What was measured at one size: answers, and the yardstick before and right after each of them."""

    size: Size
    first: Yardstick
    answers: list
    beside: list

    @property
    def factor(self):
        """The cost of a call in yardsticks: the middle one of those that were measured.

        Of two processors of one core each is slower while the other works, by up to a half and for milliseconds; what
        is measured right after the other is so at one speed.
        """
        pairs = itertools.zip_longest(self.answers, (yardstick.within(self.first) for yardstick in self.beside))
        return statistics.median(self._factor(answer.cpu, yardstick or self.first) for answer, yardstick in pairs)

    def _factor(self, seconds, yardstick):
        return (seconds - yardstick.idle) / self.size.inputs / yardstick.seconds

    @property
    def is_above(self):
        """Whether it is more than is allowed."""
        return self.factor > self.size.bound

    @property
    def failure(self):
        """The first failure; None if there is none."""
        return next((answer.failure for answer in self.answers if answer.failure), None)


def measure_yardstick(ask):
    """The Yardstick, before student code is there, which could slow it down; `ask` answers a Call."""
    read = []
    for _ in range(_MANY):
        read.append(_read(ask))
        # The least but one: a busy machine makes most of them longer, and a virtual machine a few too short. A kernel
        # takes the time that a hypervisor gave to others off the next that a process computes, also where it was
        # waiting then: Linux, kernel/sched/core.c, update_rq_clock_task.
        first = Yardstick(*(sorted(seconds)[:2][-1] for seconds in zip(*read, strict=True)))
        # The first calls are slow, and on a busy machine many are: until two of three or more agree.
        if len(read) > 2 and first.whole < 1.1 * min(yardstick.whole for yardstick in read):
            break
    return first


def _call(do, question):
    return Call(do, (question.W, question.X, question.y), {"reg": question.reg})


def measure(subject, questions, answers, yardstick, ask):
    """By size, the `Cost` of a function with these `answers` to the other calls; nothing if none is a result."""
    pairs = zip(questions.cases, answers["cases"], strict=True)
    asked = [(question, answer) for question, answer in pairs if not answer.failure]
    if not asked or not any(_fits(asked, position) for position in (0, 1)):
        return {}
    found = {name: _measure(name, questions, yardstick, ask) for name in _ASKED[subject.kind]}
    if any(cost.failure is None and cost.is_above for cost in found.values()):
        found["features"] = _measure("features", questions, yardstick, ask)  # is it a loop, or are they differences?
    return found


def _fits(asked, position):
    """Whether all losses (position 0) or gradients (1) have the form of one."""
    return misfit(position, [(question, answer.values[position]) for question, answer in asked]) is None


def _measure(name, questions, first, ask):
    size = _SIZES[name]
    cost = Cost(size, first, [], [])
    for number in range(_MANY):
        cost.answers.append(_counted(ask, _call("cost", size.question(questions, number))))
        if cost.failure or cost.factor < size.bound / 3:
            break
        # The machine may have been busier before, or less. Student code can make the yardstick longer now.
        cost.beside.append(_read(ask))
        if number and cost.factor < size.bound / 2:
            break
        # Not at once: the first call may import something, and on a busy machine several are slow.
        if number and cost.factor * (number + 1) > 24 * size.bound:
            break
    return cost


def check_cost(subject, region, source, questions, costs, found, naive):
    """Findings on the `costs` of a function; `found` are the earlier ones, `naive` names of functions with loops."""
    if not costs:
        return [judged(subject.name, "cost", region, NOT_RUN)]
    costs = [cost for cost in costs.values() if not _is_choose(cost.failure)]
    for cost in costs:
        if cost.failure:  # what it costs is not known, and it earns nothing
            cause = "result.at-size" if _are_right(found, ("loss", "gradient")) else None
            fault = failure_fault(cost.failure, cause=cause)
            has_run = all(finding.outcome == PASS for finding in found if finding.claim == "runs")
            return [judged(subject.name, "cost", region, fault if has_run else NOT_RUN) for region in subject.regions]
        if not _is_right(cost, questions, found):
            return _failures(subject, subject.regions, note("other result", count=cost.size.shape[0]), "result.at-size")
    above = [cost.size for cost in costs if cost.is_above]
    if not above:
        return [judged(subject.name, "cost", region)]
    text = _cost_note(above[-1])
    if above[-1] is _SIZES["features"]:
        cause = "gradient.numerical" if _are_right(found, "gradient") else "gradient.cost"
        return _failures(subject, subject.regions[-1:], text, cause)
    if not source or not source.function:  # which may be the one with loops
        return _failures(subject, subject.regions, text, "vectorized.cost")
    loops = source.loops(naive)
    if not loops:
        return _failures(subject, [region], text, "vectorized.cost")
    text = note("text", text=[text, *(note("loop", line=line, what=what) for line, what in loops[:20])])
    if any(what in naive for _, what in loops):  # it has shown nothing anywhere
        return _failures(subject, subject.regions, text, "vectorized.naive")
    return _failures(subject, [region], text, "vectorized.loop")


def _is_choose(failure):
    """Whether it is that of np.choose, which takes no more than 32 arrays, or 64, and is measured where it works."""
    return failure is not None and failure.kind == "ValueError" and "array objects" in failure.text


def _failures(subject, regions, text, cause):
    return [judged(subject.name, "cost", region, (text, cause, text)) for region in regions]


def _are_right(found, parts):
    """Whether all earlier findings on the loss or the gradient, or both, are well."""
    return all(finding.outcome == PASS for finding in found if finding.claim.startswith(parts))


def _cost_note(size):
    """The shapes and the bound; the cost itself differs from run to run."""
    samples, features, classes = size.shape
    call = f"W {(features, classes)}, X {(samples, features)}"
    return note("at", call=note("called with", call=call), what=note("cost above", bound=f"{size.bound:g}"))


def _is_right(cost, questions, found):
    """Whether results are right as far as the earlier findings are: what is wrong elsewhere need not be right here."""
    if questions.right is None:
        return True
    for number, answer in enumerate(cost.answers):
        right = questions.right(cost.size.question(questions, number))
        for part, values, expected in zip(("loss", "gradient"), answer.values, right, strict=True):
            if _are_right(found, part) and not (
                np.shape(values) == expected.shape and is_close(values, expected, _LIMIT)
            ):
                return False
    return True
