"""A class is graded: whatever happens on the way, each submission once and the same."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from cs231n.assignments import REGIONS
from cs231n.assignments.svm import ASSIGNMENT as SVM
from cs231n.checks.findings import say
from staff.__main__ import main
from staff.authoring.paths import ROOT
from staff.grading.course import grade_course

from ..results import AUTOMATIC, MOST, PEOPLE


def results(out):
    found = {path.parent.name: json.loads(path.read_text()) for path in sorted(out.glob("*/result.json"))}
    return {name: {key: value for key, value in row.items() if key != "cost"} for name, row in found.items()}


def grade(course, out, workers=1, **options):
    return grade_course(course, out, seed=7, workers=workers, **options)


@pytest.fixture(scope="module")
def graded(course, tmp_path_factory):
    out = tmp_path_factory.mktemp("graded") / "grades"
    summary = grade(course, out, workers=2)
    assert (summary.failed, summary.problems, summary.kept) == ({}, [], 0)
    return out


def test_points_and_what_is_there(graded, course):
    found = results(graded)
    assert set(found) == {path.stem for path in course.glob("*.zip")}
    assert (found["finished"]["points"], found["finished"]["open"]) == (AUTOMATIC, MOST - AUTOMATIC)
    assert (found["untouched"]["points"], found["untouched"]["open"]) == (0, 0)
    assert (found["no-zip"]["status"], found["no-zip"]["points"]) == ("refused", 0)
    mistaken = found["svm_loss_naive-no-factor-2"]
    (naive,), (*_, vectorized) = (subject.regions for subject in SVM.subjects[:2])
    assert mistaken["regions"][naive]["earned"] < REGIONS[naive].points
    assert mistaken["regions"][vectorized]["earned"] == REGIONS[vectorized].points
    assert "gradient.regularizer.factor-1" in {finding["cause"] for finding in mistaken["findings"]}
    for name in found:
        assert {path.name for path in (graded / name).iterdir()} == {"result.json", "report.json", "feedback.html"}
        report = json.loads((graded / name / "report.json").read_text(encoding="utf-8"))
        most, scores = ([test.get(key, 0) for test in report["tests"]] for key in ("max_score", "score"))
        assert (round(sum(most), 9), round(sum(scores), 9)) == (MOST, report["score"])
    names = {path.name for path in graded.iterdir() if path.is_file()}
    answers = {f"answers-{region}.html" for region in PEOPLE}
    assert names == {"run.json", "grades.csv", "marks.csv", "class.html", *answers}
    assert graded.stat().st_mode & 0o077 == 0


def test_the_number_of_workers_changes_nothing(graded, course, tmp_path):
    grade(course, tmp_path / "one")
    assert results(tmp_path / "one") == results(graded)
    assert (tmp_path / "one" / "grades.csv").read_bytes() == (graded / "grades.csv").read_bytes()


def test_another_seed_is_another_exam(graded, course, tmp_path):
    summary = grade_course(course, tmp_path / "other", workers=1)
    assert summary.failed == {}
    one, other = results(graded), results(tmp_path / "other")
    assert {name: row["points"] for name, row in one.items()} == {name: row["points"] for name, row in other.items()}
    name = "svm_loss_naive-no-factor-2"
    measured = [[finding["measurement"] for finding in found[name]["findings"]] for found in (one, other)]
    assert measured[0] != measured[1]


def test_only_what_is_new_is_graded(course, tmp_path, finished):
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("finished", "untouched"):
        (folder / f"{name}.zip").write_bytes((course / f"{name}.zip").read_bytes())
    out = tmp_path / "grades"
    assert grade(folder, out).graded == 2
    before = (out / "finished" / "result.json").stat().st_mtime_ns
    (folder / "untouched.zip").write_bytes((course / "finished.zip").read_bytes())
    summary = grade(folder, out)
    assert (summary.graded, summary.kept) == (1, 1)
    assert (out / "finished" / "result.json").stat().st_mtime_ns == before
    assert results(out)["untouched"]["points"] == AUTOMATIC


@pytest.mark.long
def test_a_killed_run_goes_on(graded, course, tmp_path):
    command = [sys.executable, "-m", "staff", "grade", course, "--out", tmp_path / "grades", "--seed", "7"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    limit = time.monotonic() + 60
    while len(results(tmp_path / "grades")) < 3 and time.monotonic() < limit:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for folder in (tmp_path / "grades", tmp_path / "grades" / "finished"):  # it was just writing
        folder.mkdir(exist_ok=True)
        (folder / ".result.json-1mpvr8gi").touch()
    there = {path: path.stat().st_mtime_ns for path in (tmp_path / "grades").glob("*/result.json")}
    summary = grade(course, tmp_path / "grades")
    assert summary.kept == len(there) >= 3
    assert summary.graded + summary.kept == len(results(graded))
    assert all(path.stat().st_mtime_ns == written for path, written in there.items())
    assert results(tmp_path / "grades") == results(graded)
    assert list((tmp_path / "grades").glob("**/.*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single process")
def test_ctrl_c_ends_a_run_at_once_and_keeps_what_was_graded(course, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "staff", "grade", course, "--out", tmp_path / "grades", "--workers", "1"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    limit = time.monotonic() + 60
    while not results(tmp_path / "grades") and time.monotonic() < limit:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted. What was graded is kept; the same command goes on." in said
    assert results(tmp_path / "grades")


def test_marks_go_into_grades_and_feedback(course, tmp_path):
    out = tmp_path / "grades"
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "kim.zip").write_bytes((course / "finished.zip").read_bytes())
    grade(folder, out)
    marks = (out / "marks.csv").read_text(encoding="utf-8-sig")
    (out / "marks.csv").write_text(marks.replace("kim,inline-1,,", "kim,inline-1,7.5,well seen"), encoding="utf-8")
    assert grade(folder, out).graded == 0
    most = REGIONS["inline-1"].points
    assert f"kim,{AUTOMATIC + 7.5},{MOST},{MOST - AUTOMATIC - most}," in (out / "grades.csv").read_text(
        encoding="utf-8-sig"
    )
    assert "well seen" in (out / "kim" / "feedback.html").read_text(encoding="utf-8")
    assert json.loads((out / "kim" / "report.json").read_text())["score"] == AUTOMATIC + 7.5
    (out / "marks.csv").write_text(marks.replace("kim,inline-1,,", f"kim,inline-1,{most + 1},"), encoding="utf-8")
    assert f"expected 0 to {most} points for inline-1, found {most + 1}" in grade(folder, out).problems[0]
    assert json.loads((out / "kim" / "report.json").read_text())["score"] == AUTOMATIC


def test_folders_are_submissions_too(tmp_path, finished):
    for name, content in finished.items():
        path = tmp_path / "submissions" / "Lee Jia" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    grade(tmp_path / "submissions", tmp_path / "grades")
    assert results(tmp_path / "grades")["Lee Jia"]["points"] == AUTOMATIC


def test_a_worker_that_is_told_to_end_while_it_leaves_its_sandboxes_leaves_them_first(tmp_path):
    program = """
