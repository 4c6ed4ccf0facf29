"""A page of a submission, for a staff machine."""

import zipfile
from pathlib import Path

import nbformat
import pytest

from staff.__main__ import main
from staff.authoring.paths import KIT


@pytest.mark.long
def test_in_a_page_of_a_submission_nothing_runs(tmp_path, monkeypatch):
    """The policy stands before all that is the student's, and the page in the zip is not looked at."""
    script = "<script>document.title = 'ran'</script>"

    def change(notebook):
        notebook.metadata["title"] = f"</title>{script}"
        notebook.cells[0].source = script
        notebook.cells[1:] = [
            nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("display_data", {"text/html": script})])
        ]

    notebook = nbformat.read(KIT / "svm.ipynb", 4)
    change(notebook)
    with zipfile.ZipFile(tmp_path / "kim.zip", "w") as archive:
        archive.writestr("svm.ipynb", nbformat.writes(notebook))
        archive.writestr("svm.html", script)
    monkeypatch.chdir(tmp_path)
    assert main(["page", "kim.zip"]) in (0, None)
    page = Path("svm.html").read_text(encoding="utf-8")
    assert page.count("<script>document") == 2  # the text's and the output's
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert "script-src" not in page[: page.index("<script")]


@pytest.mark.parametrize("content", [b"", b"[1", b"{}"])
def test_of_what_is_no_notebook_no_page_is_made(tmp_path, monkeypatch, capsys, content):
    with zipfile.ZipFile(tmp_path / "kim.zip", "w") as archive:
        archive.writestr("svm.ipynb", content)
    monkeypatch.chdir(tmp_path)
    assert main(["page", "kim.zip"]) == 1
    assert capsys.readouterr().err.startswith("staff page: kim.zip: no page can be made of svm.ipynb: ")
    assert not Path("svm.html").exists()
