"""A loss or a gradient against the right one: data term and regularizer apart, each with its causes."""

from functools import partial
from typing import NamedTuple

import numpy as np

from .decomposition import LIMIT, data_causes, regularizer_causes
from .findings import NOT_RUN, note


class Verdict(NamedTuple):
    """What is wrong: in each term a list of causes that the numbers prove, and a measurement; None if it is right.

    The regularizer is NOT_RUN where nothing is known of it.
    """

    data: tuple | None = None
    regularizer: tuple | str | None = None
    special: tuple | None = None  # measurement of a special case that is wrong while all else is right or explained
    explained: bool = True  # whether the rest is right, or wrong in ways that were found


def judge(model, answers):
    """The Verdict on what a function gave; `answers` are pairs of a Question and a float or ndarray of shape (D, C)."""
    with np.errstate(all="ignore"):  # a wrong answer may be infinite
        compared = [(question, value, model.expected(question)) for question, value in answers]
        wrong = [triple for triple in compared if not is_close(*triple[1:])]
        return _judge_wrong(model, compared, wrong) if wrong else Verdict()


def _judge_wrong(model, answers, wrong):
    """The Verdict if some are wrong; here and below an answer is a triple (Question, value, right value)."""
    plain, decays = [triple for triple in answers if triple[0].reg == 0], _decays(answers)
    decay, *decay_special = _find(regularizer_causes, model, decays)
    # What is strange with a regularizer may add a constant without one, as x**reg does: then none is told.
    data, *special = _find(partial(data_causes, right_only=not decay_special[1]), model, plain)
    triple, is_explained = special[0] or decay_special[0], special[1] and decay_special[1]
    prefix = f"{model.name}.regularizer."
    ignores_reg = [name for name in data or () if name.startswith(prefix)]
    if special[1] and (decay == [f"{prefix}not-there"] or ignores_reg == [f"{prefix}without-reg"]):
        data = [name for name in data or () if name not in ignores_reg] or None
        decay = ignores_reg or [f"{prefix}missing"]
    elif ignores_reg:  # as a constant, which may have come from anywhere
        data, is_explained = [], False
    is_unknown = data is decay is triple is None  # where nothing came at reg = 0, the terms cannot be told apart
    if is_unknown:
        data, plain = [], wrong
    if data == [f"{model.name}.data.missing"] and decay == []:  # as where all is rounded to whole numbers
        data = []
    if data == []:
        data = _one_number(model, answers)
    symbol = model.symbol
    return Verdict(
        data=None if data is None else (data, compare(symbol, *_worst(plain))),
        regularizer=NOT_RUN
        if is_unknown
        else None
        if decay is None
        else (decay, compare(f"({symbol} - {symbol}(reg = 0))", *_worst(decays))),
        special=triple and compare(symbol, *triple),
        explained=is_explained,
    )


def _find(explain, model, answers):
    """What is wrong, a list of causes or None; a special case that is wrong while all else is right or explained;
    whether all is right or explained."""
    wrong = [triple for triple in answers if not is_close(*triple[1:])]
    if not wrong:
        return None, None, bool(answers)
    found = _explained(explain, model, answers)
    if found:
        return found, None, True
    general = [triple for triple in answers if triple[0].is_general]
    wrong_special = [triple for triple in wrong if not triple[0].is_general]
    found = _explained(explain, model, general) if general else None
    if general and (found or len(wrong_special) == len(wrong)):
        return found, _worst(wrong_special or wrong), True
    return [], None, False


def _one_number(model, answers):
    """The cause where a gradient's data term cannot be read because an array became a number on the way."""
    data = [value for question, value, _ in answers if question.reg == 0 and np.size(value) > 1]
    return [f"{model.name}.data.one-number"] if data and all(np.ptp(value) == 0 for value in data) else []


def is_close(value, expected, limit=LIMIT):
    """Whether two losses or gradients agree, relative to the largest entry of the expected one."""
    return _error(value, expected) <= limit


def compare(symbol, question, value, expected, limit=LIMIT):
    """A note with the call, the entry of `symbol` that is furthest off, and the limit."""
    error = _error(value, expected)
    if np.ndim(expected):
        index = np.unravel_index(np.argmax(np.nan_to_num(np.abs(value - expected), nan=np.inf)), np.shape(expected))
        symbol = f"{symbol}[{', '.join(map(str, index))}]"
        value, expected = value[index], expected[index]
    yours = f"{value:.4f}" if abs(value) < 1e6 else f"{value:.4g}"
    both = note("compared", what=symbol, yours=yours, expected=f"{expected:.4f}")
    within = note("within", what=both, limit=note("limit", error=f"{error:.1e}", limit=f"{limit:.0e}"))
    return at(question, within)


def at(question, what):
    """A note, behind the call that it is about."""
    return note("at", call=note("called with", call=question.call), what=what)


def _explained(explain, model, answers):
    """What `explain` finds in some answers; None if one is not finite."""
    questions, values, _ = zip(*answers, strict=True)
    return explain(model, questions, values) if all(np.all(np.isfinite(value)) for value in values) else None


def _error(value, expected):
    largest = np.max(np.abs(expected))
    error = np.max(np.abs(np.asarray(value, dtype=float) - expected)) / (largest or 1.0)
    return float("inf") if np.isnan(error) else float(error)


def _worst(answers):
    """The answer that is furthest off; None if there are none."""
    return max(answers, key=lambda triple: _error(*triple[1:]), default=None)


def _decays(answers):
    """What each case's answer, and the right one, gain by the regularizer, where rounding does not hide it."""
    without = {question.name: (value, right) for question, value, right in answers if question.reg == 0}
    gains, seen = [], []
    for question, value, right in answers:
        if question.reg and question.name in without:
            value_without, right_without = without[question.name]
            gains.append((question, value - value_without, right - right_without))
            rounding = 4 * np.finfo(float).eps * np.max(np.abs(value))
            seen += gains[-1:] if rounding <= LIMIT * np.max(np.abs(gains[-1][2])) else []
    return seen or gains
