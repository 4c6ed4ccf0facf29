"""One file, in the sandbox: files of this kit, of other years, and those that do not run."""

import json
import os
import subprocess
import sys
import textwrap
import time

import pytest

from cs231n.assignments import SUBJECTS
from cs231n.checks import judging
from cs231n.checks.findings import FAIL, FAULT
from staff.__main__ import main
from staff.authoring.paths import ROOT
from staff.grading import sandbox
from staff.grading.available import find_isolation
from staff.grading.diagnose import LIMITS, VERDICTS, diagnose
from tests.attacks.proof import student_processes

from .grading.machine import CAN_ISOLATE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="student code runs in a copy of a process")

NEW = """
import numpy as np
def svm_loss_naive(W, X, y, reg):
    s = X.dot(W)
    m = np.maximum(0, s - s[range(len(y)), y][:, None] + 1)
    m[range(len(y)), y] = 0
    k = (m > 0) * 1.0
    k[range(len(y)), y] = -k.sum(1)
    return m.sum() / len(y) + {loss} * reg * np.sum(W * W), X.T.dot(k) / len(y) + {gradient} * reg * W
"""
BOTH = "\nsvm_loss_vectorized = svm_loss_naive\n"
CLASSIC_STUB = (
    "\ndef svm_loss_vectorized(W, X, y, reg):\n    loss = 0.0\n    dW = np.zeros(W.shape)\n    return loss, dW\n"
)
TURNED = """
from past.builtins import xrange
import numpy as np
def svm_loss_naive(W, X, y, reg):
  dW = np.zeros(W.shape, dtype=np.float)
  loss = 0.0
  for i in xrange(X.shape[1]):
    scores = W.dot(X[:, i])
    for j in xrange(W.shape[0]):
      margin = scores[j] - scores[y[i]] + 1
      if j != y[i] and margin > 0:
        loss += margin
        dW[j] += X[:, i]
        dW[y[i]] -= X[:, i]
  return loss / X.shape[1] + {loss} * reg * np.sum(W * W), dW / X.shape[1] + {gradient} * reg * W
def svm_loss_vectorized(W, X, y, reg):
  scores = W.dot(X)
  columns = xrange(X.shape[1])
  margins = np.maximum(0, scores - scores[y, columns] + 1)
  margins[y, columns] = 0
  mask = (margins > 0).astype(float)
  mask[y, columns] = -mask.sum(axis=0)
  return margins.sum() / X.shape[1] + {loss} * reg * np.sum(W * W), mask.dot(X.T) / X.shape[1] + {gradient} * reg * W
"""


def written(tmp_path, text):
    path = tmp_path / "linear_svm.py"
    path.write_text(text, encoding="utf-8")
    return path


def diagnosed(tmp_path, text, seconds=LIMITS.seconds):
    return diagnose(written(tmp_path, text), find_isolation(unsafe=True), LIMITS._replace(seconds=seconds))


def failed(diagnosis):
    return [finding for finding in diagnosis.findings if finding.outcome == FAIL]


@pytest.mark.parametrize(
    ("text", "verdict", "causes"),
    [
        (NEW.format(loss=1, gradient=2) + BOTH, "right", []),
        (NEW.format(loss=1, gradient=2), "unfinished", []),
        (NEW.format(loss=1, gradient=2) + CLASSIC_STUB, "unfinished", []),
        (NEW.format(loss=0.5, gradient=1) + BOTH, "right-in-older-convention", None),
        (NEW.format(loss=0.5, gradient=1) + CLASSIC_STUB, "unfinished", None),
        (NEW.format(loss=1, gradient=1) + BOTH, "wrong", ["gradient.regularizer.factor-1"] * 2),
        (NEW.format(loss=0.5, gradient=2) + BOTH, "wrong", ["loss.regularizer.factor-0.5"] * 2),
        (
            NEW.format(loss=0.5, gradient=0) + BOTH,
            "wrong",
            ["loss.regularizer.factor-0.5", "gradient.regularizer.missing"] * 2,
        ),
        ("import numpy as np\n" + CLASSIC_STUB, "not-started", []),
        (TURNED.format(loss=0.5, gradient=1), "right-in-older-convention", None),
        (TURNED.format(loss=1, gradient=2), "right-in-older-convention", []),
        (
            TURNED.format(loss=0.5, gradient=0),
            "wrong",
            ["loss.regularizer.factor-0.5", "gradient.regularizer.missing"] * 2,
        ),
    ],
)
def test_verdicts(tmp_path, text, verdict, causes):
    diagnosis = diagnosed(tmp_path, text)
    assert diagnosis.verdict == verdict, diagnosis
    if causes is not None:
        assert [finding.cause for finding in failed(diagnosis)] == causes


