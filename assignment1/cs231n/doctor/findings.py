"""What the doctor has found: a line for each thing that was looked at, for people and for programs."""

import unicodedata
from typing import NamedTuple

from ..sentences import word

__all__ = ["BAD", "GOOD", "NOTE", "UNKNOWN", "Finding", "to_text"]

GOOD, NOTE, BAD, UNKNOWN = "good", "note", "bad", "unknown"  # a note: all works, but not as well as it might


class Finding(NamedTuple):
    """What was found of one thing that was looked at, and what to do about it."""

    name: str
    verdict: str
    found: str
    advice: str = ""


def to_text(findings):
    """Findings as aligned lines, and how many there are of each verdict."""
    rows = [(word(f"doctor {found.name}"), word(found.verdict), found) for found in findings]
    widths = [max(_width(row[column]) for row in rows) for column in (0, 1)]
    lines = []
    for name, verdict, found in rows:
        lines.append(f"{_pad(name, widths[0])}  {_pad(verdict, widths[1])}  {found.found}")
        if found.advice:
            lines.append(f"{' ' * (sum(widths) + 4)}{found.advice}")
    verdicts = [found.verdict for found in findings]
    counts = {verdict: verdicts.count(verdict) for verdict in (GOOD, NOTE, BAD, UNKNOWN)}
    return "\n".join([*lines, word("doctor summary", **counts)])


def _width(text):
    """Columns of a terminal that a text takes; a letter of Korean takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _pad(text, width):
    return text + " " * (width - _width(text))
