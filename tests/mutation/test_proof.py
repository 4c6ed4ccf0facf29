"""The proof by mutation: a sample of it, the whole where there is time, and that it would notice."""

import functools
import os

import numpy as np
import pytest

from cs231n.assignments import SUBJECTS
from cs231n.checks.findings import FAIL, FAULT, PASS
from staff.__main__ import main
from staff.assignments.svm import REFERENCE
from staff.authoring.mistake import Mistake
from staff.grading.available import find_isolation

from . import proof
from .code import Code
from .mutations import LOOP
from .proof import MUTATION, REWRITE, Mutant, hold, look, make_mutants, weigh

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="student code runs in a copy of a process")

SEED = 5
FUNCTIONS = (
    *(("svm_loss_naive", "svm_loss_naive"), ("svm_loss_vectorized", "svm_loss_vectorized")),
    *(("LinearClassifier", "train"), ("LinearClassifier", "predict")),
)
REWRITES = {
    *("another form", "cast", "helper function", "idle line", "in place", "names", "order of lines"),
    *("order of operands", "temporary"),
}
MUTATIONS = {
    *("axis", "call dropped", "comparison", "condition dropped", "constant", "function", "index", "line changed"),
    *("line dropped", "line moved", "line twice", LOOP, "name", "operand dropped", "operands swapped", "operator"),
    *("order of lines", "range", "stale variable", "type"),
}


@pytest.fixture(scope="module")
def isolation():
    return find_isolation()


def test_each_kind_of_edit_is_made():
    for kinds, expected in ((proof.REWRITES + proof.RENAMED, REWRITES), (proof.MUTATIONS, MUTATIONS)):
        found = set()
        for subject, function in FUNCTIONS:
            text = (REFERENCE / SUBJECTS[subject].file).read_text(encoding="utf-8")
            code = Code(text, function, None)
            found |= {name for kind in kinds for name, _ in kind(code)}
        assert found == expected


def test_mutants_follow_from_the_seed_and_each_is_another_text():
    made = list(make_mutants(1, 12))
    assert len({mutant.text for mutant in made}) == len(made) == 30
    assert {mutant.kind for mutant in made} == {REWRITE, MUTATION}
    assert list(make_mutants(1, 4)) == list(make_mutants(1, 4)) != list(make_mutants(2, 4))


def test_names_are_those_of_python_and_numpy_and_hide_none_that_is_used():
    text = (REFERENCE / SUBJECTS["svm_loss_vectorized"].file).read_text(encoding="utf-8")
    for seed in range(20):
        code = Code(text, "svm_loss_vectorized", np.random.default_rng(seed))
        before = set(code.bound)
        assert code.edit(proof.RENAMED) == "names"
        assert set(code.bound) - before
        assert not {"np", "float", "check_inputs"} & set(code.bound)


def test_what_the_checks_say_of_a_sample_is_true(isolation):
    held = [hold(mutant, isolation, SEED) for mutant in make_mutants(SEED, 6)]
    assert [(each.mutant.text, each.faults) for each in held if each.faults] == []
    assert {each.is_right for each in held} == {True, False}


@pytest.mark.long
def test_what_the_checks_say_is_true(capfd):
    assert main(["verify", "--mutations", "--count", "200"]) == 0
    printed = capfd.readouterr().out
    assert "0 disagreements" in printed
    assert "250 x rewrite: 250 the same function, 0 another one" in printed


def mutant(function, *edits, kind=MUTATION, subject=None):
    subject = SUBJECTS[subject or function]
    text = (REFERENCE / subject.file).read_text(encoding="utf-8")
    return Mutant(2, kind, subject.name, function, (), Mistake("x", (), edits).apply(text, function))


HALF = mutant("svm_loss_naive", ("2 * reg * W", "reg * W"))
NO_MEAN = mutant("svm_loss_vectorized", ("np.sum(margins) / num_train", "np.sum(margins)"))
RIGHT = mutant("svm_loss_vectorized", ("2 * reg * W", "W * 2 * reg"), kind=REWRITE)
LABELS = mutant("train", ("y[rows]", "y[rows - 1]"), subject="LinearClassifier")
ALL_PASS = {"outcome": PASS, "cause": None}
# A mutant, what is changed in its findings for a false check, those that are, and what the proof says then.
BROKEN = {
    "a check that lets pass": (HALF, ALL_PASS, FAIL, "wrong, and passes"),
    "a claim that passes": (HALF, ALL_PASS, FAIL, "gradient is right: not so"),
    "a right function that fails": (RIGHT, {"outcome": FAIL}, PASS, "right, and called wrong: ['svm_loss_vectorized: "),
    "another cause": (HALF, {"cause": "gradient.regularizer.missing"}, FAIL, "gradient.regularizer.missing: not so"),
    "another factor": (HALF, {"cause": "gradient.regularizer.factor-3"}, FAIL, "gradient.regularizer.factor-3: not so"),
    "another divisor": (NO_MEAN, {"cause": "loss.mean.over-features"}, FAIL, "loss.mean.over-features: not so"),
    "a constant": (NO_MEAN, {"cause": "loss.constant.added"}, FAIL, "loss.constant.added: not so"),
    "a cause of conduct": (
        NO_MEAN,
        {"claim": "result", "cause": "result.loss-shape"},
        FAIL,
        "result.loss-shape: not so",
    ),
    "a cause that nobody knows": (NO_MEAN, {"cause": "loss.luck.bad"}, FAIL, "loss.luck.bad: it is not written what"),
    "a batch that passes": (LABELS, ALL_PASS, FAIL, "train, batch: pass: not so"),
    "a batch of another cause": (LABELS, {"cause": "train.batch.size"}, FAIL, "train.batch.size: not so"),
}


@functools.cache
def seen(mutant):
    """Looked at once."""
    return look(mutant, find_isolation(), SEED)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_false_is_noticed(name):
    wrong, change, outcome, said = BROKEN[name]
    findings, fresh = seen(wrong)
    assert weigh(wrong, findings, fresh, SEED).faults == ()
    changed = [f._replace(**change) if f.outcome == outcome else f for f in findings]
    assert any(fault.startswith(said) for fault in weigh(wrong, changed, fresh, SEED).faults)


def test_a_rewrite_that_changes_something_is_noticed():
    held = weigh(HALF._replace(kind=REWRITE), *seen(HALF), SEED)
    assert held.faults == ("a rewrite that changes something",)
    assert held.causes == ("gradient.regularizer.factor-1",)


def test_a_fault_of_the_checks_is_noticed():
    findings, fresh = seen(RIGHT)
    broken = [findings[0]._replace(outcome=FAULT), *findings[1:]]
    assert weigh(RIGHT, broken, fresh, SEED).faults[0].startswith("a fault of the checks: ")
