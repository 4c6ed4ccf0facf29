"""What an answer consists of: the parts of a `Model`, each with the coefficient that a least-squares fit finds."""

import numpy as np

from ..assignments.model import DATA, REGULARIZER, single

__all__ = ["LIMIT", "causes", "is_simple", "regularizer_causes"]

LIMIT = 1e-6  # relative to the largest entry of an answer; float32 inside a float64 answer leaves 1e-7
_REGULARIZER_SCALES = {
    "1": "without-reg",
    "reg/n": "divided-by-n",
    "reg*reg": "reg-squared",
    "reg*n": "times-n",
    "reg/dc": "mean-of-squares",
}


def causes(model, questions, answers):
    """Ids of causes in data term and in regularizer, two lists; None if the answers do not decompose."""

    def columns(readings, count):
        *rest, last = readings
        rest = iter(rest)
        for name, part in model.data.items():
            yield from _scaled(name, part.group, part.reading or next(rest), DATA, questions, count)
        group = model.regularizer.group
        yield from _scaled(group, group, last, REGULARIZER, questions, count)

    found = _explain(model.readings(lambda group: _common(questions, group)), columns, answers)
    if found is None:
        return None
    (*data, regularizer), coefficients = found
    wrong = [f"{model.name}.{cause}" for cause in model.causes(data, coefficients)]
    return wrong, _regularizer_causes(model, regularizer, coefficients)


def regularizer_causes(model, questions, gains):
    """Ids of causes in the regularizer, from what answers gain between reg = 0 and reg; empty if nothing fits."""
    group = model.regularizer.group

    def columns(readings, count):
        return _scaled(group, group, readings[0], _GAINS, questions, count)

    found = _explain([(name,) for name in _common(questions, group)], columns, gains)
    if found is None:
        return []
    (reading,), coefficients = found
    if not coefficients:
        return [f"{model.name}.regularizer.not-there"]
    return _regularizer_causes(model, reading, coefficients)


def _gain(factor):
    return lambda question: factor(question) - factor(question._replace(reg=0.0))


_GAINS = {scale: _gain(factor) for scale, factor in REGULARIZER.items()}


def _scaled(name, group, reading, scales, questions, count):
    """Columns of a part: by (name, scale), for the first so many scales, the part of each question so scaled."""
    for scale, factor in list(scales.items())[:count]:
        yield (name, scale), [factor(question) * np.ravel(question.parts[group][reading]) for question in questions]


def _explain(readings, columns, answers):
    """The first readings that fit the answers, and their coefficients; None if none do."""
    target = np.concatenate([np.ravel(answer) for answer in answers]).astype(float)
    ranked = sorted(readings, key=_count_misread)
    # The usual scales come first; all scales take longer, and are tried where at most one reading is not standard.
    for count, tried in ((1, ranked), (None, [names for names in ranked if _count_misread(names) < 2])):
        for names in tried:
            found = _fit({key: np.concatenate(parts) for key, parts in columns(names, count)}, target)
            if found is not None:
                return names, found
    return None


def _count_misread(readings):
    return len(set(readings) - {"standard"})


def _common(questions, group):
    """Readings that all questions have."""
    return [name for name in questions[0].parts[group] if all(name in q.parts[group] for q in questions)]


def _fit(columns, target):
    """Coefficients by key that give the target up to rounding, or None."""
    matrix = np.stack(list(columns.values()), axis=1)
    if matrix.shape[1] > len(target) - 2:
        return None
    size = np.linalg.norm(matrix, axis=0)
    size[size == 0] = 1.0
    found = np.linalg.lstsq(matrix / size, target, rcond=1e-10)[0] / size
    error = np.max(np.abs(matrix @ found - target))
    if not (np.all(np.isfinite(found)) and error < LIMIT * np.max(np.abs(target), initial=1e-300)):
        return None
    coefficients = {key: float(f"{value:.5g}") for key, value in zip(columns, found, strict=True) if abs(value) > 1e-5}
    return coefficients if all(map(is_simple, coefficients.values())) else None


def is_simple(coefficient):
    """Whether it is a number that code has: whole or by a whole number, or of few halves, thirds, quarters or eighths.

    With any other, numbers fit that came about otherwise, and nothing is proven.
    """
    size = abs(coefficient)
    parts = (1, 2, 3, 4, 8) if size < 16 else (1,)
    return any(abs(size * part - round(size * part)) < 1e-4 * size * part for part in parts) or (
        abs(1 / size - round(1 / size)) < 1e-4 / size
    )


def _regularizer_causes(model, reading, coefficients):
    scale, factor = single(coefficients, model.regularizer.group)
    if factor == 0:
        found = ["missing"]
    elif reading != "standard":
        found = [reading]
    elif scale == "mixed":
        found = ["mixed"]
    else:
        found, right = [_REGULARIZER_SCALES[scale]] if scale in _REGULARIZER_SCALES else [], model.regularizer.right
        if factor != right:
            found.append("sign" if factor == -right else f"factor-{factor:g}")
    return [f"{model.name}.regularizer.{name}" for name in found]
