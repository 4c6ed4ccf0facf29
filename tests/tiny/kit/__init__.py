"""The table of an assignment of the tests' own: a squared loss, one region, one question in words."""

from ..model import Model, Part, mean_cause, single
from ..table import LOOPS, Assignment, Region, Subject

_FILE = "cs231n/classifiers/tiny.py"
_CLAIMS = (
    "runs",
    "cost",
    "same result twice",
    "loss, data term",
    "loss, regularizer",
    "special cases",
    "result",
    "float32",
)


def _causes(_, coefficients):
    scale, factor = single(coefficients, "squared")
    if not factor:
        return ["data.missing"]
    return ([] if scale == "n" else [mean_cause(scale)]) + ([] if factor == 1 else [f"data.factor-{factor:g}"])


def _model(name, symbol, regularizer):
    data = {"squared": Part(f"{name} squared", right=1)}
    return Model(name, symbol, data, regularizer, lambda common: [("standard",)], _causes)


ASSIGNMENT = Assignment(
    name="tiny",
    subjects=(Subject("tiny_loss", _FILE, LOOPS, ("tiny-loss",)),),
    regions={
        "tiny-loss": Region(
            _FILE, 6, dict.fromkeys(_CLAIMS, 1) | {"gradient, data term": 3, "gradient, regularizer": 2}
        ),
        "tiny-inline": Region("tiny.ipynb", 4, is_code=False),
    },
    loss=_model("loss", "loss", Part("squares", right=1)),
    gradient=_model("gradient", "dW", Part("weights", right=2)),
    no_work=frozenset(),
    targets={},
)
