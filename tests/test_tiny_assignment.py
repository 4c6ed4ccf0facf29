"""An assignment of the tests' own goes the whole way: the engine names no assignment.

It is added to a copy of the repository as docs/new-assignment.md says: two folders, and a line that lists it.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from staff.authoring.paths import ROOT

TINY = Path(__file__).with_name("tiny")
LINE = '    "tiny",\n'


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository with the assignment in it, built."""
    root = tmp_path_factory.mktemp("tiny") / "repository"
    left_out = shutil.ignore_patterns(".git", ".venv", "build", "tests", "__pycache__", "cifar-10*", "cifar10-full*")
    shutil.copytree(ROOT, root, ignore=left_out)
    shutil.copytree(TINY / "kit", root / "assignment1" / "cs231n" / "assignments" / "tiny")
    shutil.copytree(TINY / "staff", root / "staff" / "assignments" / "tiny")
    table = root / "assignment1" / "cs231n" / "assignments" / "__init__.py"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("NAMES = (\n", f"NAMES = (\n{LINE}"), encoding="utf-8")
    run(root, "-m", "staff", "build")
    return root


def run(folder, *arguments, status=0, **environment):
    """What a command prints."""
    environment = {"CS231N_BROWSER": "none", "PYTHONPATH": "", "PYTHONUTF8": "1", **environment}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.mark.long
def test_it_is_built_and_proven(copy):
    text = (copy / "assignment1" / "tiny.ipynb").read_text(encoding="utf-8")
    assert "| `tiny-loss` | `cs231n/classifiers/tiny.py` | 6 |" in text
    assert "    loss = None\n" in (copy / "assignment1/cs231n/classifiers/tiny.py").read_text(encoding="utf-8")
    assert "all proven" in run(copy, "-m", "staff", "verify")


def test_a_student_checks_and_hands_in_and_is_graded(copy, tmp_path):
    run(copy, "-m", "staff", "solve", str(tmp_path / "solved"))
    kit = tmp_path / "solved" / "assignment1"
    found = [json.loads(line) for line in run(kit, "-m", "cs231n.checks", "--json").splitlines()]
    assert {row["outcome"] for row in found if row["region"] == "tiny-loss"} == {"pass"}
    path = kit / "cs231n" / "classifiers" / "tiny.py"
    path.write_text(path.read_text(encoding="utf-8").replace("2 * reg * W", "reg * W"), encoding="utf-8")
    shown = run(kit, "-m", "cs231n.checks", "--region", "tiny-loss", status=1)
    assert "Your regularization gradient is half of what the loss asks for" in " ".join(shown.split())
    said = run(kit, "-m", "cs231n.submission", "--no-run")
    assert "the tiny loss (en)" in said
    shutil.copy(kit / "a1_code_submission.zip", tmp_path / "kim.zip")
    course, grades = tmp_path / "course", tmp_path / "grades"
    course.mkdir()
    shutil.copy(tmp_path / "kim.zip", course)
    run(copy, "-m", "staff", "grade", str(course), "--out", str(grades))
    (row,) = csv.DictReader((grades / "grades.csv").read_text(encoding="utf-8-sig").splitlines())
    assert 3 < float(row["tiny-loss"]) < 6
    assert row["tiny-inline"] == ""
    assert "Your regularization gradient is half" in (grades / "class.html").read_text(encoding="utf-8")
    assert "The tiny loss" in (grades / "class.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_what_is_handed_out_is_proven(copy):
    """A reference that fails its own claims, and a kit that cannot be imported, are not handed out."""
    assert "no line of a solution" in run(copy, "-m", "staff", "handout", "--out", str(copy / "build" / "handout.zip"))
    reference = copy / "staff" / "assignments" / "tiny" / "reference" / "cs231n" / "classifiers" / "tiny.py"
    kept = reference.read_text(encoding="utf-8")
    reference.write_text(kept.replace("2 * reg * W", "reg * W"), encoding="utf-8")
    assert "for tiny-loss (tiny_loss: gradient, regularizer: fail)" in fails(copy)
    reference.write_text(kept, encoding="utf-8")
    module = copy / "assignment1" / "cs231n" / "vis_utils.py"
    module.write_text(f"{module.read_text(encoding='utf-8')}\nimport no_such_module\n", encoding="utf-8")
    assert "the kit cannot be imported: cs231n.vis_utils: ModuleNotFoundError" in fails(copy)


def fails(copy):
    """The one sentence with which the handout fails."""
    path = copy / "build" / "spoilt.zip"
    done = subprocess.run(
        [sys.executable, "-m", "staff", "handout", "--out", str(path)], cwd=copy, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, path.exists()) == (1, "", False)
    (line,) = done.stderr.splitlines()
    return line
