"""`python -m cs231n.checks` and pytest in the student's folder, as a student runs them."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from cs231n.assignments import ASSIGNMENTS, NOTEBOOKS, REGIONS, SUBJECTS
from cs231n.checks.assignment import filled_regions

PASSED = sum(len(set().union(*(REGIONS[name].weights for name in row.regions))) for row in SUBJECTS.values())
SKIPPED = sum(row.is_in_notebook and row.points > 0 for row in REGIONS.values())


def run(folder, *options, module="cs231n.checks"):
    command = [sys.executable, "-m", module, *options]
    return subprocess.run(
        command, cwd=folder / "assignment1", capture_output=True, text=True, encoding="utf-8", check=False
    )


def spoil(folder, old, new):
    path = folder / "assignment1" / SUBJECTS["svm_loss_naive"].file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.long
def test_a_solved_assignment(solved):
    done = run(solved)
    assert done.returncode == 0, done.stderr
    assert f"{PASSED} passed, 0 failed, {SKIPPED} not reached" in done.stdout
    assert "FAIL" not in done.stdout
    tests = run(solved, "-q", "-c", os.devnull, "--rootdir", ".", module="pytest")
    assert tests.returncode == 0, tests.stdout
    assert f"{PASSED} passed, {SKIPPED} skipped" in tests.stdout


def test_an_untouched_assignment(untouched):
    done = run(untouched)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in run(untouched, "--json").stdout.splitlines()]
    assert f"0 passed, 0 failed, {len(rows)} not reached" in done.stdout
    assert {row["outcome"] for row in rows} == {"not started"}
    assert {row["region"] for row in rows} == {name for name, row in REGIONS.items() if row.points}


@pytest.mark.long
def test_one_region(solved, untouched):
    done = run(solved, "--region", "predict")
    assert (done.returncode, done.stdout.count("predict:")) == (0, 1)
    assert run(untouched, "--region", "predict").returncode == 1  # what is not started has not passed
    spoil(solved, "dW = dW / num_train + 2 * reg * W", "dW = dW / num_train + reg * W")
    assert run(solved, "--region", "predict").returncode == 0
    done = run(solved, "--region", "svm-naive-gradient", "--json")
    assert done.returncode == 1
    assert {json.loads(line)["region"] for line in done.stdout.splitlines()} == {"svm-naive-gradient"}
    spoil(solved, "import numpy as np", "import numpy as np\n)")
    assert run(solved, "--region", "predict").returncode == 0  # which stands in another file
    done = run(solved, "--region", "svm-vectorized-loss")
    assert done.returncode == 1
    assert re.search(r"the file cannot be imported: linear_svm.py line \d+: SyntaxError: unmatched '\)'", done.stdout)


def test_a_mistake(solved):
    spoil(solved, "dW = dW / num_train + 2 * reg * W", "dW = dW / num_train + reg * W")
    done = run(solved, "--json")
    assert done.returncode == 1
    failed = [json.loads(line) for line in done.stdout.splitlines() if '"fail"' in line]
    assert [(row["claim"], row["cause"]) for row in failed] == [
        ("svm_loss_naive: gradient, regularizer", "gradient.regularizer.factor-1")
    ]
    tests = run(solved, "-q", "-c", os.devnull, "--rootdir", ".", module="pytest")
    assert tests.returncode == 1
    assert "Your regularization gradient is half of what the loss asks for" in tests.stdout
    assert f"1 failed, {PASSED - 1} passed, {SKIPPED} skipped" in tests.stdout
    assert "Traceback" not in tests.stdout


@pytest.mark.parametrize(
    ("new", "said"),
    [("dW = (dW / num_train", "linear_svm.py line"), ("dW = unknown", "NameError: name 'unknown' is not defined")],
)
def test_a_file_that_does_not_run(solved, new, said):
    spoil(solved, "dW = dW / num_train + 2 * reg * W", new)
    done = run(solved)
    assert done.returncode == 1
    assert said in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


LOSSES, TRAINING = SUBJECTS["svm_loss_naive"].file, SUBJECTS["LinearClassifier"].file
NO_PACKAGE = (
    "line 1: ModuleNotFoundError: No module named 'no_such_package'. no_such_package is no package of requirements.txt"
)
BROKEN = {  # the file in which it is, what stands there before and behind the student's text, and what is said
    "not closed": (TRAINING, b"", b"x = (1,\n\n", r"linear_classifier.py line \d+: SyntaxError: '\(' was never closed"),
    "a zero byte": (
        TRAINING,
        b"",
        b"\0\n",
        "linear_classifier.py: .* string cannot contain null bytes",
    ),
    "no such encoding": (LOSSES, b"# coding: klingon\n", b"", "linear_svm.py: SyntaxError: unknown encoding: klingon"),
    "indentation": (LOSSES, b"if 1:\nx = 1\n", b"", "linear_svm.py line 2: .* after 'if' statement on line 1"),
    "tabs": (LOSSES, b"if 1:\n        x = 1\n\ty = 2\n", b"", "linear_svm.py line 3: TabError: .* in indentation"),
    "an f-string": (LOSSES, b'x = 1\ny = f"""\n\n{x 1}"""\n', b"", r"linear_svm.py line \d: .* forgot a comma\?"),
    "a package": (LOSSES, b"import no_such_package\n", b"", f"linear_svm.py {NO_PACKAGE}"),
    "a package of the other": (TRAINING, b"import no_such_package\n", b"", f"linear_classifier.py {NO_PACKAGE}"),
    "no part of NumPy": (LOSSES, b"import numpy.no\n", b"", "linear_svm.py line 1: .*No module named 'numpy.no'"),
    "in a lambda": (LOSSES, b"(lambda: 1 / 0)()\n", b"", "linear_svm.py line 1: ZeroDivisionError: division by zero"),
    "in C": (LOSSES, b"\nlist(map(int, 'a'))\n", b"", "linear_svm.py line 2: .* with base 10: 'a'"),
    "in exec": (LOSSES, b"\nexec('x\\n\\n= =')\n", b"", "linear_svm.py line 2: SyntaxError: invalid syntax"),
    "an end": (LOSSES, b"raise SystemExit(3)\n", b"", "linear_svm.py line 1: SystemExit: 3"),
    "another file": (LOSSES, b"from . import mine\n", b"", "mine.py line 2: NameError: name 'unknown' is not defined"),
    "no file": (LOSSES, None, b"", "linear_svm.py: ModuleNotFoundError: .* The file is missing: put"),
}
OFTEN = ("not closed", "a zero byte", "another file")


@pytest.mark.parametrize(
    "case", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.long) for name in BROKEN]
)
def test_a_file_that_cannot_be_imported_is_named_and_costs_the_other_nothing(solved, case):
    file, before, behind, said = BROKEN[case]
    path = solved / "assignment1" / file
    (path.parent / "mine.py").write_text("x = 1\ny = unknown\n")
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before + path.read_bytes() + behind)
    rows = [json.loads(line) for line in run(solved, "--json").stdout.splitlines()]
    broken = {name for name, region in REGIONS.items() if region.file == file}
    assert {row["region"] for row in rows if row["outcome"] != "pass" and "notebook" not in row["measured"]} >= broken
    failed = [row for row in rows if row["outcome"] == "fail"]
    assert {row["region"] for row in failed} < broken
    for row in failed:
        assert re.search(said, row["measured"])
        assert "line None" not in row["measured"]
    passed = {row["region"] for row in rows if row["outcome"] == "pass"}
    assert passed == {name for name, region in REGIONS.items() if not region.is_in_notebook} - broken


def test_a_notebook_that_is_none(solved):
    (solved / "assignment1" / "svm.ipynb").write_text("{", encoding="utf-8")
    done = run(solved)
    assert done.returncode == 1
    assert "svm.ipynb: expected a notebook, found none that can be read" in done.stdout.replace("\n          ", " ")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_regions_of_a_notebook(untouched, solved, name):
    (assignment,) = (assignment for assignment in ASSIGNMENTS if name in assignment.notebooks)
    regions = {region for region, row in assignment.regions.items() if row.is_in_notebook}
    assert filled_regions(untouched / "assignment1" / name) == dict.fromkeys(regions, False)
    assert filled_regions(solved / "assignment1" / name) == dict.fromkeys(regions, True)


def test_an_answer_in_either_notebook_counts(untouched, solved):
    shutil.copy(solved / "assignment1" / "svm.ko.ipynb", untouched / "assignment1")
    done = run(untouched, "--json")
    outcomes = {row["region"]: row["outcome"] for row in map(json.loads, done.stdout.splitlines())}
    assert outcomes["inline-1"] == outcomes["tune"] == "not run"
    assert not any(region.startswith("try-") for region in outcomes)


@pytest.mark.long
def test_korean(untouched, monkeypatch):
    monkeypatch.setenv("CS231N_LANG", "ko")
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    rows = run(untouched, "--json").stdout.splitlines()
    assert f"통과 0, 실패 0, 미도달 {len(rows)}" in run(untouched).stdout


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single process")
def test_watch_runs_again_at_each_save(solved, tmp_path, monkeypatch):
    monkeypatch.setenv("CS231N_SECONDS", "3")
    with (tmp_path / "out").open("w", encoding="utf-8") as out:
        command = [sys.executable, "-m", "cs231n.checks", "--watch"]
        watcher = subprocess.Popen(
            command,
            cwd=solved / "assignment1",
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
        )

    def wait_for(text, count=1):
        for _ in range(300):
            if " ".join((tmp_path / "out").read_text(encoding="utf-8").split()).count(text) == count:
                return
            time.sleep(0.1)
        raise AssertionError((tmp_path / "out").read_text(encoding="utf-8"))

    try:
        wait_for(f"{PASSED} passed, 0 failed")
        spoil(solved, "dW = dW / num_train + 2 * reg * W", "dW = dW / num_train")
        wait_for(f"{PASSED - 1} passed, 1 failed")
        endless = "    loss = 0.0\n    while True:\n        pass\n"
        spoil(solved, "    loss = 0.0\n", endless)
        wait_for("in svm_loss_naive: no end within 3 seconds")
        spoil(solved, endless, "    loss = 0.0\n")
        wait_for(f"{PASSED - 1} passed, 1 failed", count=2)
    finally:
        watcher.send_signal(signal.SIGINT)
        watcher.wait(timeout=20)
    assert watcher.returncode == 0
    assert "Traceback" not in (tmp_path / "out").read_text(encoding="utf-8")
