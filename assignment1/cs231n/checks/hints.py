"""Hints, one rung of three at a time."""

from ..assignments import REGIONS
from ..sentences import hints, word

_given = {}  # region: rungs that this session has seen


class Hint(str):
    """A text that shows itself without quotation marks."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


def hint(region):
    """The next of a region's three hints; the third again once all are given.

    Parameters
    ----------
    region : str
        Its id, as in the TODO line.

    Returns
    -------
    Hint

    Raises
    ------
    ValueError
        If there is no such region.
    """
    if region not in REGIONS:
        raise ValueError(word("no region", known=", ".join(REGIONS), found=repr(region)))
    rungs = hints(region)
    number = min(_given.get(region, 0) + 1, len(rungs))
    _given[region] = number
    text = word("rung", number=number, region=region, hint=rungs[number - 1])
    return Hint(f"{text} {word('last rung')}" if number == len(rungs) else text)
