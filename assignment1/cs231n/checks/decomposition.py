"""What an answer consists of: the parts of a `Model`, each with the coefficient that a least-squares fit finds."""

import functools
from itertools import combinations

import numpy as np

from ..assignments.model import DATA, REGULARIZER, single

LIMIT = 1e-6  # relative to the largest entry of an answer; float32 inside a float64 answer leaves 1e-7
# How many numbers a fit needs for each coefficient it may choose, and how many questions on more than one sample: what
# raised on most of them is explained by its exception alone.
FREEDOM = 3
_LEAST = 1e-3  # an answer smaller than this is not measured by its own size
_REGULARIZER_SCALES = {
    "reg/n": "divided-by-n",
    "reg*reg": "reg-squared",
    "reg*n": "times-n",
    "reg*c": "times-c",
    "reg*(c-1)": "times-wrong-classes",
    "reg*n*c": "times-nc",
    "reg*n*(c-1)": "times-n-wrong-classes",
    "reg/dc": "mean-of-squares",
}


def data_causes(model, questions, answers, right_only=False):
    """Ids of the causes that answers to questions with reg = 0 prove; None if they prove none.

    With `right_only` they may contain no part that right answers do not.
    """
    group = model.regularizer.group
    decays = _common(questions, group)
    combined = list(model.readings(lambda name: _common(questions, name)))
    right = [name for name, part in model.data.items() if part.right]
    every = right if right_only else list(model.data)

    def tries(names, scales, decays=()):
        """Columns by (name, scale): for each combination of readings, then with a regularizer that ignores reg."""
        for readings in combined:
            rest = iter(readings)
            chosen = {name: (part.group, part.reading or next(rest)) for name, part in model.data.items()}
            columns = {(name, scale): (*chosen[name], DATA[scale]) for name in names for scale in scales}
            yield (readings, None), columns
            for decay in decays if set(readings) == {"standard"} else decays[:1]:
                yield (readings, decay), columns | {(group, "1"): (group, decay, REGULARIZER["1"])}

    def told(found, coefficients):
        readings, decay = found
        ids = model.causes(readings, coefficients)
        factor = coefficients.get((group, "1"), 0)
        if factor:
            ids.append("regularizer." + (decay if decay != "standard" else "without-reg" if factor > 0 else "sign"))
        return [f"{model.name}.{name}" for name in ids]

    # One scale for all parts; then all scales at once, or two where there are too few numbers for all.
    is_wide = FREEDOM * (len(every) * len(DATA) + 1) <= sum(map(np.size, answers))
    tiers = (
        (found for scale in DATA for names in (right, every) for found in tries(names, (scale,), decays)),
        (
            found
            for scales in ([tuple(DATA)] if is_wide else combinations(DATA, 2))
            for found in tries(every, scales, decays[:1])
        ),
    )
    return _shared(tiers, told, questions, answers)


def regularizer_causes(model, questions, gains):
    """Ids of causes in the regularizer that gains, answers at reg less those at reg = 0, prove; None if none."""
    group = model.regularizer.group

    def tier(count):
        for reading in _common(questions, group):
            for scales in combinations(_GAINS, count):
                yield reading, {(group, scale): (group, reading, _GAINS[scale]) for scale in scales}

    def told(reading, coefficients):
        return [f"{model.name}.regularizer.{name}" for name in _regularizer_ids(model, reading, coefficients)]

    return _shared((tier(1), tier(2)), told, questions, gains)


def _gain(factor):
    return lambda question: factor(question) - factor(question._replace(reg=0.0))


_GAINS = {scale: _gain(factor) for scale, factor in REGULARIZER.items() if scale != "1"}


def _common(questions, group):
    """Readings that all questions have."""
    return [name for name in questions[0].parts[group] if all(name in q.parts[group] for q in questions)]


