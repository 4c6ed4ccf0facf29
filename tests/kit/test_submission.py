"""Handing in, as a student does it, on real folders: what is printed, the exit status, and what is in the zip."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import venv
import zipfile
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader

from cs231n.submission import archive
from cs231n.submission.given import digest, edited
from cs231n.submission.pdf import count_pages, find_browser, make_pdf

OLD = b"the zip of yesterday"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the signals and permissions of POSIX")


class Handed:
    """A folder of a student, and the tool run in it."""

    def __init__(self, root):
        self.folder = root / "assignment1"
        self.zip = self.folder / "a1_code_submission.zip"
        self.zip.write_bytes(OLD)

    def start(self, *options, wrapper=(), **environment):
        environment = {"CS231N_BROWSER": "none", "PYTHONIOENCODING": "utf-8", **environment}
        return subprocess.Popen(
            [*wrapper, sys.executable, "-m", "cs231n.submission", *options],
            cwd=self.folder,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # A job in the background ignores Ctrl-C; a student's is in the foreground.
            preexec_fn=(lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) if os.name == "posix" else None,
        )

    def run(self, *options, **more):
        process = self.start(*options, **more)
        process.out, process.err = process.communicate(timeout=240)
        assert "Traceback" not in process.err
        left = [path.name for path in self.folder.iterdir() if path.name.startswith(".")]
        assert [name for name in left if name != ".pytest_cache"] == []
        return process

    def is_old(self):
        return self.zip.read_bytes() == OLD

    def files(self):
        with zipfile.ZipFile(self.zip) as opened:
            return {name: opened.read(name) for name in opened.namelist()}

    def receipt(self):
        return json.loads(self.files()["receipt.json"])

    def edit(self, name, change):
        path = self.folder / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def insert_cell(self, source, before="load"):
        path = self.folder / "svm.ipynb"
        notebook = nbformat.read(path, 4)
        place = next(number for number, cell in enumerate(notebook.cells) if cell.id == before)
        notebook.cells.insert(place, nbformat.v4.new_code_cell(source, id="mine"))
        nbformat.write(notebook, path)


@pytest.fixture
def handed(solved):
    (solved / "assignment1" / "svm.ko.ipynb").unlink()  # this student works in English
    return Handed(solved)


@pytest.fixture
def begun(untouched):
    return Handed(untouched)


@pytest.mark.skipif(not find_browser(), reason="no Chrome, Edge or Chromium is installed here")
def test_a_finished_assignment(handed, tmp_path):
    """In a path with spaces and Korean letters, with files of the student's own and much that is not handed in."""
    root = tmp_path / "my course" / "과제 1"
    root.parent.mkdir()
    handed = Handed(handed.folder.parent.rename(root))
    folder = handed.folder
    (folder / "cs231n" / "my helper.py").write_text("x = 1\n")
    (folder / "cs231n" / "도우미.py").write_text("y = 2\n", encoding="utf-8")
    (folder / "cs231n" / "data.csv").write_text("1,2")
    (folder / "cs231n" / ".hidden.py").write_text("")
    (folder / "cs231n" / ".ipynb_checkpoints").mkdir()
    (folder / "cs231n" / ".ipynb_checkpoints" / "old.py").write_text("")
    venv.create(folder / "cs231n" / "env", symlinks=os.name == "posix")
    (folder / "other.ipynb").write_text("{}")
    if os.name == "posix":
        (tmp_path / "secret.py").write_text("secret")
        (folder / "cs231n" / "link.py").symlink_to(tmp_path / "secret.py")
    before = (folder / "svm.ipynb").read_bytes()
    done = subprocess.run(
        ["bash", str(root / "collectSubmission.sh")],
        cwd=tmp_path,
        env=os.environ | {"PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"Complete. Hand in {handed.zip}." in done.stdout
    assert [line[:5] for line in done.stdout.splitlines()[:8]] == [f"[{n}/8]" for n in range(1, 9)]
    assert "left out, as links or as no part of the assignment: cs231n/env" in done.stdout
    assert (folder / "svm.ipynb").read_bytes() == before

    files = handed.files()
    assert {"svm.ipynb", "svm.html", "receipt.json", "cs231n/my helper.py", "cs231n/도우미.py"} <= set(files)
    others = [name for name in files if not (name.startswith("cs231n/") and name.endswith(".py"))]
    assert sorted(others) == ["receipt.json", "svm.html", "svm.ipynb"]
    assert not any(part in name for name in files for part in ("env/", "hidden", "checkpoints", "link"))
    receipt = handed.receipt()
    assert receipt["sha256"] == {name: hashlib.sha256(files[name]).hexdigest() for name in receipt["sha256"]}
    assert set(receipt["sha256"]) == set(files) - {"receipt.json"}
    assert receipt["notebook"] == {"name": "svm.ipynb", "executed": True}
    assert receipt["incomplete"] == []
    assert sum(row["outcome"] == "pass" for row in receipt["findings"]) == 27
    executed = nbformat.reads(files["svm.ipynb"].decode(), 4)
    counts = [cell.execution_count for cell in executed.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    page = files["svm.html"].decode()
    pictures = sum("image/png" in o.get("data", {}) for cell in executed.cells for o in cell.get("outputs", []))
    assert pictures == 8
    assert page.count('<img alt="No description has been provided for this image"') == pictures
    assert "<math" in page
    assert "default-src 'none'" in page
    reader = PdfReader(folder / "a1_inline_submission.pdf")
    assert f"a1_inline_submission.pdf, {len(reader.pages)} pages" in done.stdout
    assert sum(len(page.images) for page in reader.pages) == pictures
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Stochastic gradient descent" in text
    assert "\N{GREEK SMALL LETTER LAMDA}" in text or "\N{MATHEMATICAL ITALIC SMALL LAMDA}" in text

    check = handed.run("--check", str(handed.zip))
    assert check.returncode == 0
    assert f"matches all {len(files) - 1} files" in check.out


def test_an_untouched_assignment_is_incomplete(begun):
    done = begun.run("--no-run")
    assert done.returncode == 0
    assert "INCOMPLETE: 100 of 100 points are at stake" in done.out
    assert "svm-naive-gradient (gradient with loops): not started, 20 points" in done.out
    assert "inline-2 (inline question 2: templates): not started, 10 points" in done.out
    assert begun.receipt()["incomplete"]
    assert begun.run("--no-run", "--strict").returncode == 1
    assert not begun.is_old()


def test_a_half_finished_assignment_says_what_is_at_stake(begun, handed):
    shutil.copy(handed.folder / "cs231n/classifiers/linear_svm.py", begun.folder / "cs231n/classifiers")
    begun.edit("cs231n/classifiers/linear_svm.py", lambda text: text.replace("+ 2 * reg * W", "+ reg * W"))
    done = begun.run("--no-run")
    assert done.returncode == 0
    assert "INCOMPLETE: 85 of 100 points are at stake" in done.out
    assert "svm-naive-gradient (gradient with loops): fails its checks, 20 points" in done.out
    assert "svm-vectorized-loss" not in done.out
    assert "train-sample (drawing a batch): not started, 5 points" in done.out


def test_missing_files_are_all_named_and_there_is_no_zip(handed):
    for name in ("svm.ipynb", "cs231n/classifiers/linear_svm.py"):
        (handed.folder / name).unlink()
    done = handed.run()
    assert done.returncode == 1
    assert "lacks svm.ipynb, cs231n/classifiers/linear_svm.py; no zip was made" in done.err
    assert handed.is_old()


def test_the_notebook_that_was_worked_in_is_handed_in(begun, solved):
    def notebooks():
        begun.run("--no-run")
        return [name for name in begun.files() if name.endswith(".ipynb")]

    assert notebooks() == ["svm.ipynb"]
    shutil.copy(solved / "assignment1" / "svm.ko.ipynb", begun.folder)
    assert notebooks() == ["svm.ko.ipynb"]
    (begun.folder / "svm.ipynb").write_text("{")
    assert notebooks() == ["svm.ipynb", "svm.ko.ipynb"]


@POSIX
def test_a_required_file_that_is_a_link_out_of_the_folder_is_missing(handed, tmp_path):
    path = handed.folder / "cs231n/classifiers/linear_svm.py"
    path.rename(tmp_path / "linear_svm.py")
    path.symlink_to(tmp_path / "linear_svm.py")
    done = handed.run("--no-run")
    assert done.returncode == 1
    assert "lacks cs231n/classifiers/linear_svm.py" in done.err


def test_a_syntax_error_is_handed_in_and_said(handed):
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text.replace("loss = 0.0", "loss = = 0.0"))
    done = handed.run("--seconds", "100")
    assert done.returncode == 0
    assert "INCOMPLETE: 70 of 100 points are at stake" in done.out
    assert "svm-naive-gradient (gradient with loops): fails its checks, 20 points" in done.out
    assert "the notebook stops at cell setup (1 of 31): SyntaxError: " in done.out
    assert handed.receipt()["notebook"]["stopped"]["cell"] == "setup"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("while True: pass", "more than 8 seconds"),
        ("import os; os._exit(1)", "the kernel died"),
        ("raise ValueError('no')", "ValueError: no"),
    ],
)
def test_a_notebook_that_does_not_run_to_its_end(handed, source, reason):
    handed.insert_cell(source)
    before = (handed.folder / "svm.ipynb").read_bytes()
    done = handed.run("--seconds", "8")
    assert done.returncode == 0
    assert f"the notebook stops at cell mine (2 of 32): {reason}" in done.out
    assert "INCOMPLETE: 0 of 100 points are at stake" in done.out
    assert "outputs below that cell are those that you saved" in done.out
    assert (handed.folder / "svm.ipynb").read_bytes() == before
    notebook = nbformat.reads(handed.files()["svm.ipynb"].decode(), 4)
    assert next(cell for cell in notebook.cells if cell.id == "weights").outputs  # as the student saved it
    assert "svm.html" in handed.files()


