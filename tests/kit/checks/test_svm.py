"""The checks of the loss functions: right and wrong functions side by side. `staff verify` has the large tables."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cs231n import checks
from cs231n.assignments import REGIONS, SUBJECTS
from cs231n.checks.source import Source, read_source
from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized
from staff.authoring.paths import KIT

from . import loops


def outcomes(findings):
    return {finding.claim: finding.outcome for finding in findings}


def failed(findings):
    return {finding.claim: finding for finding in findings if finding.outcome == "fail"}


@pytest.mark.parametrize("function", [svm_loss_naive, svm_loss_vectorized])
def test_the_reference_passes(function):
    findings = getattr(checks, function.__name__)(function)
    assert findings == checks.check(function)
    claims = {claim for name in SUBJECTS[function.__name__].regions for claim in REGIONS[name].weights}
    assert outcomes(findings) == dict.fromkeys(claims, "pass")
    assert not findings.failed
    assert findings.summary() == f"{len(claims)} passed, 0 failed, 0 not reached"


def test_each_subject_has_a_check_and_so_has_a_file_with_one():
    assert all(callable(getattr(checks, name)) for name in SUBJECTS)
    assert callable(checks.linear_classifier)
    assert not hasattr(checks, "linear_svm")
    assert not hasattr(checks, "no_such_function")


def vectorized(change):
    """The right function, its results changed."""

    def svm_loss_vectorized_changed(W, X, y, reg):
        return change(*svm_loss_vectorized(W, X, y, reg), W, X, y, reg)

    return svm_loss_vectorized_changed


class _NoNumbers:
    """What NumPy cannot make an array of, as a student's own class may be."""

    def __array__(self, *arguments, **options):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("change", "claim", "cause", "measured"),
    [
        (lambda loss, dW, *_: (loss, dW[:, :1]), "result", "result.gradient-shape", "gradient of shape (5, 1)"),
        (lambda loss, dW, *_: (loss, dW.tolist()), "result", None, "gradient is list"),
        (lambda loss, dW, *_: (loss, dW.astype(int)), "result", "result.gradient-integer", "int64 ndarray"),
        (lambda loss, dW, *_: (np.nan, dW), "result", None, "loss is nan"),
        (lambda loss, dW, *_: (np.ones(3), dW), "result", "result.loss-shape", "loss is ndarray of shape (3,)"),
        (lambda loss, dW, *_: (dW, dW), "result", "result.loss-like-w", "loss is ndarray of shape (5, 3)"),
        (lambda loss, dW, *_: (str(loss), dW), "result", None, "loss is"),
        (lambda loss, dW, *_: (object(), dW), "result", None, "loss is"),
        (lambda loss, dW, *_: ([loss, [loss, 1]], dW), "result", None, "loss is list"),
        (lambda loss, dW, *_: (loss, [dW, [dW]]), "result", None, "gradient is list"),
        (lambda loss, dW, *_: (_NoNumbers(), dW), "result", None, "loss is _NoNumbers"),
        (lambda loss, dW, W, X, *_: (loss if len(X) < 7 else None, dW), "result", None, "loss is None"),
        (lambda loss, dW, W, X, *_: (loss, dW if len(X) < 7 else None), "result", None, "gradient is NoneType"),
        (lambda loss, dW, W, *_: (loss, dW if W.dtype == float else None), "float32", None, "gradient is NoneType"),
        (lambda loss, dW, *_: (loss, dW + np.random.rand()), "same result twice", "repeat.global-random", "dW of norm"),
        (lambda loss, dW, *_: loss, "runs", None, "expected two results, loss and gradient; found float"),
        (lambda loss, dW, W, X, *_: 1 / 0, "runs", None, "ZeroDivisionError"),
        (lambda loss, dW, *_: sys.exit(3), "runs", None, "SystemExit: 3"),
        (lambda loss, dW, *_: print(" " * 2_000_000), "runs", None, "it prints more than a million characters"),
        (lambda loss, dW, W, X, *_: (loss, dW / (len(X) > 1)), "special cases", None, "X (1, 4)"),
        (lambda loss, dW, W, *_: (loss + (W.shape[1] == 2), dW), "special cases", None, "W (5, 2)"),
        (lambda loss, dW, *_: (loss + 0.1 * np.random.rand(), dW), "same result twice", "repeat.global-random", "loss"),
        (lambda loss, dW, *_: (loss, dW + 1e-3), "gradient, data term", None, "limit 1e-06"),
        (
            lambda loss, dW, W, *_: (loss, dW if W.dtype == np.float64 else dW + 1),
            "float32",
            None,
            "limit 1e-04",
        ),
    ],
)
def test_what_fails_and_what_is_measured(change, claim, cause, measured):
    found = failed(checks.svm_loss_naive(vectorized(change)))
    assert found[claim].cause == cause
    assert measured in found[claim].measured


