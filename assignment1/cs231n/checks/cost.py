"""What a function costs: its CPU seconds by those of a few operations on whole arrays of the same shapes.

A loop over samples or classes costs many times as much, wherever it stands and whatever it is called, and a gradient
from differences of the loss costs a loss for each entry of W. The source only says where a loop stands.
"""

import functools
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
# In place of many classes for np.choose: right 2 to 3, with prints 6; a loop over the classes from 15 up, or from 8.
_NEW = np.lib.NumpyVersion(np.__version__) >= "2.0.0"  # it takes 64 arrays and not 32
_CHOOSE = Size((8, 4, 62), 11.0, 8) if _NEW else Size((8, 4, 31), 7.8, 8)
_SIZES = {
    "samples": Size((200, 4, 4), 11.0, 8),  # right 1 to 5, with sum() of all rows 8.5; loops from 13 up, most from 16
    "classes": Size((20, 4, 120), 13.0, 8),  # right 1 to 6, np.add.at of NumPy 1.24 8.5; loops over classes from 28 up
    "few classes": _CHOOSE,
    # Loops 2 to 28, with each number one by one 61; differences of a stack of losses from 440, one by one from 2,000.
    "features": Size((2, 64, 16), 200.0, 2),
}
_ASKED = {ARRAYS: ("samples", "classes"), LOOPS: ("features",)}
_YARDSTICK = (8, 200, 4, 4)  # inputs of one call, and its shape, for all sizes: what is allowed is given in it
_MANY = 16  # calls of one size, each with inputs of its own: the nearer to the bound, the more
_AFRESH = 5  # processes in which it is measured where student code may have made the yardstick slower
_LIMIT = 1e-4  # relative, for the results at these sizes


class Yardstick(NamedTuple):
    """CPU seconds of a call that does nothing, and of one that works on whole arrays."""

    idle: float
    whole: float

    @property
    def seconds(self):
        """Those of one yardstick for one input."""
        return max(self.whole - self.idle, 0.3 * self.idle) / YARDS / _YARDSTICK[0]


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
        pairs = itertools.zip_longest(self.answers, self.beside)
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


def measure(subject, questions, answers, yardstick, ask, afresh=None):
    """By size, the `Cost` of a function with these `answers` to the other calls; nothing if none is a result.

    `ask` answers a Call; `afresh` does so in a new process, with the Yardstick there before any student code.
    """
    pairs = zip(questions.cases, answers["cases"], strict=True)
    asked = [(question, answer) for question, answer in pairs if not answer.failure]
    if not asked or not any(_fits(asked, position) for position in (0, 1)):
        return {}
    at = functools.partial(_measure, questions, yardstick, ask, afresh)
    found = {name: at(name) for name in _ASKED[subject.kind]}
    if "classes" in found and _is_choose(found["classes"].failure):
        found["classes"] = at("few classes")
    if any(cost.failure is None and cost.is_above for cost in found.values()):
        found["features"] = at("features")  # is it a loop, or are they differences?
    return found


def _fits(asked, position):
    """Whether all losses (position 0) or gradients (1) have the form of one."""
    return misfit(position, [(question, answer.values[position]) for question, answer in asked]) is None


def _measure(questions, first, ask, afresh, name):
    size = _SIZES[name]
    cost = Cost(size, first, [], [])
    for number in range(_MANY):
        cost.answers.append(_counted(ask, _call("cost", size.question(questions, number))))
        if cost.failure or cost.factor < size.bound / 3:
            break
        cost.beside.append(_read(ask))  # the machine may have been busier before, or less
        if number and cost.factor < size.bound / 2:
            break
        # Not at once: the first call may import something, and on a busy machine several are slow.
        if number and cost.factor * (number + 1) > 24 * size.bound:
            break
    # The yardstick takes longer than it did: the machine is slower, or student code makes it so.
    if afresh and not cost.failure and not cost.is_above and cost._replace(beside=[]).is_above:
        cost = Cost(size, first, [], [])
        for number in range(_AFRESH):
            asked = (size.question(questions, at) for at in (number + _AFRESH, number))  # the first call is slow
            yardstick, answer = afresh([_call("cost", question) for question in asked])
            cost.answers.append(answer)
            cost.beside.append(yardstick)
    return cost


def check_cost(subject, region, source, questions, costs, found, naive):
    """Findings on the `costs` of a function; `found` are the earlier ones, `naive` names of functions with loops."""
    if not costs:
        return [judged(subject.name, "cost", region, NOT_RUN)]
    costs = list(costs.values())
    for cost in costs:
        if cost.failure:  # what it costs is not known, and it earns nothing
            cause = "result.at-size" if _are_right(found, ("loss", "gradient")) else "result.none-at-size"
            fault = failure_fault(cost.failure, cause=cause)
            has_run = all(finding.outcome == PASS for finding in found if finding.claim == "runs")
            return [judged(subject.name, "cost", region, fault if has_run else NOT_RUN) for region in subject.regions]
    above = [cost.size for cost in costs if cost.is_above]
    if above and above[-1] is _SIZES["features"]:
        cause = "gradient.numerical" if _are_right(found, "gradient") else "gradient.cost"
        return _failures(subject, subject.regions[-1:], _cost_note(above[-1]), cause)
    if wrong := next((cost.size for cost in costs if not _is_right(cost, questions, found)), None):
        return _failures(subject, subject.regions, note("other result", count=wrong.shape[0]), "result.at-size")
    if not above:
        return [judged(subject.name, "cost", region)]
    text = _cost_note(above[-1])
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
    """Whether it is that of np.choose, which takes 32 arrays at most, or 64: with fewer classes it works."""
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
            if not _are_right(found, f"{part}, data"):
                continue
            if part == "loss" and np.size(values) == len(expected):  # also where each is an array of one number
                values = np.ravel(values)
            if np.shape(values) != expected.shape:
                return False
            if not _are_right(found, f"{part}, regularizer"):  # it may add what it likes, if it is of W alone
                half = len(expected) // 2
                values, expected = values[:half] - values[half:], expected[:half] - expected[half:]
            if not is_close(values, expected, _LIMIT):
                return False
    return True
