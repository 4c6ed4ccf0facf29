"""A loss or a gradient against the right one: data term and regularizer apart, each with its causes."""

from typing import NamedTuple

import numpy as np

from .decomposition import LIMIT, causes, regularizer_causes
from .findings import note

__all__ = ["Verdict", "compare", "is_close", "judge"]


class Verdict(NamedTuple):
    """What is wrong: in each term the causes that the numbers prove (None: it is right), with what was measured.

    Attributes
    ----------
    data, regularizer : tuple of (list of str, note) or None
        Causes, perhaps none, and the measurement.
    special : note or None
        The measurement of a special case that is wrong where all else is right or explained.
    explained : bool
        Whether the rest is right, or wrong in ways that were found.
    """

    data: tuple | None = None
    regularizer: tuple | None = None
    special: tuple | None = None
    explained: bool = True


def judge(model, answers):
    """Judge the losses or the gradients that a function gave.

    Parameters
    ----------
    model : Model
    answers : list of (Question, float or ndarray)

    Returns
    -------
    Verdict
    """
    with np.errstate(all="ignore"):  # a wrong answer may be infinite
        wrong = [pair for pair in answers if not is_close(pair[1], model.expected(pair[0]))]
        return _judge_wrong(model, answers, wrong) if wrong else Verdict()


def _judge_wrong(model, answers, wrong):
    found, special = _explained(model, answers), None
    general = [pair for pair in answers if pair[0].is_general]
    if found is None and general:
        if all(is_close(value, model.expected(question)) for question, value in general):
            found = [], []
        else:
            found = _explained(model, general)
        if found is not None:
            special = compare(model.symbol, *_worst(model, [pair for pair in wrong if not pair[0].is_general] or wrong))
    data = _worst(model, [pair for pair in answers if pair[0].reg == 0] or answers)
    decay = _worst(model, list(_decays(answers)), right=lambda pair: _right_decay(model, pair))
    if found is None:
        data_wrong = not is_close(data[1], data[2])
        decay_wrong = decay is not None and not is_close(decay[1], decay[2])
        return Verdict(
            data=(_one_number(model, answers), compare(model.symbol, *data)) if data_wrong or not decay_wrong else None,
            regularizer=(_explained_decay(model, answers), _compare_decay(model, decay)) if decay_wrong else None,
            explained=False,
        )
    if not any(found) and not special:
        return Verdict(data=([], compare(model.symbol, *_worst(model, wrong))))
    return Verdict(
        (found[0], compare(model.symbol, *data)) if found[0] else None,
        (found[1], _compare_decay(model, decay)) if found[1] else None,
        special,
    )


def _one_number(model, answers):
    """The cause where a gradient's data term cannot be read because an array became a number on the way."""
    data = [value for question, value in answers if question.reg == 0 and np.size(value) > 1]
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
    return note("at", call=note("called with", call=question.call), what=within)


def _explained(model, answers):
    """Causes of all that is wrong with some answers, or None where they do not decompose."""
    questions, values = zip(*answers, strict=True)
    if not all(np.all(np.isfinite(value)) for value in values):
        return None
    return causes(model, questions, values)


def _error(value, expected):
    largest = np.max(np.abs(expected))
    error = np.max(np.abs(np.asarray(value, dtype=float) - expected)) / (largest or 1.0)
    return float("inf") if np.isnan(error) else float(error)


def _worst(model, answers, right=None):
    """Question, value and right value of the answer that is furthest off; None of no answers."""
    right = right or (lambda pair: model.expected(pair[0]))
    triples = [(pair[0], pair[1], right(pair)) for pair in answers]
    return max(triples, key=lambda triple: _error(triple[1], triple[2]), default=None)


def _decays(answers):
    """What each case's answer gains by its regularizer."""
    without = {question.name: value for question, value in answers if question.reg == 0}
    for question, value in answers:
        if question.reg and question.name in without:
            yield question, value - without[question.name]


def _explained_decay(model, answers):
    """Causes of what is wrong with the regularizer, whatever the data term is."""
    questions, gains = zip(*_decays(answers), strict=True)
    return regularizer_causes(model, questions, gains) if all(np.all(np.isfinite(gain)) for gain in gains) else []


def _right_decay(model, pair):
    question = pair[0]
    return model.expected(question) - model.expected(question._replace(reg=0.0))


def _compare_decay(model, decay):
    return compare(f"({model.symbol} - {model.symbol}(reg = 0))", *decay) if decay else None
