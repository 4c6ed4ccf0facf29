"""Whether a function that is to have no loop has one: by its source, and by the time it takes."""

import timeit

import numpy as np

from ..sentences import word
from .conduct import failure_text
from .findings import FAIL, NOT_RUN, PASS, Finding, Findings
from .probe import Failure, count_steps, fail_as
from .questions import Distant, quiet
from .source import NAIVE, read_source

__all__ = ["check_no_loops"]

# Array code takes up to a tenth of a plain loop's time, Python's sum() over rows a fifth, a loop six tenths and more.
RATIO, GROWTH = 0.5, 2.5
FEW, D, C = 400, 4, 3  # samples, and four times as many; small, so that Python's own work shows


def check_no_loops(function, region, runs=True, right=(False, False)):
    """Check that a function has no loop.

    Parameters
    ----------
    function : callable
        Takes W, X, y, reg.
    region : str
    runs : bool
        Whether it can be timed.
    right : sequence of bool
        Whether loss and gradient were right so far, so that they must be for many samples as well.

    Returns
    -------
    Findings
    """
    subject, source = function.__name__, read_source(function)
    loops = source.loops() if source else []
    if loops:
        text = "; ".join(word("loop", line=line, what=what) for line, what in loops[:20])
        cause = "vectorized.naive" if any(what == NAIVE for _, what in loops) else "vectorized.loop"
        code = Finding(subject, "no loop", region, FAIL, text, cause)
        return Findings([code, Finding(subject, "cost", region, NOT_RUN)])
    if source is None and isinstance(function, Distant) and runs:
        code = Finding(subject, "no loop", region, FAIL, word("no definition"))
    else:
        code = Finding(subject, "no loop", region, PASS if source else NOT_RUN)
    time = _cost_finding(function, region, right) if runs else Finding(subject, "cost", region, NOT_RUN)
    return Findings([code, time])


def _cost_finding(function, region, right):
    """A loop takes its time, takes it again for each sample, and goes through lines of Python for each sample.

    Where a function runs elsewhere its lines alone decide, since these are the same on any machine, busy or not.
    """
    if isinstance(function, Distant):
        return _distant_cost_finding(function, region, right)
    try:
        ratio, growth = _cost(function)
        slow = ratio > RATIO and growth > GROWTH and _steps(function, 4 * FEW) > 2 * _steps(function, FEW)
    except Exception as error:  # raised by the student's code
        return Finding(function.__name__, "cost", region, FAIL, failure_text(fail_as(error, function)))
    if slow:
        text = word("cost", ratio=ratio, growth=growth)
        return Finding(function.__name__, "cost", region, FAIL, text, "vectorized.cost")
    return Finding(function.__name__, "cost", region, PASS)


def _distant_cost_finding(function, region, right):
    few, many, wide = (
        function.steps(*_samples(count, classes, function.seed), right)
        for count, classes in ((FEW, C), (4 * FEW, C), (FEW, 10 * C))
    )
    for steps in (few, many, wide):
        if isinstance(steps, Failure):
            return Finding(function.__name__, "cost", region, FAIL, failure_text(steps))
    if many - few >= 3 * FEW:  # a line for each sample that was added, or more
        text = word("steps", few=few, many=many, small=FEW, large=4 * FEW)
    elif wide - few >= 9 * C:
        text = word("steps by classes", few=few, many=wide, small=C, large=10 * C)
    else:
        return Finding(function.__name__, "cost", region, PASS)
    return Finding(function.__name__, "cost", region, FAIL, text, "vectorized.cost")


def _cost(function):
    """Time for 4 N samples by that of a plain loop over them, and by the time for N; each the best of five."""
    W, X, y = _samples(4 * FEW)

    def loop():
        return sum(np.max(X[i] @ W) for i in range(len(X)))

    def best(call):
        return min(timeit.repeat(call, number=1, repeat=5))

    with quiet():
        small = best(lambda: function(W, X[:FEW], y[:FEW], 0.5))
        large = best(lambda: function(W, X, y, 0.5))
        return large / best(loop), large / small


def _steps(function, count):
    """Number of lines and calls that Python goes through for so many samples."""
    with quiet():
        return count_steps(function, *_samples(count), 0.5)[0]


def _samples(count, classes=C, seed=0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((D, classes)), rng.standard_normal((count, D)), rng.integers(classes, size=count)
