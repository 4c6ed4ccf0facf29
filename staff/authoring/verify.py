"""The proof of the kit: the scaffold is not started, the reference passes, each mistake gets its own causes."""

import os
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cs231n.assignments import ASSIGNMENTS, REGIONS
from cs231n.checks.assignment import is_filled, notebook_cells, region_bodies
from cs231n.checks.findings import FAIL, NOT_STARTED, PASS
from cs231n.sentences import cause

from ..assignments import MATERIALS
from ..grading.available import find_isolation
from ..grading.diagnose import diagnose
from .build import built_files
from .leaks import find_whispers
from .paths import KIT
from .regions import BuildError


class Proof(NamedTuple):
    """One thing that was proven, or not."""

    kind: str  # "scaffold", "reference", "older convention", "mistake", "variant" or "table"
    name: str
    fault: str  # what is not as it must be; empty where all is


def report(proofs):
    """Print what was not proven, and how many there are of each kind; returns the exit status."""
    counts, faults = Counter(), 0
    for proof in proofs:
        counts[proof.kind] += 1
        if proof.fault:
            faults += 1
            print(f"NOT PROVEN  {proof.kind}: {proof.name}: {proof.fault}")
    found = ", ".join(f"{count} x {kind}" for kind, count in counts.items())
    print(f"{found}: {faults} NOT PROVEN" if faults else f"{found}: all proven")
    return 1 if faults else 0


class _Task(NamedTuple):
    """A file to diagnose, and what must come out."""

    kind: str
    name: str
    text: str
    verdict: str
    outcomes: set | None = None  # those of all findings, whose claims then all weigh something
    causes: tuple | None = None  # all that are named


def verify():
    """Prove the kit; yields a Proof of each thing, and raises a BuildError where a table of mistakes is malformed."""
    yield Proof("table", "hints and messages", "; ".join(find_whispers()))
    solved = built_files(solved=True)
    for assignment in ASSIGNMENTS:
        for name in assignment.notebooks:
            yield _notebook("scaffold", assignment, name, (KIT / name).read_text(encoding="utf-8"))
            yield _notebook("reference", assignment, name, solved[Path(name)])
    tasks = [task for assignment in ASSIGNMENTS for task in _tasks(assignment, solved)]
    look = partial(diagnose, isolation=find_isolation())
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(os.cpu_count()) as pool:
        paths = [Path(folder, f"{number}.py") for number in range(len(tasks))]
        for path, task in zip(paths, tasks, strict=True):
            path.write_text(task.text, encoding="utf-8")
        for task, diagnosis in zip(tasks, pool.map(look, paths, chunksize=4), strict=True):
            yield Proof(task.kind, task.name, "; ".join(_faults(task, diagnosis)))


def _tasks(assignment, solved):
    material = MATERIALS[assignment.name]
    texts = [solved[Path(name)] for name in assignment.sources]
    for name, text in zip(assignment.sources, texts, strict=True):
        given = (KIT / name).read_text(encoding="utf-8")
        yield _Task("scaffold", Path(name).name, given, "not-started", {NOT_STARTED})
        yield _Task("reference", Path(name).name, text, "right", {PASS})
    if material.OLDER_EDITS:  # wrong for this assignment, and right in its day
        older = texts[0]
        for old, new in material.OLDER_EDITS:
            older = older.replace(old, new)
        yield _Task("older convention", f"{assignment.name}-older.py", older, "right-in-older-convention")
    for name, text in material.variants().items():  # each has one of the functions
        yield _Task("variant", f"{assignment.name}-{name}", text, "unfinished", {PASS, NOT_STARTED})
    for function, mistakes in material.MISTAKES.items():
        right = next(text for text in texts if f"def {function}(" in text)
        names = Counter(mistake.name for mistake in mistakes)
        for mistake in mistakes:
            if names[mistake.name] > 1:
                raise BuildError(f"{function}: {names[mistake.name]} mistakes have the name {mistake.name!r}.")
            try:
                wrong = mistake.apply(right, function)
            except ValueError as error:
                raise BuildError(f"{function}: {error}") from error
            yield _Task("mistake", f"{function}: {mistake.name}", wrong, "wrong", causes=mistake.causes)


def _faults(task, diagnosis):
    """What comes out otherwise."""
    if task.outcomes:
        others = [f"{f.name}: {f.outcome}: {f.message}" for f in diagnosis.findings if f.outcome not in task.outcomes]
        for f in diagnosis.findings:
            if f.claim not in REGIONS[f.region].weights:
                others.append(f"{f.name}: no weight in region {f.region}")
        if others:
            return others
    if diagnosis.verdict != task.verdict:
        return [f"verdict {diagnosis.verdict}, expected {task.verdict}"]
    causes = {f.cause for f in diagnosis.findings if f.outcome == FAIL and f.cause}
    if task.causes is not None and causes != set(task.causes):
        return [f"causes {sorted(causes)}, expected {sorted(task.causes)}"]
    return [f"no sentence for the cause {name}" for name in causes if not _has_sentence(name)]


def _has_sentence(name):
    try:
        return bool(cause(name))
    except KeyError:
        return False


def _notebook(kind, assignment, name, text):
    found = {region: is_filled(body) for region, body in region_bodies(notebook_cells(text)).items()}
    regions = [region for region, row in assignment.regions.items() if row.is_in_notebook]
    expected = dict.fromkeys(regions, kind == "reference")
    return Proof(kind, name, "" if found == expected else f"filled: {found}")
