"""What the forms cost: counted in floating-point operations and bytes, and measured in milliseconds."""

import timeit
from typing import NamedTuple

import numpy as np


class Cost(NamedTuple):
    """What one call of a form needs."""

    flops: float  # additions and multiplications in products of matrices, without what is done entry by entry, once
    bytes: float  # moved between main memory and processor for X, where X is larger than the caches


def count(form, N, D, C, dtype):
    """Count what a form needs.

    Parameters
    ----------
    form : str
        "one-hot", "one-hot, float64 ones", "indexed", "row blocks", or "two BLAS passes".
    N, D, C : int
        Samples, features, classes.
    dtype : dtype
        Of X and W.

    Returns
    -------
    Cost
    """
    product, spread = 2 * N * D * C, 2 * N * C * C  # one product with X; one with the C x C matrix of ones
    itemsize = np.dtype(dtype).itemsize
    once = N * D * itemsize
    if not form.startswith("one-hot"):
        return Cost(2 * product, once if form == "row blocks" else 2 * once)
    converted = 0  # where G is float64 and X is not, each product X'G first makes X anew: written once, and read again
    if "float64" in form and itemsize < 8:
        converted = 2 * 2 * N * D * 8
    return Cost(3 * product + 2 * spread, 3 * once + converted)


def measure(calls, repeats=3):
    """Median time of each call. They take turns, so that a slow moment of the machine meets all of them.

    Parameters
    ----------
    calls : dict of str to callable
    repeats : int
        Timed calls of each, after one to warm up.

    Returns
    -------
    dict of str to float
        Milliseconds, by name of the call.
    """
    times = {name: [] for name in calls}
    for _ in range(repeats + 1):
        for name, call in calls.items():
            times[name].append(1000 * timeit.timeit(call, number=1))
    return {name: float(np.median(values[1:])) for name, values in times.items()}


class Machine(NamedTuple):
    """The two limits of a machine."""

    flops: float  # operations a second in a product of two large square matrices
    bandwidth: float  # bytes a second that come from main memory in a product of a large matrix with a vector


def measure_machine(dtype, side=1500, megabytes=200):
    """Measure the limits of this machine for one dtype.

    Parameters
    ----------
    dtype : dtype
    side, megabytes : int
        Sizes of the square matrices and of the large one, which the caches must not hold.

    Returns
    -------
    Machine
    """
    square = np.ones((side, side), dtype)
    rows = megabytes * 10**6 // (2000 * square.itemsize)
    large, vector = np.ones((rows, 2000), dtype), np.ones(2000, dtype)
    times = measure({"flops": lambda: square @ square, "bandwidth": lambda: large @ vector})
    return Machine(2 * side**3 / times["flops"] * 1000, large.nbytes / times["bandwidth"] * 1000)
