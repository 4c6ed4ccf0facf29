"""An answer that stands where it is not looked for: the hand-in says so, and a person reads it."""

import json
import zipfile

import nbformat
import pytest

from cs231n.assignments import NOTEBOOKS, REGIONS, SOURCES
from cs231n.submission.digests import DIGESTS
from staff.authoring.paths import KIT
from staff.grading.grade import grade
from staff.grading.marks import write_answers
from staff.grading.report import feedback

ANSWER = "Because the hinge has a kink, *they say*."
START = "<!-- *****START OF YOUR ANSWER (DO NOT DELETE/MODIFY THIS LINE)***** -->\n"
END = START.replace("START", "END").rstrip("\n")
STUB = "*Not answered yet.*"


def cell_of(notebook, name="inline-1"):
    return next(place for place, cell in enumerate(notebook.cells) if cell.id == name)


def edit(old, new):
    def change(notebook):
        cell = notebook.cells[cell_of(notebook)]
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def insert(behind, source=ANSWER, make=nbformat.v4.new_markdown_cell):
    def change(notebook):
        notebook.cells.insert(cell_of(notebook) + behind, make(source))

    return change


def delete(notebook):
    notebook.cells[cell_of(notebook)] = nbformat.v4.new_markdown_cell(ANSWER)


def split(notebook):
    """The cell cut in two within the region, as the editor does."""
    place = cell_of(notebook)
    above, below = notebook.cells[place].source.split(STUB)
    notebook.cells[place].source = above
    notebook.cells.insert(place + 1, nbformat.v4.new_markdown_cell(ANSWER + "\n" + below))


def merge(notebook):
    """The cell and the one above it made one, and the answer written behind both."""
    place = cell_of(notebook)
    above = notebook.cells.pop(place - 1)
    notebook.cells[place - 1].source = "\n\n".join([above.source, notebook.cells[place - 1].source, ANSWER])


def move(notebook):
    """The cell moved up, and the answer written below it."""
    notebook.cells[2:2] = [notebook.cells.pop(cell_of(notebook)), nbformat.v4.new_markdown_cell(ANSWER)]


CASES = {
    "below the end marker": edit(END, f"{END}\n\n{ANSWER}"),
    "above the start marker": edit(START, f"{ANSWER}\n{START}"),
    "without a start marker": edit(START + STUB, ANSWER),
    "without an end marker": edit(f"{STUB}\n{END}", ANSWER),
    "without markers": lambda notebook: (edit(START + STUB, ANSWER)(notebook), edit(END, "")(notebook)),
    "without its TODO": lambda notebook: (edit("TODO(inline-1)", "")(notebook), edit(STUB, ANSWER)(notebook)),
    "in a cell below": insert(1),
    "in a cell above": insert(0),
    "in a cell of code": insert(1, f"# {ANSWER}", nbformat.v4.new_code_cell),
    "in place of its cell": delete,
    "in a cell cut in two": split,
    "in a merged cell": merge,
    "below a moved cell": move,
}
OFTEN = ("below the end marker", "without an end marker", "in a cell below", "in place of its cell")


def handed_in(path, change, name="svm.ipynb", **more):
    notebook = nbformat.read(KIT / name, 4)
    change(notebook)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, nbformat.writes(notebook))
        for other, value in more.items():
            archive.writestr(f"{other}.json", json.dumps(value))
    return notebook


def test_a_cell_that_holds_a_region_has_its_name():
    given = json.loads(DIGESTS.read_text(encoding="utf-8"))["files"]
    for name in NOTEBOOKS:
        assert {region for region, row in REGIONS.items() if row.file == NOTEBOOKS[0]} <= given[name].keys()


@pytest.mark.parametrize(
    "case", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.long) for name in CASES]
)
def test_an_answer_elsewhere_is_read_by_a_person(tmp_path, case):
    handed_in(tmp_path / "kim.zip", CASES[case])
    result = grade(tmp_path / "kim.zip", seed=5)
    assert (result["regions"]["inline-1"]["state"], result["regions"]["inline-1"]["earned"]) == ("for people", None)
    assert ANSWER in result["written"]["inline-1"]["outside"]
    write_answers([result], "inline-1", tmp_path / "answers.html")
    assert ANSWER in (tmp_path / "answers.html").read_text(encoding="utf-8")
    assert ANSWER in feedback(result)
    assert result["regions"]["inline-2"]["state"] == result["regions"]["tune"]["state"] == "blank"


def old_format(text):
    cells = [{"input": cell["source"], **cell} for cell in json.loads(text)["cells"]]
    return json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}).encode()


