"""What students see at home is what the grader finds: the same claims, the same verdicts, by the same judge."""

import json
import subprocess
import sys
import zipfile

import pytest

from cs231n.assignments import SOURCES
from cs231n.assignments.svm import ASSIGNMENT as SVM
from cs231n.checks.findings import Finding
from staff.grading.available import find_isolation
from staff.grading.grade import grade
from staff.grading.isolation import BUBBLEWRAP, UNSAFE, USER

from .machine import IS_ROOT

LOSS = SVM.sources[0]
COMMENT = "# 한글 \u00e9\n"


def encoded(text, encoding, line_end="\n", cookie=""):
    return (cookie + text).replace("\n", line_end).encode(encoding)


FILES = {
    "a byte order mark": lambda text: encoded(text, "utf-8-sig"),
    "line ends of Windows": lambda text: encoded(text + COMMENT, "utf-8", "\r\n"),
    "line ends of old Macs": lambda text: encoded(text, "utf-8", "\r"),
    "UTF-16": lambda text: encoded(text, "utf-16"),
    "cp949 in a comment": lambda text: text.encode() + "# 한글\n".encode("cp949"),
    "cp949 in a text": lambda text: text.encode() + '"""한글"""\n'.encode("cp949"),
    "cp949 that says so": lambda text: encoded(text + "# 한글\n", "cp949", cookie="# -*- coding: cp949 -*-\n"),
    "Latin-1 that says so": lambda text: encoded(text + "# \u00e9\n", "latin-1", cookie="# coding: latin-1\n"),
    "an encoding that does not exist": lambda text: encoded(text, "utf-8", cookie="# coding: klingon\n"),
    "a zero byte": lambda text: text.encode() + b"# \0\n",
    "a syntax error": lambda text: text.encode() + b"def f(:\n",
    "a module that is not there": lambda text: b"import nothing_like_it\n" + text.encode(),
}


@pytest.fixture
def both(solved, tmp_path):
    """The outcomes of all claims on a file of the losses, at home and in grading."""
    kit = solved / "assignment1"

    def run(content, isolation=None):
        (kit / LOSS).write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-m", "cs231n.checks", "--json"], cwd=kit, capture_output=True, text=True, encoding="utf-8"
        )
        names = [subject.name for subject in SVM.subjects]
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        home = {row["claim"]: row["outcome"] for row in rows if row["claim"].split(":")[0] in names}
        with zipfile.ZipFile(tmp_path / "kim.zip", "w") as archive:
            for name in SOURCES:
                archive.writestr(name, (kit / name).read_bytes())
        found = grade(tmp_path / "kim.zip", seed=5, isolation=isolation)["findings"]
        graded = {Finding(*(row[key] for key in Finding._fields)).name: row["outcome"] for row in found}
        return home, graded

    return run


OFTEN = ("a byte order mark", "UTF-16", "cp949 in a text", "a syntax error", "a module that is not there")


@pytest.mark.parametrize(
    "name", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.long) for name in FILES]
)
def test_files_of_all_encodings_are_read_alike(both, solved, name):
    text = (solved / "assignment1" / LOSS).read_text(encoding="utf-8")
    home, graded = both(FILES[name](text))
    assert home == graded


IMPORTS = """import numpy as np
import matplotlib.pyplot as plt
from IPython.display import display
from tqdm import tqdm, trange
from cs231n.data_utils import load_CIFAR10
from cs231n.gradient_check import eval_numerical_gradient, grad_check_sparse
from cs231n.vis_utils import *
HERE = __file__
grad_check_sparse(lambda x: (x * x).sum(), np.ones(3), 2 * np.ones(3), 1)
"""


@pytest.mark.parametrize("kind", [BUBBLEWRAP, *(pytest.param(kind, marks=pytest.mark.long) for kind in (USER, UNSAFE))])
def test_what_a_student_may_import_is_there(both, solved, kind):
    if (kind == USER and not IS_ROOT) or (kind == BUBBLEWRAP and find_isolation() != kind):
        pytest.skip(f"no sandbox of the kind {kind} here")
    text = (solved / "assignment1" / LOSS).read_text(encoding="utf-8")
    text = text.replace("for i in range(num_train):", "for i in trange(num_train):", 1)
    home, graded = both((IMPORTS + text).encode(), kind)
    assert set(home.values()) == {"pass"}
    assert home == graded