def test_a_cell_that_prints_without_end(handed):
    handed.insert_cell("while True: print('x' * 10_000)")
    done = handed.run("--seconds", "100")
    assert done.returncode == 0
    assert "the notebook stops at cell mine (2 of 32): it prints more than a million characters" in done.out
    assert len(handed.files()["svm.ipynb"]) < 30e6


def test_checks_that_hang(handed, monkeypatch):
    monkeypatch.setattr("cs231n.submission.checked.CHECK_SECONDS", 2)
    from cs231n.submission.checked import run_checks

    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text + "\nwhile True: pass\n")
    assert run_checks(handed.folder) == ([], "more than 2 seconds")


def test_checks_whose_process_dies(handed):
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text + "\nimport os; os._exit(3)\n")
    done = handed.run("--no-run")
    assert done.returncode == 0
    assert "the checks did not come to an end: 3" in done.out
    assert "INCOMPLETE: 100 of 100 points are at stake" in done.out


def test_what_the_students_code_prints_is_no_finding(handed):
    noise = "\nprint('{}', '{\"claim\": 1}', 'null', sep='\\n')\n"
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text + noise)
    assert "27 passed, 0 failed, 3 not reached" in handed.run("--no-run").out


def test_a_notebook_saved_half_way_is_handed_in_as_it_is(handed):
    half = (handed.folder / "svm.ipynb").read_bytes()[:20_000]
    (handed.folder / "svm.ipynb").write_bytes(half)
    done = handed.run()
    assert done.returncode == 0
    assert "svm.ipynb cannot be read as a notebook (Unterminated string" in done.out
    assert "it is handed in as it is. Jupyter keeps an older copy in .ipynb_checkpoints." in done.out
    assert "INCOMPLETE: 30 of 100 points are at stake" in done.out
    assert handed.files()["svm.ipynb"] == half


