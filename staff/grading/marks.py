"""Marks that people give to written answers: a table that they fill in, and its way into the results."""

import csv
import io
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from cs231n.submission.archive import write_whole

from .pages import number
from .tables import BOM, cell, rows_to_bytes

__all__ = ["COLUMNS", "Mark", "Marks", "merge_marks", "read_marks", "write_template"]

COLUMNS = ("student", "region", "points", "comment")
_BY_PEOPLE = ("for people", "blank", "marked")
_DELIMITERS = (",", ";", "\t")  # Excel writes the second where the comma stands in numbers
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


class Mark(NamedTuple):
    """A mark, and the line of the table where it stands; `points` is None where none is given, or none can be used."""

    points: float | None
    comment: str
    line: int


class Marks(NamedTuple):
    """The marks of a class.

    Attributes
    ----------
    path : pathlib.Path
    given : dict of (str, str) to Mark
        By student, as in the table, and region.
    problems : list of str
        A sentence for each mark that is not used, with its place; `merge_marks` adds to it.
    columns : sequence of str
        Of the table, in its order; none where it cannot be read.
    delimiter : str
        Between them.
    """

    path: Path
    given: dict
    problems: list
    columns: tuple = ()
    delimiter: str = ","


def read_marks(path):
    """Read ``marks.csv``.

    Parameters
    ----------
    path : path
        Where there is no such file, there are no marks.

    Returns
    -------
    Marks
    """
    path = Path(path)
    if not path.exists():
        return Marks(path, {}, [], COLUMNS)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return Marks(path, {}, [f'{path}: expected UTF-8; save it as "CSV UTF-8". No mark was used.'])
    delimiter, columns = _head(text)
    if not columns:
        found, expected = text.split("\n", 1)[0].strip()[:200], ", ".join(COLUMNS)
        return Marks(path, {}, [f"{path}:1: expected the columns {expected}, found {found!r}. No mark was used."])
    rows, problems = defaultdict(list), []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        next(reader)
        line = reader.line_num + 1
        for values in reader:
            row = dict.fromkeys(COLUMNS, "") | dict(zip(columns, values, strict=False))
            if any(values):
                rows[row["student"], row["region"].strip()].append((line, row["points"].strip(), row["comment"]))
            line = reader.line_num + 1
    except csv.Error as error:
        return Marks(path, {}, [f"{path}:{line}: expected a row of a CSV file, found {error}. No mark was used."])
    given = {key: _mark(key, found, path, problems) for key, found in rows.items()}
    return Marks(path, given, problems, columns, delimiter)


def merge_marks(results, marks):
    """Put marks into results.

    Marks that fit no result, or are more than a region's points, become problems; all are known at the end only.

    Parameters
    ----------
    results : iterable of dict
    marks : Marks

    Yields
    ------
    dict
        The result, or where it has marks a copy with them: regions "marked", `points` and `open` summed again.
    """
    waiting = {key: mark for key, mark in marks.given.items() if mark.points is not None}
    students, seen = {student for student, _ in waiting}, set()
    for result in results:
        student = cell(result["student"])
        if student in students:
            seen.add(student)
            result = _marked(result, student, waiting, marks)
        yield result
    for (student, region), mark in waiting.items():
        if student in seen:
            marks.problems.append(
                _sentence(marks.path, mark.line, f"{student!r} has no answer {region!r} that people mark")
            )
        else:
            what = f"there is no submission of {student!r}; expected a name as in grades.csv"
            marks.problems.append(_sentence(marks.path, mark.line, what))


def write_template(results, path):
    """Add a row with blank points for each answer that awaits a mark and has none; what is there stays, to the byte.

    Parameters
    ----------
    results : iterable of dict
    path : path
        Of ``marks.csv``; is left alone where it cannot be read, of which `read_marks` tells.
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
    before = marks.path.read_bytes() if marks.path.exists() else BOM.encode() + rows_to_bytes([COLUMNS])
    rows = [dict(zip(COLUMNS, key, strict=False)) for key in sorted(awaited - set(marks.given))]
    if rows or not marks.path.exists():
        added = rows_to_bytes(([row.get(name, "") for name in marks.columns] for row in rows), marks.delimiter)
        content = before + (b"" if before.endswith((b"\n", b"\r")) else b"\n") + added
        write_whole(marks.path, lambda stream: stream.write(content))


def _head(text):
    """Delimiter and columns of a table; no columns where those of marks are not all there."""
    first = text.split("\n", 1)[0].strip()
    for delimiter in _DELIMITERS:
        columns = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter), ()))
        if set(COLUMNS) <= set(columns):
            return delimiter, columns
    return ",", ()


def _mark(key, rows, path, problems):
    """The one mark of a student's answer, among the rows that are about it."""
    filled = [row for row in rows if row[1]]
    line, text, comment = (filled or rows)[0]
    for again, *_ in filled[1:]:
        problems.append(f"{path}:{again}: {key[0]!r}, {key[1]} has a mark in line {line} already. Neither was used.")
    if not filled or len(filled) > 1:
        return Mark(None, comment, line)
    if not _NUMBER.fullmatch(text):
        problems.append(_sentence(path, line, f"expected points as a number such as 7.5, found {text!r}"))
        return Mark(None, comment, line)
    return Mark(float(text), comment, line)


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
            marks.problems.append(_sentence(marks.path, mark.line, what))
    earned = sum(region["earned"] or 0 for region in regions.values())
    awaited = sum(region["max"] for region in regions.values() if region["earned"] is None)
    return result | {"regions": regions, "points": round(earned, 6), "open": awaited}


def _sentence(path, line, what):
    return f"{path}:{line}: {what}. The mark was not used."