import os, signal, sys
from multiprocessing import util
from staff.grading import pool
signal.signal(signal.SIGTERM, lambda *_: os._exit(3))  # as a pool has it
pool._prepare(sys.argv[1])
leave = lambda: (os.kill(os.getpid(), signal.SIGTERM), print("left", flush=True))
if sys.argv[2] == "leaving":
    util.Finalize(None, leave, exitpriority=1)
    util._exit_function()
else:
    leave()
"""
    for state, printed, status in (("leaving", "left\n", 0), ("working", "", 3)):
        command = [sys.executable, "-c", program, str(tmp_path), state]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert (done.stdout, done.returncode) == (printed, status), done.stderr


def test_a_class_that_cannot_be_graded(tmp_path, capsys, graded, course):
    assert main(["grade", str(tmp_path / "nowhere"), "--out", str(tmp_path / "a")]) == 1
    assert "expected a folder of zips, found none" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert main(["grade", str(tmp_path / "empty"), "--out", str(tmp_path / "a")]) == 1
    assert "expected submissions as zips or folders, found none" in capsys.readouterr().err
    assert main(["grade", str(course), "--out", str(graded), "--seed", "8"]) == 1
    assert "was graded with another seed than 8" in capsys.readouterr().err


@pytest.mark.long
def test_the_notebook_is_executed_in_the_sandbox(tmp_path, finished):
    pytest.importorskip("ipykernel")
    book = json.loads(finished[SVM.notebooks[0]])
    setup = next(cell for cell in book["cells"] if cell["id"] == "setup")
    escape = "import os, socket\nassert not os.path.exists('/etc/passwd') and not os.path.exists('/root/.bashrc')\n"
    setup["source"] = escape + "socket.create_connection(('192.0.2.1', 80), timeout=5)"
    files = finished | {SVM.notebooks[0]: json.dumps(book).encode()}
    for name, content in files.items():
        path = tmp_path / "submissions" / "kim" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    grade(tmp_path / "submissions", tmp_path / "grades", run_notebook=True)
    result = results(tmp_path / "grades")["kim"]
    if result["isolation"] != "bubblewrap":
        pytest.skip("only bubblewrap keeps a notebook apart")
    assert (result["notebook"]["executed"], result["notebook"]["cell"]) == (False, "setup")
    assert "Network is unreachable" in say(result["notebook"]["reason"])
    assert result["points"] == AUTOMATIC
