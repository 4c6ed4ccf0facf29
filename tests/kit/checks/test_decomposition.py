"""The inputs of the checks make every term visible, and a fit finds the coefficients that an answer was made of."""

import json
from itertools import product

import numpy as np
import pytest

from cs231n.assignments.model import DATA, REGULARIZER
from cs231n.assignments.svm.model import GRADIENT, LOSS
from cs231n.checks.decomposition import FREEDOM, data_causes, is_simple, regularizer_causes
from cs231n.checks.questions import shipped
from cs231n.classifiers.linear_svm import svm_loss_naive
from staff.assignments import MATERIALS, render_questions
from staff.authoring.paths import KIT

ASKED = shipped("svm").cases


def causes(model, questions, answers):
    """Ids of causes in data term and regularizer."""
    pairs = list(zip(questions, answers, strict=True))
    plain = {question.name: answer for question, answer in pairs if question.reg == 0}
    gains = [(question, answer - plain[question.name]) for question, answer in pairs if question.reg]
    data = data_causes(model, [question for question in questions if question.reg == 0], list(plain.values()))
    ignores_reg = [name for name in data or () if ".regularizer." in name]
    regularizer = regularizer_causes(model, *zip(*gains, strict=True))
    return data and [name for name in data if name not in ignores_reg], ignores_reg or regularizer


@pytest.mark.parametrize("name", MATERIALS)
def test_the_file_is_what_the_staff_builds_and_holds_numbers_only(name):
    text = (KIT / "cs231n" / "assignments" / name / "questions.json").read_text(encoding="utf-8")
    assert text == render_questions(name)

    def leaves(node):
        if isinstance(node, dict):
            for value in node.values():
                yield from leaves(value)
        elif isinstance(node, list):
            for value in node:
                yield from leaves(value)
        else:
            yield node

    found = json.loads(text)
    cases = found["cases"]
    names = [case.pop("name") for case in cases]
    assert len(set(names)) == len(names)
    assert {type(leaf) for leaf in leaves(cases)} == {int, float}


@pytest.mark.parametrize(
    "question", [question for question in ASKED if question.reg], ids=lambda question: question.name
)
def test_each_term_is_visible_and_no_margin_is_zero(question):
    (N, D), C = question.X.shape, question.W.shape[1]
    loss, dW = svm_loss_naive(question.W, question.X, question.y, question.reg)
    assert loss == pytest.approx(LOSS.expected(question), rel=1e-12)
    np.testing.assert_allclose(dW, GRADIENT.expected(question), rtol=1e-12, atol=1e-12)
    decay = question.reg * np.sum(question.W**2)
    assert 0.1 < decay / loss < 0.9
    parts = [question.parts[group]["standard"] / N for group in ("own", "correct")] + [2 * question.reg * question.W]
    assert all(np.linalg.norm(part) > 0.1 * np.linalg.norm(dW) for part in parts)
    scores = question.X @ question.W
    margins = scores - scores[np.arange(N), question.y][:, np.newaxis] + 1
    assert np.all(margins != 0)
    if question.is_general:
        assert len({N, D, C}) == 3
    if question.name.startswith("N = C"):
        assert N == C


MEANS = {
    ("n", "n"): [],
    ("sum", "sum"): ["mean.missing"],
    ("nc", "nc"): ["mean.over-n-times-c"],
    ("sum", "n"): ["mean.missing-for-violating-classes"],
    ("n", "sum"): ["mean.missing-for-correct-class"],
}
DECAYS = {"reg": [], "1": ["without-reg"], "reg/n": ["divided-by-n"]}


