"""The proof of the kit: the scaffold is not started, the reference passes, each mistake gets its own causes."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from cs231n.checks import REGIONS
from cs231n.checks.assignment import NOTEBOOKS, filled_regions

from ..grading.diagnose import diagnose
from ..mistakes import classifier, svm
from .leaks import find_whispers
from .paths import KIT, REFERENCE, ROOT
from .solve import solve

__all__ = ["Proof", "verify"]

VARIANTS = ROOT / "staff" / "variants"
FORMS = REFERENCE / "cs231n" / "derivation" / "forms.py"
_FOLDER = Path("cs231n", "classifiers")
_FILES = ("linear_svm.py", "linear_classifier.py")
_MISTAKES = (
    ("linear_svm.py", "svm_loss_naive", svm.NAIVE),
    ("linear_svm.py", "svm_loss_vectorized", svm.VECTORIZED),
    ("linear_classifier.py", "train", classifier.TRAIN),
    ("linear_classifier.py", "predict", classifier.PREDICT),
)


class Proof(NamedTuple):
    """One thing that was proven, or not.

    Attributes
    ----------
    kind : str
        "scaffold", "reference", "older convention", "mistake", "variant" or "ledger".
    name : str
    fault : str
        What is not as it must be; empty where all is.
    """

    kind: str
    name: str
    fault: str


def verify(workers=None):
    """Prove the kit.

    Parameters
    ----------
    workers : int or None
        Files that are diagnosed at the same time; as many as there are processors by default.

    Yields
    ------
    Proof
    """
    yield from _ledger()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        solved = solve(Path(folder, "solved"))
        yield from pool.map(lambda task: task[0](*task[1:]), _tasks(solved, Path(folder)))


def _tasks(solved, folder):
    for name in NOTEBOOKS:
        yield _notebook, KIT / name, False
        yield _notebook, solved / "assignment1" / name, True
    for name in _FILES:
        yield _scaffold, KIT / _FOLDER / name
        yield _right, "reference", solved / "assignment1" / _FOLDER / name, ("pass",)
    yield _older, (solved / "assignment1" / _FOLDER / "linear_svm.py").read_text(encoding="utf-8"), folder / "older.py"
    for path in sorted(VARIANTS.glob("*.py")):
        yield _right, "variant", path, ("pass", "not started")  # each has one of the two functions
    for name in ("svm_loss_one_hot", "svm_loss_blocks"):
        path = folder / f"{name}.py"
        path.write_text(f"{FORMS.read_text(encoding='utf-8')}\n\nsvm_loss_vectorized = {name}\n", encoding="utf-8")
        yield _right, "variant", path, ("pass", "not started")
    for name, function, mistakes in _MISTAKES:
        text = (solved / "assignment1" / _FOLDER / name).read_text(encoding="utf-8")
        for number, mistake in enumerate(mistakes):
            yield _wrong, text, function, mistake, folder / f"{function}-{number}.py"


def _scaffold(path):
    diagnosis = diagnose(path)
    others = [f"{f['claim']}: {f['outcome']}" for f in diagnosis.findings if f["outcome"] != "not started"]
    fault = "; ".join(others) or ("" if diagnosis.verdict == "not-started" else f"verdict {diagnosis.verdict}")
    return Proof("scaffold", path.name, fault)


def _notebook(path, filled):
    found = filled_regions(path)
    expected = {name: filled for name, region in REGIONS.items() if region.file.endswith(".ipynb")}
    return Proof("reference" if filled else "scaffold", path.name, "" if found == expected else f"filled: {found}")


def _right(kind, path, outcomes):
    """A right file: something passes, and nothing has an outcome that is not expected."""
    diagnosis = diagnose(path)
    others = [
        f"{f['claim']}: {f['outcome']}: {f['message']}" for f in diagnosis.findings if f["outcome"] not in outcomes
    ]
    expected = ("right", "unfinished")[len(outcomes) - 1]
    if not others and diagnosis.verdict != expected:
        others = [f"verdict {diagnosis.verdict}, expected {expected}"]
    return Proof(kind, path.name, "; ".join(others))


def _older(text, path):
    """One half on the regularizer throughout: wrong for this assignment, and the right one of 2015."""
    halved = text.replace("reg * np.sum(W * W)", "0.5 * reg * np.sum(W * W)").replace("2 * reg * W", "reg * W")
    path.write_text(halved, encoding="utf-8")
    verdict, expected = diagnose(path).verdict, "right-in-older-convention"
    fault = "" if verdict == expected else f"verdict {verdict}, expected {expected}"
    return Proof("older convention", "one half on the regularizer", fault)


def _wrong(text, function, mistake, path):
    name = f"{function}: {mistake.name}"
    path.write_text(mistake.apply(text, function), encoding="utf-8")
    diagnosis = diagnose(path)
    found = {f["cause"] for f in diagnosis.findings if f["outcome"] == "fail" and f["cause"]}
    if diagnosis.verdict != "wrong":
        return Proof("mistake", name, f"verdict {diagnosis.verdict}, expected wrong")
    if found != set(mistake.causes):
        return Proof("mistake", name, f"causes {sorted(found)}, expected {sorted(mistake.causes)}")
    return Proof("mistake", name, "")


def _ledger():
    """Each region has points, a title and three hints in both languages; no sentence holds a line of the solution."""
    for name, region in REGIONS.items():
        complete = region.points >= 0 and len(region.hints) == 3 and all(all(pair) for pair in region.hints)
        titled = all(region.title.get(language) for language in ("en", "ko"))
        yield Proof(
            "ledger", name, "" if complete and titled else "needs points, a title and three hints in English and Korean"
        )
    total = sum(region.points for region in REGIONS.values())
    yield Proof("ledger", "points", "" if total == 100 else f"{total} points, expected 100")
    yield Proof("ledger", "hints and messages", "; ".join(find_whispers()))
