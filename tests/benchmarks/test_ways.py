"""Whatever is compared does the same work: losses, gradients, training, and what each grader is given."""

import importlib.util
import json
import sys

import numpy as np
import pytest

from benchmarks import classic, grading, loss, tuning
from benchmarks.graders import kit, nbgrader, otter
from benchmarks.graders.task import CLAIMS, FUNCTION, JUDGE, solutions
from benchmarks.measuring import Skipped
from benchmarks.reference import load_reference
from cs231n import checks
from cs231n.classifiers.linear_svm import svm_loss_naive
from staff.authoring.paths import ROOT


@pytest.fixture
def arrays(rng):
    W, X, y = rng.standard_normal((7, 4)), rng.standard_normal((40, 7)), rng.integers(4, size=40)
    return W, X, y


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


def test_the_classic_loss_is_the_same(arrays):
    value, dW = classic.svm_loss(*arrays, 0.3)
    expected_loss, expected_dW = svm_loss_naive(*arrays, 0.3)
    np.testing.assert_allclose(value, expected_loss)
    np.testing.assert_allclose(dW, expected_dW)


def test_the_classic_loader_gives_the_kits_arrays(sample, official_folder):
    X_train, X_val, X_test, y_train, _, _ = classic.load(official_folder.parent, (3500, 500, 1000))
    pixels = sample.train_images.reshape(4000, -1)
    np.testing.assert_allclose(X_train[:, :-1], pixels[:3500] - pixels[:3500].mean(axis=0), atol=1e-9)
    assert (X_train[:, -1] == 1).all()
    assert X_val.shape == (500, 3073)
    assert X_test.shape == (1000, 3073)
    np.testing.assert_array_equal(y_train, sample.train_labels[:3500])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_grid_trained_at_once_is_what_comes_out_one_by_one(rng, dtype):
    _, linear_classifier, _, grid = load_reference()
    X, y = rng.standard_normal((50, 6)).astype(dtype), rng.integers(3, size=50)
    rates, regs = [0.1, 0.02], [0.01, 0.5]
    batches = np.random.default_rng(4)
    W = grid.train_together(X, y, rates, regs, 20, 8, seed=batches)
    W = grid.train_together(X, y, [rate / 4 for rate in rates], regs, 10, 8, W=W, seed=batches)
    assert W.dtype == dtype
    for position, (rate, reg) in enumerate(zip(rates, regs, strict=True)):
        svm, batches = linear_classifier.LinearSVM(), np.random.default_rng(4)
        svm.train(X, y, rate, reg, 20, 8, seed=batches)
        svm.train(X, y, rate / 4, reg, 10, 8, seed=batches)
        np.testing.assert_allclose(W[:, position], svm.W, rtol=1e-4, atol=1e-5)


def test_the_tuning_region_is_the_notebooks_and_has_the_schedule_that_is_repeated():
    assert "best_svm" in tuning.region()
    assert "(1, 300), (1 / 4, 300), (1 / 16, 150)" in tuning.region()
    assert tuning.SCHEDULE == ((1, 300), (1 / 4, 300), (1 / 16, 150))


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
    assert [finding.claim for finding in found] == list(CLAIMS)
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


def test_a_grader_that_is_not_installed_gives_its_sentence(monkeypatch):
    monkeypatch.setattr(grading, "OTHERS", {nbgrader: "no-such-environment", otter: "neither"})
    with pytest.raises(Skipped, match=r"nbgrader is not installed: .*benchmarks/graders/nbgrader\.txt` adds its rows"):
        grading.interpreter(nbgrader)
    assert (ROOT / "benchmarks" / "graders" / "nbgrader.txt").is_file()


def test_torch_that_is_not_installed_gives_its_sentence(monkeypatch, arrays):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(Skipped, match="PyTorch is not installed"):
        loss._torch(*arrays, 0.3, 1)
    assert loss.TORCH not in loss.ways(*arrays, 0.3, 1)