def test_what_cannot_be_judged_does_not_pass():
    def svm_loss_naive(W, X, y, reg):
        return X.nothing

    findings = outcomes(checks.svm_loss_naive(svm_loss_naive))
    assert findings.pop("runs") == "fail"
    assert set(findings.values()) == {"not run"}
    unexplained = outcomes(checks.svm_loss_naive(vectorized(lambda loss, dW, W, *_: (loss + W[0, 0], np.sin(dW)))))
    assert unexplained["special cases"] == unexplained["float32"] == "not run"


@pytest.mark.parametrize("factor", [1, 2])
def test_a_matrix_is_judged_like_an_array(factor):
    function = vectorized(lambda loss, dW, *_: (np.asmatrix([[loss]]), np.asmatrix(factor * dW)))
    causes = {finding.cause for finding in failed(checks.svm_loss_naive(function)).values()}
    right = not checks.svm_loss_naive(function).failed
    assert right if factor == 1 else causes == {"gradient.data.factor-2", "gradient.regularizer.factor-4"}


def test_the_right_twin_of_all_these_passes():
    assert not checks.svm_loss_naive(vectorized(lambda loss, dW, *_: (loss, dW))).failed


def test_a_result_that_depends_on_earlier_calls():
    calls = []

    def svm_loss_naive(W, X, y, reg):
        calls.append(reg)
        loss, dW = svm_loss_vectorized(W, X, y, reg)
        return loss + len(calls) / 100, dW

    assert failed(checks.svm_loss_naive(svm_loss_naive))["same result twice"].cause == "repeat.state"


def test_memory_that_is_not_set_is_found_and_what_is_set_is_right():
    empty, like = np.empty, np.empty_like

    def svm_loss_naive_set(W, X, y, reg):
        loss, dW = svm_loss_vectorized(W, X, y, reg)
        return loss, np.add(dW, 0, out=np.empty_like(W)) + np.matmul(X, W, out=np.empty((len(X), W.shape[1])))[0, 0] * 0

    def svm_loss_naive_added(W, X, y, reg):
        loss, dW = svm_loss_vectorized(W, X, y, reg)
        sums = np.empty(W.shape)
        sums += dW
        return loss, sums

    def svm_loss_naive_raising(W, X, y, reg):
        np.empty(W.shape)[W.shape]

    assert not checks.svm_loss_naive(svm_loss_naive_set).failed
    assert failed(checks.svm_loss_naive(svm_loss_naive_added))["same result twice"].cause == "repeat.memory"
    assert failed(checks.svm_loss_naive(svm_loss_naive_raising))["runs"].cause == "runs.one-too-far"
    assert (np.empty, np.empty_like) == (empty, like)


def failing_where(condition, error):
    """Right elsewhere."""

    def svm_loss_naive_raising(W, X, y, reg):
        if condition(len(X), W.shape[1], y):
            raise error(len(X), W.shape[1], y)
        return svm_loss_vectorized(W, X, y, reg)

    return svm_loss_naive_raising


def index_error(index, axis, size):
    return IndexError(f"index {index} is out of bounds for axis {axis} with size {size}")


@pytest.mark.parametrize(
    ("condition", "error", "cause"),
    [
        (lambda N, C, y: max(y) >= N, lambda N, C, y: index_error(max(y), 0, N), "runs.class-for-sample"),
        (lambda N, C, y: C > N, lambda N, C, y: index_error(N, 0, N), "runs.class-for-sample"),
        (lambda N, C, y: N > C, lambda N, C, y: index_error(C, 1, C), "runs.sample-for-class"),
        (lambda N, C, y: N > C or max(y) >= N, lambda N, C, y: index_error(C, 0, min(N, C)), "runs.numbers-swapped"),
        (lambda N, C, y: True, lambda N, C, y: index_error(N, 0, N), "runs.one-too-far"),
        (lambda N, C, y: N > 8, lambda N, C, y: index_error(N, 0, N), None),  # where only some inputs do, nobody knows
        (lambda N, C, y: N == 7, lambda N, C, y: index_error(C, 1, C), None),
        (lambda N, C, y: True, lambda N, C, y: index_error(N + 3, 0, N), None),
        (lambda N, C, y: True, lambda N, C, y: ValueError("no shapes could be broadcast together"), None),
        (
            lambda N, C, y: N != 10,
            lambda N, C, y: TypeError("numpy boolean subtract is not supported"),
            "runs.booleans",
        ),
        (
            lambda N, C, y: True,
            lambda N, C, y: ValueError(
                f"broadcast together with shapes ({N},{C}) " + ("(2,9)" if N > 8 else f"({N},)")
            ),
            None,
        ),
    ],
)
def test_exceptions_prove_a_cause_together_or_none(condition, error, cause):
    assert failed(checks.svm_loss_naive(failing_where(condition, error)))["runs"].cause == cause


