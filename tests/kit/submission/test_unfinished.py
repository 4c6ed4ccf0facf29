"""Work that is not finished, or broken: there is a zip all the same, and the last screen says what is missing."""

import os
import shutil

import nbformat
import pytest

from cs231n.assignments import REGIONS
from cs231n.sentences import speaking, word
from cs231n.submission.contents import find_contents
from cs231n.submission.digests import digest, edited
from cs231n.submission.stakes import run_checks
from staff.authoring.paths import KIT

from .handed import IN_FILES, POSIX, at_stake, line

pytestmark = pytest.mark.usefixtures("without_typst")


@pytest.mark.long
def test_an_untouched_assignment_is_incomplete(begun):
    done = begun.run("--no-run")
    assert done.returncode == 0
    assert at_stake() in done.out
    assert at_stake().startswith("The zip is made, and INCOMPLETE: ")
    assert all(line(name, "not started") in done.out for name, row in REGIONS.items() if row.points)
    assert begun.receipt()["incomplete"]
    assert not begun.is_old()
    done = begun.run("--check", str(begun.zip))
    assert done.returncode == 0
    assert f"incomplete when it was made: {next(iter(REGIONS))}" in done.out


@pytest.mark.long
def test_strict_and_in_korean(begun):
    done = begun.run("--no-run", "--strict", CS231N_LANG="ko")
    assert done.returncode == 1
    assert "[1/8] 파일: svm.ipynb, Python 파일" in done.out
    with speaking("ko"):
        assert at_stake() in done.out
    assert not begun.is_old()


@pytest.mark.long
def test_a_half_finished_assignment_says_what_is_at_stake(begun, handed):
    shutil.copy(handed.folder / "cs231n/classifiers/linear_svm.py", begun.folder / "cs231n/classifiers")
    begun.edit("cs231n/classifiers/linear_svm.py", lambda text: text.replace("+ 2 * reg * W", "+ reg * W"))
    done = begun.run("--no-run")
    assert done.returncode == 0
    assert at_stake(REGIONS.keys() - {"svm-vectorized-loss"}) in done.out
    assert line("svm-naive-gradient", "fails its checks") in done.out
    assert "svm-vectorized-loss" not in done.out
    assert line("train-sample", "not started") in done.out


def test_missing_files_are_all_named_and_there_is_no_zip(handed):
    for name in ("svm.ipynb", "cs231n/classifiers/linear_svm.py"):
        (handed.folder / name).unlink()
    done = handed.run()
    assert done.returncode == 1
    assert "lacks svm.ipynb, cs231n/classifiers/linear_svm.py; no zip was made" in done.err
    assert handed.is_old()


def test_the_notebook_that_was_worked_in_is_handed_in(begun, solved):
    folder = begun.folder
    assert find_contents(folder).notebooks == ["svm.ipynb"]
    shutil.copy(solved / "assignment1" / "svm.ko.ipynb", folder)
    assert find_contents(folder).notebooks == ["svm.ko.ipynb"]
    for half in ("{", "[" * 100_000):
        (folder / "svm.ipynb").write_text(half)
        assert find_contents(folder).notebooks == ["svm.ipynb", "svm.ko.ipynb"]
    shutil.copy(KIT / "svm.ko.ipynb", folder)
    (folder / "svm.ipynb").unlink()
    assert find_contents(folder).notebooks == ["svm.ko.ipynb"]  # not begun, and the only one there is
    assert find_contents(folder).missing == []


@POSIX
@pytest.mark.long
def test_a_name_that_no_zip_can_hold_is_left_out(handed):
    try:
        open(os.fsencode(handed.folder / "cs231n") + b"/\xff.py", "w").close()
    except OSError:
        pytest.skip("this disk holds no such name")
    done = handed.run("--no-run")
    assert done.returncode == 0
    assert "left out, as links or as no part of the assignment: cs231n/?.py" in done.out


@POSIX
@pytest.mark.parametrize("name", ["cs231n/classifiers/linear_svm.py", "svm.ipynb"])
def test_a_required_file_that_is_a_link_out_of_the_folder_is_missing(handed, tmp_path, name):
    (handed.folder / name).rename(tmp_path / "elsewhere")
    (handed.folder / name).symlink_to(tmp_path / "elsewhere")
    done = handed.run("--no-run")
    assert done.returncode == 1
    assert f"lacks {name} (a link that leads out of the folder); no zip was made" in done.err
    assert handed.is_old()