def _shared(tiers, told, questions, answers):
    """What is told of each fit in the first tier that has any: causes that differ from fit to fit are not proven."""
    if sum(len(question.y) > 1 for question in questions) < FREEDOM:
        return None
    sizes = np.array([np.max(np.abs(answer), initial=_LEAST) for answer in answers])
    counts = [*map(np.size, answers)]

    @functools.cache
    def part(group, reading):
        return np.concatenate([np.ravel(question.parts[group][reading]) for question in questions])

    @functools.cache
    def scale(factor):
        return np.repeat([*map(factor, questions)] / sizes, counts)

    def column(group, reading, factor):
        return part(group, reading) * scale(factor)

    target = np.concatenate([*map(np.ravel, answers)]) / np.repeat(sizes, counts)
    for tier in tiers:
        tried = [(name, columns) for name, columns in tier if FREEDOM * len(columns) <= len(target)]
        found = [told(name, coefficients) for name, coefficients in _fits(tried, column, target)]
        if found:
            return [cause for cause in found[0] if all(cause in other for other in found)] or None
    return None


def _fits(tried, column, target):
    """Names and coefficients of those that give the target; `tried` are pairs of a name and parts of columns by key."""
    parts = list({part: None for _, columns in tried for part in columns.values()})
    if not parts:
        return
    matrix = np.stack([column(*part) for part in parts], axis=1)
    size = np.linalg.norm(matrix, axis=0)
    matrix /= np.where(size, size, 1)
    places = {part: place for place, part in enumerate(parts)}
    chosen = [[places[part] for part in columns.values()] for _, columns in tried]
    for number in _roughly(matrix, chosen, target):
        (name, columns), at = tried[number], chosen[number]
        coefficients = _fit(matrix[:, at], size[at], target)
        if coefficients is not None:
            yield name, {key: value for key, value in zip(columns, coefficients, strict=True) if value}


def _roughly(matrix, chosen, target):
    """Numbers of the choices of columns that give the target roughly: most do not, and together this is soon seen."""
    gram, projected = matrix.T @ matrix + 1e-13 * np.eye(matrix.shape[1]), matrix.T @ target
    limit, found = (1000 * LIMIT) ** 2 * len(target), []  # of the sum of squares that is left
    for count in {*map(len, chosen)}:
        numbers = np.array([number for number, at in enumerate(chosen) if len(at) == count])
        at = np.array([chosen[number] for number in numbers])
        factors = np.linalg.solve(gram[at[:, :, None], at[:, None]], projected[at][..., None])[..., 0]
        found += numbers[target @ target - np.sum(projected[at] * factors, axis=1) < limit].tolist()
    return sorted(found)


def _fit(matrix, size, target):
    """Coefficients that give the target up to rounding, if they are simple and no others do; else None."""
    found, _, rank, _ = np.linalg.lstsq(matrix, target, rcond=1e-10)
    if not np.all(size) or rank < len(size) or not np.max(np.abs(matrix @ found - target)) < LIMIT:
        return None
    coefficients = [value if abs(value) > 1e-5 else 0.0 for value in found / size]
    if not all(is_simple(value) for value in coefficients if value):
        return None
    return [float(f"{value:.5g}") for value in coefficients]


def is_simple(coefficient):
    """Whether it is a number that code has: whole or by a whole number, or of few halves, thirds, quarters or eighths.

    With any other, numbers fit that came about otherwise, and nothing is proven.
    """
    size = abs(coefficient)
    wholes = [size * part for part in ((1, 2, 3, 4, 8) if size < 16 else (1,))] + [1 / (size or np.inf)]
    return any(0.5 < whole < 1e6 and abs(whole - round(whole)) < min(1e-4 * whole, 0.01) for whole in wholes)


def _regularizer_ids(model, reading, coefficients):
    scale, factor = single(coefficients, model.regularizer.group)
    if scale is None:
        return ["not-there"]
    if reading != "standard":
        return [reading]
    if scale == "mixed":
        return ["mixed"]
    found, right = [_REGULARIZER_SCALES[scale]] if scale in _REGULARIZER_SCALES else [], model.regularizer.right
    if factor == right:
        return found
    return [*found, "sign" if factor == -right else f"{'besides-' if found else ''}factor-{factor:g}"]
