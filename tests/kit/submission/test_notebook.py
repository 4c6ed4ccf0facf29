"""Notebooks that do not run, or are none: the copy is executed as far as it goes, and theirs stays as it is."""

import json

import nbformat
import pytest

from .handed import IN_NOTEBOOK, at_stake

pytestmark = pytest.mark.usefixtures("without_typst")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("while True: pass", "more than 2 seconds"),
        pytest.param("import os; os._exit(1)", "the kernel died", marks=pytest.mark.long),
        pytest.param("raise ValueError('no')", "ValueError: no", marks=pytest.mark.long),
    ],
)
def test_a_notebook_that_does_not_run_to_its_end(handed, source, reason):
    handed.insert_cell(source, before="colab")
    before = (handed.folder / "svm.ipynb").read_bytes()
    done = handed.run("--seconds", "2")
    assert done.returncode == 0
    assert f"the notebook stops at cell mine (1 of {handed.count_cells()}): {reason}" in done.out
    assert at_stake([]) in done.out
    assert "outputs below that cell are those that you saved" in done.out
    assert (handed.folder / "svm.ipynb").read_bytes() == before
    notebook = nbformat.reads(handed.files()["svm.ipynb"].decode(), 4)
    assert next(cell for cell in notebook.cells if cell.id == "weights").outputs  # as the student saved it
    assert "svm.html" in handed.files()


@pytest.mark.long
def test_a_cell_that_prints_without_end(handed):
    handed.insert_cell("while True: print('x' * 10_000)", before="colab")
    done = handed.run("--seconds", "100")
    assert done.returncode == 0
    assert f"at cell mine (1 of {handed.count_cells()}): it prints more than a million characters" in done.out
    assert len(handed.files()["svm.ipynb"]) < 30e6


def test_a_notebook_saved_half_way_is_handed_in_as_it_is(handed):
    half = (handed.folder / "svm.ipynb").read_bytes()[:20_000]
    (handed.folder / "svm.ipynb").write_bytes(half)
    done = handed.run()
    assert done.returncode == 0
    assert "svm.ipynb cannot be read as a notebook (Unterminated string" in done.out
    assert "it is handed in as it is. Jupyter keeps an older copy in .ipynb_checkpoints." in done.out
    assert at_stake(IN_NOTEBOOK) in done.out
    assert handed.files()["svm.ipynb"] == half


@pytest.mark.long
def test_a_notebook_of_an_old_format_and_with_a_byte_order_mark(handed):
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    {cell.id: cell for cell in notebook.cells}["setup"].source = "raise ValueError('no')"
    for cell in notebook.cells:
        del cell["id"]
    notebook.nbformat_minor = 4
    path.write_text(nbformat.writes(notebook, version=nbformat.NO_CONVERT), encoding="utf-8-sig")
    done = handed.run("--seconds", "60")
    assert f"{len(IN_NOTEBOOK)} of {len(IN_NOTEBOOK)} places filled; no longer as given: setup" in done.out
    assert f"the notebook stops at cell 2 (2 of {handed.count_cells()}): ValueError: no" in done.out


def change(path, edit):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    edit(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.long
def test_a_kernel_that_only_an_editor_knows(handed):
    path, kernel = handed.folder / "svm.ipynb", {"name": ".venv", "display_name": "my own", "language": "python"}
    change(path, lambda notebook: notebook["metadata"].update(kernelspec=kernel))
    handed.insert_cell("raise ValueError('it runs')", before="colab")
    place = f"the notebook stops at cell mine (1 of {handed.count_cells()}): "
    assert f"{place}ValueError: it runs" in handed.run("--seconds", "60").out


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda notebook: [cell.pop("cell_type") for cell in notebook["cells"]], marks=pytest.mark.long),
        pytest.param(lambda notebook: notebook.pop("metadata"), marks=pytest.mark.long),
        lambda notebook: notebook.update(nbformat=9),
    ],
    ids=["no types", "no metadata", "of the future"],
)
def test_a_notebook_of_which_no_page_can_be_made(handed, edit):
    change(handed.folder / "svm.ipynb", edit)
    before = (handed.folder / "svm.ipynb").read_bytes()
    done = handed.run()
    assert done.returncode == 0
    assert "the notebook could not be executed: " in done.out
    assert at_stake([]) in done.out
    assert "  no page was made: " in done.out
    assert handed.files()["svm.ipynb"] == before
