"""Turns, processes, medians and ratios."""

import sys

import pytest

from benchmarks.measuring import goal, in_turns, make_row, run_process, take_turns

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what a process used cannot be had on Windows")


def test_turns_are_taken_in_another_order_each_round_and_the_same_in_each_run():
    turns = list(in_turns("abc", rounds=20))
    rounds = ["".join(turns[start : start + 3]) for start in range(0, 60, 3)]
    assert all(sorted(order) == list("abc") for order in rounds)
    assert len(set(rounds)) > 3
    assert turns == list(in_turns("abc", rounds=20))


def test_every_call_is_timed_once_a_round_and_once_to_warm_up():
    counts = {"a": 0, "b": 0}

    def call(name):
        counts[name] += 1
        sum(range(500_000))  # long enough that one call is one measurement

    times = take_turns({name: lambda name=name: call(name) for name in counts}, rounds=3)
    assert {name: len(values) for name, values in times.items()} == {"a": 3, "b": 3}
    assert all(value > 0 for values in times.values() for value in values)
    assert all(count >= 5 for count in counts.values())


def test_before_each_turn_the_machine_rests_and_the_call_is_made_without_being_timed():
    made = []
    take_turns({"a": lambda: made.append(sum(range(500_000)))}, rounds=3, rest=0.01)
    assert len(made) >= 2 + 3 * 2  # two to find out how often it is repeated


def test_a_value_is_median_and_deciles():
    assert make_row("case", "way", "s", [5.0]).value == [5.0, 5.0, 5.0]
    assert make_row("case", "way", "s", range(11)).value == [5.0, 1.0, 9.0]


def test_ratios_are_taken_round_by_round():
    slow_moments = [1.0, 10.0, 1.0, 10.0]
    assert make_row("case", "way", "s", [2 * value for value in slow_moments], slow_moments).ratio == [2.0, 2.0, 2.0]
    with pytest.raises(ValueError, match=r"shorter|longer"):
        make_row("case", "way", "s", [1.0], [1.0, 2.0])


def test_a_row_without_anything_to_compare_with_has_no_ratio():
    assert make_row("case", "way", "s", [1.0]).ratio is None


def test_a_goal_is_met_missed_in_its_cases_or_not_measured():
    assert goal("small", [1, 2], lambda case: case < 3) == "goal: small: met"
    assert goal("small", ["one", "two"], lambda case: False) == "goal: small: MISSED in one; two"
    assert goal("small", [], lambda case: True) == "goal: small: not measured"


def test_a_process_is_measured_with_those_that_it_starts():
    burn = "import time\nwhile time.process_time() < 0.3: pass\nheld = bytearray(80_000_000)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}]); print('done')"
    used = run_process([sys.executable, "-c", program])
    assert used.output == "done\n"
    assert used.cpu >= 0.3
    assert used.peak >= 80_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans to another parent")
def test_what_has_lost_its_parent_is_measured_too():
    burn = "import time; held = bytearray(60_000_000)\nwhile time.process_time() < 0.5: pass"
    program = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"
    used = run_process([sys.executable, "-c", program])
    assert used.cpu >= 0.5
    assert used.peak >= 60_000_000


def test_a_process_is_given_more_variables_than_it_inherits(monkeypatch):
    monkeypatch.setenv("INHERITED", "1")
    program = "import os; print(os.environ['INHERITED'], os.environ['GIVEN'])"
    assert run_process([sys.executable, "-c", program], variables={"GIVEN": "2"}).output == "1 2\n"


def test_a_process_that_fails_is_said_with_what_it_printed():
    with pytest.raises(RuntimeError, match="expected exit status 0, found 3: on stdout"):
        run_process([sys.executable, "-c", "print('on stdout'); raise SystemExit(3)"])
