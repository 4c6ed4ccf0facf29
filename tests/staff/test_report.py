"""What a student is told: complete, in both languages, harmless, and without anything hidden."""

import html
import json
import re
from html.parser import HTMLParser

import pytest

from cs231n.assignments import REGIONS
from cs231n.checks.findings import note
from cs231n.sentences import cause, title
from staff.grading.batch import write_outputs
from staff.grading.pages import number
from staff.grading.report import feedback, gradescope_results, report_files, to_json
from staff.grading.text import clean, clean_result

from .results import BLANK, HOSTILE, MARKED, MOST, OTHER, PEOPLE, finding, hand_written, refused


class Tags(HTMLParser):
    """Tags that are open at the end, elements that were seen, and the text."""

    VOID = ("meta", "br", "img")

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.attributes, self.text = [], set(), [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes += attrs
        self.open += [] if tag in self.VOID else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def check_page(page):
    """A page is complete, runs nothing, fetches nothing, and holds no character that could do harm."""
    tags = Tags(page)
    assert tags.open == []
    assert not tags.seen & {"script", "img", "iframe", "object", "link", "base", "form"}
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    assert not [value for name, value in tags.attributes if name in ("src", "href")]
    assert clean(page, len(page)) == page
    page.encode()
    return tags


def test_the_page_says_what_is_wrong_and_why():
    result = hand_written()
    points, waiting, share = (
        number(value) for value in (result["points"], result["open"], result["findings"][4]["max"])
    )
    text = " ".join(check_page(feedback(result)).text.split())
    assert f"{points} / {MOST} so far 3 passed, 2 failed, 2 not reached. {waiting} more points hang on answers" in text
    assert cause("gradient.regularizer.factor-1") in text
    assert f"svm_loss_vectorized: float32 input 0 / {share} line 31: ValueError" in text
    assert 'The next hint, in the notebook: checks.hint("svm-vectorized-gradient")' in text
    assert "This could not be checked, because something it needs failed." in text
    one, other = (REGIONS[name].points for name in (MARKED, BLANK))
    assert f"{MARKED} waits for a person - / {one} Your answer what they wrote for {MARKED}" in text
    assert f"{BLANK} blank 0 / {other} There is no answer here." in text
    assert "linear_svm.py: given lines were edited (line 3)" in text


def test_the_page_is_korean_too(monkeypatch):
    monkeypatch.setenv("CS231N_LANG", "en")
    result = hand_written()
    page = feedback(result, "ko")
    text = check_page(page).text
    assert '<html lang="ko">' in page
    assert "정규화 항의 기울기가 손실이 요구하는 값의 절반입니다" in text
    assert "기울기, 정규화 항" in text
    assert "gradient, regularizer" not in text
    assert "Your" not in text
    assert f"아직 사람이 읽지 않은 답에 {result['open']}점이 더 걸려 있습니다." in text
    assert "절반입니다" in gradescope_results(result, "ko")["tests"][1]["output"]


def test_what_was_measured_is_never_shown():
    result = hand_written()
    assert "0.7531" in json.dumps(result)
    assert "0.7531" not in feedback(result)
    assert "0.7531" not in json.dumps(gradescope_results(result))


def test_gradescope_has_a_test_for_each_finding_and_each_answer():
    result = hand_written()
    results = gradescope_results(result)
    assert (results["score"], results["execution_time"]) == (result["points"], 0)
    assert results["extra_data"]["causes"] == ["gradient.regularizer.factor-1"]
    names = [test["name"] for test in results["tests"]]
    assert names[1] == "svm-naive-gradient: svm_loss_naive: gradient, regularizer"
    assert names[-len(PEOPLE) :] == [f"{name}: {title(name)}" for name in PEOPLE]
    assert [test.get("status") for test in results["tests"][:2]] == ["passed", "failed"]
    assert sum(test.get("score", 0) for test in results["tests"]) == results["score"]
    waiting, blank = (results["tests"][names.index(f"{name}: {title(name)}")] for name in (MARKED, BLANK))
    assert "score" not in waiting
    assert (blank["score"], blank["max_score"]) == (0, REGIONS[BLANK].points)
    assert {test["visibility"] for test in results["tests"]} == {"visible"}  # a hidden one would hide the total


def test_a_fault_of_the_checker_costs_nothing():
    secret = note("fault", error="KeyError: secret")
    fault = finding("f", "predict", "predict", "checker fault", 0, 5, measurement=secret, public=secret)
    test, *_ = gradescope_results(hand_written(findings=[fault]))["tests"]
    assert (test["score"], test["max_score"], test["status"]) == (5, 5, "passed")
    assert test["output"] == "The check itself failed. This costs you nothing; the course staff can see it."
    assert "secret" not in feedback(hand_written(findings=[fault]))


def test_a_refused_submission_is_told_why():
    text = check_page(feedback(refused())).text
    assert "could not be graded: The zip unpacks to more than 50 MB. Please hand in" in text
    results = gradescope_results(refused())
    assert results["score"] == 0
    assert results["output"].startswith("Your submission could not be graded: The zip unpacks")


def test_without_isolation_every_report_says_so():
    result = hand_written(isolation="unsafe")
    assert "graded without isolation" in feedback(result)
    assert "graded without isolation" in gradescope_results(result)["output"]
    assert "without isolation" not in feedback(hand_written())


def test_the_notebook_and_a_mark_are_told():
    result = hand_written(
        notebook={"executed": False, "cell": "tune", "reason": note("text", text="NameError"), "seconds": 2.0}
    )
    result["regions"][MARKED] |= {"earned": 7.5, "state": "marked", "comment": "No example."}
    text = " ".join(check_page(feedback(result)).text.split())
    assert "Your notebook stops at cell tune: NameError" in text
    most = REGIONS[MARKED].points
    assert f"marked by a person 7.5 / {most} Comment: No example." in text
    tests = {test["name"]: test for test in gradescope_results(result)["tests"]}
    test = tests[f"{MARKED}: {title(MARKED)}"]
    assert (test["score"], test["output"]) == (7.5, "marked by a person\nNo example.")
    result["notebook"] = {"executed": True, "cell": "", "reason": None, "seconds": 12.1}
    assert "Your notebook runs from top to bottom (12 s)." in gradescope_results(result)["output"]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_text_does_no_harm(tmp_path, text):
    said = note("text", text=text)
    result = hand_written(text, remarks=[said] * 3, reason=note("text", text=text))
    result["notebook"] = {"executed": False, "cell": text, "reason": note("text", text=text), "seconds": 1.0}
    for place in result["findings"]:
        place["public"] = place["measurement"] = said
    result["findings"].append(finding(text, "predict", "predict", "fail", public=said))
    result["written"] = {name: {"text": text, "blank": False} for name in result["written"]}
    result["regions"][OTHER] |= {"state": "marked", "earned": 1, "comment": text}
    result = clean_result(result)
    for state in ("graded", "refused"):
        write_outputs(tmp_path, report_files(result | {"status": state}))
        page = (tmp_path / "feedback.html").read_text(encoding="utf-8")
        check_page(page)
        assert len(page) < 200_000
        report = (tmp_path / "report.json").read_bytes()
        assert max(report) < 0x7F
        assert len(report) < 100_000
        json.loads(report)


def test_json_holds_no_harmful_character():
    content = to_json(clean({"a\u202e": ["\ud800", {"b": ("한글\x00",)}], "c": 1.5}))
    assert json.loads(content) == {"a[U+202E]": ["[U+D800]", {"b": ["한글[U+0000]"]}], "c": 1.5}
    assert content.isascii()
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"score": float("nan")})