def test_a_notebook_of_an_old_format_and_with_a_byte_order_mark(handed):
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        del cell["id"]
    notebook.nbformat_minor, notebook.cells[2].source = 4, "raise ValueError('no')"
    path.write_text(nbformat.writes(notebook, version=nbformat.NO_CONVERT), encoding="utf-8-sig")
    done = handed.run("--seconds", "60")
    assert "6 of 6 places filled; no longer as given: setup" in done.out.replace("9 of 9", "6 of 6")
    assert "the notebook stops at cell 1 (1 of 31): ValueError: no" in done.out


def test_what_was_edited_is_named(handed):
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.id == "split":
            cell.source = cell.source.replace("sizes.dev", "50")
        if cell.id == "tune":
            cell.source = cell.source.replace("# *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****", "")
    notebook.cells = [cell for cell in notebook.cells if cell.id != "test"]
    nbformat.write(notebook, path)
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text.replace("# delta = 1", "# delta is 1"))
    done = handed.run("--no-run")
    assert "no longer as given: split, tune, test" in done.out
    assert "lines outside of your regions are not as given in cs231n/classifiers/linear_svm.py" in done.out


def test_digests_leave_out_what_stands_in_a_region():
    text = "a\n# *****START OF YOUR CODE (X)*****\n{}\n# *****END OF YOUR CODE (X)*****\nb  \n"
    assert digest(text.format("x = None")) == digest(text.format("x = 1\ny = 2"))
    assert digest(text.format("")) == digest(text.format("") + "\n")
    assert digest(text.format("")) != digest(text.replace("a\n", "c\n").format(""))
    assert edited("unknown.py", "anything") == []


