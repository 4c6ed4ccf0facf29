"""The inputs of the checks make every term visible, and a fit finds the coefficients that an answer was made of."""

import json

import numpy as np
import pytest

from cs231n.checks.decomposition import explain_gradient, explain_loss
from cs231n.checks.questions import questions
from cs231n.classifiers.linear_svm import svm_loss_naive
from staff.authoring.cases import CASES, render_cases

WITH_REG = [question for question in questions() if question.reg]


def test_the_file_is_what_the_staff_builds_and_holds_numbers_only():
    text = CASES.read_text(encoding="utf-8")
    assert text == render_cases()

    def leaves(node):
        if isinstance(node, dict):
            for value in node.values():
                yield from leaves(value)
        elif isinstance(node, list):
            for value in node:
                yield from leaves(value)
        else:
            yield node

    cases = json.loads(text)["cases"]
    names = [case.pop("name") for case in cases]
    assert len(set(names)) == len(names)
    assert {type(leaf) for leaf in leaves(cases)} == {int, float}


@pytest.mark.parametrize("question", WITH_REG, ids=lambda question: question.name)
def test_each_term_is_visible_and_no_margin_is_zero(question):
    (N, D), C = question.X.shape, question.W.shape[1]
    loss, dW = svm_loss_naive(question.W, question.X, question.y, question.reg)
    assert loss == pytest.approx(question.loss, rel=1e-12)
    np.testing.assert_allclose(dW, question.gradient, rtol=1e-12, atol=1e-12)
    decay = question.reg * np.sum(question.W**2)
    assert 0.1 < decay / loss < 0.9
    parts = [question.parts[group]["standard"] / N for group in ("own", "correct")] + [2 * question.reg * question.W]
    assert all(np.linalg.norm(part) > 0.1 * np.linalg.norm(dW) for part in parts)
    scores = question.X @ question.W
    margins = scores - scores[np.arange(N), question.y][:, np.newaxis] + 1
    assert np.all(margins != 0)
    if question.name.startswith("general"):
        assert len({N, D, C}) == 3
    if question.name.startswith("N = C"):
        assert N == C


SCALES = {"n": lambda q: 1 / len(q.y), "sum": lambda q: 1.0, "nc": lambda q: 1 / (len(q.y) * q.W.shape[1])}


def test_a_gradient_gives_back_what_it_was_made_of(rng):
    for _ in range(20):
        made = {("own", str(rng.choice(list(SCALES)))): 1.5, ("correct", str(rng.choice(list(SCALES)))): -2.0}
        made["once", "n"] = float(rng.choice([-1.0, 1.0]))
        made["weights", str(rng.choice(["reg", "1", "reg/n"]))] = 3.0
        weigh = {"reg": lambda q: q.reg, "1": lambda q: 1.0, "reg/n": lambda q: q.reg / len(q.y)} | SCALES
        readings = {"own": "standard", "correct": "standard", "once": "all", "weights": "standard"}
        gradients = [
            sum(value * weigh[scale](q) * q.parts[part][readings[part]] for (part, scale), value in made.items())
            for q in questions()
        ]
        assert explain_gradient(questions(), gradients) == ("standard", "standard", "standard", pytest.approx(made))


def test_a_loss_gives_back_what_it_was_made_of():
    losses = [
        2 * q.parts["hinge"]["squared"] / len(q.y) + 1 + 0.5 * q.reg * q.parts["squares"]["norm"] for q in questions()
    ]
    expected = {("hinge", "n"): 2.0, ("count", "n"): 1.0, ("squares", "reg"): 0.5}
    assert explain_loss(questions(), losses) == ("squared", "norm", pytest.approx(expected))


def test_what_is_made_of_nothing_known_is_not_explained(rng):
    assert explain_loss(questions(), rng.standard_normal(len(questions()))) is None
    assert explain_gradient(questions(), [rng.standard_normal(q.W.shape) for q in questions()]) is None
