"""From the coefficients of a decomposition to stable names of mistakes, apart for the data term and the regularizer.

A cause is ``what.part.mistake``, as ``gradient.regularizer.factor-1``; `sentences` says each in words.
"""

from typing import NamedTuple

__all__ = ["Causes", "gradient_causes", "loss_causes", "regularizer_causes"]

_MEANS = {"sum": "missing", "nc": "over-n-times-c", "nn": "twice", "c": "over-classes", "d": "over-features"}
_REG_SCALES = {
    "1": "without-reg",
    "reg/n": "divided-by-n",
    "reg*reg": "reg-squared",
    "reg*n": "times-n",
    "reg/dc": "mean-of-squares",
}
_CORRECT_CLASS = {
    # how often the violating classes count, how often the sample itself
    (0, 0): "correct-class.missing",
    (0, 1): "correct-class.once-a-sample",
    (1, 1): "correct-class.counts-itself",
    (1, -1): "correct-class.own-margin",
    (0, -1): "correct-class.missing",
    (-1, 0): "correct-class.sign",
    (-1, -1): "correct-class.sign",
}


class Causes(NamedTuple):
    """Names of the mistakes in the data term, and in the regularizer; both empty where all is right."""

    data: list
    regularizer: list


def loss_causes(hinge, squares, coefficients):
    """Name what is wrong with a loss.

    Parameters
    ----------
    hinge, squares, coefficients
        As `decomposition.explain_loss` returns them.

    Returns
    -------
    Causes
    """
    data = [] if hinge == "standard" else [f"loss.{_reading(hinge)}"]
    scale, factor = _single(coefficients, "hinge")
    count_scale, count = _single(coefficients, "count")
    fixed = _fixed_divisor(scale, factor)
    if factor == 0:
        data = ["loss.data.missing"]
    elif fixed:
        data.append(f"loss.mean.fixed-{fixed}")
        factor = 1
    elif scale != "n":
        data.append(f"loss.mean.{_MEANS.get(scale, 'mixed')}")
    if factor not in (0, 1) and not (hinge == "squared" and factor == 0.5):
        data.append("loss.data.sign" if factor == -1 else f"loss.data.factor-{factor:g}")
    if count:
        usual = factor and count == factor and count_scale == scale
        data.append(
            "loss.correct-class.own-margin" if usual else f"loss.constant.{'added' if count > 0 else 'taken-off'}"
        )
    return Causes(data, _regularizer_causes("loss", 1, squares, *_single(coefficients, "squares")))


def gradient_causes(own_reading, correct_reading, weights, coefficients):
    """Name what is wrong with a gradient.

    Parameters
    ----------
    own_reading, correct_reading, weights, coefficients
        As `decomposition.explain_gradient` returns them.

    Returns
    -------
    Causes
    """
    own_scale, own = _single(coefficients, "own")
    correct_scale, correct = _single(coefficients, "correct")
    once_scale, once = _single(coefficients, "once")
    some_scale, some = _single(coefficients, "once-violating")
    if own_reading == correct_reading:
        data = [] if own_reading == "standard" else [f"gradient.{_reading(own_reading)}"]
    elif own_reading == "standard":
        data = [f"gradient.correct-class.{correct_reading}"]
    else:
        data = [f"gradient.violating-classes.{own_reading}"]
    if own_reading == correct_reading == "values" and own == correct == 2:
        data, own, correct = ["gradient.hinge.squared"], 1, 1
    fixed = _fixed_divisor(own_scale, own)
    if fixed and (own_scale, own) == (correct_scale, correct):
        data.append(f"gradient.mean.fixed-{fixed}")
        own = correct = 1
    else:
        data += _mean_causes({"own": own_scale, "correct": correct_scale or once_scale or some_scale})
    if own == correct and not once and not some:
        if own == 0:
            data = ["gradient.data.missing"]
        elif own != 1:
            data.append("gradient.data.sign" if own == -1 else f"gradient.data.factor-{own:g}")
    else:
        data += _own_causes(own) + _correct_causes(correct, once or some)
    return Causes(data, _regularizer_causes("gradient", 2, weights, *_single(coefficients, "weights")))


def regularizer_causes(what, right, reading, coefficients):
    """Name what is wrong with the regularizer alone, where the data term cannot be read.

    Parameters
    ----------
    what : str
        "loss" or "gradient".
    right : int
        The coefficient that is right.
    reading, coefficients
        As `decomposition.explain_regularizer` returns them.

    Returns
    -------
    list of str
    """
    if not coefficients:
        return [f"{what}.regularizer.not-there"]
    (part, _), *_ = coefficients
    return _regularizer_causes(what, right, reading, *_single(coefficients, part))


def _own_causes(own):
    names = {0: ["missing"], 1: [], -1: ["sign"], 2: ["twice"]}
    return [f"gradient.violating-classes.{name}" for name in names.get(own, [f"factor-{own:g}"])]


def _correct_causes(correct, once):
    if (correct, once) == (1, 0):
        return []
    return ["gradient." + _CORRECT_CLASS.get((correct, once), f"correct-class.factor-{correct:g}")]


def _fixed_divisor(scale, factor):
    """The number that a part is divided by whatever the input, as 500; None where there is none."""
    number = round(1 / factor) if scale == "sum" and 0 < factor < 0.4 else 0
    return number if number and abs(number * factor - 1) < 1e-4 else None


def _mean_causes(scales):
    """What is wrong with the mean, for the parts that are there."""
    found = {part: scale for part, scale in scales.items() if scale}
    if set(found.values()) <= {"n"}:
        return []
    if len(set(found.values())) == 1:
        return [f"gradient.mean.{_MEANS.get(next(iter(found.values())), 'mixed')}"]
    if set(found.values()) == {"n", "sum"}:
        place = "violating-classes" if found["own"] == "sum" else "correct-class"
        return [f"gradient.mean.missing-for-{place}"]
    return ["gradient.mean.mixed"]


def _regularizer_causes(what, right, reading, scale, factor):
    if factor == 0:
        return [f"{what}.regularizer.missing"]
    if reading != "standard":
        return [f"{what}.regularizer.{reading}"]
    if scale == "mixed":
        return [f"{what}.regularizer.mixed"]
    causes = [_REG_SCALES[scale]] if scale in _REG_SCALES else []
    if factor != right:
        causes = [*causes, "sign" if factor == -right else f"factor-{factor:g}"]
    return [f"{what}.regularizer.{cause}" for cause in causes]


def _reading(name):
    """Where in the loss a reading of the hinge differs."""
    places = {
        "margin": ("no-delta", "delta-sign", "delta-0.5", "delta-2", "delta-10", "reversed", "wrong-axis"),
        "indicator": ("values", "zero-counted", "scores", "not-clipped"),
        "samples": ("first-sample", "last-sample", "divided-in-loop", "overwritten", "columns-zeroed"),
    }
    place = next((place for place, names in places.items() if name in names), "hinge")
    return f"{place}.{name}"


def _single(coefficients, part):
    """Scale and coefficient of a part: (None, 0) where it is not there, ("mixed", sum) where it has several scales."""
    found = {scale: value for (name, scale), value in coefficients.items() if name == part}
    if len(found) > 1:
        return "mixed", sum(found.values())
    return next(iter(found.items()), (None, 0))
