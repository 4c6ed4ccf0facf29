"""Names of what is handed in: each is graded, shown, marked and written into tables, whatever characters it has."""

import csv
import io
import os
import shutil

import pytest

from staff.__main__ import main
from staff.grading.tables import cell, rows_to_bytes

# What lies in a folder of submissions, and the student that is shown.
NAMES = {
    "kim.zip": "kim.zip",  # the same name three times
    "kim.ZIP": "kim.ZIP",
    "kim": "kim",
    "Kim.zip": "Kim",
    "lee\u200e.zip": "lee[U+200E]",
    "lee[U+200E].zip": "lee[U+200E]-2",
    "\ufeffpark.zip": "[U+FEFF]park",
    "choi\udcff.zip": "choi[U+DCFF]",
    "answers-inline-1.html.zip": "answers-inline-1.html",
    "grades.csv.zip": "grades.csv",
    "class.html.zip": "class.html",
    "run.json": "run.json",
    ".hidden.zip": ".hidden",
    "con.zip": "con",
    "a b, c (2).zip": "a b, c (2)",
    "=1+1;=2+2.zip": "'=1+1;'=2+2",
    "\uff1d1.zip": "'\uff1d1",
    "\u110b\u1175.zip": "\u110b\u1175",  # as macOS writes it
    "\uc774.zip": "\uc774",
    "e" * 200 + ".zip": "e" * 200,
    "\u202e" * 80 + "a.zip": "[U+202E]" * 33 + "[U+202… (641 characters)",
    "\u202e" * 80 + "b.zip": "[U+202E]" * 33 + "[U+202… (641 characters)-2",
    "yun\nlee.zip": "yun[U+000A]lee",
    "yun[U+000A]lee.zip": "yun[U+000A]lee-2",
}
FOLDERS = ("kim", "run.json")
BESIDE = ("._kim.zip", "park.rar", "report.docx", "a\n\x1b[31mstaff: b", ".ipynb_checkpoints", "__MACOSX", "c.zip")


@pytest.fixture(scope="module")
def names(course, tmp_path_factory):
    """A folder of these names, those of them that this file system takes as different ones, and where grades go."""
    place = tmp_path_factory.mktemp("names")
    folder, content = place / "submissions", (course / "untouched.zip").read_bytes()
    folder.mkdir()
    for name in FOLDERS:
        shutil.unpack_archive(course / "untouched.zip", folder / name)
    for name in NAMES:
        if name not in FOLDERS:
            (folder / name).write_bytes(content)
    for name in BESIDE[:4]:
        (folder / name).write_bytes(b"")
    for name in BESIDE[4:6]:
        (folder / name).mkdir()
    (folder / BESIDE[6]).symlink_to(folder / "kim.zip")
    if len(os.listdir(folder)) < len(NAMES) + len(BESIDE):
        pytest.skip("some of these names are one file here")
    return folder, place / "grades"


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_each_is_graded_and_shown_and_marked(names, capsys):
    folder, out = names
    assert main(["grade", str(folder), "--out", str(out), "--workers", "2"]) == 0
    said = capsys.readouterr()
    assert f"{len(NAMES)} graded" in said.out
    assert "each graded in its own row: kim, kim.ZIP, kim.zip\n" in said.err
    beside = ", ".join(sorted(BESIDE)).replace("\n", "\\n").replace("\x1b", "[U+001B]")
    assert f"not graded: {beside}\n" in said.err
    found = rows(out / "grades.csv")
    assert sorted(row["student"] for row in found) == sorted(NAMES.values())
    assert {row["points"] for row in found} == {"0"}
    folders = [path.name.casefold() for path in out.iterdir() if path.is_dir()]
    assert len({*folders}) == len(NAMES)

    table = ["student,region,points,comment"]
    content = rows_to_bytes([(shown, "inline-1", "1", "") for shown in NAMES.values()]).decode()
    (out / "marks.csv").write_text("\n".join(table) + "\n" + content, encoding="utf-8")
    assert main(["grade", str(folder), "--out", str(out)]) == 0
    assert f"0 graded, {len(NAMES)} as before" in capsys.readouterr().out
    assert {row["points"] for row in rows(out / "grades.csv")} == {"1"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_no_cell_begins_a_formula_in_any_spreadsheet(delimiter):
    strange = [
        "=1",
        "a;=1",
        "a,=1",
        "a|+1",
        "a\t@b",
        " =1",
        "\u00a0=1",
        "a; -1",
        "\uff0b1",
        "\uff201",
        "a,\uff0d1",
        "\n=1",
    ]
    shown = [cell(name) for name in strange]
    assert len({*shown, *strange}) == 2 * len(strange)
    for written_with in (",", ";"):
        text = rows_to_bytes([[name, "5"] for name in shown], written_with).decode()
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            for value in row:
                assert not value.strip().strip('"').startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20")), (text, value)


def test_two_names_stay_two_in_a_table():
    names = ["=1", "'=1", "''=1", "a;=1", "a;'=1", "a\t", "a[U+0009] ", "a\n"]
    assert len({cell(name) for name in names}) == len(names)