def test_a_measurement_names_call_entry_and_both_values():
    function = vectorized(lambda loss, dW, W, X, y, reg: (loss, dW - reg * W))
    finding = failed(checks.svm_loss_naive(function))["gradient, regularizer"]
    assert finding.cause == "gradient.regularizer.factor-1"
    assert finding.message.startswith("Your regularization gradient is half of what the loss asks for")
    assert "called with W (" in finding.measured
    assert "yours" in finding.measured
    assert "relative difference 5.0e-01, limit 1e-06" in finding.measured
    assert finding.hint == 'checks.hint("svm-naive-gradient")'


def test_a_loss_is_checked_before_its_gradient_is_started():
    def svm_loss_vectorized_half(W, X, y, reg):
        return svm_loss_vectorized(W, X, y, 0.5 * reg)[0], None

    findings = checks.svm_loss_vectorized(svm_loss_vectorized_half)
    assert failed(findings)["loss, regularizer"].cause == "loss.regularizer.factor-0.5"
    assert outcomes(findings)["loss, data term"] == "pass"
    assert outcomes(findings)["gradient, data term"] == "not started"


def classic_stub(W, X, y, reg):
    loss = 0.0
    dW = np.zeros(W.shape)
    return loss, dW


def given_loss_only(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    loss += svm_loss_vectorized(W, X, y, reg)[0]
    return loss, dW


def fills_zeros(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = svm_loss_vectorized(W, X, y, reg)[0]
    dW[:, 0] += 0 * X[0]
    return loss, dW


def raises_not_implemented(W, X, y, reg):
    raise NotImplementedError


@pytest.mark.parametrize("function", [classic_stub, given_loss_only, raises_not_implemented])
def test_a_stub_is_not_started(function):
    assert set(outcomes(checks.svm_loss_naive(function)).values()) == {"not started"}


def test_zeros_that_somebody_wrote_are_wrong():
    assert failed(checks.svm_loss_naive(fills_zeros))["gradient, data term"].cause == "gradient.data.missing"


def test_numpys_global_state_and_warnings_are_left_alone(recwarn, capsys):
    np.random.seed(3)
    expected = np.random.RandomState(3).rand()

    def svm_loss_naive(W, X, y, reg):
        print("debugging")
        np.log(np.zeros(1))
        return svm_loss_vectorized(W, X, y, reg)

    assert not checks.svm_loss_naive(svm_loss_naive).failed
    assert np.random.rand() == expected
    assert not recwarn
    assert capsys.readouterr().out == ""


def test_a_fault_of_the_checker_costs_nothing(monkeypatch):
    monkeypatch.setattr(checks, "judge", lambda *_: 1 / 0)
    (finding,) = checks.svm_loss_naive(svm_loss_naive)
    assert finding.outcome == "checker fault"
    assert "ZeroDivisionError" in finding.measured


@pytest.mark.parametrize(
    ("function", "kinds"),
    [
        (loops.calls_a_helper, ["list comprehension"]),
        (loops.for_loop, ["for"]),
        (loops.while_loop, ["while"]),
        (loops.comprehension, ["dict comprehension"]),
        (loops.generator, ["generator expression"]),
        (loops.maps, ["map"]),
        (loops.vectorizes, ["vectorize"]),
        (loops.vectorizes_outside, ["vectorize"]),
        (loops.steps_of_one, ["for"]),
        (loops.blocks, ["for"]),
        (loops.unused_helper_only, []),
    ],
)
def test_loops_are_found_with_their_lines(function, kinds):
    found = read_source(function).loops()
    assert [kind for _, kind in found] == kinds
    lines = Path(loops.__file__).read_text(encoding="utf-8").splitlines()
    assert all(kind.split()[0] in lines[line - 1] or " for " in lines[line - 1] for line, kind in found)


@pytest.mark.parametrize(
    ("end", "is_there"),
    [
        ("", True),
        ("svm_loss_vectorized = other", True),
        (
            "svm_loss_vectorized = None\ndef svm_loss_vectorized(W, X, y, reg):\n    while X: pass",
            True,
        ),
        ("svm_loss_vectorized = lambda *a: (0.0, None)", False),
        ("from other import svm_loss_vectorized", False),
    ],
)
def test_the_name_stands_for_what_it_is_bound_to_last(end, is_there):
    text = f"def other(W, X, y, reg):\n    for x in X: pass\ndef svm_loss_vectorized(W, X, y, reg):\n    pass\n{end}\n"
    source = Source(text, "svm_loss_vectorized")
    assert (source.function is not None) == is_there
    assert not is_there or bool(source.loops()) == bool(end)


def test_the_checks_need_numpy_only():
    program = (
        "import sys, numpy\nbefore = set(sys.modules)\nfrom cs231n import checks\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)\n"
        "print(sorted(name for name in new - {'numpy'} if 'cython' not in name))"  # numpy.random's own
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=KIT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['cs231n']"
