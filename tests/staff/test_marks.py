"""Grades as a table, and marks by people: nothing lost, nothing computed by a spreadsheet, each bad row said."""

import csv
import io
import os
import re

import pytest

from cs231n.assignments import REGIONS
from staff.grading.marks import merge_marks, read_marks, write_answers, write_template
from staff.grading.pages import number
from staff.grading.report import feedback
from staff.grading.tables import cell, write_grades

from .results import BLANK, HOSTILE, MARKED, OTHER, PEOPLE, hand_written, refused
from .test_report import check_page

HEAD = "student,region,points,comment\n"
WAITING = sorted(set(PEOPLE) - {BLANK})
MOST = REGIONS[MARKED].points


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def merged(path, results):
    """Results with the marks of a file, and the problems without the file's folder."""
    marks = read_marks(path)
    found = list(merge_marks(results, marks))
    return found, [problem.replace(str(path), path.name) for problem in marks.problems]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.csv"


def test_grades_have_a_row_a_student(tmp_path):
    results = [hand_written("나은"), refused("lee"), hand_written("ada", points=62.333333)]
    write_grades(results, tmp_path / "grades.csv")
    content = (tmp_path / "grades.csv").read_bytes()
    regions = ",".join(name for name, region in REGIONS.items() if region.points)
    assert content.startswith(f"\ufeffstudent,points,max,open,{regions},status\n".encode())
    rows = rows_of(tmp_path / "grades.csv")
    assert [row["student"] for row in rows] == ["ada", "lee", "나은"]
    assert [row["points"] for row in rows] == ["62.33", "0", number(results[0]["points"])]
    earned = number(results[0]["regions"]["svm-naive-gradient"]["earned"])
    assert (rows[0]["svm-naive-gradient"], rows[0][MARKED], rows[0][BLANK]) == (earned, "", "0")
    assert [row["status"] for row in rows] == ["graded", "refused", "graded"]
    write_grades(results[::-1], tmp_path / "grades.csv")
    assert (tmp_path / "grades.csv").read_bytes() == content


def test_nothing_in_a_table_is_a_formula_and_names_stay_apart(tmp_path):
    write_grades([hand_written(text) for text in HOSTILE], tmp_path / "grades.csv")
    rows = rows_of(tmp_path / "grades.csv")
    assert len(rows) == len({row["student"] for row in rows}) == len(HOSTILE)
    for row in rows:
        assert not any((value or "").startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())
    assert all("\n" not in row["student"] and len(row["student"]) < 1000 for row in rows)
    assert cell("=1") == "'=1"
    assert cell("'=1") == "''=1"
    assert cell("O'Brien") == "O'Brien"


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path):
    (tmp_path / "grades.csv").write_text("old")

    def results():
        yield hand_written()
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        write_grades(results(), tmp_path / "grades.csv")
    assert os.listdir(tmp_path) == ["grades.csv"]
    assert (tmp_path / "grades.csv").read_text() == "old"


def test_a_template_lists_what_awaits_a_mark(path):
    write_template([hand_written("나은"), hand_written("=1"), refused()], path)
    assert [(row["student"], row["region"], row["points"], row["comment"]) for row in rows_of(path)] == [
        (student, name, "", "") for student in ("'=1", "나은") for name in WAITING
    ]
    assert merged(path, [hand_written("=1")])[1] == []


def test_marks_reach_the_results_and_the_feedback(path):
    path.write_text(f"{HEAD}'=1,{MARKED},7.5,\"No example,\nbut clear.\"\n'=1,{BLANK},3,\n'=1,{OTHER},,later\n")
    before = hand_written("=1")
    (result, other), problems = merged(path, [before, hand_written("ada")])
    assert problems == []
    assert result["regions"][MARKED] == {
        "earned": 7.5,
        "max": MOST,
        "state": "marked",
        "comment": "No example,\nbut clear.",
    }
    assert result["regions"][BLANK]["earned"] == 3
    assert all(result["regions"][name]["state"] == "for people" for name in set(PEOPLE) - {MARKED, BLANK})
    assert (result["points"], result["open"]) == (before["points"] + 7.5 + 3, before["open"] - MOST)
    assert "Comment:</b> No example," in feedback(result)
    assert before == hand_written("=1")
    assert other == hand_written("ada")
    assert list(merge_marks([result], read_marks(path))) == [result]


def test_marks_are_never_lost(path):
    rows = f"ada,{MARKED},7,good\n\nada,{MARKED},8,again\nbob,{MARKED},oops,\n,,,\ngone,{OTHER},3,left"
    content = f"\ufeff{HEAD}{rows}".encode()
    path.write_bytes(content)
    write_template([hand_written("ada"), hand_written("bob")], path)
    added = "".join(f"{name},{region},,\n" for name in ("ada", "bob") for region in WAITING if region != MARKED)
    assert path.read_bytes() == content + (f"\n{added}" if added else "").encode()
    again = path.read_bytes()
    write_template([hand_written("bob"), hand_written("ada")], path)
    assert path.read_bytes() == again


