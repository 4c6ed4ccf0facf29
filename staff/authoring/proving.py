"""Whether a handout works: it can be imported, nothing is started or leaks, and the solution earns every point."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cs231n.assignments import NOTEBOOKS, REGIONS, SOURCES
from cs231n.checks.findings import NOT_STARTED
from cs231n.sentences import table
from cs231n.submission.archive import zip_bytes

from ..grading.available import find_isolation
from ..grading.grade import grade
from .leaks import find_leaks
from .solve import finished

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


def handout_faults(folder, files):
    """What is wrong with an unpacked handout, as students have it and solved; yields sentences without a full stop."""
    kit = folder / "assignment1"
    broken = _run(kit, "-c", _IMPORT)
    if broken.returncode:
        yield f"the kit cannot be imported: {broken.stderr.strip().splitlines()[-1]}"
    lines = _run(kit, "-m", "cs231n.checks", "--json").stdout.splitlines()
    started = {row["claim"] for row in map(json.loads, lines) if row["outcome"] != NOT_STARTED}
    if started or not lines:
        yield f"expected nothing started in the kit, found {sorted(started) or 'no checks'}"
    yield from _faults_of_reference()
    leaks = find_leaks(folder, files)
    if leaks:
        found = "; ".join(f"{leak.path}: {leak.line}" for leak in leaks[:5])
        yield f"a line of the solution is in the handout ({found})"


def _faults_of_reference():
    """Regions for which a finished kit does not earn all points."""
    with tempfile.TemporaryDirectory() as scratch:
        hand_in = Path(scratch, "reference.zip")
        zip_bytes({name: text.encode() for name, text in finished((*SOURCES, *NOTEBOOKS)).items()}, hand_in)
        result = grade(hand_in, seed=_SEED, isolation=find_isolation())
    for name, region in REGIONS.items():
        graded = result["regions"].get(name)
        if region.points and graded is None:
            yield f"region {name} has {region.points} points and is not graded"
        elif region.points and graded["earned"] not in (None, region.points):
            failed = [_told(finding) for finding in result["findings"] if finding["region"] == name]
            said = "; ".join(filter(None, failed)) or graded["state"]
            yield f"the reference earns {graded['earned']:g} of {region.points} points for {name} ({said})"


def _told(finding):
    claim = table("CLAIMS", "en")[finding["claim"]]
    return f"{finding['subject']}: {claim}: {finding['outcome']}" if finding["outcome"] != "pass" else ""


def _run(kit, *arguments):
    environment = os.environ | {"CS231N_LANG": "en", "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=kit, env=environment, capture_output=True, encoding="utf-8")