def test_outputs_that_come_from_no_single_run_are_named(handed):
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    next(cell for cell in notebook.cells if cell.id == "train").execution_count = 99
    nbformat.write(notebook, path)
    assert "outputs that were saved do not come from one run from top to bottom" in handed.run("--no-run").out


def test_the_same_input_gives_the_same_bytes(handed):
    zips = []
    for _ in range(2):
        handed.run("--no-run", SOURCE_DATE_EPOCH="1700000000")
        zips.append(handed.zip.read_bytes())
        os.utime(handed.folder / "svm.ipynb", (1, 1))
    assert zips[0] == zips[1]
    assert handed.receipt()["time"] == "2023-11-14T22:13:20+00:00"


def test_without_a_browser_pandoc_and_typst_make_the_pdf(handed):
    done = handed.run("--no-run")
    reader = PdfReader(handed.folder / "a1_inline_submission.pdf")
    assert f"a1_inline_submission.pdf, {len(reader.pages)} pages" in done.out
    assert sum(len(page.images) for page in reader.pages) == 8
    assert "Stochastic gradient descent" in "".join(page.extract_text() for page in reader.pages)


def test_without_either_it_says_how_to_print(handed, tmp_path):
    (tmp_path / "typst.py").write_text("raise ImportError")
    (handed.folder / "a1_inline_submission.pdf").write_bytes(b"an older one")
    done = handed.run("--no-run", PYTHONPATH=str(tmp_path))
    assert "no PDF was made: neither Chrome, Edge nor Chromium could be used. Open " in done.out
    assert "a1_inline_submission.html in any browser and print it to a PDF" in done.out
    assert (handed.folder / "a1_inline_submission.html").is_file()
    assert (handed.folder / "a1_inline_submission.pdf").read_bytes() == b"an older one"


