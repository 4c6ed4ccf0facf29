"""Is it there, is it right, and if not, why not: numbers and sentences, never the solution."""

from .regions import REGIONS

__all__ = ["REGIONS", "started"]


def started(result, *regions):
    """Tell whether a result is there, and say what it waits for where it is not.

    A region that is not started leaves the array it is to fill at None, and so does what depends on it.

    Parameters
    ----------
    result : object
        What the student's code returned.
    *regions : str
        Ids of the regions that it needs.

    Returns
    -------
    bool
    """
    if result is not None:
        return True
    for region in regions:
        print(f"Not started: {region} ({REGIONS[region].title['en']}), in {REGIONS[region].file}.")
    return False
