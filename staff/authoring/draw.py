"""Random numbers that a seed decides, on every machine and with every version of NumPy.

NumPy promises of its generators that the raw bits of a seed stay the same, and not what `numpy.random.Generator` makes
of them (NEP 19); so numbers are made of the bits here.
"""

import numpy as np

__all__ = ["Draw"]


class Draw:
    """Draws from a seed (int or several), or from one of its further streams, which are independent of each other."""

    def __init__(self, seed, stream=None):
        spawn_key = () if stream is None else (stream,)
        self._bits = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=spawn_key))

    def integers(self, low, high, shape=()):
        """Integers from `low` to `high` - 1, int64, each equally likely (to one in 2 ** 56 for fewer than 256)."""
        return (self._bits.random_raw(shape) % np.uint64(high - low)).astype(np.int64) + low

    def choice(self, values, shape=()):
        """Some of the values, of which each may come any number of times."""
        return np.asarray(values)[self.integers(0, len(values), shape)]

    def permutation(self, values):
        """The values in another order."""
        return np.asarray(values)[np.argsort(self._bits.random_raw(len(values)), kind="stable")]
