"""Measure this kit beside what people would otherwise use: ``python -m benchmarks``."""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for folder in (ROOT / "assignment1", ROOT):
    sys.path.insert(0, str(folder))

from . import report  # noqa: E402  once the kit can be imported
from .machine import machine  # noqa: E402
from .measuring import Skipped  # noqa: E402

PARTS = ("loss", "training", "loading", "notebook", "tuning", "grading")


def main(arguments=None):
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="few and small, to see that it works; stores nothing")
    parser.add_argument("--out", type=Path, default=report.HERE, help="folder of results.json, picture and README.md")
    options = parser.parse_args(arguments)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"expected parts of {', '.join(PARTS)}, found {', '.join(unknown)}.")
    if os.name == "nt":
        print("benchmarks: what a process used cannot be had on this system; use Linux or macOS.", file=sys.stderr)
        return 1
    paths = (str(ROOT), str(ROOT / "assignment1"), os.environ.get("PYTHONPATH", ""))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))  # of the processes that measure
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # kernels that some machines prescribe to older builds
        os.environ.pop(name, None)
    parts, faults = {}, 0
    for name in options.parts or PARTS:
        part = importlib.import_module(f".{name}", __package__)
        try:
            found = part.measure(options.quick)
        except Skipped as reason:
            found = {"rows": [], "notes": [], "skipped": [str(reason)], "goals": []}
        except RuntimeError as error:
            print(f"benchmarks {name}: {error}", file=sys.stderr)
            faults += 1
            continue
        parts[name] = {"title": part.TITLE, "machine": machine()} | found
        print(report.text(parts[name]), flush=True)
    if not options.quick:
        _store(parts, options.out)
    return 1 if faults else 0


def _store(parts, folder):
    """Write what was measured; parts that were not asked for, or failed, keep what an earlier run stored."""
    from .picture import draw

    path = folder / "results.json"
    before = json.loads(path.read_text(encoding="utf-8"))["parts"] if path.exists() else {}
    kept = {name: parts.get(name) or before[name] for name in PARTS if name in parts or name in before}
    results = {"parts": kept}
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    draw(results, folder / "results.png")
    if (folder / "README.md").exists():
        report.write_readme(results, folder / "README.md")
    print(f"Stored in {path}, with a picture beside it.")


if __name__ == "__main__":
    sys.exit(main())
