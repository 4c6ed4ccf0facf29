"""What the checks say of the work that is handed in, and how many points hang on what is not as it should be."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ..assignments import REGIONS
from ..checks.findings import NOT_RUN, is_row
from ..processes import run_program
from ..sentences import title, word

SECONDS = 120  # a call that does not come back takes 20 of them, in each of the functions


def run_checks(folder, files=None):
    """Run the checks in a process that may hang or die; returns findings as dicts, and why there are none.

    Of `files`, bytes by name, they are made as grading makes them: these are then all that there is of `folder`.
    """
    try:
        return _run(folder, "cs231n.checks") if files is None else _run_alone(folder, files)
    except OSError as error:  # as of a full disk
        return [], str(error)


def _run_alone(folder, files):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        place = Path(place).resolve()
        kit, empty = place / "assignment1", place / "empty"
        files = _sentences(folder) | files
        for path, content in {kit / name: content for name, content in files.items()}.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        empty.mkdir()
        environment = {name: text for name, text in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(empty))
        path = os.pathsep.join([str(kit), *filter(None, [os.environ.get("PYTHONPATH")])])
        # What is said does not depend on where this folder is.
        gone = json.dumps(f"{place}{os.sep}", ensure_ascii=False)[1:-1]
        return _run(empty, "cs231n.checks.alone", gone, env=environment | {"PYTHONPATH": path})


def _run(folder, module, gone=None, **options):
    try:
        done = run_program([sys.executable, "-m", module, "--json"], SECONDS, cwd=folder, **options)
    except subprocess.TimeoutExpired:
        return [], word("longer than", seconds=SECONDS)
    printed = done.stdout.replace(gone, "") if gone else done.stdout
    findings = [finding for finding in map(_finding, printed.splitlines()) if finding]
    return findings, "" if findings else (done.stderr.strip() or f"{done.returncode}").splitlines()[-1]


def _sentences(folder):
    """What the checks need beside Python files, bytes by name."""
    paths = [path for place in ("sentences", "assignments/*") for path in folder.glob(f"cs231n/{place}/*.json")]
    paths += filter(Path.is_file, [folder.parent / "requirements.txt"])
    return {os.path.relpath(path, folder): path.read_bytes() for path in paths}


def only_here(alone, here):
    """Of findings made `alone` and `here`: regions that pass here only, by what was measured where they did not."""
    passed = {}
    for finding in here:
        passed[finding["claim"]] = passed.get(finding["claim"], True) and finding["outcome"] == "pass"
    reasons, lost = {}, {}
    for finding in alone:
        if finding["outcome"] in ("fail", "not run") and passed.get(finding["claim"]):
            subject = finding["claim"].partition(":")[0]  # what is not run has the reason of what fails
            reason = reasons.setdefault(subject, finding["message"].rstrip("."))
            lost.setdefault(reason, {})[finding["region"]] = None
    return {reason: list(regions) for reason, regions in lost.items()}


def at_stake(findings, outside, unread, lost=None):
    """A sentence and the points of each region that is not as it should be.

    Those in `outside` have an answer elsewhere; `unread` where no notebook can be read; `lost` are those of
    `only_here`, which are told together.
    """
    found, told = [], set()
    for reason, regions in (lost or {}).items():
        points = sum(REGIONS[region].points for region in regions)
        found.append((word("only here", regions=", ".join(regions), reason=reason, points=points), points))
        told |= set(regions)
    for region, row in REGIONS.items():
        if region in told:
            continue
        outcomes = {finding["outcome"] for finding in findings if finding["region"] == region}
        state = "outside" if region in outside else _state(row, outcomes, unread)
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
