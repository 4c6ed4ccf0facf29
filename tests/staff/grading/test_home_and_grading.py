"""What students see at home is what the grader finds: the same claims, the same verdicts, by the same judge."""

import json
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from cs231n.assignments import SOURCES
from cs231n.assignments.svm import ASSIGNMENT as SVM
from cs231n.checks.findings import Finding, say
from staff.assignments.svm import MISTAKES, variants
from staff.grading.available import find_isolation
from staff.grading.grade import grade
from staff.grading.isolation import BUBBLEWRAP, UNSAFE, USER
from staff.grading.report import feedback
from tests.often import some

from .habits import BROKEN, HARMLESS
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

    def run(content, isolation=None, more=(), file=LOSS):
        for name, text in {file: content, **dict(more)}.items():
            (kit / name).parent.mkdir(exist_ok=True)
            (kit / name).write_bytes(text)
        done = subprocess.run(
            [sys.executable, "-m", "cs231n.checks", "--json"], cwd=kit, capture_output=True, text=True, encoding="utf-8"
        )
        names = [subject.name for subject in SVM.subjects]
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        home = {row["claim"]: row["outcome"] for row in rows if row["claim"].split(":")[0] in names}
        with zipfile.ZipFile(tmp_path / "kim.zip", "w") as archive:
            for name in (*SOURCES, *dict(more)):
                archive.writestr(name, (kit / name).read_bytes())
        run.result = grade(tmp_path / "kim.zip", seed=5, isolation=isolation)
        found = run.result["findings"]
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


@pytest.mark.parametrize("name", some(HARMLESS, ("a figure", "warnings raised", "its own folder", "the arguments")))
def test_habits_cost_nothing(both, solved, name):
    home, graded = both(HARMLESS[name]((solved / "assignment1" / LOSS).read_text(encoding="utf-8")).encode())
    assert home == graded
    assert set(home.values()) == {"pass"}


@pytest.mark.parametrize("name", some(BROKEN, ("exit()", "input()", "a function renamed")))
def test_what_is_broken_is_so_in_both(both, solved, name):
    home, graded = both(BROKEN[name]((solved / "assignment1" / LOSS).read_text(encoding="utf-8")).encode())
    assert home == graded
    assert set(home.values()) > {"pass"}  # the other file is checked all the same


MODULES = {
    "cs231n/classifiers/my_helpers.py": b"from .validation import check_inputs\nfrom ..mine import one\n",
    "cs231n/mine/__init__.py": b"from .numbers import one\n",
    "cs231n/mine/numbers.py": b"import numpy as np\none = np.float64(1)\n",
    "cs231n/mine/mine_too.py": b"two = 2\n",
    "cs231n/helpers.py": b"from cs231n.mine.numbers import *\n",
}
USES = """from .my_helpers import one as first
from cs231n.helpers import one
import cs231n.mine.numbers as numbers
import os, sys
sys.path.append(os.path.join(os.path.dirname(__file__), "..", "mine"))
import mine_too
assert first == one == numbers.one == mine_too.two - 1
"""


def test_modules_of_the_students_own_are_imported(both, solved):
    text = USES + (solved / "assignment1" / LOSS).read_text(encoding="utf-8")
    home, graded = both(text.encode(), more=MODULES)
    assert home == graded
    assert set(home.values()) == {"pass"}
    home, graded = both(text.encode(), more=MODULES | {"cs231n/helpers.py": b"one = = 1\n"})
    assert home == graded
    assert say(both.result["findings"][0]["public"]) == (
        "the file cannot be imported: helpers.py line 1: SyntaxError: invalid syntax"
    )


def test_what_an_import_raises_is_told_whole(both, solved):
    text = (solved / "assignment1" / LOSS).read_text(encoding="utf-8")
    both(f"raise ValueError('\u202e' + 'x ' * 2000)\n{text}".encode())
    told = say(both.result["findings"][0]["public"])
    assert told.startswith("the file cannot be imported: linear_svm.py line 1: ValueError: ")
    assert "\u202e" not in told
    assert 900 < len(told) < 1100
    assert feedback(both.result).count("x x x x") > 100
    both(text.replace("    check_inputs(W, X, y)\n", "    raise ValueError(f'secret {X}')\n", 1).encode())
    assert say(both.result["findings"][0]["public"]) == "line 38: ValueError"


def test_the_kit_as_it_was_handed_in_counts(both, solved):
    """Where a receipt says that it is this kit's; a classic one's modules need packages that are gone."""
    text = (solved / "assignment1" / LOSS).read_text(encoding="utf-8")
    name = "cs231n/classifiers/validation.py"
    more = {name: (solved / "assignment1" / name).read_bytes() + b"\ndef mine():\n    return 1\n"}
    text = f"from .validation import mine\n{text}"
    home, graded = both(text.encode(), more=more | {"receipt.json": b"{}"})
    assert home == graded
    assert set(home.values()) == {"pass"}
    _, graded = both(text.encode(), more=more)
    assert "ImportError: cannot import name 'mine'" in say(both.result["findings"][0]["public"])


def mistakes():
    """Every mistake with its function, and once more with two habits: the same draw each time."""
    rng = np.random.default_rng(231)
    rows = [(function, mistake) for function, listed in MISTAKES.items() for mistake in listed]
    yield from ((function, mistake, ()) for function, mistake in rows)
    losses = [row for row in rows if row[0].startswith("svm_loss")]
    for number in rng.integers(len(losses), size=100):
        habits = tuple(map(str, rng.choice(list(HARMLESS), 2, replace=False)))
        if habits != ("a file of its own", "its own folder"):  # the kit itself can be written to at home alone
            yield (*losses[number], habits)


EDITS = {
    " + ".join((function, mistake.name, *habits)): (function, mistake, habits)
    for function, mistake, habits in mistakes()
}


# All of them take five minutes; each fifth is tried, and the rest where this variable is set.
TRIED = list(EDITS) if "CS231N_ALL_EDITS" in os.environ else list(EDITS)[::5]


@pytest.mark.parametrize("name", some(TRIED, (TRIED[0], TRIED[-1])))
def test_mistakes_are_judged_alike(both, solved, name):
    function, mistake, habits = EDITS[name]
    file = SVM.sources[0] if function.startswith("svm_loss") else SVM.sources[1]
    text = mistake.apply((solved / "assignment1" / file).read_text(encoding="utf-8"), function)
    for habit in habits:
        text = HARMLESS[habit](text)
    home, graded = both(text.encode(), file=file)
    assert home == graded
    assert "fail" in home.values()


@pytest.mark.parametrize("name", some(variants(), ("where.py",)))
def test_variants_are_judged_alike(both, name):
    home, graded = both(variants()[name].encode())
    assert home == graded


def test_there_are_enough_edits():
    assert len(EDITS) + len(HARMLESS) + len(BROKEN) + len(variants()) >= 300
