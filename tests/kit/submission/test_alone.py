"""What passes only in the student's folder: the hand-in names what grading lacks, and the points that hang on it."""

import pytest

from cs231n.assignments import REGIONS
from cs231n.checks.packages import closure, modules, required
from cs231n.submission.contents import find_contents
from cs231n.submission.stakes import only_here, run_checks
from staff.assignments.svm import MISTAKES
from tests.often import some

from .handed import at_stake

pytestmark = pytest.mark.usefixtures("without_typst")

LOSS = "cs231n/classifiers/linear_svm.py"
IN_LOSSES = [name for name, row in REGIONS.items() if row.file == LOSS]
FIRST = "    check_inputs(W, X, y)\n"  # line of each function
MISSING = {
    "a data file": ("import numpy as np\nX = np.loadtxt('mydata.txt')", "line 2: FileNotFoundError: mydata.txt not found"),
    "a data file by its whole path": ("X = open({folder!r} + '/mydata.txt')", "No such file or directory: '{folder}/mydata.txt'"),
    "a data file by its place": (
        "import os\nX = open(os.path.dirname(os.path.abspath(__file__)) + '/../../mydata.txt')",
        "No such file or directory: 'assignment1/cs231n/classifiers/../../mydata.txt'",
    ),
    "a folder": ("import os\nos.chdir({folder!r})", "No such file or directory: '{folder}'"),
    "a folder listed": ("from pathlib import Path\nfiles = [*Path({folder!r}).iterdir()]", "FileNotFoundError: "),
    "a helper": ("from my_helper import one", "line 1: ModuleNotFoundError: No module named 'my_helper'"),
    "a helper by its whole path": (
        "import sys\nsys.path.append({folder!r})\nimport my_helper",
        "line 3: ModuleNotFoundError: No module named 'my_helper'",
    ),
    "a package": ("import dask", "line 1: ModuleNotFoundError: No module named 'dask'"),
    "a package, late": ("import importlib\nimportlib.import_module('dask.array')", "No module named 'dask'"),
    "a package of a module of its own": ("from .mine import dask", "No module named 'dask'"),
    "a thread": ("import threading\nthreading.Thread(target=int).start()", "can't start new thread"),
    "a process": ("import subprocess, sys\nsubprocess.run([sys.executable, '-c', '1'])", "PermissionError"),
    "the network": ("import socket\nsocket.socket()", "PermissionError"),
}  # fmt: skip
PRESENT = {
    "packages": "import matplotlib.pyplot as plt, tqdm, IPython, PIL.Image, requests, nbformat\nplt.figure(); plt.plot([1])",
    "a package if it is there": "try:\n    import dask\nexcept ImportError:\n    dask = None",
    "a module of its own": "from .mine_too import one\nimport cs231n.classifiers.mine_too",
    "files of its own": "open('notes.txt', 'w').close()\nimport tempfile\ntempfile.TemporaryFile().close()",
    "its own file": "import os\nos.chdir(os.path.dirname(os.path.abspath(__file__)))\nopen(__file__).close()\nos.listdir()",
}


@pytest.fixture
def alone(handed):
    """The findings on an edit of the losses, alone, and what passes only here."""
    folder = handed.folder
    (folder / "mydata.txt").write_text("1 2\n")
    (folder / "my_helper.py").write_text("one = 1\n")
    (folder / "cs231n" / "classifiers" / "mine.py").write_text("import dask\n")
    (folder / "cs231n" / "classifiers" / "mine_too.py").write_text("one = 1\n")

    def run(edit):
        handed.edit(LOSS, edit)
        contents = find_contents(folder)
        files = {name: (folder / name).read_bytes() for name in (*contents.notebooks, *contents.sources)}
        found, here = run_checks(folder, files)[0], run_checks(folder)[0]
        return found, here, only_here(found, here)

    return run


OFTEN = ("a helper", "a package")


@pytest.mark.parametrize("name", some(MISSING, OFTEN))
def test_what_grading_lacks_is_named(handed, alone, name):
    code, said = (text.format(folder=str(handed.folder)) if "{" in text else text for text in MISSING[name])
    _, here, lost = alone(lambda text: f"{code}\n{text}")
    assert {row["outcome"] for row in here if row["region"] in IN_LOSSES} == {"pass"}
    assert [*lost.values()] == [IN_LOSSES]
    assert said in next(iter(lost))


@pytest.mark.parametrize("name", some(PRESENT, ("a module of its own",)))
def test_what_grading_has_is_there(alone, name):
    found, here, lost = alone(lambda text: f"{PRESENT[name]}\n{text}")
    assert found == here
    assert {row["outcome"] for row in found if row["region"] in IN_LOSSES} == {"pass"}
    assert lost == {}


def test_the_hand_in_does_not_say_complete(handed):
    (handed.folder / "my_helper.py").write_text("one = 1\n")
    handed.edit(LOSS, lambda text: text.replace(FIRST, f"{FIRST}    from my_helper import one\n", 1))
    done = handed.run("--no-run")
    region = IN_LOSSES[0]
    assert at_stake([region]) in done.out
    assert f"{region}: passes here and not in grading, {REGIONS[region].points} points: called with W " in done.out
    assert "ModuleNotFoundError: No module named 'my_helper'. Grading has the Python files under cs231n/" in done.out
    assert handed.receipt()["incomplete"]


def test_what_fails_here_too_is_no_matter_of_grading(handed, alone):
    mistake = MISTAKES["svm_loss_naive"][0]
    found, here, lost = alone(lambda text: mistake.apply(text, "svm_loss_naive"))
    assert found == here
    assert lost == {}


def test_the_packages_of_the_requirements():
    assert {"numpy", "jupyterlab"} <= set(required())
    names = {found.metadata["Name"].lower() for found in closure(required())}
    assert {"numpy", "pillow", "ipython"} <= names
    assert "dask" not in names
    assert {"numpy", "PIL", "IPython", "mpl_toolkits", "os", "tqdm"} <= modules()
    assert not {"dask", "pandas", "staff"} & modules()


def test_without_requirements_all_packages_count(tmp_path):
    assert required(tmp_path / "requirements.txt") == []


@pytest.mark.long
def test_an_endless_loop_is_named_alone_too(alone, monkeypatch):
    monkeypatch.setenv("CS231N_SECONDS", "1")
    found, _, lost = alone(lambda text: text.replace(FIRST, f"    while True: pass\n{FIRST}", 1))
    (said,) = {row["measured"] for row in found if row["region"] == IN_LOSSES[0] and row["outcome"] == "fail"}
    assert "svm_loss_naive" in said
    assert lost == {}
