"""Student code that does not come back, waits for somebody, or prints: in a check, in the terminal, on handing in."""

import itertools
import pdb
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from cs231n import checks
from cs231n.assignments import SUBJECTS
from cs231n.checks import home
from cs231n.checks.findings import FAIL, NOT_RUN
from cs231n.classifiers.linear_svm import svm_loss_naive as right
from tests.kit.submission.handed import Handed, hide_typst, line

FILE = SUBJECTS["svm_loss_naive"].file
BEGIN = "    reg = float(reg)  # a NumPy scalar would turn float32 into float64\n"
IMPORT, LONG = "import numpy as np\n", pytest.mark.long
ENDLESS = BEGIN + "    while True:\n        reg += 0\n"


def stubborn(W, X, y, reg):
    while True:
        try:  # noqa: SIM105
            reg += 0
        except:  # noqa: E722
            pass


def forgiving(W, X, y, reg):
    try:
        while True:
            reg += 0
    except BaseException:
        return right(W, X, y, reg)


def deep(W, X, y, reg):
    return max(itertools.repeat(0), key=lambda _: time.sleep(0.001) or 0)


@pytest.mark.parametrize("function", [stubborn, forgiving, deep])
def test_what_does_not_come_back_is_ended_and_named(monkeypatch, function):
    monkeypatch.setattr(home, "SECONDS", 0.3)
    first, *others = checks.check(function, SUBJECTS["svm_loss_naive"])
    assert (first.claim, first.outcome) == ("runs", FAIL)
    named = "(<lambda>|deep)" if function is deep else function.__name__
    found = re.search(rf"line (\d+), in {named}: no end within 0.3 seconds", first.measured)
    assert 0 < int(found[1]) - function.__code__.co_firstlineno < 6
    assert {finding.outcome for finding in others} == {NOT_RUN}


def test_ctrl_c_is_a_persons():
    def interrupted(*_):
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            checks.check(interrupted, SUBJECTS["svm_loss_naive"])
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_training_or_a_prediction_without_end(monkeypatch):
    monkeypatch.setattr(home, "SECONDS", 0.3)

    class LinearClassifier:
        def train(self, X, y, **_):
            return stubborn(X, X, y, 0)

        def predict(self, X):
            return input()

    outcomes = {finding.claim: finding for finding in checks.linear_classifier(LinearClassifier)}
    assert "no end within" in outcomes["train, batch"].measured
    assert outcomes["predict"].outcome == FAIL


def test_a_kept_classifier_whose_prediction_has_no_end(monkeypatch):
    monkeypatch.setattr(home, "SECONDS", 0.3)

    class Endless:
        def predict(self, X):
            return stubborn(X, X, X, 0)

    results = {(1e-7, reg): (0.4, 0.4) for reg in (1.0, 2.0, 3.0, 4.0)}
    found = checks.tuning(results, 0.4, Endless(), np.zeros((5, 2)), np.zeros(5), 3500)
    (kept,) = (finding for finding in found if finding.claim == "best classifier")
    assert "in stubborn: no end within 0.3 seconds" in kept.measured


def breaks(*_):
    breakpoint()


def debugs(*_):
    pdb.Pdb().set_trace()  # pytest has put something in place of pdb.set_trace


def debugs_in_ipython(*_):
    from IPython.core.debugger import set_trace

    set_trace()


def asks(*_):
    return input("loss? "), None


@pytest.mark.parametrize("function", [breaks, debugs, debugs_in_ipython, asks])
def test_what_waits_for_somebody_comes_back_at_once(function):
    first = checks.check(function, SUBJECTS["svm_loss_naive"])[0]
    assert first.outcome == FAIL
    assert re.search(rf"line \d+, in {function.__name__}: the code waits for input here", first.measured)
    assert input is home.builtins.input
    assert "cs231n" not in repr(sys.breakpointhook)


@pytest.mark.parametrize(("count", "shown"), [(1, None), (90, 200)])
def test_what_is_printed_is_cut_and_said(capsys, count, shown):
    def printing(W, X, y, reg):
        for number in range(count):
            print("printed", number)
        return right(W, X, y, reg)

    assert not checks.check(printing, SUBJECTS["svm_loss_naive"]).failed
    *printed, said = capsys.readouterr().err.splitlines()
    found = re.fullmatch(r"line (\d+), in printing: (\d+) lines were printed during this check(.*)", said)
    assert int(found[1]) == printing.__code__.co_firstlineno + 2
    assert int(found[2]) == len(printed) if shown is None else int(found[2]) > len(printed) == shown
    assert bool(found[3]) == (shown is not None)


def test_a_loop_that_prints_without_end_is_called_once(capsys):
    def printing(*_):
        while True:
            print("again")

    first = checks.check(printing, SUBJECTS["svm_loss_naive"])[0]
    assert "it prints more than a million characters" in first.measured
    assert "lines were printed during this check; of these, no more than the first 200" in capsys.readouterr().err


def spoil(folder, old, new):
    path = folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (BEGIN, ENDLESS, r"line \d+, in svm_loss_naive: no end within 3 seconds.*\n.*17 passed, 1 failed"),
        pytest.param(IMPORT, IMPORT + "while True:\n    pass\n", r"in <module>: no end within 3 seconds", marks=LONG),
        pytest.param(IMPORT, IMPORT + "input()\n", r"in <module>: the code waits for input", marks=LONG),
        pytest.param(IMPORT, IMPORT + "raise SystemExit('no')\n", r"SystemExit: no", marks=LONG),
        pytest.param(
            BEGIN, BEGIN + "    import time; time.sleep(1e6)\n", r"in svm_loss_naive: no end within", marks=LONG
        ),
        pytest.param(BEGIN, BEGIN + "    sum(range(10**13))\n", r"line \d+ in svm_loss_naive", marks=LONG),
    ],
    ids=["loop", "import", "import waits", "exit", "sleep", "one call in C"],
)
def test_the_command_comes_back_and_names_the_function(solved, monkeypatch, old, new, said):
    monkeypatch.setenv("CS231N_SECONDS", "3")
    spoil(solved / "assignment1", old, new)
    command = [sys.executable, "-m", "cs231n.checks"]
    done = subprocess.run(command, cwd=solved / "assignment1", capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert re.search(said.replace(" ", r"\s+"), done.stdout + done.stderr, re.DOTALL), done.stdout + done.stderr


@pytest.mark.long
def test_a_hand_in_with_an_endless_loop_is_made_and_says_so(solved, tmp_path, monkeypatch):
    monkeypatch.setenv("CS231N_SECONDS", "3")
    hide_typst(tmp_path / "without typst", monkeypatch)
    (solved / "assignment1" / "svm.ko.ipynb").unlink()
    spoil(solved / "assignment1", BEGIN, ENDLESS)
    handed = Handed(solved)
    done = handed.run("--seconds", "20")
    assert done.returncode == 0
    assert line("svm-naive-gradient", "fails its checks") in done.out
    assert re.search(r"the notebook stops at cell [\w-]+ \(\d+ of \d+\): more than 20 seconds", done.out)
    assert not handed.is_old()
