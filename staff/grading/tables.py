"""Tables for spreadsheets: names stay as they are written, and none of them is taken for a formula."""

import csv
import io

from .pages import clean

__all__ = ["BOM", "cell", "rows_to_bytes"]

BOM = "\ufeff"  # without it Excel reads Korean names in the code page of its system
_FORMULAS = ("=", "+", "-", "@", "\t", "'")


def cell(text):
    """A name as it stands in a table; two names never become the same.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        With an apostrophe before what a spreadsheet would compute, on one line, harmful characters spelt out.
    """
    text = clean(text, 300).replace("\n", "[U+000A]")
    return f"'{text}" if text.startswith(_FORMULAS) else text


def rows_to_bytes(rows, delimiter=","):
    """Rows of a table as UTF-8, a line each.

    Parameters
    ----------
    rows : iterable of sequence
    delimiter : str

    Returns
    -------
    bytes
    """
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()