def of_two_conventions(naive, vectorized):
    """A file with a function for each pair of factors, of the regularizer in the loss and in the gradient."""
    texts = ["import numpy as np\n"]
    for name, pair in (("svm_loss_naive", naive), ("svm_loss_vectorized", vectorized)):
        text = NEW.format(loss=pair[0], gradient=pair[1]) if pair else CLASSIC_STUB
        texts.append(text.replace("svm_loss_naive", name).replace("svm_loss_vectorized", name))
    return "\n".join(texts)


@pytest.mark.parametrize(
    ("naive", "vectorized", "verdict"),
    [
        ((1, 2), (0.5, 1), "wrong"),
        ((0.5, 1), (1, 2), "wrong"),
        ((0.5, 1), (0.5, 1), "right-in-older-convention"),
        ((0.5, 1), None, "unfinished"),
        (None, (0.5, 1), "unfinished"),
        ((1, 2), None, "unfinished"),
        ((1, 1), (1, 1), "wrong"),
        ((1, 1), (0.5, 1), "wrong"),
        ((1, 2), (1, 1), "wrong"),
        ((0.5, 1), (0.5, 2), "wrong"),
        ((0.5, 1), (0, 2), "wrong"),
    ],
)
def test_a_file_that_mixes_conventions_is_wrong(tmp_path, naive, vectorized, verdict):
    diagnosis = diagnosed(tmp_path, of_two_conventions(naive, vectorized))
    assert diagnosis.verdict == verdict, diagnosis


def test_a_loss_of_the_new_convention_mixes_with_an_older_function_though_its_gradient_is_not_started(tmp_path):
    loss = NEW.format(loss=1, gradient=2).replace("svm_loss_naive", "svm_loss_vectorized").split(", X.T.dot(k)")[0]
    assert diagnosed(tmp_path, NEW.format(loss=0.5, gradient=1) + loss + ", None\n").verdict == "wrong"


@pytest.mark.parametrize("wrap", ["if True:\n", "try:\n", "class Other:\n    pass\nfor _ in range(1):\n"])
def test_a_function_is_found_wherever_a_file_defines_it(tmp_path, wrap):
    body = textwrap.indent(NEW.format(loss=1, gradient=2), "    ")
    text = f"{wrap}{body}\n{'finally: pass' if 'try' in wrap else ''}\n"
    assert diagnosed(tmp_path, text).verdict == "unfinished"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def svm_loss_naive(:\n", "line 1: SyntaxError: invalid syntax"),
        (
            f"x = 1\nimport no_such_package\n{CLASSIC_STUB}",
            "line 2: ModuleNotFoundError: No module named 'no_such_package'",
        ),
        (
            f"import sys\nsys.exit(3)\n{CLASSIC_STUB}",
            "the file cannot be imported: linear_svm.py line 2: SystemExit: 3",
        ),
        (f"import os\nos._exit(4)\n{CLASSIC_STUB}", "its process ended (status 4)"),
        (f"import os\nwhile True:\n    os.write(1, b'x' * 100000)\n{CLASSIC_STUB}", "it printed more than 4 MB"),
        ("def f(x):\n    return x\n", f"it defines none of {', '.join(SUBJECTS)}."),
        ("from cs231n.classifiers.linear_svm import svm_loss_naive\n", "it defines none of"),
        ("\0", "source code string cannot contain null bytes"),
    ],
)
def test_files_that_cannot_run(tmp_path, text, said):
    diagnosis = diagnosed(tmp_path, text, seconds=3)
    assert diagnosis.verdict == "cannot-run"
    assert said in failed(diagnosis)[0].message


