"""The tuning region: its grid beside the classic one, and trained at once in one wide matrix."""

import json
import sys
import time

from .measuring import in_turns, row, run_process

TITLE = "Tuning: time of a grid, by the reference's region"
REGION, TOGETHER, CLASSIC = "reference's region", "the same grid at once, wide matrix", "classic grid, float64"
SCHEDULE = ((1, 300), (1 / 4, 300), (1 / 16, 150))  # as in the region


def measure(quick=False):
    """Measure in one process."""
    command = [sys.executable, "-m", "benchmarks.tuning", *(["quick"] if quick else [])]
    return json.loads(run_process(command).output)


def region():
    """Source of the solved notebook's tuning cell."""
    from staff.authoring.notebooks import read_notebook
    from staff.authoring.paths import REFERENCE

    notebook = read_notebook(REFERENCE / "svm.ipynb")
    return next(cell.source for cell in notebook.cells if cell.id == "tune")


def main(quick):
    """Measure and print what came out as JSON."""
    import numpy as np

    from . import classic
    from .data import arrays
    from .reference import load_reference

    _, linear_classifier, _, grid = load_reference()
    X, y, X_val, y_val, name = arrays(full=not quick)
    wide, wide_val = X.astype(np.float64), X_val.astype(np.float64)
    code = compile(region(), "tune", "exec")

    def one_by_one():
        given = {"np": np, "tqdm": lambda items, **_: items, "LinearSVM": linear_classifier.LinearSVM, "SEED": 5}
        names = given | {"X_train": X, "y_train": y, "X_val": X_val, "y_val": y_val}
        names["checks"] = type("Checks", (), {"started": staticmethod(lambda *_: False)})
        exec(code, names)
        return names["best_val"], names["results"]

    pairs = list(one_by_one()[1])

    def together():
        rates, regs = (np.array(values) for values in zip(*pairs, strict=True))
        W, rng = None, np.random.default_rng(5)
        with np.errstate(over="ignore", invalid="ignore"):
            for factor, updates in SCHEDULE:
                W = grid.train_together(X, y, factor * rates, regs, updates, W=W, seed=rng)
            best = []
            for images, labels in ((X, y), (X_val, y_val)):
                scores = (images @ W.reshape(len(W), -1)).reshape(len(images), len(pairs), -1)
                best.append(np.mean(np.argmax(scores, axis=2) == labels[:, np.newaxis], axis=0))
        return float(np.max(best[1])), None

    def classic_grid():
        best = 0.0
        with np.errstate(over="ignore", invalid="ignore"):
            for rate, reg in classic.GRID:
                W = classic.train(wide, y, rate, reg)
                found = [np.mean(np.argmax(part @ W, axis=1) == of) for part, of in ((wide, y), (wide_val, y_val))]
                best = max(best, float(found[1]))
        return best, None

    ways = {REGION: one_by_one, TOGETHER: together, CLASSIC: classic_grid}
    seconds, accuracies = {way: [] for way in ways}, {way: [] for way in ways}
    for way in in_turns(ways, 1 if quick else 7):
        start = time.perf_counter()
        accuracies[way].append(float(ways[way]()[0]))
        seconds[way].append(time.perf_counter() - start)
    rows = []
    for way in ways:
        rows.append(row(name, way, "s", seconds[way], seconds[REGION]))
        rows.append(row(name, way, "best validation accuracy", accuracies[way]))
    updates = sum(count for _, count in SCHEDULE)
    ours, theirs = f"{len(pairs)} pairs of {updates} updates", f"{len(classic.GRID)} of {classic.UPDATES}"
    note = f"{ours} in the region, {theirs} in the classic grid."
    print(json.dumps({"rows": rows, "notes": [note], "skipped": [], "goals": []}))


if __name__ == "__main__":
    main("quick" in sys.argv[1:])
