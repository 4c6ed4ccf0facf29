"""The solved notebook, run as `make run` does, and what is said of one that stops."""

import os
import re
from pathlib import Path

import nbformat
import pytest

from cs231n.submission.page import notebook_to_html
from staff.__main__ import main
from staff.assignments import REFERENCES
from staff.authoring import run as run_module
from staff.authoring.run import RunError, run_to_end, save_outputs


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A notebook of two cells in place of the solved one."""
    cells = [
        nbformat.v4.new_markdown_cell(
            "The loss is $L = \\frac{1}{N} \\sum_i L_i$, and this is no TeX: $\\frac{$.", id="text"
        ),
        nbformat.v4.new_code_cell("import types; data = types.SimpleNamespace(name='two images')", id="data"),
        nbformat.v4.new_code_cell("best_val, test_accuracy = 0.25, 0.5\nprint('done')", id="numbers"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)

    def lay_out(folder):
        (Path(folder) / "assignment1").mkdir()
        for name in ("svm.ipynb", "svm.ko.ipynb"):
            nbformat.write(notebook, Path(folder) / "assignment1" / name)
        return Path(folder)

    monkeypatch.setattr(run_module, "solve", lay_out)
    return notebook


def test_what_came_out_is_printed(small, tmp_path, capsys):
    assert main(["run", "--out", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\[ 1/2\] data +\d+\.\d s", lines[0])
    assert re.fullmatch(r"\[ 2/2\] numbers +\d+\.\d s", lines[1])
    assert lines[3:6] == ["two images", "validation accuracy: 0.250", "test accuracy: 0.500"]
    seconds, peak = (re.fullmatch(r"[a-z ]+: ([\d.]+) M?[sB]", line)[1] for line in lines[6:8])
    assert 0 <= float(seconds) < 60
    assert 10 < float(peak) < 2000
    page = (tmp_path / "svm.html").read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=.?https?:", page)
    assert "<math" in page
    assert "<mfrac>" in page
    assert "<code>\\frac{</code>" in page
    assert "done" in page


def test_a_cell_that_fails_is_named(small, tmp_path, capsys):
    small.cells[2].source = "raise ValueError('so it goes')"
    assert main(["run", "--out", str(tmp_path)]) == 1
    assert "cell numbers (2 of 2) stopped the notebook: ValueError: so it goes" in capsys.readouterr().err
    assert "so it goes" in (tmp_path / "svm.html").read_text(encoding="utf-8")


def test_a_result_that_is_missing_is_named(small, tmp_path, capsys):
    small.cells[2].source = "best_val = 0.5"
    assert main(["run", "--out", str(tmp_path)]) == 1
    assert "left nothing to be had as float(test_accuracy)" in capsys.readouterr().err


def test_a_kernel_that_dies_is_named(small, tmp_path):
    small.cells[2].source = "import os; os._exit(1)"
    with pytest.raises(RunError, match="cell numbers"):
        run_to_end(small, tmp_path, dict(os.environ), {})


def test_outputs_are_stored_cell_by_cell(small, tmp_path, monkeypatch):
    (tmp_path / "reference").mkdir()
    monkeypatch.setitem(REFERENCES, "svm", tmp_path / "reference")
    nbformat.write(small, tmp_path / "reference" / "svm.ipynb")
    main(["run", "--out", str(tmp_path)])
    save_outputs(tmp_path / "svm.ipynb")
    stored = nbformat.read(tmp_path / "reference" / "svm.ipynb", 4)
    assert stored.cells[2].outputs[0].text == "done\n"
    assert stored.cells[2].execution_count == 2


@pytest.mark.parametrize("option", [["--data", "full"], ["--language", "ko"]])
def test_only_the_sample_in_english_is_saved(option, capsys):
    assert main(["run", "--save", *option]) == 2
    assert "leave out --data and --language" in capsys.readouterr().err


def test_a_run_in_korean(small, tmp_path, capsys):
    small.cells[2].source += "\nfrom os import environ\nprint(environ['CS231N_LANG'])"
    assert main(["run", "--language", "ko", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith(f"{tmp_path / 'svm.ko.html'}\n")
    page = (tmp_path / "svm.ko.html").read_text(encoding="utf-8")
    assert '<html lang="ko">' in page
    assert "ko\n" in page


def test_bold_digits_are_letters_of_their_own():
    cell = nbformat.v4.new_markdown_cell("$\\mathbf{1}^\\top M$ and $10$")
    page = notebook_to_html(nbformat.v4.new_notebook(cells=[cell]), "title")
    assert "<mn>\N{MATHEMATICAL BOLD DIGIT ONE}</mn>" in page
    assert "<mn>10</mn>" in page


def test_pictures_are_inside_the_page():
    picture = nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"})
    cell = nbformat.v4.new_code_cell("show()", outputs=[picture])
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in notebook_to_html(
        nbformat.v4.new_notebook(cells=[cell]), "title"
    )
