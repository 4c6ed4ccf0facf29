"""A class to grade."""

import re

import pytest

from cs231n.assignments import SOURCES
from cs231n.submission.archive import zip_bytes
from staff.assignments.svm import classifier_mistakes as classifier
from staff.assignments.svm import mistakes as svm
from staff.authoring.paths import KIT
from staff.authoring.solve import solve

from .machine import CAN_ISOLATE

NAMES = ("svm.ipynb", *SOURCES)


def pytest_collection_modifyitems(items):
    for item in items:
        if not CAN_ISOLATE and "/grading/" in item.path.as_posix():
            item.add_marker(pytest.mark.skip(reason="student code is kept apart on Linux, by bubblewrap or as root"))


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """The files of a finished assignment."""
    folder = solve(tmp_path_factory.mktemp("finished") / "solved") / "assignment1"
    return {name: (folder / name).read_bytes() for name in NAMES}


@pytest.fixture(scope="session")
def course(finished, tmp_path_factory):
    """Submissions of a class: finished ones, untouched ones, and ones with a mistake each."""
    folder = tmp_path_factory.mktemp("course")
    zip_bytes({name: (KIT / name).read_bytes() for name in NAMES}, folder / "untouched.zip")
    zip_bytes(finished, folder / "finished.zip")
    (folder / "no-zip.zip").write_bytes(b"no zip")
    for file, function, mistakes in (
        (SOURCES[0], "svm_loss_naive", svm.NAIVE[:4]),
        (SOURCES[0], "svm_loss_vectorized", svm.VECTORIZED[:3]),
        (SOURCES[1], "train", classifier.TRAIN[:2]),
    ):
        for mistake in mistakes:
            text = mistake.apply(finished[file].decode(), function)
            name = re.sub(r"\W+", "-", f"{function} {mistake.name}")
            zip_bytes(finished | {file: text.encode()}, folder / f"{name}.zip")
    return folder
