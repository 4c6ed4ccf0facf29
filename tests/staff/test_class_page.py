"""The page about a class: true counts, of one or of many, harmless, and without anything that a student wrote."""

import itertools
import re

import pytest

from cs231n.assignments import REGIONS
from cs231n.checks.findings import note
from cs231n.sentences import cause, title
from staff.grading.class_page import Summary, class_page
from staff.grading.pages import number
from staff.grading.text import clean_result

from .results import AUTOMATIC, BLANK, HOSTILE, MARKED, MOST, OTHER, PEOPLE, finding, hand_written, refused
from .test_report import check_page

MISTAKE = "gradient.regularizer.factor-1"
HALF = cause(MISTAKE)


def right(number):
    """A result in which every claim passes."""
    result = hand_written(f"student {number}")
    result["findings"] = [
        f | {"outcome": "pass", "cause": None, "told": None, "public": None, "earned": f["max"]}
        for f in result["findings"]
    ]
    for region in result["regions"].values():
        if region["state"] in ("graded", "not started"):
            region |= {"state": "graded", "earned": region["max"]}
    return result | {"points": AUTOMATIC}


def summed(results):
    summary = Summary()
    for result in results:
        summary.add(result)
    return summary


def text_of(results):
    page = class_page(summed(results)).replace("<", " <")  # what stands in tags of its own is a word of its own
    return " ".join(check_page(page).text.split()).replace(" ,", ",")


def test_the_page_says_how_many_made_which_mistake():
    text = text_of([*(hand_written(str(n)) for n in range(3)), *(right(n) for n in range(5)), refused()])
    few, naive = hand_written()["points"], hand_written()["regions"]["svm-naive-gradient"]
    mean = (3 * naive["earned"] + 5 * naive["max"]) / 8
    assert "9 submissions: 8 graded, 1 refused. Shares are of those that were graded." in text
    assert f"38% {HALF} 3 of 8, in svm-naive-gradient" in text
    assert "38% (3) fail a claim without a cause that the numbers prove" in text
    assert "62% pass every claim" in text
    assert "38% have a part that is not started" in text
    assert f"{AUTOMATIC} points at the median, of {MOST}" in text
    assert f"Half of the class has between {number(few)} and {AUTOMATIC} points" in text
    assert "gradient, regularizer 62% 38% 0%" in text
    assert "train: each update 62% 0% 38%" in text
    assert f"Gradient with loops 62% {mean:.1f} / {naive['max']}" in text
    assert f"{title(BLANK)[1:]} {BLANK} 0 0 8 0.0 / {REGIONS[BLANK].points}" in text
    assert f"{title(MARKED)[1:]} {MARKED} 8 0 0 - / {REGIONS[MARKED].points}" in text
    assert f"{8 * (len(PEOPLE) - 1)} answers wait for a mark" in text
    assert "1 The zip unpacks to more than 50 MB." in text
    assert "Memory: median 61.2 MB" in text


def test_a_student_counts_once_for_each_mistake():
    result = hand_written()
    for region in ("svm-naive-gradient", "svm-vectorized-gradient"):
        for claim in ("gradient, data term", "gradient, regularizer"):
            fails = finding("f", claim, region, "fail", 0, 1, MISTAKE)
            result["findings"] += [fails, fails]
    summary = summed([result, right(1)])
    assert summary.mistakes[MISTAKE] == 1
    assert summary.mistake_places[MISTAKE] == {"svm-naive-gradient": 1, "svm-vectorized-gradient": 1}
    assert f"50% {HALF} 1 of 2, 1 in svm-naive-gradient, 1 in svm-vectorized-gradient" in text_of([result, right(1)])
    assert summary.claims["f", "gradient, data term"] == {"fail": 1}


def test_a_claim_with_two_outcomes_has_the_worse():
    both = [finding("f", "float32", "predict", outcome) for outcome in ("pass", "fail")]
    for findings in itertools.permutations(both):
        assert summed([hand_written(findings=list(findings))]).claims["f", "float32"] == {"fail": 1}


@pytest.mark.parametrize("results", [[], [refused()]])
def test_a_class_of_which_nothing_was_graded(results):
    assert "No submission was graded" in text_of(results)


def test_a_class_of_one():
    text = text_of([hand_written()])
    assert "1 submission: 1 graded, 0 refused" in text
    assert f"100% {HALF}" in text


def test_what_cost_nothing_measurable_can_be_drawn():
    text_of([hand_written(cost={"seconds": 0, "cpu": 0, "memory": 0}, points=0)])


def test_a_fault_of_the_checker_and_grading_without_isolation_are_said_first():
    fault = finding("f", "float32", "predict", "checker fault", 0, 5)
    text = text_of([hand_written(findings=[fault], isolation="unsafe"), right(1)])
    assert "1 of these were graded without isolation (--unsafe)" in text
    assert "In 1 submission a check itself failed." in text


def test_shares_are_neither_none_nor_all_where_they_are_not():
    results = [hand_written(), *(right(n) for n in range(300))]
    text = text_of(results)
    assert f"<1% {HALF} 1 of 301" in text
    assert ">99% pass every claim" in text


def test_nothing_that_a_student_wrote_is_on_the_page():
    secret = "def svm_loss_naive_of_mine(): pass"
    result = hand_written("Ada Lovelace 4711", remarks=[note("text", text=secret)])
    result["written"][OTHER]["text"] = secret
    result["findings"][1]["public"] = note("text", text=secret)
    page = class_page(summed([result]))
    assert "of_mine" not in page
    assert "4711" not in page
    assert "0.7531" not in page


def test_hostile_text_does_no_harm():
    results = []
    for text in HOSTILE:
        result = hand_written(text)
        result["findings"].append(finding(text, "float32", text, "fail", public=note("text", text=text)))
        results += [clean_result(result), refused(text, reason=text)]
    page = class_page(summed(results))
    check_page(re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))
    assert len(page) < 500_000


def test_pictures_have_a_text_and_the_colours_of_the_page():
    page = class_page(summed([hand_written(), right(1)]))
    pictures = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert [re.search(r'role="img" aria-label="(\w+)', picture)[1] for picture in pictures] == [
        "Points",
        "Time",
        "Memory",
    ]
    names = [name for picture in pictures for name in set(re.findall(r'id="([^"]*)"', picture))]
    assert len(names) == len(set(names))
    for picture in pictures:
        assert "currentColor" in picture
        assert not re.search(r"#[0-9a-f]{6}\b", picture)
        assert not re.search(r"<style|<script|(?<!xlink:)href=\"http|url\((?!#)", picture)


def test_the_order_of_the_results_does_not_matter():
    results = [hand_written("a"), right(1), refused(), hand_written("b", points=3.0), refused("x", "Another reason.")]
    assert class_page(summed(results)) == class_page(summed(results[::-1]))


def test_results_are_gone_through_once_and_not_kept():
    alive = []

    class Watched(dict):
        def __init__(self, *args):
            super().__init__(*args)
            alive.append(1)

        def __del__(self):
            alive.pop()

    def results():
        for n in range(200):
            assert len(alive) <= 1
            yield Watched(hand_written(str(n)))

    class_page(summed(results()))
