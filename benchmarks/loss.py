"""Loss and gradient: the reference, also by blocks, beside loop, one-hot matrices, PyTorch, and two BLAS products."""

import contextlib
import json
import os
import sys

from .machine import blas
from .measuring import Skipped, row, run_process, take_turns

TITLE = "Loss and gradient: time of a call, by that of two BLAS products"
SIZES = {200: 100, 500: 100, 5000: 30, 49000: 9}  # N: rounds; D and C are those of the notebook
QUICK = {200: 20, 500: 20, 5000: 5}
D, C, REG = 3073, 10, 2.5e4
SPIN = 0.03  # seconds; OpenBLAS's threads look for work for 2**26 cycles before they sleep (its THREAD_TIMEOUT)
LOOP = 500  # the largest N that the loop is timed at
BOUND, REFERENCE, BLOCKS, TORCH = "two BLAS products", "reference", "reference, row blocks", "PyTorch"


def measure(quick=False):
    """Measure in processes with one thread and with all."""
    rows, notes, skipped = [], [], []
    for threads in dict.fromkeys((1, os.cpu_count())):
        command = [sys.executable, "-m", "benchmarks.loss", str(threads), *(["quick"] if quick else [])]
        found = json.loads(run_process(command, env=_environment(threads)).output)
        rows += found["rows"]
        notes += found["notes"]
        skipped = found["skipped"]
    return {"rows": rows, "notes": notes, "skipped": skipped, "goals": goals(rows)}


def goals(rows):
    """The goals, each with the cases that miss it."""
    found = {(line["case"], line["way"]): line["ratio"]["median"] for line in rows}
    large = [case for case, way in found if way == BOUND and "N = 200," not in case]
    full = [case for case in large if "N = 49,000" in case]

    def goal(text, cases, holds):
        missed = [case for case in cases if not holds(case)]
        return {"goal": text, "met": not missed if cases else None, "missed": missed}

    return [
        goal("reference at most 1.15 from N = 500 up", large, lambda case: found[case, REFERENCE] <= 1.15),
        goal("row blocks at most 0.75 at N = 49,000", full, lambda case: found[case, BLOCKS] <= 0.75),
        goal(
            "row blocks never slower than PyTorch",
            [case for case, way in found if way == TORCH],
            lambda case: found[case, BLOCKS] <= found[case, TORCH],
        ),
    ]


def ways(W, X, y, reg, threads):
    """What is compared, as calls without arguments that return loss and gradient; the bound returns the products.

    Parameters
    ----------
    W, X, y, reg
        As in `svm_loss_vectorized`.
    threads : int

    Returns
    -------
    dict of str to callable
    """
    import numpy as np

    from .reference import load_reference

    linear_svm, _, forms, _ = load_reference()
    counts = (X[:, : W.shape[1]] > 0).astype(X.dtype)
    found = {
        BOUND: lambda: (X @ W, X.T @ counts),
        "two BLAS products, second turned": lambda: (X @ W, (counts.T @ X).T),
        REFERENCE: lambda: linear_svm.svm_loss_vectorized(W, X, y, reg),
        BLOCKS: lambda: forms.svm_loss_blocks(W, X, y, reg),
        "one-hot matrices": lambda: forms.svm_loss_one_hot(W, X, y, reg, X.dtype),
        "one-hot matrices, float64 ones": lambda: forms.svm_loss_one_hot(W, X, y, reg, np.float64),
    }
    if threads > 1:
        found[BLOCKS] = lambda: forms.svm_loss_blocks_threaded(W, X, y, reg, workers=threads)
    if len(X) <= LOOP:
        found["loop"] = lambda: linear_svm.svm_loss_naive(W, X, y, reg)
    with contextlib.suppress(Skipped):  # said once, by `main`
        found[TORCH] = _torch(W, X, y, reg, threads)
    return found


def _torch(W, X, y, reg, threads):
    """Autograd through `multi_margin_loss`, which divides the sum over the classes by their number."""
    try:
        import torch
    except ImportError:
        raise Skipped("PyTorch is not installed: `pip install torch` adds its row.") from None
    torch.set_num_threads(threads)
    samples, labels, classes = torch.from_numpy(X), torch.from_numpy(y), W.shape[1]

    def call():
        weights = torch.from_numpy(W).requires_grad_()
        hinge = torch.nn.functional.multi_margin_loss(samples @ weights, labels)
        loss = classes * hinge + reg * (weights * weights).sum()
        loss.backward()
        return loss.item(), weights.grad.numpy()

    return call


def _environment(threads):
    """Without the kernels that some machines prescribe to older builds of OpenBLAS."""
    kept = {key: value for key, value in os.environ.items() if key not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    return kept | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))


def main(threads, quick):
    """Measure with so many threads and print what came out as JSON."""
    import numpy as np

    rows, skipped, rng = [], [], np.random.default_rng(0)
    for N, rounds in (QUICK if quick else SIZES).items():
        pixels = rng.integers(-128, 128, (N, D)).astype(np.float32)
        pixels[:, -1] = 1
        y, weights = rng.integers(C, size=N), 1e-4 * rng.standard_normal((D, C))
        for dtype in (np.float32, np.float64):
            X, W = pixels.astype(dtype), weights.astype(dtype)
            calls = ways(W, X, y, REG, threads)
            times = take_turns(calls, rounds, rest=SPIN if threads > 1 else 0)
            case = f"N = {N:,}, {np.dtype(dtype)}, {threads} thread{'s' if threads > 1 else ''}"
            rows += [row(case, way, "s", values, times[BOUND]) for way, values in times.items()]
    if TORCH not in calls:
        skipped = ["PyTorch is not installed: `pip install -r benchmarks/requirements.txt` adds its rows."]
    print(json.dumps({"rows": rows, "notes": [blas()], "skipped": skipped}))


if __name__ == "__main__":
    main(int(sys.argv[1]), "quick" in sys.argv[2:])
