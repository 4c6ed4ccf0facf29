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
    places = [f"{region} ({REGIONS[region].title['en']}, in {REGIONS[region].file})" for region in regions]
    if len(places) == 1:
        print(f"Not started: {places[0]}.")
    else:
        print("Not started: at least one of", *places, sep="\n  ")
    return False
