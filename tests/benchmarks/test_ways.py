"""Whatever is compared does the same work: losses, gradients, loading, and what each grader is given."""

import importlib.util
import json
import sys
import zipfile

import numpy as np
import pytest

import cs231n
from benchmarks import grading, loading, loss
from benchmarks.graders import CLAIMS, FUNCTION, JUDGE, kit, nbgrader, otter, solutions
from cs231n import checks
from cs231n.classifiers.linear_svm import svm_loss_naive
from staff.assignments.svm import REFERENCE
from staff.authoring.paths import ROOT


@pytest.fixture
def arrays(rng, monkeypatch):
    """Weights, rows and labels; the derivation, which is no part of the kit, can be imported."""
    monkeypatch.setattr(cs231n, "__path__", [*cs231n.__path__, str(REFERENCE / "cs231n")])
    return rng.standard_normal((7, 4)), rng.standard_normal((40, 7)), rng.integers(4, size=40)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_every_way_computes_the_same_loss_and_gradient(arrays, dtype):
    W, X, y = arrays[0].astype(dtype), arrays[1].astype(dtype), arrays[2]
    expected_loss, expected_dW = svm_loss_naive(arrays[0], arrays[1], y, 0.3)
    found = loss.ways(W, X, y, 0.3, threads=2)
    assert "loop" in found
    for way, call in found.items():
        if "BLAS" not in way:
            value, dW = call()
            np.testing.assert_allclose(value, expected_loss, rtol=1e-5, err_msg=way)
            np.testing.assert_allclose(dW, expected_dW, rtol=1e-4, atol=1e-5, err_msg=way)


def test_torch_that_is_not_installed_is_left_out(monkeypatch, arrays):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert loss.TORCH not in loss.ways(*arrays, 0.3, 1)


def test_both_loaders_give_the_same_rows(official_folder):
    (official_folder.parent / "cifar10").symlink_to(official_folder)
    for rows, expected in zip(*(load(official_folder.parent) for load in loading.WAYS.values()), strict=True):
        assert (rows.dtype, expected.dtype) == (np.float64, np.float32)
        np.testing.assert_allclose(rows, expected, atol=1e-4)


def function_of(source, tmp_path):
    # A name of its own: what was compiled of another of the same size, in the same second, would be taken for this.
    path = tmp_path / f"solution_{len(list(tmp_path.iterdir()))}.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, FUNCTION)


def test_graders_judge_all_claims_of_the_kits_check_and_no_others(tmp_path):
    source = next(iter(solutions(1).values()))
    found = checks.svm_loss_vectorized(function_of(source, tmp_path))
    assert sorted(finding.claim for finding in found) == sorted(CLAIMS)
    space = {}
    exec(JUDGE, space)
    wrong = function_of(source.replace("2 * reg", "1 * reg"), tmp_path)
    outcomes = space["outcomes"](wrong)
    assert outcomes["gradient, regularizer"] == "fail"
    assert outcomes["loss, data term"] == "pass"


def test_neighbours_hand_in_different_solutions():
    found = list(solutions(30).values())
    assert len(found) == 30
    assert len(set(found)) > 10
    assert found[0] != found[1]


def test_each_grader_is_given_all_submissions_and_claims(tmp_path):
    given = solutions(3)
    for grader in (nbgrader, otter, kit):
        folder = tmp_path / grader.NAME
        folder.mkdir()
        grader.prepare(folder, given)
        assert grader.commands(sys.executable)[1]
    notebook = json.loads((tmp_path / "nbgrader/submitted/student00001/svm/svm.ipynb").read_text())
    assert sum(cell["metadata"]["nbgrader"]["grade"] for cell in notebook["cells"]) == len(CLAIMS)
    assert given["student00001"] == notebook["cells"][0]["source"]
    tests = (tmp_path / f"otter-grader/tests/{FUNCTION}.py").read_text()
    assert tests.count("@test_case") == len(CLAIMS)
    assert len([*(tmp_path / "this kit/submitted").glob("*.zip")]) == 3


@pytest.mark.long
def test_a_mixed_class_holds_attacks_among_the_others(tmp_path):
    kit.prepare_mixed(tmp_path, 12)
    assert len([*(tmp_path / "submitted").glob("*.zip")]) == 12
    texts = set()
    for number in (0, 1, 2, 3, 4):
        with zipfile.ZipFile(tmp_path / "submitted" / f"student{number:05}.zip") as archive:
            texts.add(b"".join(archive.read(name) for name in kit.SOURCES))
    assert len(texts) == 5


@pytest.mark.long
def test_a_grader_that_is_not_installed_is_left_out_and_said(monkeypatch):
    monkeypatch.setattr(grading, "PYTHONS", {nbgrader: ROOT / "no-such-environment"})
    monkeypatch.setattr(grading, "mixed", lambda count: [])
    notes = grading.measure(quick=True)["notes"]
    assert notes[0] == "nbgrader is not installed; benchmarks/README.md says how."
    assert notes[1].endswith("not measured")
    assert (ROOT / "benchmarks" / "graders" / "nbgrader.txt").is_file()
