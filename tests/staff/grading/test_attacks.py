"""The proof of the grader, and that it is one: an attack that succeeds is noticed."""

import multiprocessing.util
import tempfile

import pytest

from staff.grading.available import find_isolation
from staff.grading.isolation import BUBBLEWRAP, UNSAFE, USER
from tests.attacks import Attack
from tests.attacks.archives import ARCHIVES
from tests.attacks.costs import COSTS
from tests.attacks.notebooks import NOTEBOOKS
from tests.attacks.proof import ATTACKS, prove
from tests.attacks.results import RESULTS
from tests.attacks.system import SYSTEM

from .machine import CAN_ISOLATE, IS_ROOT


def isolations():
    if not CAN_ISOLATE:
        return []
    return [find_isolation()] + ([USER] if find_isolation() == BUBBLEWRAP and IS_ROOT else [])


def faults(attacks, isolation):
    return {proof.name: proof.fault for proof in prove(attacks, isolation) if proof.fault}


def test_attacks_of_each_kind_end_as_they_must():
    chosen = [attack for kind in (RESULTS, COSTS, SYSTEM, ARCHIVES, NOTEBOOKS) for attack in kind[::15]]
    waited_for = ("endless loop", "sleeping past the limit", "memory bomb", "network", "files of the staff")
    chosen += [attack for attack in SYSTEM if attack.name in waited_for and attack not in chosen]
    assert len(chosen) >= 20
    assert faults(chosen, isolations()[0]) == {}


@pytest.mark.long
def test_each_attack_ends_as_it_must():
    assert len(ATTACKS) >= 40
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
    assert faults(ATTACKS, isolations()[0]) == {}


@pytest.mark.long
@pytest.mark.skipif(USER not in isolations(), reason="only root can become another user")
def test_without_bubblewrap_nothing_more_is_possible():
    chosen = ("network", "fork bomb", "/etc/passwd", "files of the staff", "submissions of others", "parent killed")
    more = (
        "grades written",
        "root again",
        "endless loop",
        "system calls by number",
        "the jail left by ..",
        "disk bomb",
    )
    assert faults([attack for attack in SYSTEM if attack.name in (*chosen, *more)], USER) == {}


@pytest.mark.long
def test_what_ends_otherwise_is_noticed():
    expected = {
        Attack("earns", "", nothing_in=("svm-naive-gradient",)): "points for svm-naive-gradient",
        Attack("earns more", "", nothing_in=("svm-naive-gradient",), share=0.9): "points for svm-naive-gradient",
        Attack("ends otherwise", "import os\nos._exit(0)", ("it printed more than",)): "expected to read",
    }
    found = faults([*expected], isolations()[0])
    assert all(fault in found[f"{attack.name} ({isolations()[0]})"] for attack, fault in expected.items())


@pytest.mark.long
def test_without_protection_attacks_succeed():
    """The same attacks, run as the staff themselves: what holds them is the sandbox and not the attacks' own faults."""
    names = ("files of the staff", "submissions of others", "grades written")
    found = faults([attack for attack in SYSTEM if attack.name in names], UNSAFE)
    assert set(found) >= {"files of the staff (unsafe)", "nothing is left behind (unsafe)"}


@pytest.mark.long
def test_nothing_stays_among_temporary_files(tmp_path, monkeypatch):
    multiprocessing.util.get_temp_dir()  # a folder of its own for as long as this process lives
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert faults(SYSTEM[:1], isolations()[-1]) == {}
    assert list(tmp_path.iterdir()) == []
