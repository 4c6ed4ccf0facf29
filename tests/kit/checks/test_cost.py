"""What a function costs decides whether it has loops, and nothing that it is called."""

import re
import subprocess
import sys

import numpy as np
import pytest

from cs231n import checks
from cs231n.assignments import ASSIGNMENTS, SUBJECTS
from cs231n.checks import cost, judging
from cs231n.checks.calls import Answer, perform
from cs231n.checks.questions import shipped
from cs231n.checks.source import source_of
from cs231n.classifiers import linear_svm
from staff.assignments import MATERIALS
from staff.assignments.svm import variants
from staff.authoring.paths import KIT, ROOT

from . import loops

NAIVE, VECTORIZED = list(SUBJECTS.values())[:2]


def costs_of(function, subject):
    """What was measured of a function, by size."""

    def ask(call):
        return perform(function, call, lambda _: False)

    questions = shipped("svm")
    answers = {"cases": [Answer((0.0, np.zeros_like(question.W))) for question in questions.cases]}
    return cost.measure(subject, questions, answers, cost.measure_yardstick(ask), ask)


def finding_on(function, subject=VECTORIZED):
    return next(finding for finding in checks.check(function, subject) if finding.claim == "cost")


def right(body, pick="scores[rows, y]"):
    """The right function in arrays with other lines in it."""
    text = f"""
def svm_loss_vectorized(W, X, y, reg):
    map, probe, vars, exec, N = 1, 2, 3, 4, len(y)
    rows, scores = np.arange(N), X @ W
    {body}
    filter = {pick}
    gc = np.maximum(0, scores - np.reshape(filter, (N, 1)) + map)
    gc[rows, y] = 0
    vectorize = (gc > 0).astype(float)
    vectorize[rows, y] = -vectorize.sum(axis=1)
    return gc.sum() / N + reg * np.sum(W * W), X.T @ vectorize / N + 2 * reg * W
"""
    space = {"np": np, "helper": loops.helper}
    exec(text, space)
    return space["svm_loss_vectorized"]


@pytest.mark.parametrize(
    ("body", "pick"),
    [
        ("", "scores[rows, y]"),
        ("print(scores)", "scores[rows, y]"),
        ("print(f'{scores} {X}')", "scores[rows, y]"),
        ("", "np.choose(y, scores.T)"),
        ("", "np.diagonal(X @ W[:, y])"),
        ("", "np.take_along_axis(scores, y[:, None], 1)"),
        ("for start in range(0, N, 128): X[start : start + 128].sum()", "scores[rows, y]"),
        ("helper(X[0])", "scores[rows, y]"),
        ("assert np.isfinite(X).all() and np.allclose(scores, np.dot(X, W))", "scores[rows, y]"),
    ],
)
def test_right_functions_pass_whatever_their_names_are(body, pick):
    findings = checks.check(right(body, pick), VECTORIZED)
    assert {finding.outcome for finding in findings} == {"pass"}, findings


HIDDEN = {
    "a comprehension in a lambda, two rows a step": (
        "(lambda: [np.maximum(0, scores[i : i + 2] - np.sum(X[i]) + 1) for i in range(0, N, 2)])()"
    ),
    "map": "list([].__class__(__builtins__['ma' + 'p'](lambda x: np.sum(np.fmax(x, 0)), X)))",
    "reduce": "__import__('functools').reduce(lambda total, row: total + np.sum(row), X)",
    "sorted": "sorted(rows, key=lambda i: np.sum(np.fmax(X[i], 0)))",
    "a helper in another file": "[helper(X) for _ in range(4)]",
    "a loop in a string": "exec('for x in X: x.sum(), x.max(), x.min(), x.mean()', {'X': X})".replace(
        "exec", "__builtins__['exec']"
    ),
    "four samples unrolled": "\n".join(
        [
            "i = 0",
            "    while i < N:",
            *(f"        np.sum(np.fmax(scores[(i + {k}) % N], 0))" for k in range(4)),
            "        i += 4",
        ]
    ),
    "np.vectorize": "np.vectorize(lambda i: np.sum(np.fmax(scores[i], 0)))(rows)",
    "classes": "[np.maximum(0, scores[:, j] - scores[rows, y] + 1) for j in range(W.shape[1])]",
}


@pytest.mark.parametrize("body", HIDDEN.values(), ids=HIDDEN)
def test_loops_are_found_wherever_they_stand(body):
    found = finding_on(right(body))
    assert found.outcome == "fail"
    assert found.cause in ("vectorized.loop", "vectorized.cost")
    assert "times the CPU time of a few operations on whole arrays" in found.measured


def test_where_a_loop_stands_is_said():
    found = finding_on(loops.right_with_a_loop)
    line = loops.right_with_a_loop.__code__.co_firstlineno + 3
    assert (found.outcome, found.cause) == ("fail", "vectorized.loop")
    assert f"line {line}: for" in found.measured


def test_who_calls_the_function_with_loops_is_told():
    assert finding_on(loops.calls_the_naive_function).cause == "vectorized.naive"


def test_a_variable_is_no_loop_whatever_its_name_is():
    text = "def f(map):\n    for filter in map:\n        map, eval = filter, sorted(map)\n    return eval"
    assert source_of(text, "f").loops() == [(2, "for"), (3, "sorted")]


