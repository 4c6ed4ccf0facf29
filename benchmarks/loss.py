"""Loss and gradient: the reference, also by blocks, beside loop, one-hot matrices, PyTorch, and two BLAS products."""

import importlib.util
import json
import os
import sys

import numpy as np

from .measuring import Row, goal, make_row, run_process, take_turns

_TITLE = "Loss and gradient: time of a call, by that of two BLAS products"
_SIZES = {200: 100, 500: 100, 5000: 30, 49000: 9}  # N: rounds; D and C are those of the notebook
_QUICK = {200: 20, 500: 20, 5000: 5}
D, C, REG = 3073, 10, 2.5e4
_SPIN = 0.03  # seconds; OpenBLAS's threads look for work for 2**26 cycles before they sleep (its THREAD_TIMEOUT)
_LOOP = 500  # the largest N that the loop is timed at
BOUND, REFERENCE, BLOCKS, TORCH = "two BLAS products", "reference", "reference, row blocks", "PyTorch"
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def measure(quick=False):
    """Measure in processes with one thread and with all."""
    rows = []
    for threads in dict.fromkeys((1, os.cpu_count())):
        command = [sys.executable, "-m", "benchmarks.loss", str(threads), *(["quick"] if quick else [])]
        found = run_process(command, variables=dict.fromkeys(_THREADS, str(threads))).output
        rows += [Row(*row) for row in json.loads(found)]
    notes = goals(rows)
    if not any(row.way == TORCH for row in rows):
        notes.append("PyTorch is not installed: `pip install -r benchmarks/requirements.txt` adds its rows.")
    return {"title": _TITLE, "notes": notes, "rows": rows}


def goals(rows):
    """Sentences on the goals."""
    ratio = {(row.case, row.way): row.ratio[0] for row in rows}
    large = [case for case, way in ratio if way == BOUND and "N = 200," not in case]
    full = [case for case in large if "N = 49,000" in case]
    torch = [case for case, way in ratio if way == TORCH]
    return [
        goal("reference at most 1.15 from N = 500 up", large, lambda case: ratio[case, REFERENCE] <= 1.15),
        goal("row blocks at most 0.75 at N = 49,000", full, lambda case: ratio[case, BLOCKS] <= 0.75),
        goal("row blocks never slower than PyTorch", torch, lambda case: ratio[case, BLOCKS] <= ratio[case, TORCH]),
    ]


def ways(W, X, y, reg, threads):
    """What is compared, as calls that return loss and gradient; the bound returns the products."""
    from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized
    from cs231n.derivation import forms

    counts = (X[:, : W.shape[1]] > 0).astype(X.dtype)
    found = {
        BOUND: lambda: (X @ W, X.T @ counts),
        "two BLAS products, second turned": lambda: (X @ W, (counts.T @ X).T),
        REFERENCE: lambda: svm_loss_vectorized(W, X, y, reg),
        BLOCKS: lambda: forms.svm_loss_blocks(W, X, y, reg, workers=threads),
        "one-hot matrices": lambda: forms.svm_loss_one_hot(W, X, y, reg, X.dtype),
        "one-hot matrices, float64 ones": lambda: forms.svm_loss_one_hot(W, X, y, reg, np.float64),
    }
    if len(X) <= _LOOP:
        found["loop"] = lambda: svm_loss_naive(W, X, y, reg)
    if importlib.util.find_spec("torch"):
        found[TORCH] = _torch(W, X, y, reg, threads)
    return found


def _torch(W, X, y, reg, threads):
    """Autograd through `multi_margin_loss`, which divides the sum over the classes by their number."""
    import torch

    torch.set_num_threads(threads)
    samples, labels, classes = torch.from_numpy(X), torch.from_numpy(y), W.shape[1]

    def call():
        weights = torch.from_numpy(W).requires_grad_()
        hinge = torch.nn.functional.multi_margin_loss(samples @ weights, labels)
        loss = classes * hinge + reg * (weights * weights).sum()
        loss.backward()
        return loss.item(), weights.grad.numpy()

    return call


def main(threads, quick):
    """Measure with so many threads and print the rows as JSON."""
    rows, rng = [], np.random.default_rng(0)
    for N, rounds in (_QUICK if quick else _SIZES).items():
        pixels = rng.integers(-128, 128, (N, D)).astype(np.float32)
        pixels[:, -1] = 1
        y, weights = rng.integers(C, size=N), 1e-4 * rng.standard_normal((D, C))
        for dtype in (np.float32, np.float64):
            calls = ways(weights.astype(dtype), pixels.astype(dtype), y, REG, threads)
            times = take_turns(calls, rounds, rest=_SPIN if threads > 1 else 0)
            case = f"N = {N:,}, {np.dtype(dtype)}, {threads} thread{'s' if threads > 1 else ''}"
            rows += [make_row(case, way, "s", values, times[BOUND]) for way, values in times.items()]
    print(json.dumps(rows))


if __name__ == "__main__":
    main(int(sys.argv[1]), "quick" in sys.argv[2:])
