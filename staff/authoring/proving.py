"""Whether what is handed out works: it can be imported, nothing is started, and the solution earns every point."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cs231n.assignments import NOTEBOOKS, REGIONS, SOURCES
from cs231n.checks.outcomes import NOT_STARTED
from cs231n.sentences import table
from cs231n.submission.archive import zip_bytes

from ..grading.available import find_isolation
from ..grading.grade import grade
from .regions import BuildError
from .solve import solve

__all__ = ["prove_handout"]

_SEED = 2024
# Imports all modules of the kit but the commands, which run.
_IMPORT = """
import importlib, pkgutil, cs231n
for module in pkgutil.walk_packages(cs231n.__path__, "cs231n."):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except Exception as error:
            raise SystemExit(f"{module.name}: {type(error).__name__}: {error}")
"""


def prove_handout(folder):
    """Try the kit in `folder`, as students have it and solved; a BuildError says what does not work."""
    kit = Path(folder) / "assignment1"
    broken = _run(kit, "-c", _IMPORT)
    if broken.returncode:
        raise BuildError(f"the kit cannot be imported: {broken.stderr.strip().splitlines()[-1]}. Nothing was written.")
    lines = _run(kit, "-m", "cs231n.checks", "--json").stdout.splitlines()
    started = {row["claim"] for row in map(json.loads, lines) if row["outcome"] != NOT_STARTED}
    if started or not lines:
        raise BuildError(
            f"expected nothing started in the kit, found {sorted(started) or 'no checks'}. Nothing was written."
        )
    with tempfile.TemporaryDirectory() as scratch:
        hand_in = _zip(solve(Path(scratch, "solved")) / "assignment1", Path(scratch))
        result = grade(hand_in, seed=_SEED, isolation=find_isolation())
    for name, region in REGIONS.items():
        graded = result["regions"].get(name)
        if region.points and graded is None:
            raise BuildError(f"region {name} has {region.points} points and is not graded. Nothing was written.")
        if region.points and graded["earned"] not in (None, region.points):
            failed = [_told(finding) for finding in result["findings"] if finding["region"] == name]
            said = "; ".join(filter(None, failed)) or graded["state"]
            earned = f"{graded['earned']:g} of {region.points} points for {name}"
            raise BuildError(f"the reference earns {earned} ({said}). Nothing was written.")


def _told(finding):
    claim = table("CLAIMS", "en")[finding["claim"]]
    return f"{finding['subject']}: {claim}: {finding['outcome']}" if finding["outcome"] != "pass" else ""


def _run(kit, *arguments):
    environment = os.environ | {"CS231N_LANG": "en", "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=kit, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def _zip(kit, folder):
    """A hand-in of a finished kit."""
    path = folder / "reference.zip"
    zip_bytes({name: (kit / name).read_bytes() for name in (*SOURCES, *NOTEBOOKS)}, path)
    return path
