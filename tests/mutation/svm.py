"""What is true of the SVM: inputs that no check asks, and the numbers of a function that has just these mistakes."""

from itertools import product

import numpy as np

from cs231n.checks.questions import Question
from staff.assignments.svm.questions import parts

# N, D, C, strength of the regularizer, how large scores are (None: no margin is violated), how many labels occur.
_SHAPES = (
    *((5, 8, 3, 0.7, 1, 3), (9, 2, 6, 0.3, 0.7, 6), (14, 5, 4, 2.3, 1, 4), (4, 3, 9, 0.2, 1, 9), (6, 4, 5, 1.1, 2, 5)),
    *((11, 7, 2, 1.9, 1, 2), (1, 6, 5, 0.4, 1, 5), (7, 4, 7, 0.6, 1, 7), (8, 8, 3, 1.3, 1, 3), (3, 5, 3, 0.9, 1, 1)),
    *((10, 5, 6, 0.5, 8, 6), (6, 3, 4, 0.8, 0.01, 4), (5, 4, 3, 0.45, None, 3), (2, 1, 2, 1.7, 1, 2)),
    (1, 5, 3, 0.9, 1, 1),
    (60, 6, 8, 0.53, 1, 8),
    (220, 5, 4, 0.9, 1, 4),
    (30, 4, 31, 0.6, 0.3, 31),
)  # fmt: skip
_MEANS = {  # by what a mean is scaled
    "right": lambda N, D, C: 1 / N,
    "missing": lambda N, D, C: 1,
    "over-n-times-c": lambda N, D, C: 1 / (N * C),
    "twice": lambda N, D, C: 1 / N**2,
    "over-classes": lambda N, D, C: 1 / C,
    "over-features": lambda N, D, C: 1 / D,
}
_STRENGTHS = {  # by what a regularizer is scaled
    "right": lambda reg, N, W: reg,
    "divided-by-n": lambda reg, N, W: reg / N,
    "reg-squared": lambda reg, N, W: reg**2,
    "times-n": lambda reg, N, W: reg * N,
    "times-c": lambda reg, N, W: reg * W.shape[1],
    "times-wrong-classes": lambda reg, N, W: reg * (W.shape[1] - 1),
    "times-nc": lambda reg, N, W: reg * N * W.shape[1],
    "times-n-wrong-classes": lambda reg, N, W: reg * N * (W.shape[1] - 1),
    "mean-of-squares": lambda reg, N, W: reg / W.size,
}
_VIOLATING = {"missing": 0, "sign": -1, "twice": 2}  # how often the violating classes count in their own columns
# How often they count in the correct class's column, and how often the sample itself does.
_CORRECT = {"missing": [(0, 0)], "once-a-sample": [(0, 1)], "counts-itself": [(1, 1)], "own-margin": [(1, -1)]}
_CORRECT |= {"added-once": [(0, -1)], "sign": [(-1, 0), (-1, -1)]}
_READINGS = ("margin", "hinge", "samples", "classes", "indicator")


def fresh(seed):
    """Questions that no check asks, each without and with its regularizer; the last ones are large."""
    rng = np.random.default_rng(seed)
    return [
        Question(*asked, reg, made) for *asked, regs, made in (_draw(rng, *shape) for shape in _SHAPES) for reg in regs
    ]


def _draw(rng, N, D, C, reg, size, labels):
    is_general = N not in (1, C) and C > 2 and labels > 1
    while True:
        W, X, y = rng.standard_normal((D, C)), rng.standard_normal((N, D)), rng.integers(0, labels, N)
        W = W / 8 + 4 * np.eye(D, C) if size is None else W * size / np.sqrt(D)
        X = X / 8 + 2 * W.T[y] if size is None else X
        scores = X @ W
        margins = scores - scores[np.arange(N), y][:, np.newaxis] + 1
        if np.min(np.abs(margins)) > 1e-4 and (labels == 1 or N == 1 or np.ptp(y)):
            return "general" if is_general else "special", W, X, y, (0.0, reg), parts(W, X, y)


