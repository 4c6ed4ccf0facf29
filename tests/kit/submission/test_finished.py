"""A finished assignment, in a folder as students have them: all of it arrives, and nothing else."""

import hashlib
import os
import subprocess
import sys
import venv

import nbformat
import pytest
from pypdf import PdfReader

from cs231n.submission.pdf import find_browser

from ...room import HAS_ROOM
from .handed import IN_FILES, Handed

CAN_PRINT = find_browser() and HAS_ROOM


def run_collect(root, cwd):
    """Call the script at the top, as a student calls it."""
    return subprocess.run(
        ["bash", str(root / "collectSubmission.sh")],
        cwd=cwd,
        env=os.environ | {"PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_notebook_is_executed_to_its_end(handed, tmp_path, without_typst):
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    end = next(number for number, cell in enumerate(notebook.cells) if cell.id == "naive-loss") + 1
    notebook.cells = notebook.cells[:end]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    before = path.read_bytes()
    done = run_collect(handed.folder.parent, tmp_path)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == before
    executed = nbformat.reads(handed.files()["svm.ipynb"].decode(), 4)
    counts = [cell.execution_count for cell in executed.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert handed.receipt()["notebook"] == {"name": "svm.ipynb", "executed": True}
    assert executed.cells[-1].outputs[0].text.startswith("loss: ")
    assert "loss: " in handed.files()["svm.html"].decode()
    if CAN_PRINT:
        reader = PdfReader(handed.folder / "a1_inline_submission.pdf")
        assert f"a1_inline_submission.pdf, {len(reader.pages)} pages" in done.stdout
        assert "loss: " in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.long
@pytest.mark.skipif(not CAN_PRINT, reason="no Chrome, Edge or Chromium that starts is installed here")
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
    done = run_collect(root, tmp_path)
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
    assert {row["region"] for row in receipt["findings"] if row["outcome"] == "pass"} == IN_FILES | {"tune"}
    assert {row["outcome"] for row in receipt["findings"] if row["region"] in IN_FILES} == {"pass"}
    executed = nbformat.reads(files["svm.ipynb"].decode(), 4)
    counts = [cell.execution_count for cell in executed.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    page = files["svm.html"].decode()
    pictures = sum("image/png" in o.get("data", {}) for cell in executed.cells for o in cell.get("outputs", []))
    assert pictures == 10
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
