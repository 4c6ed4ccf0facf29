"""The two scripts at the top, run as a student runs them."""

import os
import shutil
import subprocess
import sys

import pytest

NEEDS_BASH = pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="no bash of its own here")


def run(*command, cwd, **environment):
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True, check=False
    )


@NEEDS_BASH
@pytest.mark.long
def test_collect_from_another_folder(solved, tmp_path):
    script = str(solved / "collectSubmission.sh")
    done = run("bash", script, "--no-run", cwd=tmp_path, CS231N_BROWSER="none")
    assert done.returncode == 0, done.stderr
    assert (solved / "assignment1" / "a1_code_submission.zip").is_file()
    (solved / "assignment1" / "cs231n" / "classifiers" / "linear_svm.py").unlink()
    assert run("bash", script, cwd=tmp_path).returncode == 1


@NEEDS_BASH
@pytest.mark.long
def test_get_datasets_passes_the_exit_status_on(solved, tmp_path):
    # With a file where the folder should be, nothing can be fetched, and nothing is asked of the network.
    (tmp_path / "taken").write_text("")
    done = run("bash", str(solved / "get_datasets.sh"), "--folder", "taken", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("datasets: ")
    assert "Traceback" not in done.stderr


@NEEDS_BASH
@pytest.mark.parametrize("script", ["collectSubmission.sh", "get_datasets.sh"])
def test_a_script_keeps_the_users_own_path_of_packages(untouched, tmp_path, script):
    """As on clusters, where modules bring numpy by way of PYTHONPATH."""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "sitecustomize.py").write_text("print('found')")
    done = run("bash", str(untouched / script), "--help", cwd=tmp_path, PYTHONPATH=str(tmp_path / "packages"))
    assert done.returncode == 0, done.stderr
    assert "found" in done.stdout
    assert "usage: python -m cs231n." in done.stdout


@NEEDS_BASH
@pytest.mark.parametrize("script", ["collectSubmission.sh", "get_datasets.sh"])
def test_a_script_without_a_python_that_serves(untouched, tmp_path, script):
    for name in ("bash", "dirname"):
        (tmp_path / name).symlink_to(shutil.which(name))
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")  # too old, or without numpy
    (tmp_path / "python3").chmod(0o755)
    environment = {"PATH": str(tmp_path)}
    command = ["bash", str(untouched / script)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        f"{script}: no Python 3.10 or newer with numpy was found. First: pip install -r requirements.txt\n"
    )