@pytest.mark.parametrize(("own", "correct"), list(product(("n", "sum", "nc"), repeat=2)))
@pytest.mark.parametrize("decay", DECAYS)
def test_a_gradient_gives_back_what_it_was_made_of(own, correct, decay):
    gradients = [
        1.5 * DATA[own](q) * q.parts["own"]["standard"]
        - 2 * DATA[correct](q) * q.parts["correct"]["standard"]
        + DATA["n"](q) * q.parts["once"]["all"]
        + 3 * REGULARIZER[decay](q) * q.parts["weights"]["standard"]
        for q in ASKED
    ]
    data = [*MEANS.get((own, correct), ["mean.mixed"]), "violating-classes.factor-1.5", "correct-class.factor--2"]
    regularizer = DECAYS[decay] + {"reg": ["factor-3"], "reg/n": ["besides-factor-3"], "1": []}[decay]
    assert causes(GRADIENT, ASKED, gradients) == (
        [f"gradient.{cause}" for cause in data],
        [f"gradient.regularizer.{cause}" for cause in regularizer],
    )


def test_a_loss_gives_back_what_it_was_made_of():
    losses = [2 * q.parts["hinge"]["squared"] / len(q.y) + 1 + 0.5 * q.reg * q.parts["squares"]["norm"] for q in ASKED]
    data = ["loss.hinge.squared", "loss.data.factor-2", "loss.constant.added"]
    assert causes(LOSS, ASKED, losses) == (data, ["loss.regularizer.norm"])


def test_what_is_made_of_nothing_known_is_not_explained(rng):
    assert causes(LOSS, ASKED, rng.standard_normal(len(ASKED))) == (None, None)
    assert causes(GRADIENT, ASKED, [rng.standard_normal(q.W.shape) for q in ASKED]) == (None, None)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 12])
def test_a_cause_is_told_from_enough_answers_only(count):
    """The hinge and a constant take FREEDOM answers each."""
    plain = [question for question in ASKED if question.reg == 0][:count]
    losses = [(q.parts["hinge"]["standard"] + 2 * len(q.y)) / len(q.y) for q in plain]
    assert data_causes(LOSS, plain, losses) == (["loss.constant.added"] if count >= 2 * FREEDOM else None)
    means = [q.parts["hinge"]["standard"] for q in plain]
    assert data_causes(LOSS, plain, means) == (["loss.mean.missing"] if count >= FREEDOM else None)


@pytest.mark.parametrize("names", [["N = 1"], ["N = 1", "C = 2", "labels all equal"], ["N = 1", "general-1"]])
def test_few_questions_prove_nothing_however_many_entries_a_gradient_has(names):
    plain = [question for question in ASKED if question.reg == 0 and question.name in names]
    assert len(plain) == len(names)
    assert data_causes(GRADIENT, plain, [q.parts["own"]["standard"] / len(q.y) for q in plain]) is None


def test_of_two_readings_that_fit_neither_is_told_unless_they_say_the_same():
    same = [q for q in ASKED if q.reg == 0 and q.name.startswith("N = C")]
    gradients = [sum(q.parts[part]["standard"] for part in ("own", "correct")) / len(q.y) ** 2 for q in same]
    assert data_causes(GRADIENT, same, gradients) is None  # divided by N twice, or by N times C
    once = [-gradient for gradient in gradients]
    assert data_causes(GRADIENT, same, once) == ["gradient.data.sign"]


def test_an_answer_is_measured_by_its_own_size():
    plain = [question for question in ASKED if question.reg == 0]
    losses = [2 * q.parts["hinge"]["standard"] / len(q.y) for q in plain]
    assert data_causes(LOSS, plain, losses) == ["loss.data.factor-2"]
    assert data_causes(LOSS, plain, [*losses[:-1], losses[-1] + 1e-4]) is None
    grown = [loss + 1e9 * (q is plain[0]) * q.parts["hinge"]["standard"] for q, loss in zip(plain, losses, strict=True)]
    assert data_causes(LOSS, plain, grown) is None


@pytest.mark.parametrize("number", [1, -1, 0.5, 2, 1 / 3, 0.75, 12, 1 / 500, 1 / 49000, 3072])
def test_numbers_of_code_are_simple(number):
    assert is_simple(number)
    assert is_simple(number * (1 + 1e-9))


@pytest.mark.parametrize("number", [0.2718, -36.6, 5.35288, 12345.678, 1 / 12345.678, 1e20, 1e-20, np.inf, 0.0])
def test_other_numbers_are_not(number):
    assert not is_simple(number)
