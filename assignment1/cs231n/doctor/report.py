"""All examinations, one after another, and the command line that shows what they found."""

import argparse
import json
import sys
from typing import NamedTuple

from ..sentences import make_streams_unicode_safe, pad, width, word
from . import BAD, GOOD, NOTE, UNKNOWN
from .kit import examine_data, examine_disk, examine_kernel, examine_line_ends, examine_writing
from .machine import examine_memory, examine_numpy, examine_packages, examine_python, examine_tools

EXAMINATIONS = {
    "python": examine_python,
    "packages": examine_packages,
    "numpy": examine_numpy,
    "tools": examine_tools,
    "kernel": examine_kernel,
    "memory": examine_memory,
    "disk": examine_disk,
    "data": examine_data,
    "line ends": examine_line_ends,
    "writing": examine_writing,
}


class Examined(NamedTuple):
    """One thing that was looked at: the verdict, what was found, and what to do about it."""

    name: str
    verdict: str
    found: str
    advice: str = ""


def examine():
    """Look at everything; yields each Examined at once."""
    for name, look in EXAMINATIONS.items():
        try:
            yield Examined(name, *look())
        except Exception as error:  # whatever a machine holds that nobody thought of: the others are still looked at
            yield Examined(name, UNKNOWN, word("not examined", error=f"{type(error).__name__}: {error}"))


def to_text(examined):
    """Aligned lines, and how many there are of each verdict."""
    rows = [(word(f"doctor {row.name}"), word(row.verdict), row) for row in examined]
    names, verdicts = (max(width(row[column]) for row in rows) for column in (0, 1))
    lines = []
    for name, verdict, row in rows:
        lines.append(f"{pad(name, names)}  {pad(verdict, verdicts)}  {row.found}")
        if row.advice:
            lines.append(f"{' ' * (names + verdicts + 4)}{row.advice}")
    counts = {verdict: sum(row.verdict == verdict for row in examined) for verdict in (GOOD, NOTE, BAD, UNKNOWN)}
    return "\n".join([*lines, word("doctor summary", **counts)])


def main(arguments=None):
    """Run the command line; returns 1 where something is bad."""
    make_streams_unicode_safe()
    said = "Say what is wrong with this machine, and what to do."
    parser = argparse.ArgumentParser(prog="python -m cs231n.doctor", description=said)
    parser.add_argument("--json", action="store_true", help="print one JSON object a line and finding")
    options = parser.parse_args(arguments)
    examined = []
    for row in examine():
        examined.append(row)
        if options.json:
            print(json.dumps(row._asdict(), ensure_ascii=False), flush=True)
    if not options.json:
        print(to_text(examined))
    return 1 if any(row.verdict == BAD for row in examined) else 0


if __name__ == "__main__":
    sys.exit(main())