def test_writing_again_gives_the_same_bytes(tmp_path):
    write_outputs(tmp_path, report_files(hand_written()))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_outputs(tmp_path, report_files(hand_written()))
    assert before == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(before) == {"report.json", "feedback.html"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("a\r\nb\rc", "a\nb[U+000D]c"),
        ("\u202eexe", "[U+202E]exe"),
        ("한글 é 👩‍💻", "한글 é 👩‍💻"),
        ("\ud800", "[U+D800]"),
        ("x" * 22, "xxxxxxxxxxxxxxxxxxxx… (22 characters)"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_cleaning(text, cleaned):
    assert clean(text, 20) == cleaned
    assert cleaned in html.unescape(feedback(hand_written(text))) or len(text) > 20


@pytest.mark.parametrize(("value", "text"), [(20, "20"), (7.5, "7.5"), (3.333, "3.33"), (0, "0"), (62.0, "62")])
def test_numbers(value, text):
    assert number(value) == text


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("paper", "inks"),
    [
        ("paper", ("ink", "soft", "right", "wrong", "none", "mark")),
        ("panel", ("ink", "soft", "right", "wrong", "none")),
        ("warn", ("ink", "mark")),
    ],
)
def test_text_has_the_contrast_of_wcag_aa(scheme, paper, inks):
    blocks = re.findall(r":root \{(.*?)\}", feedback(hand_written()), flags=re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#\w{6});", blocks[scheme]))
    for ink in inks:
        dark, light = sorted((luminance(colours[ink]), luminance(colours[paper])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, ink