@pytest.mark.long
def test_a_syntax_error_is_handed_in_and_said(handed):
    name = "cs231n/classifiers/linear_svm.py"
    handed.edit(name, lambda text: text.replace("loss = 0.0", "loss = = 0.0"))
    done = handed.run("--seconds", "100")
    assert done.returncode == 0
    lost = {region for region in IN_FILES if REGIONS[region].file == name}
    assert at_stake({*lost, "tune"}) in done.out
    assert line("svm-naive-gradient", "fails its checks") in done.out
    assert line("tune", "could not be checked") in done.out
    assert f"the notebook stops at cell setup (2 of {handed.count_cells()}): SyntaxError: " in done.out
    assert handed.receipt()["notebook"]["stopped"]["cell"] == "setup"


@pytest.mark.long
def test_checks_that_hang(handed, monkeypatch):
    monkeypatch.setattr("cs231n.submission.stakes.SECONDS", 2)
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text + "\nwhile True: pass\n")
    assert run_checks(handed.folder) == ([], "more than 2 seconds")


@pytest.mark.long
def test_checks_whose_process_dies(handed):
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text + "\nimport os; os._exit(3)\n")
    done = handed.run("--no-run")
    assert done.returncode == 0
    assert "the checks did not come to an end: 3" in done.out
    assert at_stake() in done.out


@pytest.mark.long
def test_what_the_students_code_prints_is_no_finding(handed):
    findings, reason = run_checks(handed.folder)
    assert (reason, {row["region"] for row in findings if row["outcome"] == "pass"}) == ("", IN_FILES)
    noise = "\nprint('{}', '{\"claim\": 1}', 'null', sep='\\n')\n"
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text + noise)
    assert run_checks(handed.folder) == (findings, "")


@pytest.mark.long
def test_what_was_edited_is_named(handed):
    path = handed.folder / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.id == "split":
            cell.source, cell.execution_count = cell.source.replace("sizes.dev", "50"), 99
        if cell.id == "tune":
            cell.source = cell.source.replace("# *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****", "")
    notebook.cells = [cell for cell in notebook.cells if cell.id != "test"]
    nbformat.write(notebook, path)
    handed.edit("cs231n/classifiers/linear_svm.py", lambda text: text.replace("# delta = 1", "# delta is 1"))
    done = handed.run("--no-run")
    assert "no longer as given: split, tune, test" in done.out
    assert "outputs that were saved do not come from one run from top to bottom" in done.out
    assert "lines outside of your regions are not as given in cs231n/classifiers/linear_svm.py" in done.out


@pytest.mark.long
def test_an_answer_that_stands_elsewhere_is_said(begun):
    path = begun.folder / "svm.ko.ipynb"
    notebook = nbformat.read(path, 4)
    places = {cell.id: place for place, cell in enumerate(notebook.cells)}
    last = notebook.cells[places["inline-2"]]
    last.source = last.source.replace("TODO(inline-2)", "")
    notebook.cells.insert(places["inline-1"] + 1, nbformat.v4.new_markdown_cell("Because the hinge has a kink."))
    nbformat.write(notebook, path)
    assert find_contents(begun.folder).notebooks == ["svm.ko.ipynb"]  # though no place in it is filled
    done = begun.run("--no-run")
    assert line("inline-1", word("outside")) in done.out
    assert line("inline-2", word("outside")) in done.out
    assert line("tune", "not started") in done.out
    rows = {row["region"]: row for row in run_checks(begun.folder)[0]}
    assert "the line TODO(inline-2), or START or END below it, is lost" in rows["inline-2"]["measured"]


def test_digests_leave_out_what_stands_in_a_region():
    text = "a\n# *****START OF YOUR CODE (X)*****\n{}\n# *****END OF YOUR CODE (X)*****\nb  \n"
    assert digest(text.format("x = None")) == digest(text.format("x = 1\ny = 2"))
    assert digest(text.format("")) == digest(text.format("") + "\n")
    assert digest(text.format("")) != digest(text.replace("a\n", "c\n").format(""))
    assert digest("half of a pair \ud800") != digest("half of a pair")
    assert edited("unknown.py", [("unknown.py", "anything")]) == []
