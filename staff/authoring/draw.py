"""Random numbers that a seed decides, on every machine and with every version of NumPy."""

import numpy as np

__all__ = ["Draw"]


class Draw:
    """Draws from a seed.

    NumPy promises of its generators that the raw bits of a seed stay the same, and not what `numpy.random.Generator`
    makes of them (NEP 19); so numbers are made of the bits here.

    Parameters
    ----------
    seed : int or sequence of int
    stream : int, optional
        Number of one of the seed's further streams, which are independent of each other.
    """

    def __init__(self, seed, stream=None):
        spawn_key = () if stream is None else (stream,)
        self._bits = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=spawn_key))

    def integers(self, low, high, shape=()):
        """Draw integers, each equally likely (to one in 2 ** 56 for fewer than 256).

        Parameters
        ----------
        low, high : int
            The least, and one more than the greatest.
        shape : int or tuple of int

        Returns
        -------
        ndarray of int64
        """
        return (self._bits.random_raw(shape) % np.uint64(high - low)).astype(np.int64) + low

    def choice(self, values, shape=()):
        """Draw among values, of which each may come any number of times."""
        return np.asarray(values)[self.integers(0, len(values), shape)]

    def permutation(self, values):
        """The values in another order."""
        return np.asarray(values)[np.argsort(self._bits.random_raw(len(values)), kind="stable")]
