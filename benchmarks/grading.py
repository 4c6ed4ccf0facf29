"""Grading: CPU seconds a submission of this kit's grader, nbgrader and otter-grader; a mixed class; a task of dask."""

import os
import sys
import tempfile
from pathlib import Path

from staff.authoring.paths import ROOT

from .graders import FUNCTION, environment, kit, nbgrader, otter, solutions
from .measuring import goal, in_turns, make_row, run_process

_TITLE = f"Grading `{FUNCTION}`, one thread: CPU seconds a submission, by nbgrader's"
_BATCHES = {10: 7, 30: 5, 100: 3}  # submissions: rounds; what a run costs by itself weighs less the larger the class
_MIXED = (10, 100, 1000)  # submissions of a class that is graded by this kit's grader alone
_GOAL = 8
PYTHONS = {
    nbgrader: ROOT / "build" / "bench-nbgrader" / "bin" / "python",
    otter: ROOT / "build" / "bench-otter" / "bin" / "python",
    kit: Path(sys.executable),
}
_DASK = """
import time
from distributed import Client
with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
    client.gather(client.map(abs, range(10)))
    for _ in range(5):
        start = time.perf_counter()
        client.gather(client.map(abs, range({tasks}), pure=False))
        print((time.perf_counter() - start) / {tasks} * 1000)
"""


def measure(quick=False):
    """Measure the graders that are installed, and what this kit's does with a mixed class."""
    graders = [grader for grader, python in PYTHONS.items() if python.exists()]
    missing = [grader.NAME for grader in PYTHONS if grader not in graders]
    notes, rows = [f"{name} is not installed; benchmarks/README.md says how." for name in missing], []
    for count, rounds in ({2: 1} if quick else _BATCHES).items():
        found = {grader: [] for grader in graders}
        for grader in in_turns(graders, rounds):
            found[grader].append(grade(grader, count))
        costs = {grader: [used.cpu / count for used in runs] for grader, runs in found.items()}
        for grader, runs in found.items():
            case = f"{count} submissions"
            rows.append(make_row(case, grader.NAME, "CPU s each", costs[grader], costs.get(nbgrader)))
            rows.append(make_row(case, grader.NAME, "MB", [used.peak / 1e6 for used in runs]))
    notes += goals(rows)
    for count in (2, 4) if quick else _MIXED:
        rows += mixed(count)
    output = run_process([sys.executable, "-c", _DASK.format(tasks=20 if quick else 500)]).output
    rows.append(make_row("a task of dask that does nothing", kit.NAME, "ms", [float(word) for word in output.split()]))
    return {"title": _TITLE, "notes": notes, "rows": rows}


def goals(rows):
    """A sentence on the goal; it is not measured where one of the two graders is missing."""
    ratio = {row.case: row.ratio[0] for row in rows if row.way == kit.NAME and row.ratio}
    text = f"at least {_GOAL} times nbgrader's submissions per CPU second"
    return [goal(text, list(ratio), lambda case: ratio[case] <= 1 / _GOAL)]


def grade(grader, count):
    """What grading a batch takes; it is an error to give an honest submission less than all points."""
    python, given = PYTHONS[grader], solutions(count)
    variables = environment() | {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        grader.prepare(folder, given)
        before, command, after = grader.commands(str(python))
        if before:
            run_process(before, folder, variables)
        used = run_process(command, folder, variables)
        if after:
            run_process(after, folder, variables)
        points = grader.points(folder)
    for student in given:
        if points.get(student) != 1:
            raise RuntimeError(f"{grader.NAME}: expected all points for {student}, found {points.get(student)}.")
    return used


def mixed(count):
    """Rows of this kit's grader alone, on a class of honest, wrong and hostile submissions."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        kit.prepare_mixed(folder, count)
        _, command, _ = kit.commands(sys.executable, workers=os.cpu_count())
        used = run_process(command, folder, environment())
        inside = kit.cpu_by_results(folder)
    measured = {
        "CPU s each": used.cpu / count,
        "CPU s each, in the sandbox by the results": inside / count,
        "s in all": used.seconds,
        "MB, the largest process": used.peak / 1e6,
    }
    return [make_row(f"{count:,} mixed submissions", kit.NAME, unit, [value]) for unit, value in measured.items()]
