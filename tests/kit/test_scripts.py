"""The two scripts at the top, run as a student runs them."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest

NEEDS_BASH = pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="no bash of its own here")


def run(*command, cwd, **environment):
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True, check=False
    )


def test_a_submission_holds_notebook_and_sources(solved):
    done = run(sys.executable, "-m", "cs231n.submission", cwd=solved / "assignment1")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(solved / "assignment1" / "a1_code_submission.zip") as archive:
        names = archive.namelist()
        assert archive.read("svm.ipynb") == (solved / "assignment1" / "svm.ipynb").read_bytes()
    assert "cs231n/classifiers/linear_svm.py" in names
    assert [name for name in names if name.endswith(".ipynb")] == ["svm.ipynb", "svm.ko.ipynb"]
    assert all(name.endswith(".ipynb") or (name.startswith("cs231n/") and name.endswith(".py")) for name in names)
    assert all(name in done.stdout for name in names)


def test_a_submission_holds_the_notebook_that_was_worked_in(untouched, solved):
    def notebooks():
        run(sys.executable, "-m", "cs231n.submission", cwd=untouched / "assignment1")
        with zipfile.ZipFile(untouched / "assignment1" / "a1_code_submission.zip") as archive:
            return [name for name in archive.namelist() if name.endswith(".ipynb")]

    assert notebooks() == ["svm.ipynb"]
    shutil.copy(solved / "assignment1" / "svm.ko.ipynb", untouched / "assignment1")
    assert notebooks() == ["svm.ko.ipynb"]
    (untouched / "assignment1" / "svm.ipynb").write_text("{")
    assert notebooks() == ["svm.ipynb", "svm.ko.ipynb"]


@NEEDS_BASH
def test_collect_from_another_folder(solved, tmp_path):
    done = run("bash", str(solved / "collectSubmission.sh"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (solved / "assignment1" / "a1_code_submission.zip").is_file()


@NEEDS_BASH
def test_a_missing_file_makes_no_zip_and_keeps_the_old_one(solved):
    archive = solved / "assignment1" / "a1_code_submission.zip"
    archive.write_bytes(b"yesterday's")
    for name in ("svm.ipynb", "svm.ko.ipynb"):
        (solved / "assignment1" / name).unlink()
    (solved / "assignment1" / "cs231n" / "classifiers" / "linear_svm.py").unlink()
    done = run("bash", "collectSubmission.sh", cwd=solved)
    assert done.returncode == 1
    assert "lacks svm.ipynb, cs231n/classifiers/linear_svm.py; no zip was made" in done.stderr
    assert archive.read_bytes() == b"yesterday's"


@NEEDS_BASH
def test_get_datasets_passes_the_exit_status_on(solved, tmp_path):
    # With a file where the folder should be, nothing can be fetched, and nothing is asked of the network.
    (tmp_path / "taken").write_text("")
    done = run("bash", str(solved / "get_datasets.sh"), "--folder", "taken", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("datasets: ")
    assert "Traceback" not in done.stderr
