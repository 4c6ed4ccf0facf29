"""Which sandbox works, on machines that lack bubblewrap, deny it what it needs, or have it somewhere else."""

import os
import shutil
import subprocess
import sys

import pytest

from staff.authoring.paths import ROOT
from staff.grading.available import apparmor_profile

# The staff's command, as whoever is not root: then nothing but bubblewrap keeps student code apart.
PROGRAM = """
import os, sys
if sys.argv[1] != "root":
    os.geteuid = lambda: 1000
from staff.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


def staff(path, *arguments, user="kim"):
    """Run a command of the staff with nothing but these folders to look for programs in."""
    environment = os.environ | {"PATH": os.pathsep.join(map(str, path)), "PYTHONPATH": "assignment1"}
    command = [sys.executable, "-c", PROGRAM, user, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture
def bwrap(tmp_path):
    """A folder with a program that is called bwrap; given what it says, it says that and fails."""

    def write(said=None):
        program = tmp_path / "bin" / "bwrap"
        program.parent.mkdir()
        if said is None:
            shutil.copy(shutil.which("bwrap"), program)
        else:
            program.write_text(f'#!/bin/sh\necho "bwrap: {said}" >&2\nexit 1\n')
            program.chmod(0o755)
        return program

    return write


@pytest.mark.parametrize(
    "said",
    [
        "setting up uid map: Permission denied",  # Ubuntu 24.04
        "No permissions to create new namespace, likely because the kernel does not allow it",  # by a sysctl
        "Creating new namespace failed: Operation not permitted",  # in a container
        "loopback: Failed RTM_NEWADDR: Operation not permitted",
    ],
)
def test_a_system_that_denies_user_namespaces(bwrap, said):
    done = staff([bwrap(said).parent, "/bin"], "sandbox")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    found = [
        done.stderr.find(text)
        for text in (
            f"bubblewrap: bwrap: {said}",
            "What to do: let bubblewrap make user namespaces",
            "python -m staff sandbox --apparmor | sudo tee /etc/apparmor.d/bwrap",
            "sudo apparmor_parser -r /etc/apparmor.d/bwrap",
            "or grade as root",
            "--unsafe",
        )
    ]
    assert -1 not in found
    assert found == sorted(found)
    assert "nstall" not in done.stderr


def test_a_system_without_bubblewrap(tmp_path):
    done = staff([tmp_path], "sandbox")
    assert done.returncode == 1
    assert "bubblewrap: not installed" in done.stderr
    assert "What to do: install bubblewrap (Debian, Ubuntu: apt install bubblewrap; " in done.stderr
    assert "apparmor" not in done.stderr


def test_a_bubblewrap_that_fails_otherwise_is_not_called_denied(bwrap):
    done = staff([bwrap("Can't find source path /lib64: No such file or directory").parent, "/bin"], "sandbox")
    assert "No such file or directory" in done.stderr
    assert "mend what it says; or grade as root" in done.stderr
    assert "apparmor" not in done.stderr


def test_grading_says_the_same_before_it_begins(bwrap, tmp_path):
    (tmp_path / "zips").mkdir()
    (tmp_path / "zips" / "kim.zip").write_bytes(b"")
    command = ["grade", str(tmp_path / "zips"), "--out", str(tmp_path / "out")]
    done = staff([bwrap("setting up uid map: Permission denied").parent, "/bin"], *command)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "python -m staff sandbox --apparmor" in done.stderr


@pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed here")
def test_a_bubblewrap_outside_of_the_usual_folders(bwrap):
    program = bwrap()
    done = staff([program.parent], "sandbox", user="root")
    assert (done.returncode, done.stdout, done.stderr) == (0, "bubblewrap\n", "")
    profile = staff([program.parent], "sandbox", "--apparmor").stdout
    assert f"profile bwrap {program} flags=(unconfined) {{\n  userns,\n}}\n" in profile


def test_the_profile_is_for_the_program_itself_and_not_for_a_link_to_it(tmp_path, monkeypatch):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "bwrap").touch(mode=0o755)
    (tmp_path / "bwrap").symlink_to(tmp_path / "real" / "bwrap")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert f"profile bwrap {tmp_path / 'real' / 'bwrap'} " in apparmor_profile()