@POSIX
@pytest.mark.parametrize(
    "program", ["exit 0", "sleep 100", 'for a; do case $a in --print-to-pdf=*) echo no >"${a#*=}";; esac; done']
)
def test_a_browser_that_makes_no_pdf(handed, tmp_path, monkeypatch, program):
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n{program}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("CS231N_BROWSER", str(browser))
    monkeypatch.setattr("cs231n.submission.pdf.SECONDS", 1)
    page = tmp_path / "page.html"
    page.write_text("<p>page</p>")
    (tmp_path / "typst.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(tmp_path)
    assert make_pdf(page, b"{}", tmp_path / "made.pdf") == 0
    assert not (tmp_path / "made.pdf").exists()


def test_pages_are_counted_in_a_real_pdf_only(tmp_path):
    assert count_pages(tmp_path / "none.pdf") == 0
    (tmp_path / "text.pdf").write_text("%PDF-1.4 and no more")
    assert count_pages(tmp_path / "text.pdf") == 0


@POSIX
def test_a_folder_that_cannot_be_written_to(handed, tmp_path):
    wrapper = []
    if os.geteuid() == 0:  # take from root what lets it write everywhere
        wrapper = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    handed.folder.chmod(0o555)
    try:
        done = handed.run("--no-run", wrapper=wrapper)
        assert done.returncode == 1
        assert "no zip was made, and an older one is as it was: [Errno 13] Permission denied" in done.err
        assert "name another folder with --out" in done.err
        assert handed.is_old()
        done = handed.run("--no-run", "--out", str(tmp_path), wrapper=wrapper)
        assert done.returncode == 0
        assert (tmp_path / "a1_code_submission.zip").is_file()
    finally:
        handed.folder.chmod(0o755)


@POSIX
def test_a_full_disk(handed):
    import resource

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    process = subprocess.run(
        [sys.executable, "-m", "cs231n.submission", "--no-run"],
        cwd=handed.folder,
        env=os.environ | {"CS231N_BROWSER": "none"},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1
    assert "no zip was made, and an older one is as it was: [Errno 27] File too large" in process.stderr
    assert handed.is_old()
    assert not [path for path in handed.folder.iterdir() if path.name.startswith(".")]


def test_what_is_too_large_is_named(handed):
    handed.insert_cell("'x' * 60_000_000", before="load")
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    cell = next(cell for cell in notebook.cells if cell.id == "mine")
    cell.outputs = [nbformat.v4.new_output("stream", text="x" * 60_000_000)]
    nbformat.write(notebook, path)
    done = handed.run("--no-run")
    assert done.returncode == 1
    assert "no zip was made: its files take more than 50 MB. Too large: svm.ipynb (61 MB)" in done.err
    assert handed.is_old()


def test_too_large_names_no_more_than_needed(monkeypatch):
    monkeypatch.setattr(archive, "LIMIT", 10)
    assert archive.too_large({"a": b"12345", "b": b"1234"}) == []
    assert archive.too_large({"a": b"123456", "b": b"12345", "c": b"1"}) == [("a", 6)]


SLOW = "import time\nopen('{}', 'w').close()\ntime.sleep(100)"


@POSIX
@pytest.mark.parametrize("step", ["checks", "run", "pdf"])
def test_ctrl_c(handed, tmp_path, step):
    mark, browser = tmp_path / "reached", tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch '{mark}'\nsleep 100\n")
    browser.chmod(0o755)
    options, environment = ["--no-run"] if step == "pdf" else [], {}
    if step == "checks":
        handed.edit("cs231n/classifiers/linear_svm.py", lambda text: f"{text}\n{SLOW.format(mark)}\n")
    elif step == "run":
        handed.insert_cell(SLOW.format(mark), before="setup")
    else:
        environment = {"CS231N_BROWSER": str(browser)}
    process = handed.start(*options, **environment)
    for _ in range(600):
        if mark.exists():
            break
        time.sleep(0.1)
    assert mark.exists()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped by you. No zip was made, and an older one is as it was." in err
    assert "Traceback" not in err
    assert handed.is_old()
    assert not [path for path in handed.folder.iterdir() if path.name.startswith(".")]
    assert not processes_in(handed.folder)


def processes_in(folder):
    """Processes that work in a folder, where the system tells."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            found += [place.parent.name] if place.resolve() == folder else []
    return found


def test_two_at_once(handed):
    processes = [handed.start("--no-run") for _ in range(2)]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert "svm.ipynb" in handed.files()
    assert not [path for path in handed.folder.iterdir() if path.name.startswith(".")]


def test_korean(handed):
    done = handed.run("--no-run", CS231N_LANG="ko")
    assert "[1/8] 파일: svm.ipynb, Python 파일" in done.out
    assert "완료. " in done.out


def write_zip(path, files):
    with zipfile.ZipFile(path, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return path


CLASSIC = {
    "assignment1/svm.ipynb": "{}",
    "assignment1/knn.ipynb": "{}",
    "assignment1/cs231n/classifiers/linear_svm.py": "",
    "assignment1/cs231n/classifiers/linear_classifier.py": "",
    "assignment1/cs231n/datasets/cifar-10-batches-py/data_batch_1": "x",
}


def test_a_classic_zip_is_examined(handed, tmp_path):
    done = handed.run("--check", str(write_zip(tmp_path / "classic.zip", CLASSIC)))
    assert done.returncode == 0
    assert "holds 5 files" in done.out
    assert "nothing that is required is missing" in done.out
    assert "not asked for: assignment1/cs231n/datasets/cifar-10-batches-py/data_batch_1" in done.out
    assert "no receipt: a zip of the classic kit" in done.out
    del CLASSIC["assignment1/cs231n/classifiers/linear_svm.py"]
    done = handed.run("--check", str(write_zip(tmp_path / "classic.zip", CLASSIC)))
    assert done.returncode == 1
    assert "missing: cs231n/classifiers/linear_svm.py" in done.out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.update({"svm.ipynb": b"{}"}), "the receipt does NOT match: svm.ipynb"),
        (lambda files: files.update({"cs231n/new.py": b""}), "the receipt does NOT match: cs231n/new.py"),
        (lambda files: files.pop("svm.html"), "the receipt does NOT match: svm.html"),
        (lambda files: files.update({"receipt.json": b"{"}), "the receipt cannot be read"),
        (lambda files: files.update({"receipt.json": b"[]"}), "the receipt cannot be read"),
        (lambda files: files.update({"receipt.json": b"[" * 100_000}), "the receipt cannot be read"),
        (
            lambda files: files.update({"../out.py": b""}),
            "names that are there twice, or lead out of the zip: ../out.py",
        ),
        (lambda files: files.pop("svm.ipynb"), "missing: svm.ipynb"),
    ],
)
def test_a_zip_that_was_changed_is_found_out(handed, tmp_path, change, said):
    handed.run("--no-run")
    files = handed.files()
    change(files)
    done = handed.run("--check", str(write_zip(tmp_path / "changed.zip", files)))
    assert done.returncode == 1
    assert said in done.out


def test_what_was_incomplete_is_in_the_receipt(begun):
    begun.run("--no-run")
    done = begun.run("--check", str(begun.zip))
    assert done.returncode == 0
    assert "incomplete when it was made: svm-naive-gradient" in done.out


@pytest.mark.parametrize("content", [b"", b"no zip at all", None])
def test_what_is_no_zip(handed, tmp_path, content):
    path = tmp_path / "some.zip"
    if content is not None:
        path.write_bytes(content)
    done = handed.run("--check", str(path))
    assert done.returncode == 1
    assert f"{path}: expected a zip, found none that can be read" in done.err


def test_a_damaged_zip(handed, tmp_path):
    handed.run("--no-run")
    content = bytearray(handed.zip.read_bytes())
    content[len(content) // 2] ^= 255
    (tmp_path / "damaged.zip").write_bytes(content)
    done = handed.run("--check", str(tmp_path / "damaged.zip"))
    assert done.returncode == 1
    assert "expected a zip, found none that can be read" in done.err
