"""Folders to hand in."""

import pytest

from .handed import Handed, hide_typst


@pytest.fixture
def handed(solved):
    (solved / "assignment1" / "svm.ko.ipynb").unlink()  # this student works in English
    return Handed(solved)


@pytest.fixture
def begun(untouched):
    return Handed(untouched)


@pytest.fixture
def without_typst(tmp_path, monkeypatch):
    """A machine on which no PDF can be set; most tests are not about the PDF, and quicker so."""
    hide_typst(tmp_path / "without typst", monkeypatch)
