"""The autograder in a copy of Gradescope's folders: what it holds, whom it lets read, and what a student is told."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from cs231n.assignments import NOTEBOOKS, SOURCES
from cs231n.submission.archive import zip_bytes
from staff.__main__ import main
from staff.assignments import REFERENCES
from staff.authoring.paths import ROOT
from staff.authoring.solve import solve
from staff.grading.gradescope import make_autograder

from ..often import some
from .results import AUTOMATIC, MOST, PEOPLE, hand_written, refused

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Gradescope's containers run Linux")

# Stands where grade.py does: it notes how it was called, and what somebody else can read meanwhile.
STAND_IN = """
import json, os, subprocess
from pathlib import Path

def grade(path, *, seed, student=None, unsafe=False, run_notebook=False):
    root = Path(__file__).parents[3]
    result = json.loads((root / "venv" / "result.json").read_text())
    if result is None:
        raise RuntimeError("hidden input 0.7531")
    names = sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file() and "staff" not in p.parts)
    command = ["/bin/sh", "-c", 'for name; do test -r "$name" && echo "$name"; done; true', "sh", *names]
    somebody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    readable = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, **somebody)
    called = {"path": str(Path(path).relative_to(root)), "seed": seed, "student": student}
    (root / "venv" / "called.json").write_text(json.dumps(called | {"readable": readable.stdout.splitlines()}))
    return result | {"student": student}
