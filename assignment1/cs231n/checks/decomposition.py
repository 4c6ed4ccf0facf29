"""What an answer consists of: the parts of a `Model`, each with the coefficient that a least-squares fit finds."""

import numpy as np

from ..assignments.model import DATA, REGULARIZER, single

__all__ = ["LIMIT", "causes", "regularizer_causes"]

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

    def columns(readings, usual):
        rest = iter(readings)
        for name, part in model.data.items():
            reading = part.reading or next(rest)
            for scale, factor in _some(DATA, usual):
                yield (name, scale), [factor(q) * np.ravel(q.parts[part.group][reading]) for q in questions]
        reading, part = readings[-1], model.regularizer
        for scale, factor in _some(REGULARIZER, usual):
            yield (part.group, scale), [factor(q) * np.ravel(q.parts[part.group][reading]) for q in questions]

    readings = _simplest_first(model.readings(lambda group: _common(questions, group)))
    found = _explain(readings, columns, answers)
    if found is None:
        return None
    *data, regularizer = found[0]
    wrong = [f"{model.name}.{cause}" for cause in model.causes(data, found[1])]
    return wrong, _regularizer_causes(model, regularizer, found[1])


def regularizer_causes(model, questions, gains):
    """Ids of causes in the regularizer, from what answers gain between reg = 0 and reg; empty if nothing fits."""
    group = model.regularizer.group

    def columns(readings, usual):
        for scale, factor in _some(REGULARIZER, usual):
            gained = [factor(q) - factor(q._replace(reg=0.0)) for q in questions]
            parts = [q.parts[group][readings[0]] for q in questions]
            yield (group, scale), [gain * np.ravel(part) for gain, part in zip(gained, parts, strict=True)]

    found = _explain(_simplest_first((name,) for name in _common(questions, group)), columns, gains)
    if found is None:
        return []
    if not found[1]:
        return [f"{model.name}.regularizer.not-there"]
    return _regularizer_causes(model, found[0][0], found[1])


def _explain(readings, columns, answers):
    """The first readings that fit the answers, and their coefficients; None if none do."""
    # The usual scales come first; all scales take longer, and are tried where at most one reading is not standard.
    target = np.concatenate([np.ravel(answer) for answer in answers]).astype(float)
    for usual in (True, False):
        for reading in readings if usual else [names for names in readings if len(set(names) - {"standard"}) < 2]:
            coefficients = _fit({key: np.concatenate(parts) for key, parts in columns(reading, usual)}, target)
            if coefficients is not None:
                return reading, coefficients
    return None


def _some(scales, usual):
    return list(scales.items())[: 1 if usual else None]


def _common(questions, group):
    """Readings that all questions have."""
    return [name for name in questions[0].parts[group] if all(name in q.parts[group] for q in questions)]


def _simplest_first(readings):
    return sorted(readings, key=lambda names: len(set(names) - {"standard"}))


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
    return {key: float(f"{value:.5g}") for key, value in zip(columns, found, strict=True) if abs(value) > 1e-5}


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
