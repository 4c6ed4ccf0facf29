"""Check the whole assignment: ``python -m cs231n.checks`` in the folder assignment1."""

import argparse
import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

from ..assignments import NOTEBOOKS, REGIONS, SOURCES
from ..doctor import PackageError
from ..doctor.tools import relying_on
from ..sentences import make_streams_unicode_safe
from .assignment import FOLDER, check_assignment
from .findings import PASS, Findings
from .home import end_the_process


def main(arguments=None):
    """Run the command line; returns 1 where a claim fails, or does not pass in the region that was asked for."""
    make_streams_unicode_safe()
    parser = argparse.ArgumentParser(prog="python -m cs231n.checks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object a line and finding")
    parser.add_argument("--watch", action="store_true", help="run again whenever a file of yours is saved")
    regions = [name for name, region in REGIONS.items() if not region.is_in_notebook]
    told = f"only this region, and exit status 1 unless all of it passes: {', '.join(regions)}"
    parser.add_argument("--region", choices=regions, metavar="ID", help=told)
    options = parser.parse_args(arguments)
    if options.watch:
        region = ["--region", options.region] if options.region else []
        return _watch([*region, *(["--json"] if options.json else [])])
    end_the_process()
    # As in grading: the student's files find no arguments, nobody who types, and no screen.
    sys.argv, sys.stdin = [""], io.StringIO()
    os.environ.setdefault("MPLBACKEND", "Agg")
    with contextlib.redirect_stdout(sys.stderr):  # what they print when they are imported
        findings = check_assignment()
    chosen = Findings(finding for finding in findings if finding.region == options.region) or findings
    print(chosen.to_json() if options.json else chosen)
    if options.region:
        return 0 if {(finding.region, finding.outcome) for finding in chosen} == {(options.region, PASS)} else 1
    return 1 if findings.failed else 0


def _watch(options):
    """Run in a new process at each save, until Ctrl-C."""
    try:
        with relying_on("watching"):
            from watchfiles import watch
    except ImportError as error:
        missing = "--watch needs watchfiles, which is not installed; run pip install watchfiles."
        print(f"checks: {error if isinstance(error, PackageError) else missing}", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "cs231n.checks", *options]
    folders = {FOLDER / Path(file).parent for file in SOURCES}
    watched = [*sorted(folders), *filter(Path.is_file, map(FOLDER.joinpath, NOTEBOOKS))]
    try:
        # The first run waits until the watch has begun, so that no save is missed.
        for number, changes in enumerate(watch(*watched, rust_timeout=200, yield_on_timeout=True)):
            if number == 0 or changes:
                print("-" * 72, flush=True)
                subprocess.run(command, cwd=FOLDER, check=False)
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
