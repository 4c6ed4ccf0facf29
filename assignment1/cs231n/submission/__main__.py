"""Hand in the assignment: make the zip, a page and a PDF, and say what is in them and what is missing."""

import argparse
import math
import signal
import sys
from pathlib import Path

from ..assignments import REGIONS
from ..sentences import make_streams_unicode_safe, word
from .collect import RUN_SECONDS, ZIP, HandInError, collect
from .inspection import inspect
from .opening import Refused

FOLDER = Path(__file__).resolve().parents[2]


def main(arguments=None):
    """Run the command line; returns the exit status."""
    make_streams_unicode_safe()
    parser = argparse.ArgumentParser(prog="python -m cs231n.submission", description=__doc__)
    parser.add_argument("--no-run", action="store_true", help="do not execute the notebook; hand it in as it was saved")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 where something is incomplete")
    parser.add_argument("--seconds", type=_seconds, default=RUN_SECONDS, help="the notebook's limit (%(default)s)")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for zip, page and PDF (the assignment's)")
    parser.add_argument("--check", type=Path, metavar="ZIP", help="say what is in a zip, ours or a classic one")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidied up as after Ctrl-C
    path = options.out / ZIP
    before = _stamp(path)
    try:
        return _check(options.check) if options.check else _collect(options)
    except HandInError as error:
        print(f"submission: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        said = word("interrupted") if _stamp(path) == before else word("interrupted late", path=path)
        print(f"\nsubmission: {said}", file=sys.stderr)
        return 130


def _seconds(text):
    """A limit on time, as the command line gives it."""
    seconds = float(text)
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"expected a number of seconds above 0, found {text}")
    return seconds


def _check(path):
    try:
        found = inspect(path)
    except Refused as refusal:
        print(f"submission: {path}: {refusal}", file=sys.stderr)
        return 1
    print(*found.lines, sep="\n")
    return 0 if found.whole else 1


def _stamp(path):
    """What tells a file from the one that replaces it; None where there is none."""
    return (path.stat().st_ino, path.stat().st_mtime_ns) if path.is_file() else None


def _collect(options):
    made = collect(FOLDER, options.out, not options.no_run, options.seconds, _say)
    print()
    if made.incomplete:
        total = sum(row.points for row in REGIONS.values())
        print(word("incomplete", points=made.points, all=total, path=made.path))
        print(*(f"  {text}" for text in made.incomplete), sep="\n")
    else:
        print(word("complete", path=made.path))
    for text in made.remarks:
        print(word("remark", text=text))
    return 1 if options.strict and made.incomplete else 0


def _say(line, end="\n"):
    """Print a step's line; one that the next replaces is for people who watch."""
    if end == "\n" or sys.stdout.isatty():
        clear = "\x1b[K" if sys.stdout.isatty() else ""
        print(f"{line}{clear}", end=end, flush=True)


if __name__ == "__main__":
    sys.exit(main())
