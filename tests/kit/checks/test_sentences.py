"""What students read: in each language, complete, and never the solution."""

import json
import pkgutil
import re
import string
import sys

import numpy as np
import pytest

from cs231n import checks, sentences
from cs231n.assignments import FOLDERS, REGIONS
from cs231n.classifiers.linear_svm import svm_loss_naive
from cs231n.languages import DEFAULT, LANGUAGES, notebook_ending
from staff.assignments import MATERIALS
from staff.authoring.leaks import find_whispers

TABLES = ("WORDS", "CLAIMS", "CAUSES", "TITLES", "HINTS")
SENTENCES = [(name, key) for name in TABLES for key in sentences.table(name, DEFAULT)]
LETTERS = {"ko": "[가-힣]"}  # of a language that has some of its own
SAME = {"ask", "pdf", "place", "zip"}  # words that need none of them


def blanks(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("name", "key"), SENTENCES)
def test_each_sentence_is_there_in_each_language_with_the_same_blanks(name, key):
    said = {language: "\n".join(np.atleast_1d(sentences.table(name, language)[key])) for language in LANGUAGES}
    has_words = key not in SAME and re.search("[a-z]", re.sub("{.*?}", "", said[DEFAULT]))
    for language, text in said.items():
        assert blanks(text) == blanks(said[DEFAULT])
        assert not has_words or re.search(LETTERS.get(language, ""), text)
        assert not any(re.search(letters, text) for other, letters in LETTERS.items() if other != language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_no_language_lacks_a_sentence_and_no_file_takes_anothers_place(name, language):
    files = [pkgutil.get_data(folder, f"{language}.json") for folder in ("cs231n.sentences", *FOLDERS)]
    # Pairs, since a dict would hide a key that stands twice.
    tables = [dict(json.loads(file, object_pairs_hook=list)).get(name, []) for file in files]
    keys = [key for table in tables for key, _ in table]
    assert sorted(keys) == sorted(sentences.table(name, DEFAULT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_region_has_a_title_and_three_hints(language):
    with sentences.speaking(language):
        assert all(sentences.title(name) for name in REGIONS)
        assert {len(sentences.hints(name)) for name in REGIONS} == {3}


def test_each_cause_of_the_catalogue_has_a_sentence():
    tables = (table for material in MATERIALS.values() for table in material.MISTAKES.values())
    causes = {cause for table in tables for mistake in table for cause in mistake.causes}
    assert all("{" not in sentences.cause(cause) for cause in causes)
    with pytest.raises(KeyError):
        sentences.cause("gradient.regularizer.nonsense")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("environment", "decides"),
    [
        ({"CS231N_LANG": "{language}"}, True),
        ({"CS231N_LANG": DEFAULT, "LANG": "{language}_XX.UTF-8"}, False),
        ({"LANG": "{language}_XX.UTF-8"}, True),
        ({"LC_ALL": "{language}_XX", "LANG": DEFAULT}, True),
        ({"LANG": "xx_XX.UTF-8"}, False),
        ({}, False),
        ({"JPY_SESSION_NAME": "/home/kim/assignment1/svm{ending}"}, True),
        ({"JPY_SESSION_NAME": "assignment1/svm.ipynb", "LANG": "{language}_XX.UTF-8"}, False),
        ({"JPY_SESSION_NAME": "a.{language}/svm.ipynb", "LANG": DEFAULT}, False),
        ({"JPY_SESSION_NAME": "svm{ending}", "CS231N_LANG": DEFAULT}, False),
        ({"JPY_SESSION_NAME": "console", "LANG": "{language}_XX.UTF-8"}, True),
    ],
)
def test_the_language_is_that_of_variable_notebook_or_locale(monkeypatch, environment, decides, language):
    for name in ("CS231N_LANG", "JPY_SESSION_NAME", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value.format(language=language, ending=notebook_ending(language)))
    assert sentences.language() == (language if decides else DEFAULT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_a_notebook_in_visual_studio_code(monkeypatch, language):
    monkeypatch.delenv("CS231N_LANG")
    notebook = f"/a/svm{notebook_ending(language)}"
    monkeypatch.setattr(sys.modules["__main__"], "__vsc_ipynb_file__", notebook, raising=False)
    assert sentences.language() == language


def test_hints_come_one_at_a_time(monkeypatch):
    monkeypatch.setattr(checks, "_rungs_given", {})
    given = [checks.hint("predict") for _ in range(4)]
    assert given[0].startswith("Hint 1 of 3 for predict: What does the classifier say")
    assert repr(given[1]).startswith("Hint 2 of 3")
    assert given[2] == given[3]
    assert given[2].endswith("That was the last hint.")
    assert checks.hint("tune").startswith("Hint 1 of 3")
    with pytest.raises(ValueError, match=r"region: expected one of svm-naive-gradient, .* found 'predictt'"):
        checks.hint("predictt")
    for language in LANGUAGES:
        monkeypatch.setattr(checks, "_rungs_given", {})
        with sentences.speaking(language):
            first = sentences.word("rung", number=1, region="tune", hint=sentences.hints("tune")[0])
            assert checks.hint("tune").startswith(first)


def test_no_sentence_holds_a_line_of_the_solution(monkeypatch):
    assert find_whispers() == []
    for whispered in ("Take y_pred = np.argmax(X @ self.W, axis = 1).", "The class is ranks.argmax(axis=1)."):
        monkeypatch.setitem(sentences.table("WORDS", DEFAULT), "pass", whispered)
        assert find_whispers() == [whispered]


def test_a_table_shows_itself():
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
    for language in LANGUAGES:
        with sentences.speaking(language):
            assert sentences.cause("gradient.regularizer.factor-1") in " ".join(str(findings).split())
    assert findings[0].name == "svm_loss_naive: runs on every valid input"


def test_whoever_reads_decides_before_the_environment(monkeypatch):
    monkeypatch.setenv("CS231N_LANG", DEFAULT)
    for language in LANGUAGES:
        with sentences.speaking(language):
            assert sentences.word("pass") == sentences.table("WORDS", language)["pass"]
        assert sentences.word("pass") == sentences.table("WORDS", DEFAULT)["pass"]
