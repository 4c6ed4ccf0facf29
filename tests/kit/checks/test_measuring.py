"""What comes of measured costs: clocks and yardsticks are made up here."""

import numpy as np
import pytest

from cs231n.assignments import SUBJECTS
from cs231n.checks import cost
from cs231n.checks.calls import Answer, Failure
from cs231n.checks.questions import shipped

VECTORIZED = list(SUBJECTS.values())[1]
RIGHT = shipped("svm")


def cost_of(name, answers):
    """What these answers cost at a size, beside an idle call and a yardstick of one and two milliseconds."""
    size = cost._SIZES[name]
    yardstick = cost.Yardstick(1e-3, 1e-3 * (1 + cost.YARDS))
    return cost.Cost(size, yardstick, answers, [yardstick] * len(answers))


def judged(*samples, classes=(1e-3,), failure=None):
    """The finding on costs in yardsticks of a millisecond, beside an idle call of one more."""
    answers = [Answer(cpu=1e-3 * (1 + factor), failure=failure) for factor in samples]
    costs = {"samples": cost_of("samples", answers)}
    costs["classes"] = cost_of("classes", [Answer(cpu=factor) for factor in classes])
    return cost.check_cost(VECTORIZED, "a region", None, RIGHT, costs, [], set())[0]


@pytest.mark.parametrize(("samples", "outcome"), [((10.9,), "pass"), ((50, 10.9, 9), "pass"), ((50, 11.1, 2), "fail")])
def test_the_middle_one_of_several_costs_is_judged(samples, outcome):
    assert judged(*samples).outcome == outcome


@pytest.mark.parametrize(
    "failure",
    [
        Failure("ZeroDivisionError", "division by zero", 3),
        Failure("ValueError", "Need at least 1 and at most 64 array objects.", 3),
    ],
)
def test_what_cannot_be_called_at_a_size_earns_nothing(failure):
    costs = {"classes": cost_of("classes", [Answer(failure=failure)])}
    costs["samples"] = cost_of("samples", [Answer(cpu=2e-3)])
    found = cost.check_cost(VECTORIZED, "a region", None, RIGHT, costs, [], set())
    assert {(finding.outcome, finding.region, finding.cause) for finding in found} == {
        ("fail", region, "result.at-size") for region in VECTORIZED.regions
    }


def measured(pace_of, loop, afresh=None):
    """The cost at the samples' size and the calls, where a call takes `pace_of` its number and kind times as long."""
    asked, spent = [], {"idle": 0, "yardstick": cost.YARDS, "cost": loop}

    def ask(call):
        asked.append(call.do)
        pace = pace_of(len(asked), call.do)
        return Answer((0.0, np.zeros(call.arrays[0].shape)), cpu=pace * 1e-3 * (1 + spent[call.do]))

    def in_a_new_process(calls):
        return afresh or cost.measure_yardstick(ask), [ask(call) for call in calls][-1]

    yardstick = cost.measure_yardstick(ask)
    answers = {"cases": [Answer((0.0, np.zeros_like(question.W))) for question in RIGHT.cases]}
    return cost.measure(VECTORIZED, RIGHT, answers, yardstick, ask, in_a_new_process)["samples"], asked


BEFORE = 6  # calls before any student code


@pytest.mark.parametrize(
    ("loop", "factor", "is_near"),
    [(11, 11, True), (13, 13, True), (5, 5, False), (2, 2, False)],
)
def test_near_the_bound_both_are_measured_again(loop, factor, is_near):
    found, asked = measured(lambda number, do: 1, loop)
    assert found.factor == pytest.approx(factor)
    assert (len(found.answers) == len(found.beside) == cost._MANY) == is_near
    assert asked[:BEFORE] == 3 * ["idle", "yardstick"]


@pytest.mark.parametrize("loop", [8.5, 13])
@pytest.mark.parametrize(
    "pace_of",
    [
        lambda number, do: 1.8 if number <= BEFORE else 1,
        lambda number, do: 1.8 if number > BEFORE else 1,
        lambda number, do: 1.8 if number // 7 % 3 else 1,
        lambda number, do: 2.5 if number < 3 else 1,
    ],
    ids=["faster later", "slower later", "now and then", "at the first calls"],
)
def test_how_fast_the_machine_is_decides_nothing(pace_of, loop):
    """A processor is slower while another of its core works: 12 yardsticks of 300 were 1.2 to 1.7 times as long."""
    assert measured(pace_of, loop)[0].factor == pytest.approx(loop, rel=0.2)


@pytest.mark.parametrize("slower", [1.5, 2, 10, 1e9])
def test_a_loop_is_told_though_it_makes_the_yardstick_slow(slower):
    """In the student's process its code can do that; in a new one the yardstick comes before that code."""
    before = cost.Yardstick(1e-3, 1e-3 * (1 + cost.YARDS))
    found, _ = measured(lambda number, do: slower if number > BEFORE and do != "cost" else 1, 13, before)
    assert found.factor == pytest.approx(13)
    assert found.is_above


@pytest.mark.parametrize("uncounted", ["idle", "yardstick", "cost"])
@pytest.mark.parametrize("part", [0, 0.4])
@pytest.mark.parametrize("which", range(6))
def test_time_that_the_kernel_did_not_count_decides_nothing(uncounted, part, which):
    """Some of a virtual machine's time is taken off what a process computed: all of one call, or a part of another."""
    numbers = []

    def pace_of(number, do):
        numbers.extend([number] if do == uncounted else [])
        return part if do == uncounted and len(numbers) == which + 1 else 1

    assert measured(pace_of, 12)[0].factor == pytest.approx(12)
