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
from .build import built_files, write
from .leaks import find_whispers
from .paths import KIT

__all__ = ["Proof", "verify"]


class Proof(NamedTuple):
    """One thing that was proven, or not."""

    kind: str  # "scaffold", "reference", "older convention", "mistake", "variant" or "table"
    name: str
    fault: str  # what is not as it must be; empty where all is


class _Task(NamedTuple):
    """A file to diagnose, and what must come out."""

    path: Path
    kind: str
    name: str
    verdict: str
    outcomes: set | None = None  # those of all findings, whose claims then all weigh something
    causes: tuple | None = None  # all that are named


def verify():
    """Prove the kit; yields a Proof of each thing."""
    yield from _table()
    look = partial(diagnose, isolation=find_isolation())
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(os.cpu_count()) as pool:
        solved = Path(folder, "solved")
        write(built_files(solved=True), solved)
        for assignment in ASSIGNMENTS:
            for name in assignment.notebooks:
                yield _notebook(assignment, KIT / name, filled=False)
                yield _notebook(assignment, solved / name, filled=True)
            tasks = list(_tasks(assignment, solved, Path(folder)))
            diagnoses = pool.map(look, [task.path for task in tasks], chunksize=4)
            for task, diagnosis in zip(tasks, diagnoses, strict=True):
                yield Proof(task.kind, task.name, "; ".join(_faults(task, diagnosis)))


def _tasks(assignment, solved, folder):
    material = MATERIALS[assignment.name]
    texts = {name: (solved / name).read_text(encoding="utf-8") for name in assignment.sources}
    for name in texts:
        base = Path(name).name
        yield _Task(KIT / name, "scaffold", base, "not-started", {NOT_STARTED})
        yield _Task(solved / name, "reference", base, "right", {PASS})
    if material.OLDER_EDITS:  # wrong for this assignment, and right in its day
        changed = texts[assignment.sources[0]]
        for old, new in material.OLDER_EDITS:
            changed = changed.replace(old, new)
        path = _written(folder / f"{assignment.name}-older.py", changed)
        yield _Task(path, "older convention", path.name, "right-in-older-convention")
    for name, text in material.variants().items():  # each has one of the functions
        path = _written(folder / f"{assignment.name}-{name}", text)
        yield _Task(path, "variant", path.name, "unfinished", {PASS, NOT_STARTED})
    for function, mistakes in material.MISTAKES.items():
        text = next(text for text in texts.values() if f"def {function}(" in text)
        for number, mistake in enumerate(mistakes):
            path = folder / f"{assignment.name}-{function}-{number}.py"
            _written(path, mistake.apply(text, function))
            yield _Task(path, "mistake", f"{function}: {mistake.name}", "wrong", causes=mistake.causes)


def _written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


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
    return []


def _notebook(assignment, path, filled):
    found = filled_regions(path)
    expected = {name: filled for name, region in assignment.regions.items() if region.is_in_notebook}
    return Proof("reference" if filled else "scaffold", path.name, "" if found == expected else f"filled: {found}")


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
