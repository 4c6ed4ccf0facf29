"""The command, on a whole machine and on ones that lack something."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from cs231n.doctor import BAD, GOOD, NOTE, UNKNOWN, kit, machine
from cs231n.doctor.report import EXAMINATIONS
from staff.authoring.paths import ROOT

from .asking import ask, found

OLD_PYTHONS = ("3.6", "3.7", "3.8", "3.9")


def test_a_machine_in_good_health(untouched):
    done = ask(untouched)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == f"{len(EXAMINATIONS)} good, 0 to note, 0 bad, 0 unknown"


def test_settings_of_numpys_threads_are_told(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    verdict, text, *_ = machine.examine_numpy()
    assert verdict == GOOD
    assert "OPENBLAS_NUM_THREADS=1" in text


@pytest.mark.long
def test_in_korean(untouched):
    done = ask(untouched, CS231N_LANG="ko")
    assert f"정상 {len(EXAMINATIONS)}, 주의 0, 문제 0, 모름 0" in done.stdout


def test_without_numpy_and_without_jupyter(untouched, bare):
    done = ask(untouched, "--json", python=bare)
    assert (done.returncode, done.stderr) == (1, "")
    rows = found(done)
    verdicts = {name: row["verdict"] for name, row in rows.items()}
    assert verdicts == dict.fromkeys(EXAMINATIONS, GOOD) | {
        "packages": BAD,
        "numpy": BAD,
        "kernel": BAD,
        "data": UNKNOWN,
    }
    assert rows["numpy"]["found"] == "not installed"
    assert rows["numpy"]["advice"].endswith("-m pip install -r requirements.txt")
    assert rows["kernel"]["found"] == "there is no kernel python3: ipykernel is not installed"


@pytest.mark.parametrize("command", ["checks", "submission", "datasets"])
def test_other_commands_without_numpy_name_the_doctor(untouched, bare, command):
    done = ask(untouched, "-m", f"cs231n.{command}", python=bare)
    assert done.returncode == 1
    assert "missing: numpy" in done.stderr
    assert "python -m cs231n.doctor" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "names_it"),
    [
        ("import sys; sys.modules['tqdm'] = None; import tqdm", True),
        ("import a_package_that_is_missing", False),  # nor does requirements.txt list it
        ("import cs231n.no_such_module", False),
        ("def", False),
    ],
)
def test_the_checks_name_the_doctor_where_a_package_is_missing(untouched, line, names_it):
    path = untouched / "assignment1" / "cs231n" / "classifiers" / "linear_svm.py"
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    done = ask(untouched, "-m", "cs231n.checks")
    assert done.returncode == 1
    assert "the file cannot be imported" in done.stdout
    assert ("python -m cs231n.doctor" in " ".join(done.stdout.split())) == names_it


@pytest.mark.long
def test_handing_in_names_the_doctor_where_no_kernel_starts(untouched, tmp_path):
    (tmp_path / "kernels" / "python3").mkdir(parents=True)
    spec = {"argv": ["/no/such/python"], "display_name": "Python 3", "language": "python"}
    (tmp_path / "kernels" / "python3" / "kernel.json").write_text(json.dumps(spec))
    done = ask(untouched, "-m", "cs231n.submission", "--out", str(tmp_path), JUPYTER_PATH=str(tmp_path))
    assert "the notebook could not be executed" in done.stdout
    assert "python -m cs231n.doctor" in done.stdout


@pytest.mark.parametrize("version", OLD_PYTHONS)
@pytest.mark.parametrize("command", ["doctor", "checks"])
def test_an_old_python_is_told_so_in_two_sentences(untouched, version, command):
    pythons = [shutil.which(f"python{version}"), *Path.home().glob(f".pyenv/versions/{version}.*/bin/python")]
    working = [python for python in pythons if python and machine.run_python("print(1)", python=str(python))[0]]
    if not working:
        pytest.skip(f"there is no Python {version} on this machine")
    done = ask(untouched, "-m", f"cs231n.{command}", python=working[0])
    assert done.returncode == 1
    english, korean = done.stderr.splitlines()
    assert english.startswith(f"This kit needs Python 3.10 or newer, and this is Python {version} (")
    assert korean.startswith("이 과제에는 Python 3.10 이상이 필요")


def test_files_that_an_old_python_reads_have_no_newer_syntax():
    import ast

    kit = ROOT / "assignment1/cs231n"
    for path in (*(kit / "doctor").glob("__*__.py"), kit / "__init__.py", kit / "checks/__init__.py"):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_scripts_with_the_line_ends_of_windows(untouched):
    path = untouched / "get_datasets.sh"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    verdict, text, _ = kit.examine_line_ends(untouched)
    assert verdict == (NOTE if os.name == "nt" else BAD)
    assert text == "ended with CR and LF: get_datasets.sh"


@pytest.mark.long
def test_nothing_is_left_behind(untouched):
    def digests():
        files = [path for path in untouched.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    ask(untouched)
    assert digests() == before
