"""What losses and gradients of the SVM are made of, and what their coefficients say of the data term."""

from ..model import Model, Part, fixed_divisor, mean_cause, single

# Readings of the own and of the correct class's column that differ from each other.
_UNEQUAL = (
    ("standard", "zero-counted"),
    ("zero-counted", "standard"),
    ("standard", "values"),
    ("values", "standard"),
    ("standard", "last-of-class"),
)
# Where in the loss a reading of the hinge differs; elsewhere it is the hinge itself.
_PLACES = {
    **dict.fromkeys(("no-delta", "delta-sign", "delta-0.5", "delta-2", "delta-10", "reversed", "wrong-axis"), "margin"),
    **dict.fromkeys(("last-scores", "label-columns", "label-rows", "own-scores"), "margin"),
    **dict.fromkeys(("values", "zero-counted", "scores", "not-clipped", "last-margin"), "indicator"),
    **dict.fromkeys(("first-sample", "last-sample", "divided-in-loop", "overwritten", "columns-zeroed"), "samples"),
    **dict.fromkeys(("without-first-sample", "without-last-sample"), "samples"),
    **dict.fromkeys(("without-first-class", "without-last-class", "before-label"), "classes"),
}
_VIOLATING_CLASSES = {0: "missing", -1: "sign", 2: "twice"}  # by how often they count in their own columns
_CORRECT_CLASS = {
    # how often the violating classes count, how often the sample itself
    (0, 0): "missing",
    (0, 1): "once-a-sample",
    (1, 1): "counts-itself",
    (1, -1): "own-margin",
    (0, -1): "added-once",
    (-1, 0): "sign",
    (-1, -1): "sign",
}


def _loss_readings(common):
    return [(name,) for name in common("hinge")]


def _gradient_readings(common):
    return [(name, name) for name in common("own")] + list(_UNEQUAL)


def _loss_causes(readings, coefficients):
    (hinge,) = readings
    found = [] if hinge == "standard" else [_place(hinge)]
    scale, factor = single(coefficients, "hinge")
    count_scale, count = single(coefficients, "count")
    fixed = fixed_divisor(scale, factor)
    if factor == 0:
        found = [] if count else ["data.missing"]
    elif fixed:
        found.append(f"mean.fixed-{fixed}")
        factor = 1
    elif scale != "n":
        found.append(mean_cause(scale))
    if factor and not (hinge == "squared" and factor == 0.5):
        found += _factor_causes(factor)
    if factor and count:
        constant = f"constant.{'added' if count > 0 else 'taken-off'}" if count_scale == "n" else None
        once = "constant.once" if (scale, count_scale) == ("n", "nn") else None
        is_own = count == factor and count_scale == scale != "mixed"
        found += filter(None, ["correct-class.own-margin" if is_own else constant or once])
    return found


def _gradient_causes(readings, coefficients):
    own_reading, correct_reading = readings
    own_scale, own = single(coefficients, "own")
    correct_scale, correct = single(coefficients, "correct")
    once_scale, once = single(coefficients, "once")
    some_scale, some = single(coefficients, "once-violating")
    if not correct:  # then any reading of it fits, and so of the other
        correct_reading = own_reading
    elif not own:
        own_reading = correct_reading
    if own_reading == correct_reading:
        found = [] if own_reading == "standard" else [_place(own_reading)]
    elif own_reading == "standard":
        found = [f"correct-class.{correct_reading}"]
    else:
        found = [f"violating-classes.{own_reading}"]
    if own_reading == correct_reading == "values" and own == correct == 2:
        found, own, correct = ["hinge.squared"], 1, 1
    fixed = fixed_divisor(own_scale, own)
    if fixed and (own_scale, own) == (correct_scale, correct):
        found.append(f"mean.fixed-{fixed}")
        own = correct = 1
    else:
        found += _mean_causes({"own": own_scale, "correct": correct_scale or once_scale or some_scale})
    if own == correct and not once and not some:
        if own == 0:
            return ["data.missing"]
        return found + _factor_causes(own)
    if own != 1:
        found.append(f"violating-classes.{_VIOLATING_CLASSES.get(own, f'factor-{own:g}')}")
    if (correct, once or some) != (1, 0):
        found.append(f"correct-class.{_CORRECT_CLASS.get((correct, once or some), f'factor-{correct:g}')}")
    return found


def _factor_causes(factor):
    """What is wrong with a data term that is there so many times."""
    return [] if factor == 1 else ["data.sign" if factor == -1 else f"data.factor-{factor:g}"]


def _mean_causes(scales):
    """What is wrong with the mean, for the parts that are there."""
    found = set(filter(None, scales.values()))
    if found <= {"n"}:
        return []
    if found == {"n", "sum"}:
        return [f"mean.missing-for-{'violating-classes' if scales['own'] == 'sum' else 'correct-class'}"]
    return [mean_cause(found.pop() if len(found) == 1 else "mixed")]


def _place(reading):
    return f"{_PLACES.get(reading, 'hinge')}.{reading}"


LOSS = Model(
    name="loss",
    symbol="loss",
    data={"hinge": Part("hinge", right=1), "count": Part("count", "standard")},
    regularizer=Part("squares", right=1),
    readings=_loss_readings,
    causes=_loss_causes,
)
GRADIENT = Model(
    name="gradient",
    symbol="dW",
    data={
        "own": Part("own", right=1),
        "correct": Part("correct", right=1),
        "once": Part("once", "all"),
        "once-violating": Part("once", "violating"),
    },
    regularizer=Part("weights", right=2),
    readings=_gradient_readings,
    causes=_gradient_causes,
)
