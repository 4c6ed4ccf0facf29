"""Where the zip goes: full, read-only, shared or interrupted; the old zip is replaced by a whole one only."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from cs231n.submission import __main__ as command
from cs231n.submission import archive

from .handed import POSIX

pytestmark = pytest.mark.usefixtures("without_typst")


@pytest.mark.long
def test_the_same_input_gives_the_same_bytes(handed):
    zips = []
    for _ in range(2):
        handed.run("--no-run", SOURCE_DATE_EPOCH="1700000000")
        zips.append(handed.zip.read_bytes())
        os.utime(handed.folder / "svm.ipynb", (1, 1))
    assert zips[0] == zips[1]
    assert handed.receipt()["time"] == "2023-11-14T22:13:20+00:00"


@pytest.mark.long
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
@pytest.mark.long
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


@pytest.mark.long
def test_what_is_too_large_is_named(handed):
    with (handed.folder / "cs231n" / "huge.py").open("wb") as file:
        file.truncate(8_000_000_000)  # said at once, and not read
    done = handed.run("--no-run")
    assert done.returncode == 1
    assert "the files take more than 50 MB. Too large: cs231n/huge.py (8000 MB). Move out" in done.err
    (handed.folder / "cs231n" / "huge.py").unlink()
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    cell = next(cell for cell in notebook.cells if cell.id == "load")
    cell.outputs = [nbformat.v4.new_output("stream", text="x" * 60_000_000)]
    nbformat.write(notebook, path)
    done = handed.run("--no-run")
    assert done.returncode == 1
    assert "the files take more than 50 MB. Too large: svm.ipynb (61 MB). Move out" in done.err
    assert handed.is_old()


def test_no_zip_is_made_that_would_be_refused(begun):
    begun.edit("cs231n/classifiers/linear_svm.py", lambda text: text + "#" * (1 << 20))
    done = begun.run("--no-run")
    assert done.returncode == 1
    assert "it would not be accepted. cs231n/classifiers/linear_svm.py has more than 1 MB." in done.err
    assert begun.is_old()


@POSIX
@pytest.mark.long
def test_odd_names_are_packed_and_read_again(begun):
    for name in (
        "Screenshot 2.11.02\u202fPM.py",
        "a: b.py",
        "one\ntwo.py",
        "back\\slash.py",
        "\U0001f469\u200d\U0001f52c.py",
    ):
        (begun.folder / "cs231n" / name).write_text("")
    done = begun.run("--no-run")
    assert done.returncode == 0
    assert "left out, as links or as no part of the assignment: cs231n/back\\slash.py" in done.out
    done = begun.run("--check", str(begun.zip))
    assert done.returncode == 0
    assert "the receipt of" in done.out
    assert "not asked for" not in done.out


def test_too_large_names_no_more_than_needed(monkeypatch):
    monkeypatch.setattr(archive, "LIMIT", 10)
    assert archive.too_large({"a": 5, "b": 4}) == []
    assert archive.too_large({"a": 6, "b": 5, "c": 1}) == [("a", 6)]


SLOW = "import time\nopen('{}', 'w').close()\ntime.sleep(100)"


@POSIX
@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=[] if step == "run" else pytest.mark.long) for step in ("checks", "run", "pdf")]
)
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


@pytest.mark.long
def test_two_at_once(handed):
    processes = [handed.start("--no-run") for _ in range(2)]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert "svm.ipynb" in handed.files()
    assert not [path for path in handed.folder.iterdir() if path.name.startswith(".")]


@POSIX
@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=[] if step == 3 else pytest.mark.long) for step in range(1, 9)]
)
def test_ctrl_c_at_the_end_of_each_step(handed, monkeypatch, capsys, step):
    """In this process: all of it ends where it should, and what is said of the zip is true."""

    def say(line, end="\n"):
        if line.startswith(f"[{step}/8]"):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(command, "_say", say)
    monkeypatch.setattr("cs231n.submission.collect.run_checks", lambda *given: ([], "left out"))
    monkeypatch.setenv("CS231N_BROWSER", "none")
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is started without it
    try:
        monkeypatch.setattr(command, "FOLDER", handed.folder)
        assert command.main(["--no-run", "--out", str(handed.folder)]) == 130
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    err = capsys.readouterr().err
    if step < 7:
        assert "Stopped by you. No zip was made, and an older one is as it was." in err
        assert handed.is_old()
    else:
        assert f"Stopped by you, when the zip was already made: {handed.zip} is whole." in err
        assert "receipt.json" in handed.files()
    assert not [path for path in handed.folder.iterdir() if path.name.startswith(".")]


@pytest.mark.long
def test_a_folder_that_is_not_there_is_made(handed, tmp_path):
    assert handed.run("--no-run", "--out", str(tmp_path / "new" / "deeper")).returncode == 0
    assert (tmp_path / "new" / "deeper" / "a1_code_submission.zip").is_file()
    assert handed.is_old()


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_limit_on_time_that_is_none(seconds, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(["--seconds", seconds])
    assert stopped.value.code == 2
    assert "argument --seconds: " in capsys.readouterr().err
