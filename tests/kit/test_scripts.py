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
def test_collect_from_another_folder(solved, tmp_path):
    script = str(solved / "collectSubmission.sh")
    done = run("bash", script, "--no-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (solved / "assignment1" / "a1_code_submission.zip").is_file()
    (solved / "assignment1" / "cs231n" / "classifiers" / "linear_svm.py").unlink()
    assert run("bash", script, cwd=tmp_path).returncode == 1


@NEEDS_BASH
def test_get_datasets_passes_the_exit_status_on(solved, tmp_path):
    # With a file where the folder should be, nothing can be fetched, and nothing is asked of the network.
    (tmp_path / "taken").write_text("")
    done = run("bash", str(solved / "get_datasets.sh"), "--folder", "taken", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("datasets: ")
    assert "Traceback" not in done.stderr
