"""What a right result needs besides its numbers: no failure, type and shape, kept inputs, the same result again."""

import numpy as np

from ..sentences import word
from .findings import FAIL, NOT_RUN, PASS, Finding
from .questions import ask
from .terms import compare, is_close

__all__ = ["check_float32", "check_inputs_kept", "check_same_twice", "failure_text", "misfit", "numbers", "runs"]

FLOAT32_LIMIT = 1e-4  # relative; float32 has 7 digits, and sums lose some


def runs(subject, region, answers):
    """Finding on whether each question was answered at all.

    Parameters
    ----------
    subject, region : str
    answers : list of (Question, Answer)

    Returns
    -------
    Finding
    """
    for question, answer in answers:
        if answer.failure:
            text = f"{word('called with', call=question)}: {failure_text(answer.failure)}"
            rows = f"({len(question.y)},{question.W.shape[1]}) ({len(question.y)},)"  # as NumPy words it
            cause = "loss.margin.wrong-axis" if "broadcast" in text and rows in text else None
            return Finding(subject, "runs", region, FAIL, text, cause)
    return Finding(subject, "runs", region, PASS)


def failure_text(failure):
    """What a `Failure` was, in words."""
    if failure.kind == "returns":
        return word("returned", found=failure.text)
    if failure.kind == "ended":  # the process that it ran in
        return failure.text
    return word("raised at" if failure.line else "raised", line=failure.line, kind=failure.kind, text=failure.text)


def misfit(position, results):
    """Measurement and cause where results are no losses or gradients at all.

    Parameters
    ----------
    position : int
        0 for losses, 1 for gradients.
    results : list of (Question, object)

    Returns
    -------
    (str, str or None) or None
        None where all fit.
    """
    for question, value in results:
        found = (_unfit_gradient if position else _unfit_loss)(value, question.W.shape)
        if found:
            return f"{word('called with', call=question)}: {found[0]}", found[1]
    return None


def check_inputs_kept(subject, region, answers):
    """Findings on a gradient that is an input, and on inputs that were changed; none where all is well.

    Parameters
    ----------
    subject, region : str
    answers : list of (Question, Answer)

    Returns
    -------
    list of Finding
    """
    found = []
    if any(answer.shared for _, answer in answers):
        found.append(Finding(subject, "result", region, FAIL, cause="result.gradient-is-input"))
    changed = sorted({name for _, answer in answers for name in answer.changed})
    if changed:
        text = word("changed", names=", ".join(changed))
        found.append(Finding(subject, "result", region, FAIL, text, "inputs.changed"))
    return found


def check_same_twice(function, subject, region, answers):
    """Finding on whether a result depends on NumPy's global random state or on earlier calls.

    Parameters
    ----------
    function : callable
    subject, region : str
    answers : list of (Question, Answer)
        Without failures; one question of them is asked again.

    Returns
    -------
    Finding
    """
    if not answers:
        return Finding(subject, "same result twice", region, NOT_RUN)
    kept, question = np.random.get_state(), answers[-1][0]
    try:
        answers = [ask(function, question, seed=seed) for seed in (1, 1, 2)]
    finally:
        np.random.set_state(kept)
    same = [all(map(_equal, answers[0][:2], other[:2])) for other in answers[1:]]
    if all(same):
        return Finding(subject, "same result twice", region, PASS)
    other = answers[same.index(False) + 1]
    position = 1 if _equal(answers[0].loss, other.loss) else 0
    text = word(
        "twice", what=("loss", "dW")[position], first=_brief(answers[0][position]), second=_brief(other[position])
    )
    cause = "repeat.global-random" if same[0] else "repeat.state"
    return Finding(subject, "same result twice", region, FAIL, text, cause)


def check_float32(function, subject, region, answers):
    """Finding on whether float32 input gives what float64 input gave.

    Parameters
    ----------
    function : callable
    subject, region : str
    answers : list of (Question, Answer)
        For float64 input; without any there is nothing to compare with.

    Returns
    -------
    Finding
    """
    if not answers:
        return Finding(subject, "float32", region, NOT_RUN)
    question, before = answers[-1]
    after = ask(function, question, np.float32)
    if after.failure:
        return Finding(subject, "float32", region, FAIL, failure_text(after.failure))
    for position, symbol in enumerate(("loss", "dW")):
        old, new = before[position], after[position]
        unfit = misfit(position, [(question, new)]) if old is not None else None
        if unfit:
            return Finding(subject, "float32", region, FAIL, unfit[0])
        if old is not None and not is_close(new, old, FLOAT32_LIMIT):
            return Finding(subject, "float32", region, FAIL, compare(symbol, question, new, old, FLOAT32_LIMIT))
    return Finding(subject, "float32", region, PASS)


def _unfit_loss(value, shape):
    array = numbers(value)
    if array is None:
        return word("loss type", found="None" if value is None else type(value).__name__), None
    if array.size == 1 and array.dtype.kind in "fiu" and np.isfinite(array).all():
        return None
    found = str(value) if array.size == 1 else f"{type(value).__name__} of shape {array.shape}"
    cause = "result.swapped" if array.shape == shape else "result.loss-shape" if array.size > 1 else None
    return word("loss type", found=found), cause


def _unfit_gradient(value, shape):
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        is_array = isinstance(value, np.ndarray)
        is_number = isinstance(value, int | float | np.number)
        found = f"{value.dtype} ndarray" if is_array else word("one number") if is_number else type(value).__name__
        text = word("type", found=found)
        return text, "result.gradient-integer" if is_array and value.dtype.kind in "iu" else None
    if value.shape != shape:
        return word("shape", found=value.shape, expected=shape), "result.gradient-shape"
    return None


def numbers(value):
    """A result as an array of numbers, or None where it is none.

    Asked first, since what NumPy's functions do with other arrays depends on its version.
    """
    try:
        array = np.asarray(value)
    except Exception:  # whatever an object of the student's does when NumPy asks it for its numbers
        return None
    return array if array.dtype.kind in "biufc" else None


def _equal(a, b):
    """Whether two results are the same; those that are no numbers are, where their types are."""
    one, other = numbers(a), numbers(b)
    if one is None or other is None:
        return type(a) is type(b)
    return np.array_equal(one, other, equal_nan=True)


def _brief(value):
    """A few characters for a result of any kind; of an array its norm."""
    array = numbers(value)
    if array is None:
        return type(value).__name__
    return f"{array.ravel()[0]:.6g}" if array.size == 1 else f"of norm {np.linalg.norm(array):.6g}"
