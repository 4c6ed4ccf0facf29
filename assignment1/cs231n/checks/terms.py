"""A loss or a gradient against the right one: data term and regularizer apart, each with its causes."""

from typing import NamedTuple

import numpy as np

from ..sentences import word
from .causes import Causes, gradient_causes, loss_causes, regularizer_causes
from .decomposition import LIMIT, explain_gradient, explain_loss, explain_regularizer

__all__ = ["GRADIENT", "LOSS", "Kind", "Verdict", "compare", "is_close", "judge"]


class Kind(NamedTuple):
    """What tells a loss from a gradient.

    Attributes
    ----------
    symbol : str
        What the student calls it.
    name : str
        In the names of causes.
    regularizer : (str, int)
        Which parts of a question its regularizer is made of, and their coefficient.
    expected : callable
        Of a Question.
    explain, causes : callable
        From answers to a decomposition, and from that to causes.
    """

    symbol: str
    name: str
    regularizer: tuple
    expected: object
    explain: object
    causes: object


LOSS = Kind("loss", "loss", ("squares", 1), lambda question: question.loss, explain_loss, loss_causes)
GRADIENT = Kind("dW", "gradient", ("weights", 2), lambda question: question.gradient, explain_gradient, gradient_causes)


class Verdict(NamedTuple):
    """What is wrong: in each term the causes that the numbers prove (None: it is right), with what was measured.

    Attributes
    ----------
    data, regularizer : tuple of (list of str, str) or None
        Causes, perhaps none, and the measurement.
    special : str or None
        The measurement of a special case that is wrong where all else is right or explained.
    explained : bool
        Whether the rest is right, or wrong in ways that were found.
    """

    data: tuple | None = None
    regularizer: tuple | None = None
    special: str | None = None
    explained: bool = True


def judge(kind, answers):
    """Judge the losses or the gradients that a function gave.

    Parameters
    ----------
    kind : Kind
        `LOSS` or `GRADIENT`.
    answers : list of (Question, float or ndarray)

    Returns
    -------
    Verdict
    """
    with np.errstate(all="ignore"):  # a wrong answer may be infinite
        wrong = [pair for pair in answers if not is_close(pair[1], kind.expected(pair[0]))]
        return _judge_wrong(kind, answers, wrong) if wrong else Verdict()


def _judge_wrong(kind, answers, wrong):
    causes, special = _explained(kind, answers), None
    general = [pair for pair in answers if _is_general(pair)]
    if causes is None and general:
        if all(is_close(value, kind.expected(question)) for question, value in general):
            causes = Causes([], [])
        else:
            causes = _explained(kind, general)
        if causes is not None:
            special = compare(kind.symbol, *_worst(kind, [pair for pair in wrong if not _is_general(pair)] or wrong))
    data = _worst(kind, [pair for pair in answers if pair[0].reg == 0] or answers)
    decay = _worst(kind, list(_decays(answers)), right=lambda pair: _right_decay(kind, pair))
    if causes is None:
        data_wrong = not is_close(data[1], data[2])
        decay_wrong = decay is not None and not is_close(decay[1], decay[2])
        return Verdict(
            data=(_one_number(kind, answers), compare(kind.symbol, *data)) if data_wrong or not decay_wrong else None,
            regularizer=(_explained_decay(kind, answers), _compare_decay(kind, decay)) if decay_wrong else None,
            explained=False,
        )
    if not any(causes) and not special:
        return Verdict(data=([], compare(kind.symbol, *_worst(kind, wrong))))
    return Verdict(
        (causes.data, compare(kind.symbol, *data)) if causes.data else None,
        (causes.regularizer, _compare_decay(kind, decay)) if causes.regularizer else None,
        special,
    )


def _one_number(kind, answers):
    """The cause where a gradient's data term cannot be read because an array became a number on the way."""
    data = [value for question, value in answers if question.reg == 0 and np.size(value) > 1]
    return ["gradient.data.one-number"] if data and all(np.ptp(value) == 0 for value in data) else []


def is_close(value, expected, limit=LIMIT):
    """Whether two losses or gradients agree, relative to the largest entry of the expected one.

    Parameters
    ----------
    value, expected : float or ndarray
    limit : float

    Returns
    -------
    bool
    """
    return _error(value, expected) <= limit


def compare(symbol, question, value, expected, limit=LIMIT):
    """A sentence with the call, the entry that is furthest off, and the limit.

    Parameters
    ----------
    symbol : str
        What is compared.
    question : Question
    value, expected : float or ndarray
    limit : float

    Returns
    -------
    str
    """
    call, error = word("called with", call=question), _error(value, expected)
    if np.ndim(expected):
        index = np.unravel_index(np.argmax(np.nan_to_num(np.abs(value - expected), nan=np.inf)), np.shape(expected))
        symbol = f"{symbol}[{', '.join(map(str, index))}]"
        value, expected = value[index], expected[index]
    yours = f"{value:.4f}" if abs(value) < 1e6 else f"{value:.4g}"
    both = word("compared", what=symbol, yours=yours, expected=f"{expected:.4f}")
    return f"{call}: {both} ({word('limit', error=f'{error:.1e}', limit=f'{limit:.0e}')})"


def _is_general(pair):
    return pair[0].name.startswith("general")


def _explained(kind, answers):
    """Causes of all that is wrong with some answers, or None where they do not decompose."""
    questions, values = zip(*answers, strict=True)
    if not all(np.all(np.isfinite(value)) for value in values):
        return None
    found = kind.explain(questions, values)
    return None if found is None else kind.causes(*found)


def _error(value, expected):
    largest = np.max(np.abs(expected))
    error = np.max(np.abs(np.asarray(value, dtype=float) - expected)) / (largest or 1.0)
    return float("inf") if np.isnan(error) else float(error)


def _worst(kind, answers, right=None):
    """Question, value and right value of the answer that is furthest off; None of no answers."""
    right = right or (lambda pair: kind.expected(pair[0]))
    triples = [(pair[0], pair[1], right(pair)) for pair in answers]
    return max(triples, key=lambda triple: _error(triple[1], triple[2]), default=None)


def _decays(answers):
    """What each case's answer gains by its regularizer."""
    without = {question.name: value for question, value in answers if question.reg == 0}
    for question, value in answers:
        if question.reg and question.name in without:
            yield question, value - without[question.name]


def _explained_decay(kind, answers):
    """Causes of what is wrong with the regularizer, whatever the data term is."""
    group, right = kind.regularizer
    questions, gains = zip(*_decays(answers), strict=True)
    if not all(np.all(np.isfinite(gain)) for gain in gains):
        return []
    found = explain_regularizer(group, questions, gains)
    return [] if found is None else regularizer_causes(kind.name, right, *found)


def _right_decay(kind, pair):
    question = pair[0]
    return kind.expected(question) - kind.expected(question._replace(reg=0.0))


def _compare_decay(kind, decay):
    if decay is None:
        return ""
    return compare(f"({kind.symbol} - {kind.symbol}(reg = 0))", *decay)
