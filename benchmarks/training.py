"""Training: updates a second and accuracy, beside the classic loop and scikit-learn, at equal samples seen."""

import json
import sys
import time

from .measuring import in_turns, row, run_process

TITLE = "Training on 294,000 samples seen (1,470 batches of 200): time, by the reference's"
EPOCHS, BATCH, UPDATES = 6, 200, 1470
REFERENCE, CLASSIC, SKLEARN = "reference, float32", "classic loop, float64", "scikit-learn SGDClassifier"
RATE, REG = 5e-7, 1e3
ALPHA = 1e-2


def measure(quick=False):
    """Measure in one process."""
    command = [sys.executable, "-m", "benchmarks.training", *(["quick"] if quick else [])]
    return json.loads(run_process(command).output)


def main(quick):
    """Measure and print what came out as JSON."""
    import numpy as np

    from . import classic
    from .data import arrays
    from .reference import load_reference

    _, linear_classifier, _, _ = load_reference()
    X, y, X_val, y_val, name = arrays(full=not quick)
    wide, wide_val = X.astype(np.float64), X_val.astype(np.float64)

    def reference(seed):
        svm = linear_classifier.LinearSVM()
        svm.train(X, y, RATE, REG, UPDATES, BATCH, seed=seed)
        return np.mean(svm.predict(X_val) == y_val)

    def loop(seed):
        W = classic.train(wide, y, RATE, REG, UPDATES, BATCH, seed)
        return np.mean(np.argmax(wide_val @ W, axis=1) == y_val)

    ways, skipped = {REFERENCE: reference, CLASSIC: loop}, []
    try:
        from sklearn.linear_model import SGDClassifier
    except ImportError:
        skipped = ["scikit-learn is not installed: `pip install -r benchmarks/requirements.txt` adds its row."]
    else:
        scaled, scaled_val = X[:, :-1] / 64, X_val[:, :-1] / 64  # of unit variance or so, as its guide asks for

        def sklearn(seed):
            order, rng = [], np.random.default_rng(seed)
            while len(order) < UPDATES * BATCH:
                order.extend(rng.permutation(len(X)))
            model = SGDClassifier(loss="hinge", alpha=ALPHA, random_state=seed)
            for start in range(0, UPDATES * BATCH, len(X)):
                part = order[start : min(start + len(X), UPDATES * BATCH)]
                model.partial_fit(scaled[part], y[part], classes=np.arange(10))
            return np.mean(model.predict(scaled_val) == y_val)

        ways[SKLEARN] = sklearn

    seconds, accuracies = {way: [] for way in ways}, {way: [] for way in ways}
    for way in in_turns(ways, 1 if quick else 5):
        start, seed = time.perf_counter(), len(seconds[way])  # in each round another one, the same for all
        accuracies[way].append(float(ways[way](seed)))
        seconds[way].append(time.perf_counter() - start)
    rows = []
    for way in ways:
        rows.append(row(name, way, "s", seconds[way], seconds[REFERENCE]))
        rows.append(row(name, way, "updates per s", [UPDATES / value for value in seconds[way]]))
        rows.append(row(name, way, "accuracy", accuracies[way]))
    note = f"Rate {RATE}, regularization {REG}, for reference and classic loop; alpha {ALPHA} for scikit-learn."
    print(json.dumps({"rows": rows, "notes": [note], "skipped": skipped, "goals": []}))


if __name__ == "__main__":
    main("quick" in sys.argv[1:])
