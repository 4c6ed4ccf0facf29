"""Measure this kit beside what people would otherwise use: ``python -m benchmarks``."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from staff.authoring.paths import ROOT
from staff.authoring.solve import solve

from . import grading, loading, loss, report
from .measuring import machine

PARTS = {"loss": loss, "loading": loading, "grading": grading}
_LEFT_OUT = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONDONTWRITEBYTECODE")  # what some machines prescribe


def main(arguments=None):
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="all by default")
    parser.add_argument("--quick", action="store_true", help="few and small, to see that it works; stores nothing")
    options = parser.parse_args(arguments)
    for name in _LEFT_OUT:
        os.environ.pop(name, None)
    parts, failed = {}, False
    with tempfile.TemporaryDirectory() as folder:
        solved = solve(Path(folder) / "solved") / "assignment1"
        os.environ["PYTHONPATH"] = os.pathsep.join((str(solved), str(ROOT)))  # of the processes that measure
        for name in [options.part] if options.part else PARTS:
            try:
                found = PARTS[name].measure(options.quick)
            except RuntimeError as error:
                print(f"benchmarks {name}: {error}", file=sys.stderr)
                failed = True
            else:
                parts[name] = found | {"machine": machine()}
                print(report.text(parts[name]), flush=True)
    if not options.quick:
        store(parts, report.HERE)
    return int(failed)


def store(parts, folder):
    """Write what was measured; parts that were not asked for, failed or are empty keep what an earlier run stored."""
    path = folder / "results.json"
    known = report.from_json(path.read_text(encoding="utf-8")) if path.exists() else {}
    known |= {name: part for name, part in parts.items() if part["rows"]}
    kept = {name: known[name] for name in PARTS if name in known}
    path.write_text(report.to_json(kept), encoding="utf-8")
    report.write_readme(kept, folder / "README.md")
    print(f"Stored in {path}, and in tables beside it.")


if __name__ == "__main__":
    sys.exit(main())
