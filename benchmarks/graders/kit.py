"""This kit's grader: a zip of each student as the kit's own hand-in makes it, and ``python -m staff grade``."""

import csv
import itertools
import json
import random
import tempfile
from pathlib import Path

from cs231n.assignments import REGIONS, SOURCES, SUBJECTS
from cs231n.submission.archive import zip_bytes
from cs231n.submission.contents import find_contents
from staff.assignments.svm import MISTAKES
from staff.authoring.solve import solve
from tests.attacks.proof import ATTACKS, write_attack

from . import FUNCTION, solutions

NAME = "this kit"
_LOSS = SOURCES[0]
_ATTACK = 6  # every so many submissions of a mixed class there is an attack


def prepare(folder, solutions):
    """Write the zips: a solved kit in which one function is the student's."""
    files = _finished()
    (folder / "submitted").mkdir()
    for student, source in solutions.items():
        _write(folder, student, files | {_LOSS: _with(files[_LOSS], source)})


def prepare_mixed(folder, count):
    """Write the zips of a class that holds the reference, right variants and mistakes; each sixth is an attack."""
    files, variants = _finished(), dict.fromkeys(solutions(100).values())  # each once
    honest = [files, *(files | {_LOSS: _with(files[_LOSS], source)} for source in variants)]
    for function, mistakes in MISTAKES.items():
        name = next(name for name in SOURCES if f"def {function}(" in files[name])
        honest += [files | {name: mistake.apply(files[name], function)} for mistake in mistakes]
    attacks = [*ATTACKS]
    for pool in (honest, attacks):
        random.Random(0).shuffle(pool)
    honest, attacks = itertools.cycle(honest), itertools.cycle(attacks)
    (folder / "submitted").mkdir()
    (folder / "planted").mkdir()
    for number in range(count):
        student = f"student{number:05}"
        if number % _ATTACK == _ATTACK - 1:
            path = folder / "submitted" / f"{student}.zip"
            write_attack(next(attacks), path, folder / "planted", {name: files[name] for name in SOURCES})
        else:
            _write(folder, student, next(honest))


def _finished():
    """Files that are handed in with a solved kit, as text."""
    with tempfile.TemporaryDirectory() as scratch:
        kit = solve(Path(scratch) / "solved") / "assignment1"
        contents = find_contents(kit)
        return {name: (kit / name).read_text(encoding="utf-8") for name in (*contents.notebooks, *contents.sources)}


def _with(text, source):
    """The loss's file with a student's function in place of the reference's."""
    return text.split(f"def {FUNCTION}(")[0] + f"\n\n{source}"


def _write(folder, student, files):
    zip_bytes({name: text.encode() for name, text in files.items()}, folder / "submitted" / f"{student}.zip")


def commands(python, workers=1):
    """What grades a batch, by default one submission after another, as the other graders do."""
    options = ["--out", "grades", "--seed", "1", "--workers", str(workers)]
    return None, [python, "-m", "staff", "grade", "submitted", *options], None


def points(folder):
    """Points of each student for the function that the other graders judge, as a share of all."""
    regions = SUBJECTS[FUNCTION].regions
    whole = sum(REGIONS[region].points for region in regions)
    with (folder / "grades" / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        return {row["student"]: sum(float(row[name]) for name in regions) / whole for row in csv.DictReader(file)}


def cpu_by_results(folder):
    """CPU seconds of all submissions, as the results themselves have them: of what ran in the sandbox."""
    results = (folder / "grades").glob("*/result.json")
    return sum(json.loads(path.read_text(encoding="utf-8"))["cost"]["cpu"] for path in results)
