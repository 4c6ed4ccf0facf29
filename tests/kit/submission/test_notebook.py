"""Notebooks that do not run, or are none: the copy is executed as far as it goes, and theirs stays as it is."""

import json
import re

import nbformat
import pytest

from .handed import IN_NOTEBOOK, at_stake, line

pytestmark = pytest.mark.usefixtures("without_typst")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param("import time; time.sleep(60)", "more than 2 seconds", marks=pytest.mark.long),
        ("import os; os._exit(1)", "the kernel died"),
        pytest.param("raise ValueError('no')", "ValueError: no", marks=pytest.mark.long),
    ],
)
def test_a_notebook_that_does_not_run_to_its_end(handed, source, reason):
    handed.insert_cell(source, before="colab")
    before = (handed.folder / "svm.ipynb").read_bytes()
    done = handed.run("--seconds", "2")
    assert done.returncode == 0
    assert f"the notebook stops at cell mine (1 of {handed.count_cells()}): {reason}" in done.out
    assert at_stake(["tune"]) in done.out  # it stops before that is checked
    assert "outputs below that cell are those that you saved" in done.out
    assert (handed.folder / "svm.ipynb").read_bytes() == before
    notebook = nbformat.reads(handed.files()["svm.ipynb"].decode(), 4)
    assert next(cell for cell in notebook.cells if cell.id == "weights").outputs  # as the student saved it
    assert "svm.html" in handed.files()


def fail(cell):
    (rows,) = (rows for kind, rows in cell.outputs[0].data.items() if kind.startswith("application/vnd.cs231n"))
    rows[0]["outcome"] = "fail"


def forget(cell):
    cell.outputs = []


@pytest.mark.long
@pytest.mark.parametrize(("edit", "state"), [(fail, "fails its checks"), (forget, "could not be checked")])
def test_what_the_check_of_the_search_shows_counts(handed, edit, state):
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    edit({cell.id: cell for cell in notebook.cells}["check-tuning"])
    nbformat.write(notebook, path)
    done = handed.run("--no-run")
    assert at_stake(["tune"]) in done.out
    assert line("tune", state) in done.out


SEARCH = """for rate in (5e-7, 1e-6, 2e-6, 4e-6):
        svm = LinearSVM()
        svm.train(X_train, y_train, rate, 5e3, 20, seed=1)
        {}
        if results[rate, 5e3][1] > best_val:
            best_val, best_svm = results[rate, 5e3][1], svm
    """
RIGHT = "results[rate, 5e3] = [np.mean(svm.predict(X) == y) for X, y in ((X_train, y_train), (X_val, y_val))]"
SEARCHES = {  # a search, what is said of it, and why
    "a name that is none": (SEARCH.format(RIGHT.replace("svm.predict", "smv.predict")), "could not be checked", None),
    "percent": (SEARCH.format(RIGHT.replace("np.mean(", "100 * np.mean(")), "fails its checks", "tune.results-percent"),
    "one pair": (
        SEARCH.format(RIGHT).replace("(5e-7, 1e-6, 2e-6, 4e-6)", "[2e-6]"),
        "fails its checks",
        "tune.too-few",
    ),
    "keys": (SEARCH.format(RIGHT).replace("[rate, 5e3]", "[5e3, rate]"), "fails its checks", "tune.keys-swapped"),
    "validation images": (
        SEARCH.format(RIGHT).replace("X_train, y_train, rate", "X_val, y_val, rate"),
        "fails its checks",
        "tune.trained-on-validation",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("case", SEARCHES)
def test_a_search_that_is_wrong_is_at_stake(handed, case):
    code, state, cause = SEARCHES[case]
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    cells = {cell.id: cell for cell in notebook.cells}
    begin, _, end = re.split(r"(?<=LINE\)\*{5}\n)(?s:(.*?))(?=    # \*{5}END)", cells["tune"].source)
    cells["tune"].source = f"{begin}    {code}\n{end}"
    needed = ("setup", "load", "split", "flatten", "mean", "center", "tune", "check-tuning", "inline-1", "inline-2")
    notebook.cells = [cells[name] for name in needed]
    nbformat.write(notebook, path)
    done = handed.run()
    assert at_stake(["tune"]) in done.out
    assert line("tune", state) in done.out
    findings = [row for row in handed.receipt()["findings"] if row["region"] == "tune"]
    assert cause is None if not findings else cause in {row["cause"] for row in findings}


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