"""
METADATA = {"id": 123, "users": [{"name": "Kim Minsu", "email": "kim@example.org", "id": 1}]}


@pytest.fixture
def autograder():
    """A copy of `/autograder`, as readable for everybody as that one is."""
    root = Path(tempfile.mkdtemp(prefix="autograder-"))
    root.chmod(0o755)
    for name in ("submission", "results", "venv"):
        (root / name).mkdir()
    archive = root / "autograder.zip"
    assert main(["gradescope", "--out", str(archive), "--seed", "231"]) == 0
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(root / "source")
    archive.unlink()
    (root / "submission_metadata.json").write_text(json.dumps(METADATA))
    yield root
    shutil.rmtree(root)


@pytest.fixture
def stand_in(autograder):
    """The same, with a grader that notes how it was called."""
    (autograder / "source" / "staff" / "grading" / "grade.py").write_text(STAND_IN)
    return autograder


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Gradescope's containers run as root")
@pytest.mark.parametrize("uploaded", some(("folders", "zip and more", "flat", "zip"), ("zip and more",)))
def test_a_submission_is_graded_as_root_without_bubblewrap(autograder, tmp_path, uploaded):
    """The real grader, with nothing of the project but the autograder's zip, and no program on the path."""
    solved = solve(tmp_path / "solved") / "assignment1"
    files, folder = {name: (solved / name).read_bytes() for name in (NOTEBOOKS[0], *SOURCES)}, autograder / "submission"
    for name in files if uploaded in ("folders", "flat") else ():
        path = folder / (name if uploaded == "folders" else Path(name).name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    if "zip" in uploaded:
        zip_bytes(files, folder / "a1_code_submission.zip")
    if "more" in uploaded:
        for name in ("svm.ipynb", "collect.py"):
            (folder / name).write_text("x")
    (tmp_path / "bin").mkdir()
    done, results = run(autograder, None, PATH=str(tmp_path / "bin"))
    assert done.returncode == 0, done.stderr
    assert results["extra_data"] == {"causes": [], "open": MOST - AUTOMATIC, "isolation": "user"}
    assert results["score"] == AUTOMATIC
    assert all(test["status"] == "passed" for test in results["tests"] if "status" in test)


def run(root, result, **environment):
    (root / "venv" / "result.json").write_text(json.dumps(result))
    environment = os.environ | {"AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable} | environment
    command = [shutil.which("bash"), str(root / "source" / "run_autograder")]
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)
    results = root / "results" / "results.json"
    return done, json.loads(results.read_text()) if results.exists() else None


def test_a_submission_gets_its_results(stand_in):
    (stand_in / "submission" / "linear_svm.py").write_text("pass")
    (stand_in / "submission" / "more.zip").write_text("")
    result = hand_written()
    done, results = run(stand_in, result)
    assert done.returncode == 0, done.stderr
    assert (results["score"], len(results["tests"])) == (result["points"], len(result["findings"]) + len(PEOPLE))
    assert results["stdout_visibility"] == "hidden"
    assert "0.7531" not in json.dumps(results) + done.stdout + done.stderr
    called = json.loads((stand_in / "venv" / "called.json").read_text())
    assert (called["path"], called["seed"], called["student"]) == ("submission", 231, "Kim Minsu")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_student_code_can_read_nothing_of_the_grader(stand_in):
    (stand_in / "submission" / "a1_code_submission.zip").write_text("")
    assert run(stand_in, hand_written())[0].returncode == 0
    called = json.loads((stand_in / "venv" / "called.json").read_text())
    assert called["readable"] == ["venv/result.json"]
    assert called["path"] == "submission"


def test_a_refused_submission_is_told_why(stand_in):
    _, results = run(stand_in, refused())
    assert results["score"] == 0
    assert "could not be graded: The zip unpacks to more than 50 MB." in results["output"]


def test_a_fault_of_the_grader_leaves_no_results_behind(stand_in):
    (stand_in / "results" / "results.json").write_text('{"score": 100}')
    done, results = run(stand_in, None)
    assert done.returncode == 1
    assert "hidden input" not in done.stdout
    assert results is None


@pytest.mark.parametrize(
    ("metadata", "student"),
    [
        ("{", "submission"),
        ("{}", "submission"),
        ('{"id": 7, "users": []}', "submission 7"),
        ('{"id": 7, "users": null}', "submission 7"),
        ("[]", "submission"),
        ("[" * 100_000, "submission"),
        ('{"users": 5, "id": [7]}', "submission [7]"),
        ('{"users": [null, {"name": "A"}, "B", {}, {"email": ["c"]}]}', "A, ['c']"),
        ('{"users": [{"name": "A"}, {"name": null, "email": "b@example.org"}]}', "A, b@example.org"),
    ],
)
def test_who_handed_in(stand_in, metadata, student):
    (stand_in / "submission_metadata.json").write_text(metadata)
    assert run(stand_in, hand_written())[0].returncode == 0
    assert json.loads((stand_in / "venv" / "called.json").read_text())["student"] == student


def test_the_zip_holds_the_grader_and_no_solution(tmp_path, capsys):
    make_autograder(tmp_path / "a.zip", 7, "ko")
    make_autograder(tmp_path / "b.zip", 7, "ko")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        names, texts = packed.namelist(), {packed.read(name) for name in packed.namelist()}
        assert json.loads(packed.read("settings.json")) == {"seed": 7, "language": "ko"}
        modes = {name: packed.getinfo(name).external_attr >> 16 for name in ("setup.sh", "run_autograder")}
        assert set(modes.values()) == {0o755}
        required = packed.read("requirements.txt").decode().splitlines()
        assert required[0].startswith("numpy>=")
    program = (
        "import sys, staff.grading.gradescope, staff.grading.grade, staff.grading.report\n"
        "print(*{name.split('.')[0] for name, module in sys.modules.items() if module})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    brought = {re.split(r"[^\w-]", line)[0] for line in required} | {"markupsafe"}  # which jinja2 brings
    known = packages_distributions()
    loaded = {package.lower() for name in loaded.split() if name[0] != "_" for package in known.get(name, ())}
    assert loaded <= brought
    assert {"staff/__init__.py", "staff/grading/report.py", "assignment1/cs231n/checks/judging.py"} <= set(names)
    hidden = ("tests", "datasets")
    folders = {"reference", "variants", "__pycache__"}
    assert not [name for name in names if name.startswith(hidden) or folders & {*name.split("/")}]
    assert not [name for name in names if name.endswith("mistakes.py")]
    assert not [
        path for reference in REFERENCES.values() for path in reference.rglob("*.py") if path.read_bytes() in texts
    ]
    assert make_autograder(tmp_path / "c.zip") != make_autograder(tmp_path / "c.zip")
    assert main(["gradescope", "--out", str(tmp_path / "c.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "c.zip") as packed:
        assert f"The seed is {json.loads(packed.read('settings.json'))['seed']}" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["setup.sh", "run_autograder"])
def test_the_scripts_are_bash(name):
    path = ROOT / "staff" / "grading" / "templates" / name
    assert path.read_text().startswith("#!/usr/bin/env bash\n")
    subprocess.run(["bash", "-n", path], check=True)
