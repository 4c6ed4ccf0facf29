"""Figures that can be compared: calls that take turns, processes with what they used, medians with their deciles."""

import contextlib
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import numpy as np

_SHORTEST = 0.005  # seconds that a timed call takes at least; shorter ones are repeated within one measurement
_PACKAGES = ("numpy", "torch", "distributed")


class Used(NamedTuple):
    """What a process and all that came of it used, and what it printed."""

    seconds: float  # from start to end
    cpu: float  # seconds of all processors together
    peak: float  # bytes: the most that one of the processes ever held
    output: str


class Row(NamedTuple):
    """What was measured of one way in one case."""

    case: str
    way: str
    unit: str
    value: list  # median, first and last decile over the rounds
    ratio: list | None  # the same of the ratios, each formed within a round, to what it is compared with


def make_row(case, way, unit, values, by=None):
    """A `Row` of what was measured round by round, and of the same rounds of what it is compared with."""
    ratio = by and _deciles([value / other for value, other in zip(values, by, strict=True)])
    return Row(case, way, unit, _deciles(values), ratio)


def _deciles(values):
    return [float(f"{value:.6g}") for value in np.quantile(values, (0.5, 0.1, 0.9))]


def goal(text, cases, holds):
    """A sentence on a goal: met, or missed in which of the cases."""
    missed = [case for case in cases if not holds(case)]
    if missed:
        return f"goal: {text}: MISSED in {'; '.join(missed)}"
    return f"goal: {text}: {'met' if cases else 'not measured'}"


def run_process(command, cwd=None, variables=None):
    """Run a command, with more variables in its environment: `Used`, or a RuntimeError if its exit status is not 0."""
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py"))]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "used.json")
        start = [*launcher, str(report), *command]
        done = subprocess.run(start, cwd=cwd, env=os.environ | (variables or {}), capture_output=True, check=False)
        if done.returncode:
            said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()[-2000:]
            raise RuntimeError(f"{' '.join(command)}: expected exit status 0, found {done.returncode}: {said}")
        return Used(**json.loads(report.read_text()), output=done.stdout.decode("utf-8", "replace"))


def in_turns(ways, rounds, seed=0):
    """Yield all ways round by round, in another order each time, so that a slow moment meets all of them."""
    shuffle = random.Random(seed).shuffle
    for _ in range(rounds):
        order = list(ways)
        shuffle(order)
        yield from order


def take_turns(calls, rounds, rest=0.0):
    """Seconds of each of some calls, by name, which take turns, as a list by round.

    Before each turn it rests for so many seconds, in which the threads of the turn before go to sleep. For as long,
    calls that are not timed follow, and wake those of their own.
    """
    times, repeats = {name: [] for name in calls}, {}
    for name, call in calls.items():
        call()  # to warm up
        repeats[name] = max(1, round(_SHORTEST / _seconds(call, 1)))
    for name in in_turns(calls, rounds):
        time.sleep(rest)
        start = time.perf_counter()
        while time.perf_counter() - start < rest:
            calls[name]()
        times[name].append(_seconds(calls[name], repeats[name]))
    return times


def _seconds(call, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def machine():
    """What a figure depends on: the processor, the BLAS and its kernel, and versions, as a text."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, AttributeError):
        model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())[1]
    versions = [f"Python {platform.python_version()}"]
    for name in _PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            versions.append(f"{name} {metadata.version(name)}")
    return f"{model}, {os.cpu_count()} cores, {platform.system()}; {_blas()}; {', '.join(versions)}"


def _blas():
    """Not every processor of a name has the same kernel."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "the kernel of the BLAS is unknown without threadpoolctl"
    return "; ".join(
        f"{pool['internal_api']} {pool['version']}, kernel {pool.get('architecture')}, {pool['num_threads']} thread(s)"
        for pool in threadpool_info()
        if pool["user_api"] == "blas"
    )
