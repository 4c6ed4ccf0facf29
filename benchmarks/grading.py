"""Grading: CPU seconds a submission of this kit's grader, nbgrader and otter-grader; the checks; a task of dask."""

import json
import os
import sys
import tempfile
from pathlib import Path

from staff.authoring.paths import ROOT

from .graders import kit, nbgrader, otter
from .graders.task import FUNCTION, environment, solutions
from .measuring import Skipped, in_turns, row, run_process

TITLE = "Grading `svm_loss_vectorized`, one thread: CPU seconds a submission, by nbgrader's"
OTHERS = {nbgrader: "bench-nbgrader", otter: "bench-otter"}
BATCHES = {10: 7, 30: 5, 100: 3}  # submissions: rounds; what a run costs by itself weighs less the larger the class
GROWTH = (10, 100, 1000)  # submissions of a class that is graded by this kit's grader alone
GOAL = 8
PROGRAMS = {
    "checks: import": "import cs231n.checks",
    "checks: full run on a solved kit": "from cs231n.checks.__main__ import main; main([])",
}


def measure(quick=False):
    """Measure grader by grader; one that is not there is skipped."""
    rows, skipped = [], []
    for count, rounds in ({2: 1} if quick else BATCHES).items():
        found = {grader: [] for grader in (nbgrader, otter, kit)}
        for grader in in_turns(found, rounds):
            try:
                used = grade(grader, count)
            except Skipped as reason:
                skipped.append(str(reason))
            else:
                found[grader].append(used)
        by = [used.cpu / count for used in found[nbgrader]] or None
        for grader, runs in found.items():
            if not runs:
                continue
            each = [used.cpu / count for used in runs]
            rows.append(row(f"{count} submissions", grader.NAME, "CPU s each", each, by))
            rows.append(row(f"{count} submissions", grader.NAME, "MB", [used.peak / 1e6 for used in runs]))
    try:
        rows += growth((2, 4) if quick else GROWTH)
    except Skipped as reason:
        skipped.append(str(reason))
    rows += checks(2 if quick else 7)
    try:
        rows += dask(20 if quick else 500)
    except Skipped as reason:
        skipped.append(str(reason))
    return {"rows": rows, "notes": [], "skipped": list(dict.fromkeys(skipped)), "goals": goals(rows)}


def goals(rows):
    """The goal, with the batches that miss it; None where one of the two graders was not measured."""
    ours = [line for line in rows if line["way"] == kit.NAME and line["ratio"]]
    missed = [line["case"] for line in ours if line["ratio"]["median"] > 1 / GOAL]
    goal = f"at least {GOAL} times nbgrader's submissions per CPU second"
    return [{"goal": goal, "met": not missed if ours else None, "missed": missed}]


def growth(counts):
    """Rows of this kit's grader alone, on classes of honest, wrong and hostile submissions."""
    rows, python = [], interpreter(kit)
    for count in counts:
        with tempfile.TemporaryDirectory() as scratch:
            kinds = kit.prepare_mixture(Path(scratch), count)
            command = [*kit.commands(python)[1], "--workers", str(os.cpu_count())]
            used = run_process(command, scratch, environment(os.environ), watched=True)
            inside = kit.cpu_by_results(Path(scratch))
        case = f"{count:,} mixed submissions ({', '.join(f'{kinds[kind]} {kind}' for kind in sorted(kinds))})"
        measured = {
            "CPU s each": used.cpu / count,
            "CPU s each, in the sandbox by the results": inside / count,
            "s in all": used.seconds,
            "MB, the largest process": used.peak / 1e6,
            "MB, all processes": used.together / 1e6,
        }
        rows += [row(case, kit.NAME, measure, [value]) for measure, value in measured.items()]
    return rows


def grade(grader, count):
    """Grade a batch in a folder of its own.

    Parameters
    ----------
    grader : module
        One of `benchmarks.graders`.
    count : int

    Returns
    -------
    benchmarks.measuring.Used
        What grading took; laying out the submissions is not in it.

    Raises
    ------
    Skipped
        If the grader is not installed.
    RuntimeError
        If it fails, or gives an honest submission less than all points.
    """
    python = interpreter(grader)
    env = environment(os.environ) | {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        grader.prepare(folder, solutions(count))
        before, command, after = grader.commands(python)
        if before:
            run_process(before, folder, env)
        used = run_process(command, folder, env)
        if after:
            run_process(after, folder, env)
        shares = grader.points(folder)
    wrong = [student for student in solutions(count) if shares.get(student) != 1]
    if wrong:
        raise RuntimeError(
            f"{grader.NAME}: expected all points for {FUNCTION}, found {shares.get(wrong[0])} for {wrong[0]}."
        )
    return used


def interpreter(grader):
    """The Python that has a grader.

    Raises
    ------
    Skipped
        If there is none.
    """
    if grader is kit:
        if not (ROOT / "staff" / "grading" / "grade.py").is_file():
            raise Skipped("This kit has no grader yet: its rows are left out.")
        return Path(sys.executable)
    name = OTHERS[grader]
    python = ROOT / "build" / name / "bin" / "python"
    if not python.exists():
        needs = Path(grader.__file__).with_suffix(".txt").relative_to(ROOT)
        raise Skipped(
            f"{grader.NAME} is not installed: `python -m venv build/{name}`, then "
            f"`build/{name}/bin/python -m pip install -r {needs}` adds its rows."
        )
    return python


def checks(rounds):
    """Rows of the kit's own checks: their import, and a full run."""
    from staff.authoring.solve import solve

    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = solve(Path(scratch) / "solved") / "assignment1"
        env = environment(os.environ) | {"PYTHONPATH": str(folder)}
        found = {name: [] for name in ("Python alone", "Python and NumPy", *PROGRAMS)}
        programs = {"Python alone": "pass", "Python and NumPy": "import numpy"} | PROGRAMS
        for name in in_turns(programs, rounds):
            found[name].append(run_process([sys.executable, "-c", programs[name]], folder, env))
        for name, runs in found.items():
            rows.append(row("a process", name, "s", [used.seconds for used in runs]))
    return rows


def dask(tasks):
    """Rows of what a task costs that does nothing, on two workers of this machine."""
    command = [sys.executable, "-m", "benchmarks.grading", str(tasks)]
    found = json.loads(run_process(command).output.splitlines()[-1])
    if "skipped" in found:
        raise Skipped(found["skipped"])
    return [
        row("dask, two workers", "a task that does nothing", "ms", found["ms"]),
        row("dask, two workers", "start", "s", [found["start"]]),
    ]


def main(tasks):
    """Measure tasks of dask and print what came out as JSON."""
    import time

    try:
        from distributed import Client, LocalCluster
    except ImportError:
        said = "dask.distributed is not installed: `pip install -r benchmarks/requirements.txt` adds its rows."
        return print(json.dumps({"skipped": said}))
    start = time.perf_counter()
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        started, values = time.perf_counter() - start, []
        client.gather(client.map(_nothing, range(10)))
        for round_ in range(5):
            start = time.perf_counter()
            client.gather(client.map(_nothing, range(round_ * tasks, (round_ + 1) * tasks), pure=False))
            values.append(1000 * (time.perf_counter() - start) / tasks)
    return print(json.dumps({"ms": values, "start": started}))


def _nothing(number):
    return number


if __name__ == "__main__":
    main(int(sys.argv[1]))