UNREAD = {  # what it is called in a zip whose folder is a/, how it is written, and what it is called in the result
    "a name in capitals": ("a/SVM.ipynb", str.encode, "a/SVM.ipynb"),
    "a second download": ("a/svm (1).ipynb", str.encode, "a/svm (1).ipynb"),
    "above its folder": ("svm.ipynb", str.encode, "svm.ipynb"),
    "an old format": ("a/svm.ipynb", old_format, "svm.ipynb"),
    "UTF-16": ("a/svm.ipynb", lambda text: text.encode("utf-16"), "svm.ipynb"),
    "a copy beside one that is blank": ("a/svm-Copy1.ipynb", str.encode, "a/svm-Copy1.ipynb"),
}
NOISE = dict.fromkeys((".ipynb_checkpoints/svm.ipynb", "__MACOSX/svm.ipynb", "._svm.ipynb"), b"")


def graded(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {f"a/{SOURCES[0]}": b"", **files, **NOISE}.items():
            archive.writestr(name, content)
    return grade(path, seed=5)


@pytest.mark.parametrize("case", UNREAD)
def test_answers_in_a_notebook_that_is_not_read_are_no_silent_zero(tmp_path, case):
    (name, encode, shown), given = UNREAD[case], (KIT / "svm.ipynb").read_text(encoding="utf-8")
    files = {"a/svm.ipynb": given} if "Copy" in name else {}
    result = graded(tmp_path / "kim.zip", files | {name: encode(given.replace(STUB, ANSWER))})
    assert {result["regions"][region]["state"] for region in result["written"]} == {"for people"}
    write_answers([result], "inline-1", tmp_path / "answers.html")
    assert f"look for the answer in {shown}, of" in (tmp_path / "answers.html").read_text(encoding="utf-8")
    assert f"a person looks for written answers in {shown}:" in feedback(result)
    assert "There is no answer here" not in feedback(result)


def test_what_jupyter_and_macos_put_beside_a_notebook_holds_no_answers(tmp_path):
    assert graded(tmp_path / "kim.zip", {})["open"] == 0


def copy(notebook):
    """The cell copied, and only the first of both filled."""
    place = cell_of(notebook)
    notebook.cells.insert(place, nbformat.from_dict({**notebook.cells[place], "id": "copied"}))
    notebook.cells[place].source = notebook.cells[place].source.replace(STUB, ANSWER)


def as_code(notebook):
    edit(STUB, ANSWER)(notebook)
    place = cell_of(notebook)
    notebook.cells[place] = nbformat.v4.new_code_cell(notebook.cells[place].source, id="inline-1")


@pytest.mark.parametrize("change", [copy, as_code])
def test_an_answer_in_its_place_is_read_there(tmp_path, change):
    handed_in(tmp_path / "kim.zip", change)
    result = grade(tmp_path / "kim.zip", seed=5)
    assert result["written"]["inline-1"] == {"text": ANSWER, "outside": "", "blank": False}


def test_what_stands_beside_an_answer_is_shown_with_it(tmp_path):
    def change(notebook):
        edit(STUB, "See below.")(notebook)
        insert(1)(notebook)

    handed_in(tmp_path / "kim.zip", change)
    result = grade(tmp_path / "kim.zip", seed=5)
    assert result["written"]["inline-1"] == {"text": "See below.", "outside": ANSWER, "blank": False}


def test_what_the_check_of_a_search_shows_is_read_with_it(tmp_path):
    row = {"claim": "tuning: several pairs tried", "outcome": "fail", "cause": "tune.too-few", "region": "tune"}

    def change(notebook):
        place = cell_of(notebook, "tune")
        notebook.cells[place].source = notebook.cells[place].source.replace(
            "best_svm = None\n    #", "results[1] = 2\n    #"
        )
        data = {"application/vnd.cs231n.findings+json": [row, {**row, "outcome": "pass", "cause": None}, 3, {}]}
        output = nbformat.v4.new_output("execute_result", data, execution_count=1)
        notebook.cells[cell_of(notebook, "check-tuning")].outputs = [output]

    handed_in(tmp_path / "kim.zip", change)
    result = grade(tmp_path / "kim.zip", seed=5)
    write_answers([result], "tune", tmp_path / "answers.html")
    assert "its own check: fail tune.too-few, pass<" in (tmp_path / "answers.html").read_text(encoding="utf-8")
    stopped = {"sha256": {}, "notebook": {"stopped": {"cell": "tune", "number": 3}}}
    handed_in(tmp_path / "kim.zip", change, receipt=stopped)  # below it, outputs are from an earlier run
    assert grade(tmp_path / "kim.zip", seed=5)["written"]["tune"]["checked"] == []