def by_differences(loss, step):
    """The right loss, and its gradient by differences over a step; by its imaginary part where that is complex."""

    def function(W, X, y, reg):
        dW = np.zeros(W.shape)
        for index in np.ndindex(*W.shape):
            high, low = W.astype(type(step)), W.astype(type(step))
            high[index] += step
            low[index] -= step
            dW[index] = ((loss(high, X, y, reg) - loss(low, X, y, reg)) / (2 * step)).real
        return float(loss(W, X, y, reg)), dW

    return function


def loss_in_arrays(W, X, y, reg):
    scores, rows = X @ W, np.arange(len(y))
    margins = scores - scores[rows, y][:, np.newaxis] + 1
    margins[rows, y] = 0
    return np.sum(np.where(margins.real > 0, margins, 0)) / len(y) + reg * np.sum(W * W)


@pytest.mark.parametrize("step", [2.0**-20, 1e-30j])
@pytest.mark.parametrize("subject", [NAIVE, VECTORIZED], ids=lambda subject: subject.name)
def test_a_gradient_from_differences_is_told(subject, step):
    findings = checks.check(by_differences(loss_in_arrays, step), subject)
    found = {finding.claim: finding for finding in findings}["cost"]
    assert (found.outcome, found.cause, found.region) == ("fail", "gradient.numerical", subject.regions[-1])


def test_what_is_no_right_gradient_is_not_called_differences():
    wrong = by_differences(lambda W, X, y, reg: loss_in_arrays(W, X, y, reg) ** 2, 2.0**-20)
    found = {finding.claim: finding for finding in checks.check(wrong, NAIVE)}["cost"]
    assert (found.outcome, found.cause) == ("fail", "gradient.cost")


@pytest.mark.parametrize("number", [r"\1", r"np.array(\1)"])
def test_loops_down_to_single_numbers_are_no_differences(number):
    space = {}
    text = re.sub(r"(?<!d)([WX]\[\w, \w\])", number, variants()["one_number_at_a_time.py"])
    exec(text, space)
    assert finding_on(space[NAIVE.name], NAIVE).outcome == "pass"


@pytest.mark.parametrize("name", MATERIALS)
def test_the_references_lie_near_the_yardstick(name):
    """Far from 0.3 to 3 yardsticks, the bounds would mean something else on this machine."""
    for subject in next(assignment for assignment in ASSIGNMENTS if assignment.name == name).subjects:
        if subject.kind == "arrays":
            # The least of several, as near a bound: so far from it one call is enough to pass.
            runs = [costs_of(getattr(linear_svm, subject.name), subject) for _ in range(5)]
            least = {size: min(found[size].factor for found in runs) for size in runs[0]}
            assert all(0.3 < factor < 3 for factor in least.values()), least


# What follows runs nothing: answers are judged.
@pytest.mark.parametrize(("most", "outcome"), [(cost._CHOOSE.shape[2], "pass"), (cost._CHOOSE.shape[2] - 1, "fail")])
def test_np_choose_is_measured_with_as_many_classes_as_it_takes(most, outcome):
    """Whoever raises the same with fewer was not measured."""
    function = right("", "np.choose(y, scores.T)")

    def choosing(W, X, y, reg):
        if W.shape[1] > most:
            raise ValueError(f"Need at least 0 and at most {most} array objects.")
        return function(W, X, y, reg)

    assert finding_on(choosing).outcome == outcome


@pytest.mark.parametrize("way", ["np.unique(y)", "np.median(scores)", "np.ma.masked_less(scores, 0)"])
def test_what_numpy_imports_at_its_first_use_works(way):
    """Some of NumPy's modules read the name of np.empty when they are imported."""
    code = f"""
import sys
sys.path[:0] = {[str(ROOT), str(KIT)]}
from cs231n import checks
from tests.kit.checks.test_cost import VECTORIZED, right
print({{finding.outcome for finding in checks.check(right({way!r}), VECTORIZED)}})
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "{'pass'}\n", done.stderr


def judged_on_other_inputs(function):
    """Findings on inputs whose right answers are known at every size, as in grading."""

    def ask(call):
        return perform(function, call, lambda _: False)

    questions = MATERIALS["svm"].draw([231])
    answers = {name: list(map(ask, calls)) for name, calls in judging.calls_of(VECTORIZED, questions).items()}
    answers["cost"] = cost.measure(VECTORIZED, questions, answers, cost.measure_yardstick(ask), ask)
    return judging.judge(ASSIGNMENTS[0], VECTORIZED, questions, answers, None)


def changed(change):
    function = right("")
    return lambda W, X, y, reg: change(*function(W, X, y, reg), W, len(y))


@pytest.mark.parametrize("shape", [(1,), (1, 1)])
def test_a_loss_in_an_array_of_one_is_right_at_every_size(shape):
    found = judged_on_other_inputs(changed(lambda loss, dW, W, N: (np.full(shape, loss), dW)))
    assert {finding.outcome for finding in found} == {"pass"}


@pytest.mark.parametrize("wrong", [lambda W: W, lambda W: 2 * W])
def test_a_wrong_regularizer_excuses_nothing_else_at_another_size(wrong):
    """Where it is of W alone, all else can be held against what is right."""

    def cost_of(change):
        found = judged_on_other_inputs(changed(change))
        return {finding.cause for finding in found if finding.claim == "cost"}

    assert cost_of(lambda loss, dW, W, N: (loss, dW + wrong(W))) == {None}
    assert cost_of(lambda loss, dW, W, N: (loss, (dW if N < 20 else 0 * dW) + wrong(W))) == {"result.at-size"}
