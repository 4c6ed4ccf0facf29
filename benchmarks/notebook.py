"""The whole notebook from a cold kernel, cell by cell, beside the classic flow, on the full set and on the sample.

With its own tuning cell, and with one that tries the classic flow's pairs with as many updates.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from .measuring import in_turns, row, run_process

TITLE = "The whole notebook: time and memory of its kernel, by the classic flow's"
KIT_WAY, SAME_WAY, CLASSIC_WAY = "this kit", "this kit, the classic pairs", "classic flow"
GOAL = 1 / 3
_TUNE = """
results, best_val, best_svm = {{}}, -1.0, None
with np.errstate(over="ignore", invalid="ignore"):
    for pair in tqdm({grid}):
        candidate = LinearSVM()
        candidate.train(X_train, y_train, *pair, num_iters={updates}, seed=SEED)
        results[pair] = tuple(np.mean(candidate.predict(X) == y) for X, y in ((X_train, y_train), (X_val, y_val)))
        if results[pair][1] > best_val:
            best_val, best_svm = results[pair][1], candidate
"""


def measure(quick=False):
    """Run both in turn, each in a kernel of its own."""
    from staff.authoring.paths import ROOT

    sets, skipped = {"sample": ROOT / "datasets" / "cifar10-sample"}, []
    if (ROOT / "datasets" / "cifar10").is_dir():
        sets["full"] = ROOT / "datasets" / "cifar10"
    else:
        skipped = ["The full set is not here: `bash get_datasets.sh` fetches it."]
    rows, cells = [], {}
    for data, folder in sets.items():
        if quick and data == "full":
            continue
        with tempfile.TemporaryDirectory() as scratch:
            run_process([sys.executable, "-m", "benchmarks.loading", "--official", str(folder), scratch])
            found = {KIT_WAY: [], SAME_WAY: [], CLASSIC_WAY: []}
            for way in in_turns(found, 1 if quick else 5):
                command = [sys.executable, "-m", "benchmarks.notebook", way, data, scratch]
                found[way].append(json.loads(run_process(command, env=_environment()).output.splitlines()[-1]))
        for way, runs in found.items():
            for key, measure_, scale in (("seconds", "s", 1), ("peak", "MB", 1e6), ("accuracy", "accuracy", 1)):
                values, by = ([run[key] / scale for run in taken] for taken in (runs, found[CLASSIC_WAY]))
                rows.append(row(f"{data} set", way, measure_, values, None if measure_ == "accuracy" else by))
            cells[f"{data} set, {way}"] = runs[-1]["cells"]
    return {"rows": rows, "cells": cells, "notes": [], "skipped": skipped, "goals": goals(rows)}


def goals(rows):
    """The goals, each with the cases that miss it."""
    ours = [line for line in rows if line["way"] == SAME_WAY and line["ratio"]]
    found = []
    for measure_, word in (("s", "time"), ("MB", "memory")):
        missed = [line["case"] for line in ours if line["measure"] == measure_ and line["ratio"]["median"] > GOAL]
        found.append(
            {
                "goal": f"at most a third of the classic flow's {word}, with the same pairs",
                "met": not missed,
                "missed": missed,
            }
        )
    return found


def _environment():
    kept = {key: value for key, value in os.environ.items() if key not in ("CS231N_DATA", "PYTHONDONTWRITEBYTECODE")}
    return {key: value for key, value in kept.items() if key not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}


def main(way, data, folder):
    """Execute one notebook and print what it took as JSON."""
    import nbformat

    from staff.authoring.notebooks import read_notebook
    from staff.authoring.paths import ROOT
    from staff.authoring.run import NOTEBOOKS, execute
    from staff.authoring.solve import solve

    from . import classic

    cells = []

    def report(line):
        words = line.split("]", 1)[1].rsplit(maxsplit=2)
        cells.append([words[0].strip(), float(words[1])])

    with tempfile.TemporaryDirectory() as scratch:
        environment = dict(os.environ, CS231N_LANG="en")
        if way != CLASSIC_WAY:
            path = solve(scratch) / "assignment1" / "svm.ipynb"
            notebook, place, results = read_notebook(path), path.parent, NOTEBOOKS["svm"][1]
            environment["PYTHONPATH"] = str(place)
            if way == SAME_WAY:
                (tune,) = (cell for cell in notebook.cells if cell.id == "tune")
                tune.source = _TUNE.format(grid=classic.GRID, updates=classic.UPDATES)
            if data == "full":
                environment["CS231N_DATA"] = str(ROOT / "datasets")
        else:
            sizes = (49000, 1000, 1000) if data == "full" else (3500, 500, 1000)
            given = f"FOLDER, SIZES = {str(folder)!r}, {sizes}\ndata = type('Data', (), {{'name': {data!r}}})\n"
            notebook = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(source, id=name.replace(" ", "-")) for name, source in classic.CELLS]
            )
            notebook.cells[0].source += "\n" + given
            place, environment["PYTHONPATH"] = scratch, str(ROOT)
            results = {"validation accuracy": "float(best_val)"}
        summary = execute(notebook, place, environment, results, report)
    found = {"seconds": summary.seconds, "peak": summary.peak, "cells": cells}
    print(json.dumps(found | {"accuracy": summary.results["validation accuracy"]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
