"""`python -m staff verify`: the proof itself, and that it would notice."""

import pytest

from cs231n.assignments import ASSIGNMENTS, REGIONS
from cs231n.languages import LANGUAGES
from cs231n.sentences import table
from staff.__main__ import main
from staff.assignments import MATERIALS
from staff.authoring.mistake import Mistake
from staff.authoring.verify import verify

RIGHT = Mistake("no mistake at all", (), (("2 * reg * W", "reg * W * 2"),))
OTHER = Mistake("another cause", ("gradient.mean.missing",), (("2 * reg * W", "reg * W"),))


def test_the_kit_is_proven(capsys):
    assert main(["verify"]) == 0
    printed = capsys.readouterr().out
    assert "NOT PROVEN" not in printed
    counts = {part.split(" x ")[1].split(":")[0]: int(part.split(" x ")[0]) for part in printed.strip().split(", ")}
    assert counts["mistake"] >= 40
    assert counts["variant"] >= 15


def test_what_is_not_so_is_not_proven(monkeypatch):
    (assignment,) = ASSIGNMENTS
    material = MATERIALS[assignment.name]
    text = "def svm_loss_naive(W, X, y, reg):\n    return 1.0, W\n"
    monkeypatch.setattr(material, "variants", lambda: {"wrong.py": text})
    monkeypatch.setattr(material, "MISTAKES", {"svm_loss_naive": [RIGHT, OTHER]})
    faults = {proof.name: proof.fault for proof in verify() if proof.fault}
    assert faults.pop("svm_loss_naive: no mistake at all") == "verdict right, expected wrong"
    assert faults.pop("svm_loss_naive: another cause").startswith("causes ['gradient.regularizer.factor-1'], expected")
    assert "gradient, data term: fail" in faults.pop(f"{assignment.name}-wrong.py")
    assert not faults


@pytest.mark.long
def test_a_cause_without_a_sentence_is_not_proven(monkeypatch):
    (assignment,) = ASSIGNMENTS
    named = OTHER._replace(causes=("gradient.regularizer.factor-1",))
    monkeypatch.setattr(MATERIALS[assignment.name], "MISTAKES", {"svm_loss_naive": [named]}, raising=False)
    for language in LANGUAGES:
        monkeypatch.delitem(table("CAUSES", language), named.causes[0])
        monkeypatch.delitem(table("CAUSES", language), "gradient.regularizer.factor-*")
    (fault,) = [proof.fault for proof in verify() if proof.kind == "mistake"]
    assert fault == "no sentence for the cause gradient.regularizer.factor-1"


@pytest.mark.long
def test_a_claim_without_a_weight_is_not_proven(monkeypatch):
    monkeypatch.setitem(REGIONS, "predict", REGIONS["predict"]._replace(weights={"another": 1}))
    faults = {proof.name: proof.fault for proof in verify() if proof.fault}
    assert (
        "LinearClassifier: predict: one class a sample: no weight in region predict" in faults["linear_classifier.py"]
    )


def test_an_edit_must_fit_exactly_once():
    with pytest.raises(ValueError, match="mistake 'x': 'reg' occurs 2 times in f, expected once"):
        Mistake("x", (), (("reg", ""),)).apply("def f(W, reg):\n    return reg\n", "f")


MALFORMED = {
    "two of one name": ([OTHER, OTHER], "2 mistakes have the name 'another cause'."),
    "causes that are no tuple": (
        [OTHER._replace(causes="a.b")],
        "mistake 'another cause': expected a tuple of causes, found 'a.b'.",
    ),
    "one pair in place of a tuple of pairs": (
        [OTHER._replace(edits=("a", "b"))],
        "mistake 'another cause': expected edits as pairs (old, new), found ('a', 'b').",
    ),
    "a text in place of a pair": (
        [OTHER._replace(edits=("ab",))],
        "mistake 'another cause': expected edits as pairs (old, new), found ('ab',).",
    ),
    "an edit that does not fit": (
        [OTHER._replace(edits=(("nowhere", ""),))],
        "mistake 'another cause': 'nowhere' occurs 0 times in svm_loss_naive, expected once.",
    ),
}


@pytest.mark.parametrize(("mistakes", "said"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_table_of_mistakes_is_one_sentence(mistakes, said, monkeypatch, capsys):
    (assignment,) = ASSIGNMENTS
    monkeypatch.setattr(MATERIALS[assignment.name], "MISTAKES", {"svm_loss_naive": mistakes}, raising=False)
    assert main(["verify"]) == 1
    assert capsys.readouterr().err == f"staff verify: svm_loss_naive: {said}\n"
