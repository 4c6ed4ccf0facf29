"""What students read: in two languages, complete, and never the solution."""

import json
import re
import string
import sys

import pytest

from cs231n import checks, sentences
from cs231n.checks import hints
from cs231n.classifiers.linear_svm import svm_loss_naive
from staff.authoring.leaks import find_whispers
from staff.mistakes import classifier, svm

PAIRS = [
    (f"{table}: {key}", pair)
    for table in ("WORDS", "CLAIMS", "CAUSES")
    for key, pair in getattr(sentences, table).items()
] + [
    (f"hint {number} of {name}", pair)
    for name, region in checks.REGIONS.items()
    for number, pair in enumerate(region.hints, start=1)
]
SAME = {
    "WORDS: raised",
    "WORDS: raised at",
    "WORDS: ask",
    "WORDS: place",
    "WORDS: loop",
    "WORDS: rung",
    "WORDS: checker fault",
    "WORDS: step",
    "WORDS: pdf",
    "WORDS: zip",
}


def blanks(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("name", "pair"), PAIRS, ids=[name for name, _ in PAIRS])
def test_each_sentence_has_both_languages(name, pair):
    english, korean = pair
    assert blanks(english) == blanks(korean)
    assert not re.search("[가-힣]", english)
    assert re.search("[가-힣]", korean) or name in SAME


def test_each_region_has_three_hints():
    assert all(len(region.hints) == 3 for region in checks.REGIONS.values())


def test_each_cause_of_the_catalogue_has_a_sentence():
    tables = (svm.NAIVE, svm.VECTORIZED, classifier.TRAIN, classifier.PREDICT)
    causes = {cause for table in tables for mistake in table for cause in mistake.causes}
    assert all("{" not in sentences.cause(cause) for cause in causes)
    with pytest.raises(KeyError):
        sentences.cause("gradient.regularizer.nonsense")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"CS231N_LANG": "ko"}, "ko"),
        ({"CS231N_LANG": "en", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LC_ALL": "ko_KR", "LANG": "en_US"}, "ko"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
        ({"JPY_SESSION_NAME": "/home/kim/assignment1/svm.ko.ipynb"}, "ko"),
        ({"JPY_SESSION_NAME": "assignment1/svm.ipynb", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"JPY_SESSION_NAME": "a.ko/svm.ipynb", "LANG": "en_US"}, "en"),
        ({"JPY_SESSION_NAME": "svm.ko.ipynb", "CS231N_LANG": "en"}, "en"),
        ({"JPY_SESSION_NAME": "console", "LANG": "ko_KR.UTF-8"}, "ko"),
    ],
)
def test_the_language_is_that_of_variable_notebook_or_locale(monkeypatch, environment, language):
    for name in ("CS231N_LANG", "JPY_SESSION_NAME", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert sentences.language() == language


def test_the_language_of_a_notebook_in_visual_studio_code(monkeypatch):
    monkeypatch.delenv("CS231N_LANG")
    monkeypatch.setattr(sys.modules["__main__"], "__vsc_ipynb_file__", "/a/svm.ko.ipynb", raising=False)
    assert sentences.language() == "ko"


def test_hints_come_one_at_a_time(monkeypatch):
    monkeypatch.setattr(hints, "_given", {})
    given = [checks.hint("predict") for _ in range(4)]
    assert given[0].startswith("Hint 1 of 3 for predict: What does the classifier say")
    assert repr(given[1]).startswith("Hint 2 of 3")
    assert given[2] == given[3]
    assert given[2].endswith("That was the last hint.")
    assert checks.hint("tune").startswith("Hint 1 of 3")
    with pytest.raises(ValueError, match=r"region: expected one of svm-naive-gradient, .* found 'predictt'"):
        checks.hint("predictt")
    monkeypatch.setenv("CS231N_LANG", "ko")
    assert checks.hint("train-update").startswith("train-update 힌트 1/3: ")


def test_no_sentence_holds_a_line_of_the_solution(monkeypatch):
    assert find_whispers() == []
    for whispered in ("Take y_pred = np.argmax(X @ self.W, axis = 1).", "The class is ranks.argmax(axis=1)."):
        monkeypatch.setitem(sentences.WORDS, "pass", (whispered, "통과"))
        assert find_whispers() == [whispered]


def test_a_table_shows_itself(monkeypatch):
    def svm_loss_naive_halved(W, X, y, reg):
        loss, dW = svm_loss_naive(W, X, y, reg)
        return loss, dW - reg * W + 0 * len("<b>")

    findings = checks.svm_loss_naive(svm_loss_naive_halved)
    text, page = str(findings), findings._repr_html_()
    assert "gradient, regularizer" in text
    assert "FAIL" in text
    assert 'hint    checks.hint("svm-naive-gradient")' in text
    assert max(map(len, text.splitlines())) <= 100
    assert page.count("<tr>") == 1 + len(findings)
    assert "<th style" in page
    assert "✗" in page
    assert "checks.hint(&quot;svm-naive-gradient&quot;)" in page
    rows = [json.loads(line) for line in findings.to_json().splitlines()]
    assert {"claim", "outcome", "measured", "cause", "message", "region"} == set(rows[0])
    assert "gradient.regularizer.factor-1" in [row["cause"] for row in rows]
    monkeypatch.setenv("CS231N_LANG", "ko")
    assert "정규화 항의 기울기가 손실이 요구하는 값의 절반입니다" in str(findings)
    assert findings[0].name == "svm_loss_naive_halved: runs on every valid input"


def test_whoever_reads_decides_before_the_environment(monkeypatch):
    monkeypatch.setenv("CS231N_LANG", "en")
    with sentences.speaking("ko"):
        assert sentences.word("pass") == "통과"
    assert sentences.word("pass") == "pass"
