"""Times that can be compared: calls that take turns, processes with what they used, medians with their spread."""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

__all__ = ["Skipped", "Used", "in_turns", "ratios", "row", "run_process", "spread", "take_turns"]

SHORTEST = 0.005  # seconds that a timed call takes at least; shorter ones are repeated within one measurement


class Skipped(Exception):  # noqa: N818
    """What cannot be measured here; the message says why, and what to install."""


class Used(NamedTuple):
    """What a process and all that came of it used.

    Attributes
    ----------
    seconds, cpu : float
        From start to end; of all processors together.
    peak, together : float
        Bytes: the most that one of the processes ever held; the most that all held at a time, where they were watched.
    output : str
        What it printed.
    """

    seconds: float
    cpu: float
    peak: float
    together: float
    output: str


def run_process(command, cwd=None, env=None, watched=False):
    """Run a command to its end.

    Parameters
    ----------
    command : list of str
    cwd : path
    env : dict of str to str
    watched : bool
        Whether the memory of all processes together is looked at, again and again.

    Returns
    -------
    Used

    Raises
    ------
    RuntimeError
        If its exit status is not 0; the message has the end of what it printed.
    """
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py"))]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "used.json")
        start = [*launcher, str(report), "watched" if watched else "unwatched"]
        done = subprocess.run([*start, *command], cwd=cwd, env=env, capture_output=True, check=False)
        if done.returncode:
            said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()[-2000:]
            raise RuntimeError(
                f"{' '.join(map(str, command))}: expected exit status 0, found {done.returncode}: {said}"
            )
        return Used(**json.loads(report.read_text()), output=done.stdout.decode("utf-8", "replace"))


def in_turns(ways, rounds, seed=0):
    """All ways round by round, in another order each time, so that a slow moment of the machine meets all of them.

    Parameters
    ----------
    ways : iterable
    rounds : int
    seed : int
        Of the orders.

    Yields
    ------
    object
        A way, whose turn it is.
    """
    shuffle = random.Random(seed).shuffle
    for _ in range(rounds):
        order = list(ways)
        shuffle(order)
        yield from order


def take_turns(calls, rounds, seed=0, rest=0.0):
    """Time calls that take turns.

    Parameters
    ----------
    calls : dict of str to callable
    rounds : int
    seed : int
        As in `in_turns`.
    rest : float
        Seconds before each turn, for the threads that the turn before has left looking for work. For as long, calls
        that are not timed follow, and wake those of their own.

    Returns
    -------
    dict of str to list of float
        Seconds, by round.
    """
    times, repeats = {name: [] for name in calls}, {}
    for name, call in calls.items():
        call()  # to warm up
        repeats[name] = max(1, round(SHORTEST / _seconds(call, 1)))
    for name in in_turns(calls, rounds, seed):
        _prepare(calls[name], rest)
        times[name].append(_seconds(calls[name], repeats[name]))
    return times


def _prepare(call, rest):
    time.sleep(rest)
    start = time.perf_counter()
    while time.perf_counter() - start < rest:
        call()


def _seconds(call, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def spread(values):
    """Median and spread of what was measured several times.

    Parameters
    ----------
    values : sequence of float

    Returns
    -------
    dict
        ``median``, ``low`` and ``high`` (the first and the last decile), and ``runs``, the number of values.
    """
    values = sorted(values)
    if len(values) == 1:
        return {"median": values[0], "low": values[0], "high": values[0], "runs": 1}
    deciles, median = statistics.quantiles(values, n=10, method="inclusive"), statistics.median(values)
    low, high = min(deciles[0], median), max(deciles[-1], median)  # of equal values they differ by rounding
    return {"median": median, "low": low, "high": high, "runs": len(values)}


def ratios(values, by):
    """Spread of the ratios of what was measured in the same rounds.

    Parameters
    ----------
    values, by : sequence of float
        By round.

    Returns
    -------
    dict
        As `spread` gives it.
    """
    return spread([value / other for value, other in zip(values, by, strict=True)])


def row(case, way, measure, values, by=None):
    """One row of a part's table.

    Parameters
    ----------
    case, way : str
        What was done, and by whom.
    measure : str
        Unit: ``s``, ``ms``, ``CPU s``, ``MB``, ``per s``, ``accuracy``.
    values, by : sequence of float
        By round, and those of the way that it is compared with.

    Returns
    -------
    dict
        ``ratio`` is None where there is nothing to compare with.
    """
    return {
        "case": case,
        "way": way,
        "measure": measure,
        "value": spread(values),
        "ratio": ratios(values, by) if by is not None else None,
    }
