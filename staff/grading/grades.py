"""The grades of a class as a table, a row a student."""

from cs231n.assignments import REGIONS
from cs231n.submission.archive import write_whole

from .pages import number
from .tables import BOM, cell, rows_to_bytes

__all__ = ["write_grades"]

_REGIONS = [name for name, region in REGIONS.items() if region.points]


def write_grades(results, path):
    """Write ``grades.csv``, whole or not at all; the same for the same results in whatever order.

    Points that await a mark are an empty cell. The file is UTF-8 with a mark at its beginning, which Excel needs for
    Korean names; ``pandas.read_csv`` takes it as it is.

    Parameters
    ----------
    results : iterable of dict
        Is gone through once; a row of each is kept.
    path : path
    """
    rows = sorted((_row(result) for result in results), key=lambda row: (row[0], row))
    content = BOM.encode() + rows_to_bytes([("student", "points", "max", "open", *_REGIONS, "status"), *rows])
    write_whole(path, lambda stream: stream.write(content))


def _row(result):
    earned = [result["regions"].get(name, {}).get("earned") for name in _REGIONS]
    points = [number(result[key]) for key in ("points", "max", "open")]
    return [
        cell(result["student"]),
        *points,
        *("" if value is None else number(value) for value in earned),
        cell(result["status"]),
    ]
