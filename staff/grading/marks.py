"""Marks that people give to written answers: pages to read these on, a table to fill in, its way into the results."""

import csv
import io
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from cs231n.assignments import REGIONS
from cs231n.languages import DEFAULT
from cs231n.sentences import speaking, title
from cs231n.submission.archive import write_whole

from .pages import number, stream_page
from .points import totals
from .tables import BOM, cell, rows_to_bytes
from .text import clean

_COLUMNS = ("student", "region", "points", "comment")
_BY_PEOPLE = ("for people", "blank", "marked")
_DELIMITERS = (",", ";", "\t")  # Excel writes the second where the comma stands in numbers
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


class _Mark(NamedTuple):
    line: int  # where it begins
    points: float
    comment: str


class _Marks:
    """A table of marks; it has no columns where it cannot be read."""

    def __init__(self, path):
        self.path, self.columns, self.delimiter = Path(path), (), ","
        self.listed = set()  # students and regions that have a row
        self.given = {}  # marks that can be used, by student as in the table and region
        self.problems = []  # a sentence for each other one, with its place

    def refuse(self, line, what):
        self.problems.append(f"{self.path}:{line}: {what}. The mark was not used.")


def read_marks(path):
    """Read ``marks.csv``: marks for `merge_marks`, and under ``problems`` a sentence for each that cannot be used.

    Where there is no such file, there are no marks.
    """
    marks = _Marks(path)
    if not marks.path.exists():
        marks.columns = _COLUMNS
        return marks
    try:
        marks.columns, marks.delimiter, rows = _parse(marks.path.read_bytes())
    except ValueError as error:
        marks.problems.append(f"{marks.path}:{error}. No mark was used.")
        return marks
    for (student, region), found in rows.items():
        marks.listed.add((student, region))
        filled = [row for row in found if row[1]]
        for line, *_ in filled[1:]:
            what = f"{student!r}, {region} has a mark in line {filled[0][0]} already. Neither was used."
            marks.problems.append(f"{marks.path}:{line}: {what}")
        if len(filled) == 1:
            line, points, comment = filled[0]
            if _NUMBER.fullmatch(points):
                marks.given[student, region] = _Mark(line, float(points), clean(comment))
            else:
                marks.refuse(line, f"expected points as a number such as 7.5, found {points!r}")
    return marks


def merge_marks(results, marks):
    """Yield results, with marks as copies: regions "marked", `points` and `open` summed again.

    Marks that fit no result, or are more than a region's points, become problems; all are known at the end only.
    """
    waiting, seen = dict(marks.given), set()
    students = {student for student, _ in waiting}
    for result in results:
        student = cell(result["student"])
        if student in students:
            seen.add(student)
            result = _marked(result, student, waiting, marks)
        yield result
    for (student, region), mark in waiting.items():
        if student in seen:
            what = f"{student!r} has no answer {region!r} that people mark"
        else:
            what = f"there is no submission of {student!r}; expected a name as in grades.csv"
        marks.refuse(mark.line, what)


def write_template(results, path):
    """Add a row with blank points for each answer that awaits a mark and has none; what is there stays, to the byte.

    A ``marks.csv`` that cannot be read, of which `read_marks` tells, is left alone.
    """
    awaited = {
        (cell(result["student"]), name)
        for result in results
        for name, region in result["regions"].items()
        if region["state"] == "for people"
    }
    marks = read_marks(path)  # now, not when the grading began: somebody may be writing in it
    if not marks.columns:
        return
    is_there = marks.path.exists()
    before = marks.path.read_bytes() if is_there else BOM.encode() + rows_to_bytes([_COLUMNS])
    rows = [dict(zip(_COLUMNS, key, strict=False)) for key in sorted(awaited - marks.listed)]
    if rows or not is_there:
        added = rows_to_bytes(([row.get(name, "") for name in marks.columns] for row in rows), marks.delimiter)
        content = before + (b"" if before.endswith((b"\n", b"\r")) else b"\n") + added
        write_whole(marks.path, lambda stream: stream.write(content))


def write_answers(results, name, path):
    """Write a page with every answer to one question, as ``inline-1``, that is not blank, in the order of the results.

    Results are gone through once; one answer at a time is in memory.
    """
    answers = (
        {"student": cell(result["student"]), **result["written"][name], **result["regions"][name]}
        for result in results
        if name in result["written"] and not result["written"][name]["blank"]
    )
    with speaking(DEFAULT):
        values = {"language": DEFAULT, "name": name, "title": title(name).capitalize(), "region": REGIONS[name]}
    write_whole(path, lambda stream: stream_page("answers.html", stream, answers=answers, **values))


def _parse(content):
    """Columns, delimiter, and rows of line, points and comment by student and region; a ValueError says why not."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(' expected UTF-8; save it as "CSV UTF-8"') from error
    columns, delimiter = _head(text)
    rows, line = defaultdict(list), 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for values in reader:
            row = dict.fromkeys(_COLUMNS, "") | dict(zip(columns, values, strict=False))
            if line > 1 and any(values):
                rows[row["student"], row["region"].strip()].append((line, row["points"].strip(), row["comment"]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"{line}: expected a row of a CSV file, found {error}") from error
    return columns, delimiter, rows


def _head(text):
    """Columns and delimiter of a table; a ValueError where those of marks are not all there."""
    first = text.split("\n", 1)[0].strip()
    for delimiter in _DELIMITERS:
        columns = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter), ()))
        if set(_COLUMNS) <= set(columns):
            return columns, delimiter
    raise ValueError(f"1: expected the columns {', '.join(_COLUMNS)}, found {first[:200]!r}")


def _marked(result, student, waiting, marks):
    """A copy of a result with its marks, which wait no longer."""
    regions = dict(result["regions"])
    for name, region in regions.items():
        if region["state"] not in _BY_PEOPLE or (student, name) not in waiting:
            continue
        mark = waiting.pop((student, name))
        if 0 <= mark.points <= region["max"]:
            regions[name] = region | {"earned": mark.points, "state": "marked", "comment": mark.comment}
        else:
            what = f"expected 0 to {number(region['max'])} points for {name}, found {number(mark.points)}"
            marks.refuse(mark.line, what)
    return result | {"regions": regions, **totals(regions)}
