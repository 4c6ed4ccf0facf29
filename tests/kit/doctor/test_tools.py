"""A package that is installed and broken, by a neighbour of another version: found beforehand, told in a sentence."""

import os
import sys

import pytest

from cs231n.doctor import BAD, GOOD, PackageError, require
from cs231n.doctor.tools import TOOLS, relying_on, try_tool

from .asking import ask, found

PIP = f"In a terminal: {sys.executable} -m pip install --upgrade"


@pytest.fixture
def spoil(tmp_path):
    """Put packages of other versions before those that are installed; returns what the environment has to hold."""

    def write(**packages):
        folder = tmp_path / "site-packages"
        folder.mkdir()
        for name, text in packages.items():
            (folder / f"{name}.py").write_text(text)
        return {"PYTHONPATH": str(folder)}

    return write


@pytest.mark.long
def test_the_doctor_finds_what_would_fail_later(untouched, spoil):
    # A mistune without what nbconvert builds on, and a library of Matplotlib's that belongs to another NumPy.
    environment = spoil(mistune="__version__ = '9.0'\n", kiwisolver="raise AttributeError('_ARRAY_API not found')\n")
    rows = found(ask(untouched, "--json", **environment))
    assert rows["tools"]["verdict"] == BAD
    assert (
        rows["packages"]["verdict"] == rows["kernel"]["verdict"] == GOOD
    )  # nothing is missing, and no version too old
    for names in ("matplotlib kiwisolver;", "nbconvert mistune;"):
        assert f"{PIP} {names}" in rows["tools"]["found"]


@pytest.mark.long
def test_handing_in_names_the_packages(untouched, spoil, tmp_path):
    environment = spoil(mistune="__version__ = '9.0'\n")
    done = ask(untouched, "-m", "cs231n.submission", "--no-run", "--out", str(tmp_path), **environment)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr + done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("[5/8]")]
    assert f"{PIP} nbconvert mistune; then try again." in line


@pytest.mark.parametrize("command", ["checks", "submission", "datasets"])
def test_a_numpy_that_is_broken_is_told_in_one_line(untouched, spoil, command):
    environment = spoil(numpy="raise ImportError('DLL load failed while importing _multiarray_umath')\n")
    done = ask(untouched, "-m", f"cs231n.{command}", **environment)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert f"{PIP} numpy;" in done.stderr


@pytest.mark.long
def test_fetching_and_watching_name_the_packages(untouched, spoil, tmp_path):
    environment = spoil(urllib3="", watchfiles="raise OSError('GLIBC_2.38 not found')\n")
    source = "http://127.0.0.1:9/cifar-10-python.tar.gz"
    done = ask(untouched, "-m", "cs231n.datasets", "--source", source, "--folder", str(tmp_path / "new"), **environment)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert f"{PIP} requests urllib3;" in done.stderr
    done = ask(untouched, "-m", "cs231n.checks", "--watch", **environment)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert f"{PIP} watchfiles;" in done.stderr


def test_the_notebook_shows_the_sentence_alone(spoil, monkeypatch):
    monkeypatch.syspath_prepend(spoil(a_broken_neighbour="1 / 0")["PYTHONPATH"])
    with pytest.raises(PackageError, match=rf"a_broken_neighbour .*{PIP} a_broken_neighbour;") as caught:
        require("numpy", "a_broken_neighbour")
    assert caught.value._render_traceback_() == [f"PackageError: {caught.value}"]


@pytest.mark.parametrize("name", TOOLS)
def test_here_all_tools_work_and_a_failure_of_another_kind_stays_what_it_is(name):
    try_tool(name)
    with pytest.raises(ZeroDivisionError), relying_on(name):
        os.getpid() / 0


def test_what_is_not_installed_is_not_called_broken(monkeypatch):
    monkeypatch.setitem(TOOLS, "page", (("no_such_package.at_all",), lambda: 1 / 0))
    try_tool("page")
