"""Numbers that are the same on every machine and with every version of NumPy: drawn from a seed, and rounded."""

from fractions import Fraction

import numpy as np

__all__ = ["Draw", "rounded"]


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


def rounded(exact):
    """Round exact numbers to the nearest floats.

    Parameters
    ----------
    exact : int, Fraction, ndarray of these, or dict of such values
        Dicts may be nested.

    Returns
    -------
    float, ndarray of float64, or dict
        As `exact` is.

    Raises
    ------
    TypeError
        If a number is a float already: what was rounded on the way may differ between processors.
    """
    if isinstance(exact, dict):
        return {name: rounded(value) for name, value in exact.items()}
    if isinstance(exact, np.ndarray):
        return np.vectorize(rounded, otypes=[float])(exact)
    if not isinstance(exact, int | np.integer | Fraction):
        raise TypeError(f"expected an exact number (int or Fraction), found {type(exact).__name__} {exact!r}.")
    return float(exact)