def numbers(name, causes, question):
    """All ways to read some causes, each an answer, and a list of columns of which any multiple may be added to it.

    `name` is "loss" or "gradient". A KeyError or ValueError where it is not written here what one of the causes says.
    """
    told = {}
    for cause in causes:
        family, value = cause.removeprefix(f"{name}.").split(".", 1)
        told.setdefault(family, []).append(value)
    W, made, (N, D), C = question.W, question.parts, question.X.shape, question.W.shape[1]
    group, right = ("squares", 1) if name == "loss" else ("weights", 2)
    fixed, columns = _regularizer(told.pop("regularizer", ()), made[group], right, question.reg, N, W)
    means = {key: mean(N, D, C) for key, mean in _MEANS.items()}
    data = (_losses if name == "loss" else _gradients)(told, made, means, N)
    if told:
        raise KeyError(", ".join(told))
    return [(np.ravel(some + fixed), [*map(np.ravel, [*more, *columns])]) for some, more in data]


def _regularizer(values, readings, right, reg, N, W):
    scale, factor, is_open, reading = reg, right, False, "standard"
    scales = {name: strength(reg, N, W) for name, strength in _STRENGTHS.items()}
    for value in values:
        if value in readings or value == "mixed":
            is_open, reading = True, value if value in readings else "standard"
        elif value == "without-reg":  # however often, at least at reg = 0
            return 0 * readings[reading], [readings[reading]]
        elif value in ("missing", "not-there", "sign") or "factor-" in value:
            factor = _number(value.removeprefix("besides-"), -right)
        else:
            scale = scales[value]
    if is_open:
        return 0 * readings[reading], [some * readings[reading] for some in (1.0, *scales.values())]
    return scale * factor * readings[reading], []


def _number(value, negative=-1):
    """How often something counts: of "missing", "sign" or "factor-2"."""
    words = {"missing": 0, "not-there": 0, "sign": negative}
    return words[value] if value in words else float(value.removeprefix("factor-"))


def _reading(told):
    return next((told.pop(family)[0] for family in _READINGS if family in told), "standard")


def _losses(told, made, means, N):
    # Of several mistakes some may stay untold, as constants beside a divisor.
    constants = [1.0, 1 / N, *(N * mean for mean in means.values())] if told else []
    said = told.pop("constant", None)
    if said:
        constants = {"added": [1.0], "taken-off": [1.0], "once": [1 / N]}[said[0]]
    reading = _reading(told)
    total, factor = made["hinge"][reading], _number(*told.pop("data", ["factor-1"]))
    if told.pop("correct-class", None) == ["own-margin"]:
        total, constants = total + N, []
    (mean,) = told.pop("mean", ["right"])
    if mean == "mixed":
        return [(0.0, [some * total for some in means.values()] + constants)]
    scale = 1 / _number("factor-" + mean.removeprefix("fixed-")) if mean.startswith("fixed-") else means[mean]
    return [(scale * some * total, constants) for some in {factor, factor / (2 if reading == "squared" else 1)}]


def _gradients(told, made, means, N):
    reading, factor = _reading(told), _number(*told.pop("data", ["factor-1"]))
    if reading == "squared":
        reading, factor = "values", 2 * factor
    (mean,), own_reading, correct_reading = told.pop("mean", ["right"]), reading, reading
    owns, pairs, is_open = factor, [(factor, 0)], False
    is_untold = "violating-classes" in told and "correct-class" not in told  # of two mistakes one may stay so
    for value in told.pop("violating-classes", ()):
        if value in made["own"]:
            own_reading = value
        else:
            owns = _VIOLATING[value] if value in _VIOLATING else _number(value)
    for value in told.pop("correct-class", ()):
        if value in made["correct"]:
            correct_reading = value
        else:
            is_open = value not in _CORRECT
            pairs = [(_number(value), 0)] if is_open else _CORRECT[value]
    own, correct, once = made["own"][own_reading], made["correct"][correct_reading], made["once"].values()
    if mean == "mixed":
        return [
            (0 * own, [scale * part for scale in means.values() for part in (own, correct, itself)]) for itself in once
        ]
    found = []
    of_own = means["missing" if mean == "missing-for-violating-classes" else "right"]
    of_correct = means["missing" if mean == "missing-for-correct-class" else "right"]
    if not mean.startswith("missing-for"):
        of_own = of_correct = 1 / float(mean[6:]) if mean.startswith("fixed-") else means[mean]
    columns = [(own, correct)]
    if pairs == _CORRECT["counts-itself"]:  # where all are counted, which may stay untold, the sample itself is, too
        columns.append((made["own"]["zero-counted"], made["correct"]["zero-counted"]))
    for (own, correct), itself, (some, times) in product(columns, once, pairs):
        whole = of_own * owns * own + of_correct * (some * correct + times * itself)
        free = [correct, itself] if is_untold else [itself] if is_open else []
        found.append((whole, [of_correct * part for part in free]))
    return found
