"""Machines unlike the one it was written on: the commands of students and staff, each in a process of its own."""

import os
import shutil
import subprocess
import sys
import time

import nbformat
import pytest
from nbclient import NotebookClient

from staff.authoring.paths import ROOT
from staff.authoring.solve import lay_out

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs locales, permissions and limits of POSIX")
STUDENT = (["-m", "cs231n.checks"], ["-m", "cs231n.doctor"], ["-m", "cs231n.submission", "--no-run"])
STAFF = (["-m", "staff", "build", "--check"], ["-m", "staff", "diagnose", "staff/assignments/svm/variants/einsum.py"])


@pytest.fixture
def kit(tmp_path):
    """A copy of the kit as students get it, in a folder with spaces and Korean letters."""
    return lay_out(tmp_path / "my course" / "과제 1") / "assignment1"


def run(arguments, cwd, wrapper=(), **environment):
    """What a command prints, which must succeed."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONUTF8", "CS231N_LANG")}
    done = subprocess.run(
        [*wrapper, sys.executable, *arguments],
        cwd=cwd,
        env=clean | {"CS231N_BROWSER": "none"} | environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, (arguments, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
    return done.stdout.decode()


def run_all(kit, students=STUDENT, **options):
    for arguments in students:
        run(arguments, kit, **options)
    for arguments in STAFF:
        run(arguments, ROOT, **options)


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0"}
ROOM = [shutil.which("bash"), "-c", 'ulimit -v 3000000 && exec "$0" "$@"']


def one_processor():
    """Nothing where the system has no command for it."""
    first = min(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    return [shutil.which("taskset"), "--cpu-list", str(first)] if shutil.which("taskset") else []


def without_rights():
    """What takes from root its right to write everywhere."""
    return [shutil.which("setpriv"), "--bounding-set=-dac_override", "--inh-caps=-all"] if IS_ROOT else []


@pytest.fixture
def programs(tmp_path):
    """A folder without programs; for whoever is not root with bubblewrap, without which there is no sandbox."""
    (tmp_path / "programs").mkdir()
    if not IS_ROOT and shutil.which("bwrap"):
        (tmp_path / "programs" / "bwrap").symlink_to(shutil.which("bwrap"))
    return tmp_path / "programs"


@pytest.fixture
def home(tmp_path):
    path = tmp_path / "home"
    path.mkdir(mode=0o555)
    return path


@pytest.fixture
def other(tmp_path):
    """A folder with other packages of the same names."""
    for name in ("cs231n", "staff"):
        (tmp_path / "other" / name).mkdir(parents=True)
        (tmp_path / "other" / name / "__init__.py").write_text("raise RuntimeError('the wrong one')")
    return tmp_path / "other"


@POSIX
def test_all_of_it_at_once(kit, home, other, programs, tmp_path):
    """Few letters, a home that cannot be written to, little room, one processor, no program, another kit."""
    places = {"HOME": str(home), "PATH": str(programs), "PYTHONPATH": str(other), "TMPDIR": str(tmp_path)}
    run_all(kit, STUDENT[:1], wrapper=[*without_rights(), *one_processor(), *ROOM], **ASCII, **places)
    assert list(home.iterdir()) == []
    assert "시작 전" in run(["-m", "cs231n.checks"], kit, **ASCII, CS231N_LANG="ko")


@POSIX
@pytest.mark.long
@pytest.mark.parametrize("what", ["letters", "home", "room", "processor", "programs"])
def test_each_of_it_alone(kit, home, programs, what):
    """Without this, one fault could hide another one."""
    wrapper = {"home": without_rights(), "room": ROOM, "processor": one_processor()}.get(what, [])
    environment = {"letters": ASCII, "home": {"HOME": str(home)}, "programs": {"PATH": str(programs)}}.get(what, {})
    run_all(kit, wrapper=wrapper, **environment)


@pytest.mark.long
def test_another_kit_on_the_path_of_a_notebook(kit, other, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(other))
    notebook = nbformat.read(kit / "svm.ipynb", 4)
    notebook.cells = [cell for cell in notebook.cells if cell.id in ("colab", "setup")]
    NotebookClient(notebook, resources={"metadata": {"path": str(kit)}}, timeout=120).execute()


@POSIX
def test_a_second_set_up_waits_for_the_first(tmp_path):
    """What would be installed is there by then: it installs nothing."""
    venv = tmp_path / "venv"
    lock = tmp_path / "venv.lock"
    lock.mkdir()
    command = ["sh", str(ROOT / "staff" / "setup.sh"), str(venv)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert "set-up: waiting for another one" in process.stderr.readline()
    venv.mkdir()
    (venv / "ready").touch()
    os.utime(venv / "ready", (time.time() + 60,) * 2)
    lock.rmdir()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    assert list(venv.iterdir()) == [venv / "ready"]
    assert not lock.exists()
