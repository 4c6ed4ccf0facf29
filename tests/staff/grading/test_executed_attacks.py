"""The proof of `--run-notebook`."""

import pytest

from staff.grading.available import find_isolation
from staff.grading.isolation import BUBBLEWRAP
from tests.attacks import executed


@pytest.fixture(autouse=True)
def bubblewrap():
    if find_isolation() != BUBBLEWRAP:
        pytest.skip("without bubblewrap no notebook is executed")


@pytest.mark.long
def test_a_notebook_reaches_nothing_outside():
    proofs = list(executed.prove_executed())
    assert len(proofs) == len(executed.CELLS) + 1 > 10
    assert [proof for proof in proofs if proof.fault] == []


@pytest.mark.long
def test_what_executes_a_notebook_is_none_of_the_student_s_files(monkeypatch):
    monkeypatch.setattr(executed, "CELLS", [cell for cell in executed.CELLS if cell.more])
    replaced, left = executed.prove_executed()
    assert (replaced.fault, left.fault) == ("", "")


@pytest.mark.long
def test_what_ends_otherwise_is_noticed(monkeypatch):
    cells = (executed.Cell("ends", "1", "the kernel died"), executed.Cell("raises", "raise OSError", None))
    monkeypatch.setattr(executed, "CELLS", cells)
    *proofs, left = executed.prove_executed()
    assert all("expected" in proof.fault for proof in proofs)
    assert not left.fault
