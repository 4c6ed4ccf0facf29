"""What the checks say of the work that is handed in, and how many points hang on what is not as it should be."""

import json
import subprocess
import sys

from ..assignments import REGIONS
from ..checks.findings import NOT_RUN, is_row
from ..processes import run_program
from ..sentences import title, word

__all__ = ["SECONDS", "at_stake", "run_checks", "with_shown"]

SECONDS = 60


def run_checks(folder):
    """Run the checks in a process that may hang or die; returns findings as dicts, and why there are none."""
    try:
        done = run_program([sys.executable, "-m", "cs231n.checks", "--json"], SECONDS, cwd=folder)
    except subprocess.TimeoutExpired:
        return [], word("longer than", seconds=SECONDS)
    findings = [finding for finding in map(_finding, done.stdout.splitlines()) if finding]
    return findings, "" if findings else (done.stderr.strip() or f"{done.returncode}").splitlines()[-1]


def at_stake(findings, outside, unread):
    """A sentence and the points of each region that is not as it should be.

    Those in `outside` have an answer elsewhere; `unread` where no notebook can be read.
    """
    found = []
    for region, row in REGIONS.items():
        state = (
            "outside"
            if region in outside
            else _state(row, {finding["outcome"] for finding in findings if finding["region"] == region}, unread)
        )
        if state and row.points:
            text = word("region", region=region, title=title(region), state=word(state), points=row.points)
            found.append((text, row.points))
    return found


def _state(row, outcomes, unread):
    """What is wrong with a region; None where nothing is."""
    if row.is_in_notebook and unread:
        return "unchecked"
    if "fail" in outcomes:
        return "fails"
    if "not started" in outcomes:
        return "not started"
    # What a notebook's regions hold is looked at by people, or by the cell that follows them.
    return None if "pass" in outcomes or (row.is_in_notebook and outcomes) else "unchecked"


def with_shown(findings, shown):
    """Findings with those that a notebook's own cells show by region, in place of what waits for these cells."""
    waiting = {name for name, row in REGIONS.items() if row.is_in_notebook and row.is_code}
    waiting &= {finding["region"] for finding in findings if finding["outcome"] == NOT_RUN}
    rows = [row for region in waiting for row in shown.get(region, ())]
    return [finding for finding in findings if finding["region"] not in waiting] + rows


def _finding(line):
    """A line of the checks' output; None for what the student's own code prints among them."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if is_row(row) else None