def test_a_table_of_another_shape_is_taken_and_kept(path):
    content = f"Nr;student;comment;points;region\r\n1;ada;ok;7;{MARKED}\r\n"
    path.write_bytes(content.encode())
    assert merged(path, [hand_written("ada")])[0][0]["regions"][MARKED]["earned"] == 7
    write_template([hand_written("ada")], path)
    added = "".join(f";ada;;;{region}\n" for region in WAITING if region != MARKED)
    assert path.read_bytes().decode() == content + added


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (f"bob,{MARKED},5,", "there is no submission of 'bob'; expected a name as in grades.csv"),
        ("ada,nowhere,5,", "'ada' has no answer 'nowhere' that people mark"),
        ("ada,predict,5,", "'ada' has no answer 'predict' that people mark"),
        (f"ada,{MARKED},{MOST + 0.5},", f"expected 0 to {MOST} points for {MARKED}, found {MOST + 0.5}"),
        (f"ada,{MARKED},-1,", f"expected 0 to {MOST} points for {MARKED}, found -1"),
        (f"ada,{MARKED},seven,", "expected points as a number such as 7.5, found 'seven'"),
        (f"ada,{MARKED},nan,", "expected points as a number such as 7.5, found 'nan'"),
        (f"ada,{MARKED},inf,", "expected points as a number such as 7.5, found 'inf'"),
        (f"ada,{MARKED},1_0,", "expected points as a number such as 7.5, found '1_0'"),
        (f'ada,{MARKED},"7,5",', "expected points as a number such as 7.5, found '7,5'"),
    ],
)
def test_a_bad_row_is_said_with_its_line(path, row, problem):
    path.write_text(f'{HEAD}ada,{OTHER},4,"two\nlines"\n{row}\n')
    (result,), problems = merged(path, [hand_written("ada")])
    assert problems == [f"marks.csv:4: {problem}. The mark was not used."]
    assert (result["regions"][OTHER]["earned"], result["regions"][MARKED]["earned"]) == (4, None)


def test_two_marks_for_one_answer_are_both_left_out(path):
    path.write_text(f"{HEAD}ada,{MARKED},7,\nada,{MARKED},,\nada,{MARKED},8,\nada,{OTHER},,\nada,{OTHER},3,\n")
    (result,), problems = merged(path, [hand_written("ada")])
    assert problems == [f"marks.csv:4: 'ada', {MARKED} has a mark in line 2 already. Neither was used."]
    assert (result["regions"][MARKED]["earned"], result["regions"][OTHER]["earned"]) == (None, 3)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            f"student,region,points,comment\n나은,{OTHER},3,\n".encode("cp949"),
            ': expected UTF-8; save it as "CSV UTF-8".',
        ),
        (b"name,points\nada,3\n", ":1: expected the columns student, region, points, comment, found 'name,points'."),
        (b"", ":1: expected the columns student, region, points, comment, found ''."),
        (f'{HEAD}ada,{OTHER},3,"open\n'.encode(), ":2: expected a row of a CSV file, found unexpected end of data."),
        (f"{HEAD}ada,{OTHER},3,{'x' * 200_000}".encode(), ":2: expected a row of a CSV file, found field larger than"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_alone(path, content, problem):
    path.write_bytes(content)
    (result,), problems = merged(path, [hand_written("ada")])
    assert len(problems) == 1
    assert problems[0].startswith(f"marks.csv{problem}")
    assert problems[0].endswith("No mark was used.")
    assert result == hand_written("ada")
    write_template([hand_written("ada")], path)
    assert path.read_bytes() == content


def test_those_who_mark_can_read_all_answers(tmp_path):
    marked = hand_written("ada")
    marked["regions"][MARKED] |= {"state": "marked", "earned": 7.5, "comment": "No example."}
    write_answers(iter([marked, hand_written("=1"), refused()]), MARKED, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    text = " ".join(check_page(page).text.split())
    assert f"ada 7.5 / {MOST} what they wrote for {MARKED} Comment: No example. '=1 waits for a mark what they" in text
    write_answers([hand_written()], BLANK, tmp_path / "blank.html")
    assert "There are none." in (tmp_path / "blank.html").read_text(encoding="utf-8")


def test_hostile_answers_do_no_harm(tmp_path):
    results = [hand_written(text, written={OTHER: {"text": text, "blank": False}}) for text in HOSTILE]
    write_answers(results, OTHER, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    check_page(page)
    assert len(re.findall("<article>", page)) == len(HOSTILE)
    assert len(page) < 200_000
