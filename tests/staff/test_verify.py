"""`python -m staff verify`: the proof itself, and that it would notice."""

import pytest

from cs231n.assignments import ASSIGNMENTS, REGIONS
from cs231n.languages import LANGUAGES
from staff.__main__ import main
from staff.assignments import MATERIALS
from staff.authoring import verify as module
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
def test_a_claim_without_a_weight_and_a_region_without_its_hints_are_not_proven(monkeypatch):
    (assignment,) = ASSIGNMENTS
    regions = assignment.regions | {"new": REGIONS["tune"]}
    monkeypatch.setattr(module, "ASSIGNMENTS", (assignment._replace(regions=regions),))
    monkeypatch.setitem(REGIONS, "predict", REGIONS["predict"]._replace(weights={"another": 1}))
    faults = {proof.name: proof.fault for proof in verify() if proof.fault}
    assert faults.pop("new") == f"needs a title and three hints in {', '.join(LANGUAGES)}"
    assert (
        "LinearClassifier: predict: one class a sample: no weight in region predict" in faults["linear_classifier.py"]
    )


def test_an_edit_must_fit_exactly_once():
    with pytest.raises(ValueError, match="mistake 'x': 'reg' occurs 2 times in f, expected once"):
        Mistake("x", (), (("reg", ""),)).apply("def f(W, reg):\n    return reg\n", "f")
