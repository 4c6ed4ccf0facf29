"""What was given and is not to be edited: digests of each cell and file, without what stands in its regions."""

import functools
import hashlib
import json
from pathlib import Path

from ..checks.markers import without_student_lines

__all__ = ["GIVEN", "digest", "edited", "given_digests"]

GIVEN = Path(__file__).with_name("given.json")  # built by `python -m staff build`


def digest(text):
    """Digest of a cell's or a file's given lines.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        The first 16 hexadecimal digits of SHA-256. Spaces at the end of a line do not count.
    """
    lines = [line.rstrip() for line in without_student_lines(text).strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def given_digests(name, text):
    """Digests of a file that is handed out.

    Parameters
    ----------
    name : str
        Relative to ``assignment1/``.
    text : str

    Returns
    -------
    dict of str to str
        By cell of a notebook; of any other file one, by its name.

    Raises
    ------
    ValueError
        If the text of a notebook is none.
    """
    if not name.endswith(".ipynb"):
        return {name: digest(text)}
    try:
        cells = json.loads(text)["cells"]
        return {cell.get("id", f"cell {number}"): digest("".join(cell["source"])) for number, cell in enumerate(cells)}
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{name}: expected a notebook, found none") from error


@functools.cache
def _given():
    return json.loads(GIVEN.read_text(encoding="utf-8"))["files"]


def edited(name, text):
    """Cells that are no longer as they were given, or the file itself; what was added does not count.

    Parameters
    ----------
    name, text : str
        As in `given_digests`.

    Returns
    -------
    list of str
        Ids of cells that were edited or removed; the name of a file that was edited.
    """
    given = _given().get(name, {})
    found = set(given_digests(name, text).values())  # by what they hold: ids are lost in notebooks of old formats
    return [key for key, value in given.items() if value not in found]
