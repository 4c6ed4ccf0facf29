"""Tables for spreadsheets: names stay as they are written, and none of them is taken for a formula."""

import csv
import io
import re

from cs231n.assignments import REGIONS
from cs231n.submission.archive import write_whole

from .pages import number

BOM = "\ufeff"  # without it Excel reads Korean names in the code page of its system
# Where a cell begins, whatever separator a spreadsheet takes, what it would compute; or what stands before that here.
_FORMULA = re.compile("(^|[,;|])(\\s*)(?=[=+@'\\-\uff1d\uff0b\uff0d\uff20\u2212])")
_REGIONS = [name for name, region in REGIONS.items() if region.points]


def cell(text):
    """A name as it stands in a table: on one line, with an apostrophe before what a spreadsheet would compute.

    Two names never become the same.
    """
    return _FORMULA.sub(r"\1\2'", text.replace("\n", "[U+000A]").replace("\t", "[U+0009]"))


def rows_to_bytes(rows, delimiter=","):
    """Rows of a table as UTF-8, a line each."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def write_grades(results, path):
    """Write ``grades.csv``, a row a student, whole or not at all; the same for the same results in whatever order.

    Points that await a mark are an empty cell. The file is UTF-8 with a mark at its beginning, which Excel needs for
    Korean names; ``pandas.read_csv`` takes it as it is. Results are gone through once, and a row of each is kept.
    """
    rows = sorted((_row(result) for result in results), key=lambda row: (row[0], row))
    content = BOM.encode() + rows_to_bytes([("student", "points", "max", "open", *_REGIONS, "status"), *rows])
    write_whole(path, lambda stream: stream.write(content))


def _row(result):
    points = [result[key] for key in ("points", "max", "open")]
    points += [result["regions"].get(name, {}).get("earned") for name in _REGIONS]
    return [cell(result["student"]), *("" if value is None else number(value) for value in points), result["status"]]
