"""Numbers that are the same on every machine and with every version of NumPy: drawn from a seed, and rounded."""

from fractions import Fraction

import numpy as np


class Draw:
    """Draws from a seed, an int or a sequence of them."""

    def __init__(self, seed):
        # NumPy keeps the raw bits of a seed the same, and not what Generator makes of them (NEP 19).
        self._bits = np.random.PCG64(np.random.SeedSequence(seed))

    def integers(self, low, high, shape=()):
        """Int64 from `low` to `high` - 1, each equally likely (to one in 2 ** 56 for fewer than 256)."""
        return (self._bits.random_raw(shape) % np.uint64(high - low)).astype(np.int64) + low


def rounded(exact):
    """Nearest floats of an int, Fraction, ndarray or nested dict of these; a TypeError where one is a float already."""
    if isinstance(exact, dict):
        return {name: rounded(value) for name, value in exact.items()}
    if isinstance(exact, np.ndarray):
        return np.vectorize(rounded, otypes=[float])(exact)
    if not isinstance(exact, int | np.integer | Fraction):
        raise TypeError(f"expected an exact number (int or Fraction), found {type(exact).__name__} {exact!r}.")
    return float(exact)
