"""The batches that a classifier trains on: rows of X with their labels, each as likely as any other, from the seed."""

import numpy as np

from .contract import failure_fault
from .findings import NOT_RUN, note

N, D, C, BATCH, STEPS = 20, 6, 4, 5, 6
# Batches enough to see each row, of so many rows: less than one training in 10**9 misses one that draws with
# replacement, which are at most N * (1 - 1 / N)**(LARGE * MANY), and of those without, N * (1 - LARGE / N)**MANY, less.
MANY, LARGE = 30, 16
# Each row of X is its own number in all columns, and each label follows from it; gradients are multiples of 1/8.
ROWS = np.arange(N)
X = np.repeat(ROWS[:, np.newaxis], D, axis=1).astype(float)
Y = (7 * ROWS + ROWS // 4) % C
# What is found is as `findings.judged` takes it: None where all is well, an outcome, or a fault.


def judge_seed(run, again, other):
    """What is found of the seed, from two trainings with one and a third with another."""
    if not run.seeded:
        return NOT_RUN
    if not _agree(run, again):
        return note("batches differ"), "train.seed.not-used"
    return (note("same for each seed"), "train.seed.any") if _agree(run, other) else None


def _agree(run, other):
    """Whether two trainings drew the same batches; W may hold NaN, which is no number's equal."""
    pairs = zip(run.calls, other.calls, strict=False)
    return len(run.calls) == len(other.calls) and all(all(map(np.array_equal, a[1:], b[1:])) for a, b in pairs)


def draws_outside(run):
    """Whether a training ended with a row number that is none, as NumPy says it; nothing but X and y has N rows."""
    return run.failure and run.failure.kind == "IndexError" and f"with size {N}" in run.failure.text


def raised(run):
    """The fault of a training that ended with an exception."""
    return failure_fault(run.failure, cause="train.batch.outside" if draws_outside(run) else None)


def rows_fault(run):
    """What is wrong with the batches of a long training: each row of X is to be in one."""
    if run.failure:
        return raised(run)
    if len(run.calls) < MANY:
        return None
    if fault := batch_fault(run, LARGE):
        return fault
    missing = sorted({*range(N)} - {int(row) for _, X_batch, _ in run.calls for row in X_batch[:, 0]})
    if not missing:
        return None
    kinds = {(*range(missing[0], N),): "first-rows", (0,): "without-first", (N - 1,): "without-last"}
    text = note("rows missing", rows=", ".join(map(str, missing)), available=N, count=MANY)
    return text, f"train.batch.{kinds.get(tuple(missing), 'rows-missing')}", text


def batch_fault(run, size):
    """The fault of the first bad batch."""
    batches = [(X_batch, y_batch) for _, X_batch, y_batch in run.calls]
    for X_batch, y_batch in batches:
        if np.shape(X_batch) != (size, D) or np.shape(y_batch) != (size,):
            shapes = note("batch shapes", X=str(np.shape(X_batch)), y=str(np.shape(y_batch)), size=size)
            has_rows = np.shape(X_batch)[:1] == np.shape(y_batch)[:1] == (size,)
            return shapes, None if has_rows else "train.batch.size"
        rows = np.asarray(X_batch)[:, 0].astype(int)
        if not np.array_equal(X_batch, X[rows % N]):
            return (note("strange rows"),)
        if not np.array_equal(y_batch, Y[rows]):
            wrong = int(np.argmax(np.asarray(y_batch) != Y[rows]))
            text = note("wrong label", row=int(rows[wrong]), yours=str(y_batch[wrong]), expected=int(Y[rows[wrong]]))
            return text, "train.batch.labels"
    if all(np.ptp(X_batch[:, 0]) == 0 for X_batch, _ in batches):  # in one of them alone it may be chance
        return (note("one sample", size=size),)
    if len(batches) > 1 and all(np.array_equal(X_batch, batches[0][0]) for X_batch, _ in batches):
        return note("same batches", count=len(batches)), "train.batch.always-the-same"
    return None
