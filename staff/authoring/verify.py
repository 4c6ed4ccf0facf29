"""The proof of the kit: the scaffold is not started, the reference passes, each mistake gets its own causes."""

import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cs231n.assignments import ASSIGNMENTS, REGIONS
from cs231n.checks.assignment import filled_regions
from cs231n.checks.outcomes import FAIL, NOT_STARTED, PASS
from cs231n.languages import LANGUAGES
from cs231n.sentences import table

from ..assignments import MATERIALS
from ..grading.available import find_isolation
from ..grading.diagnose import diagnose
from .leaks import find_whispers
from .paths import KIT
from .solve import solve

__all__ = ["Proof", "verify"]


class Proof(NamedTuple):
    """One thing that was proven, or not."""

    kind: str  # "scaffold", "reference", "older convention", "mistake", "variant" or "table"
    name: str
    fault: str  # what is not as it must be; empty where all is


def verify(workers=None):
    """Prove the kit, with as many processes as processors by default; yields a Proof of each thing."""
    yield from _table()
    look = partial(diagnose, isolation=find_isolation())
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        solved = solve(Path(folder, "solved")) / "assignment1"
        for assignment in ASSIGNMENTS:
            tasks = list(_tasks(assignment, solved, Path(folder)))
            for name in assignment.notebooks:
                yield _notebook(assignment, KIT / name, filled=False)
                yield _notebook(assignment, solved / name, filled=True)
            diagnoses = pool.map(look, [path for path, *_ in tasks], chunksize=4)
            for (path, judge, *given), diagnosis in zip(tasks, diagnoses, strict=True):
                yield judge(path, diagnosis, *given)


def _tasks(assignment, solved, folder):
    """Files to diagnose, what judges the diagnosis, and what else that is given."""
    material = MATERIALS[assignment.name]
    for name in assignment.sources:
        yield KIT / name, _scaffold
        yield solved / name, _right, "reference", {PASS}, "right"
    texts = {name: (solved / name).read_text(encoding="utf-8") for name in assignment.sources}
    if material.OLDER_EDITS:
        older, changed = folder / f"{assignment.name}-older.py", texts[assignment.sources[0]]
        for old, new in material.OLDER_EDITS:
            changed = changed.replace(old, new)
        older.write_text(changed, encoding="utf-8")
        yield older, _older
    for name, text in material.variants().items():  # each has one of the functions
        path = folder / f"{assignment.name}-{name}"
        path.write_text(text, encoding="utf-8")
        yield path, _right, "variant", {PASS, NOT_STARTED}, "unfinished"
    for function, mistakes in material.MISTAKES.items():
        name, text = next((name, text) for name, text in texts.items() if f"def {function}(" in text)
        for number, mistake in enumerate(mistakes):
            path = folder / f"{assignment.name}-{function}-{number}.py"
            path.write_text(mistake.apply(text, function), encoding="utf-8")
            yield path, _wrong, f"{function}: {mistake.name}", mistake.causes


def _scaffold(path, diagnosis):
    others = [f"{f.name}: {f.outcome}" for f in diagnosis.findings if f.outcome != NOT_STARTED]
    fault = "; ".join(others) or ("" if diagnosis.verdict == "not-started" else f"verdict {diagnosis.verdict}")
    return Proof("scaffold", path.name, fault)


def _notebook(assignment, path, filled):
    found = filled_regions(path)
    expected = {name: filled for name, region in assignment.regions.items() if region.is_in_notebook}
    return Proof("reference" if filled else "scaffold", path.name, "" if found == expected else f"filled: {found}")


def _right(path, diagnosis, kind, outcomes, verdict):
    """A right file: nothing has an outcome that is not expected, and every claim weighs something."""
    others = [f"{f.name}: {f.outcome}: {f.message}" for f in diagnosis.findings if f.outcome not in outcomes]
    others += [
        f"{f.name}: no weight in region {f.region}"
        for f in diagnosis.findings
        if f.claim not in REGIONS[f.region].weights
    ]
    if not others and diagnosis.verdict != verdict:
        others = [f"verdict {diagnosis.verdict}, expected {verdict}"]
    return Proof(kind, path.name, "; ".join(others))


def _older(path, diagnosis):
    """The older convention throughout: wrong for this assignment, and right in its day."""
    expected = "right-in-older-convention"
    fault = "" if diagnosis.verdict == expected else f"verdict {diagnosis.verdict}, expected {expected}"
    return Proof("older convention", path.name, fault)


def _wrong(path, diagnosis, name, causes):
    found = {f.cause for f in diagnosis.findings if f.outcome == FAIL and f.cause}
    if diagnosis.verdict != "wrong":
        return Proof("mistake", name, f"verdict {diagnosis.verdict}, expected wrong")
    fault = "" if found == set(causes) else f"causes {sorted(found)}, expected {sorted(causes)}"
    return Proof("mistake", name, fault)


def _table():
    """Each region has a title and three hints in each language; no sentence holds a line of the solution."""
    for assignment in ASSIGNMENTS:
        for name in assignment.regions:
            missing = [
                language
                for language in LANGUAGES
                if not table("TITLES", language).get(name) or len(table("HINTS", language).get(name, ())) != 3
            ]
            yield Proof("table", name, f"needs a title and three hints in {', '.join(missing)}" if missing else "")
    yield Proof("table", "hints and messages", "; ".join(find_whispers()))
