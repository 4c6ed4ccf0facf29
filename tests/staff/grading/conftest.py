"""A class to grade."""

import re

import pytest

from cs231n.assignments.svm import ASSIGNMENT as SVM
from cs231n.submission.archive import zip_bytes
from staff.assignments.svm import MISTAKES
from staff.authoring.paths import KIT
from staff.authoring.solve import solve

from .machine import CAN_ISOLATE

NAMES = (SVM.notebooks[0], *SVM.sources)


def pytest_collection_modifyitems(items):
    for item in items:
        if not CAN_ISOLATE and "/grading/" in item.path.as_posix():
            item.add_marker(
                pytest.mark.skip(reason="student code runs in a sandbox on Linux alone, of bubblewrap or as root")
            )


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
    for function, count in (("svm_loss_naive", 4), ("svm_loss_vectorized", 3), ("train", 2)):
        file = next(name for name in SVM.sources if f"def {function}(" in finished[name].decode())
        for mistake in MISTAKES[function][:count]:
            text = mistake.apply(finished[file].decode(), function)
            name = re.sub(r"\W+", "-", f"{function} {mistake.name}")
            zip_bytes(finished | {file: text.encode()}, folder / f"{name}.zip")
    return folder
