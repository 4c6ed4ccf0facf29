"""What the judge makes of one submission."""

import numpy as np
import pytest

from cs231n.assignments import SOURCES
from cs231n.checks.questions import as_questions
from cs231n.submission.archive import zip_bytes
from staff.authoring.cases import cases
from staff.errors import SandboxError
from staff.grading import sandbox
from staff.grading.available import find_isolation
from staff.grading.exam import draw_exam
from staff.grading.grade import _rounded, grade
from staff.grading.judge import judge
from staff.grading.summary import Summary


def test_without_a_process_for_it_code_is_not_judged(finished, monkeypatch):
    def fail(*_):
        raise SandboxError("expected a process for student code, found none")

    monkeypatch.setattr(sandbox, "lend", fail)
    with pytest.raises(SandboxError):
        judge({name: finished[name] for name in SOURCES}, find_isolation(), 1)


@pytest.mark.parametrize("step", ["np.nan * dW", "1e308 * 1e308 * dW", "dW / 0 - dW / 0"])
def test_training_that_is_lost_is_a_fault_of_the_student_alone(finished, tmp_path, step):
    text = finished[SOURCES[1]].decode().replace("step = -learning_rate * dW", f"step = {step}")
    zip_bytes(finished | {SOURCES[1]: text.encode()}, tmp_path / "lost.zip")
    result = grade(tmp_path / "lost.zip", seed=1)
    assert result["regions"]["train-update"]["earned"] == 0
    assert result["regions"]["predict"]["earned"] == 5
    assert "checker fault" not in {finding["outcome"] for finding in result["findings"]}


def test_a_region_that_could_not_be_judged_is_counted_nowhere():
    summary = Summary()
    summary._add_region("predict", {"earned": None, "max": 5, "state": "checker fault"})
    assert summary.regions["predict"] == {"earned": 0}


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("gradient.data.factor-996.25", "gradient.data.factor-1000"),
        ("gradient.data.factor--0.125", "gradient.data.factor--0.12"),
        ("gradient.mean.fixed-500", "gradient.mean.fixed-500"),
        ("loss.data.factor-1e+300", "loss.data.factor-1e+300"),
        ("gradient.numerical", "gradient.numerical"),
    ],
)
def test_a_number_that_is_told_has_two_digits(cause, told):
    assert _rounded(cause) == told


@pytest.mark.parametrize("seed", range(5))
def test_the_exam_is_the_cases_with_the_same_parts(seed):
    for question, other in zip(draw_exam(seed)["asked"], as_questions(cases(seed)), strict=True):
        assert (question.name, question.reg) == (other.name, other.reg)
        assert question.loss == pytest.approx(other.loss, rel=1e-13)
        np.testing.assert_allclose(question.gradient, other.gradient, rtol=1e-13, atol=1e-15)
        assert {group: list(readings) for group, readings in question.parts.items()} == {
            group: list(readings) for group, readings in other.parts.items()
        }
        np.testing.assert_array_equal(question.parts["own"]["values"], other.parts["own"]["values"])
