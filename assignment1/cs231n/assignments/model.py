"""What losses and gradients are made of: parts that an assignment lists, and how each may be scaled.

A loss and its gradient are linear in a few parts. Where a least-squares fit of a student's answers leaves nothing but
rounding, the coefficients are the diagnosis, for any combination of mistakes at once. Readings of the loss that change
the parts themselves, as a margin without delta, are further sets of parts.
"""

from types import MappingProxyType
from typing import NamedTuple

# How a part may be scaled; the first is right, the others are mistakes.
DATA = MappingProxyType(
    {
        "n": lambda question: 1 / len(question.y),
        "sum": lambda question: 1.0,
        "nc": lambda question: 1 / (len(question.y) * question.W.shape[1]),
        "nn": lambda question: 1 / len(question.y) ** 2,
        "c": lambda question: 1 / question.W.shape[1],
        "d": lambda question: 1 / question.W.shape[0],
    }
)
REGULARIZER = MappingProxyType(
    {
        "reg": lambda question: question.reg,
        "reg/n": lambda question: question.reg / len(question.y),
        "1": lambda question: 1.0,
        "reg*reg": lambda question: question.reg**2,
        "reg*n": lambda question: question.reg * len(question.y),
        "reg*c": lambda question: question.reg * question.W.shape[1],
        "reg*(c-1)": lambda question: question.reg * (question.W.shape[1] - 1),
        "reg*n*c": lambda question: question.reg * len(question.y) * question.W.shape[1],
        "reg*n*(c-1)": lambda question: question.reg * len(question.y) * (question.W.shape[1] - 1),
        "reg/dc": lambda question: question.reg / question.W.size,
    }
)
_MEANS = {"sum": "missing", "nc": "over-n-times-c", "nn": "twice", "c": "over-classes", "d": "over-features"}


class Part(NamedTuple):
    """Something that answers may contain."""

    group: str  # of a question's parts; it has readings, "standard" and others
    reading: str | None = None  # the one that this part always has; None where readings are tried
    right: float = 0  # coefficient of the first scale in a right answer


class Model(NamedTuple):
    """Of what a loss, or a gradient, may consist."""

    name: str  # in the ids of causes: "loss" or "gradient"
    symbol: str  # what a student calls it: "loss" or "dW"
    data: dict  # each Part that is scaled as in DATA, by its name
    regularizer: Part  # scaled as in REGULARIZER; its name is its group
    # Of a function from a group to the readings that all questions have: the combinations to try, each a tuple with a
    # reading for each part of `data` that has no fixed one, in its order.
    readings: object
    # Of such a tuple and the coefficients by (part, scale): ids of what is wrong in the data term, without "loss." or
    # "gradient." before them.
    causes: object

    def expected(self, question):
        """The right answer to a question: a float, or an ndarray of shape (D, C)."""
        scale, parts = DATA["n"](question), question.parts
        right = [scale * part.right * parts[part.group]["standard"] for part in self.data.values() if part.right]
        return sum(right) + question.reg * self.regularizer.right * parts[self.regularizer.group]["standard"]


def single(coefficients, part):
    """Scale and coefficient of a part: (None, 0) where it is not there, ("mixed", sum) where it has several scales."""
    found = {scale: value for (name, scale), value in coefficients.items() if name == part}
    if len(found) > 1:
        return "mixed", sum(found.values())
    return next(iter(found.items()), (None, 0))


def fixed_divisor(scale, factor):
    """The number that a part is divided by whatever the input, as 500; None where there is none."""
    number = round(1 / factor) if scale == "sum" and 0 < factor < 0.4 else 0
    return number if number and abs(number * factor - 1) < 1e-4 else None


def mean_cause(scale):
    """What is wrong with a mean that is scaled otherwise than by 1 / N."""
    return f"mean.{_MEANS.get(scale, 'mixed')}"