@pytest.mark.parametrize(
    ("body", "verdict", "said"),
    [
        ("import os; os._exit(0)", "cannot-run", "its process ended (status 0)"),
        ("import sys; sys.exit()", "wrong", "line 2: SystemExit"),
        ("while True: print('x' * 1000)", "cannot-run", "it printed more than 4 MB"),
        pytest.param(
            "return [0] * 10**11",
            "wrong",
            "line 2: MemoryError",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory holds on Linux only"),
        ),
        ("return W @ X", "wrong", "line 2: ValueError: matmul"),
        ("return 1.0", "wrong", "expected two results, loss and gradient; found float"),
    ],
)
def test_functions_that_cannot_run(tmp_path, body, verdict, said):
    diagnosis = diagnosed(tmp_path, f"def svm_loss_naive(W, X, y, reg):\n    {body}\n", seconds=3)
    assert diagnosis.verdict == verdict
    assert any(said in finding.message for finding in failed(diagnosis))


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        f"import time; time.sleep(60)\n{CLASSIC_STUB}",
        pytest.param("def svm_loss_naive(W, X, y, reg):\n    while True: pass\n", marks=pytest.mark.long),
    ],
)
def test_files_that_do_not_end(tmp_path, text):
    diagnosis = diagnosed(tmp_path, text, seconds=1)
    assert diagnosis.verdict == "cannot-run"
    assert "there was no answer within 1 s" in failed(diagnosis)[0].message


@pytest.mark.long
def test_the_time_in_which_a_sandbox_starts_is_not_the_students(tmp_path, monkeypatch):
    lend = sandbox.lend
    monkeypatch.setattr(sandbox, "lend", lambda *given: time.sleep(3.5) or lend(*given))
    assert diagnosed(tmp_path, NEW.format(loss=1, gradient=2) + BOTH, seconds=3).verdict == "right"


@pytest.mark.long
def test_what_one_function_got_is_kept_when_the_other_hangs(tmp_path):
    text = NEW.format(loss=1, gradient=1) + "def svm_loss_vectorized(W, X, y, reg):\n    import time; time.sleep(60)\n"
    one, other = failed(diagnosed(tmp_path, text, seconds=3))
    assert one.cause == "gradient.regularizer.factor-1"
    assert (other.subject, other.claim) == ("svm_loss_vectorized", "runs")


@pytest.mark.skipif(not CAN_ISOLATE, reason="nothing ends what code starts where it is not kept apart")
def test_nothing_that_a_file_starts_is_left_behind(tmp_path):
    starts = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'while True: pass'])\n"
    diagnosis = diagnosed(tmp_path, starts + NEW.format(loss=1, gradient=2))
    assert diagnosis.verdict == "cannot-run"
    assert "linear_svm.py line 2:" in failed(diagnosis)[0].message
    assert student_processes() == []


def test_a_fault_of_the_checker_is_never_a_verdict_on_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(judging, "judge", lambda *_: 1 / 0)
    diagnosis = diagnosed(tmp_path, NEW.format(loss=1, gradient=2))
    assert (diagnosis.verdict, {finding.outcome for finding in diagnosis.findings}) == ("cannot-run", {FAULT})


def test_the_command(tmp_path):
    right, missing = written(tmp_path, NEW.format(loss=1, gradient=2) + BOTH), tmp_path / "missing.py"
    command = [sys.executable, "-m", "staff", "diagnose", "--unsafe", str(right), str(missing)]
    done = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["file"], row["verdict"]) for row in rows] == [(str(right), "right"), (str(missing), "cannot-run")]
    assert set(rows[0]["findings"][0]) >= {"claim", "outcome", "measured", "cause", "message"}
    assert {row["verdict"] for row in rows} <= set(VERDICTS)
    plain = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert plain.stdout.startswith(f"{right}: right\n")
    assert f"\n{missing}: cannot-run\n" in plain.stdout


def test_neither_a_name_nor_an_error_writes_on_the_terminal_as_it_likes(tmp_path, capsys):
    path = tmp_path / "a.py: right\n\x1b[31mb.py"
    path.write_text("def svm_loss_naive(*given):\n    raise ValueError('x\\nb.py: right \\x1b[31m')\n")
    for file in (path, tmp_path / "missing\nb.py"):
        main(["diagnose", str(file)])
        lines = capsys.readouterr().out.splitlines()
        assert not any("\x1b" in line or line.startswith("b.py") for line in lines)
        assert [line for line in lines if not line.startswith("  ")] == lines[:1]
