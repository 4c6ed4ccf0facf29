"""This kit's grader: a zip of each student as the kit's own hand-in makes it, and ``python -m staff grade``."""

import csv
import json
import random
import sys
import tempfile
from pathlib import Path

from staff.authoring.paths import ROOT

from .task import FUNCTION

__all__ = ["commands", "cpu_by_results", "mixture", "points", "prepare", "prepare_mixture"]

NAME = "this kit"
PLACES = ("cs231n/classifiers/linear_svm.py", "cs231n/classifiers/linear_classifier.py")
ATTACK = 6  # every so many submissions of a mixed class there is an attack


def prepare(folder, solutions):
    """Write the zips: a solved kit in which one function is the student's."""
    files = _solved()
    before = files[PLACES[0]].split(f"def {FUNCTION}(")[0]
    _write(folder, files, ((student, {PLACES[0]: f"{before}\n\n{text}"}) for student, text in solutions.items()))


def prepare_mixture(folder, count):
    """Write the zips of a class that holds the reference, right variants and mistakes; each sixth is an attack.

    Parameters
    ----------
    folder : pathlib.Path
        New.
    count : int

    Returns
    -------
    dict of str to int
        How many of each kind.
    """
    files, kinds, chosen = _solved(), {}, []
    pools = {False: [], True: []}
    for kind, changed in mixture(files):
        pools[kind == "attack"].append((kind, changed))
    for pool in pools.values():
        random.Random(0).shuffle(pool)
    for number in range(count):
        is_attack = number % ATTACK == ATTACK - 1 and bool(pools[True])
        pool, place = pools[is_attack], number // ATTACK if is_attack else number
        kind, changed = pool[place % len(pool)]
        kinds[kind] = kinds.get(kind, 0) + 1
        chosen.append((f"student{number:05}", changed))
    _write(folder, files, chosen)
    return kinds


def mixture(files):
    """All kinds of submission once.

    Parameters
    ----------
    files : dict of str to str
        The solved kit's, by name.

    Yields
    ------
    str, dict of str to str or bytes
        ``reference``, ``variant``, ``mistake`` or ``attack``; and the files that differ, or the bytes of a whole zip.
    """
    from staff.mistakes import classifier, svm

    yield "reference", {}
    before = files[PLACES[0]].split(f"def {FUNCTION}(")[0]
    for path in sorted((ROOT / "staff" / "variants").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f"def {FUNCTION}(" in text:
            yield "variant", {PLACES[0]: f"{before}\n\n{text}"}
    lists = (svm.NAIVE, "svm_loss_naive"), (svm.VECTORIZED, FUNCTION)
    of_classifier = (classifier.TRAIN, "train"), (classifier.PREDICT, "predict")
    for place, groups in zip(PLACES, (lists, of_classifier), strict=True):
        for mistakes, function in groups:
            for mistake in mistakes:
                yield "mistake", {place: mistake.apply(files[place], function)}
    yield from _attacks(files)


def _attacks(files):
    """Every attack on the grader, as a whole zip, where they are there."""
    try:
        from staff.attacks.proof import ATTACKS, write_attack
    except ImportError:
        return
    with tempfile.TemporaryDirectory() as scratch:
        planted, path = Path(scratch, "planted"), Path(scratch, "attack.zip")
        planted.mkdir()
        for attack in ATTACKS:
            write_attack(attack, path, planted, {name: files[name] for name in PLACES})
            yield "attack", path.read_bytes()


def _solved():
    """Files that are handed in with a solved kit, as text."""
    from cs231n.submission.contents import find_contents
    from staff.authoring.solve import solve

    with tempfile.TemporaryDirectory() as scratch:
        kit = solve(Path(scratch) / "solved") / "assignment1"
        contents = find_contents(kit)
        names = (*contents.notebooks, *contents.sources)
        return {name: (kit / name).read_text(encoding="utf-8") for name in names}


def _write(folder, files, submissions):
    from cs231n.submission.archive import zip_bytes

    (folder / "submitted").mkdir()
    content = {name: text.encode() for name, text in files.items()}
    for student, changed in submissions:
        path = folder / "submitted" / f"{student}.zip"
        if isinstance(changed, bytes):
            path.write_bytes(changed)
        else:
            zip_bytes(content | {name: text.encode() for name, text in changed.items()}, path)


def commands(python=sys.executable):
    """What grades a batch, one submission after another, as the other graders do."""
    options = ["--out", "grades", "--seed", "1", "--workers", "1"]
    return None, [str(python), "-m", "staff", "grade", "submitted", *options], None


def points(folder):
    """Points of each student for the function that the other graders judge, as a share of all."""
    regions = {"svm-vectorized-loss", "svm-vectorized-gradient"}
    with (folder / "grades" / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    from cs231n.checks import REGIONS

    whole = sum(REGIONS[region].points for region in regions)
    return {line["student"]: sum(float(line[region]) for region in regions) / whole for line in rows}


def cpu_by_results(folder):
    """CPU seconds of all submissions, as the results themselves have them: of what ran in the sandbox."""
    results = (folder / "grades").glob("*/result.json")
    return sum(json.loads(path.read_text(encoding="utf-8"))["cost"]["cpu"] for path in results)
