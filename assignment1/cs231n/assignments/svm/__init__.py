"""The table of the multiclass linear SVM: what its students fill, what it is worth, and what answers are made of."""

from ..linear_classifier import REGIONS as CLASSIFIER_REGIONS
from ..linear_classifier import SUBJECT as CLASSIFIER
from ..table import ARRAYS, LOOPS, Assignment, Region, Subject
from .model import GRADIENT, LOSS

_FILE = "cs231n/classifiers/linear_svm.py"
_NOTEBOOK = "svm.ipynb"
_CONTRACT = {"runs": 1, "same result twice": 1, "special cases": 1, "result": 1, "float32": 1}
_CONTRACT |= {"cost": 0}  # where it fails, all that the function earns is halved
_LOSS = {"loss, data term": 3, "loss, regularizer": 2}
_GRADIENT = {"gradient, data term": 3, "gradient, regularizer": 2}
_GIVEN = dict.fromkeys(_LOSS, 1)  # the loss with loops is given: it shows nothing by itself

ASSIGNMENT = Assignment(
    name="svm",
    subjects=(
        Subject("svm_loss_naive", _FILE, LOOPS, ("svm-naive-gradient",)),
        Subject("svm_loss_vectorized", _FILE, ARRAYS, ("svm-vectorized-loss", "svm-vectorized-gradient")),
        CLASSIFIER,
    ),
    regions={
        "svm-naive-gradient": Region(_FILE, 20, _CONTRACT | _GIVEN | _GRADIENT),
        "svm-vectorized-loss": Region(_FILE, 15, _CONTRACT | _LOSS),
        "svm-vectorized-gradient": Region(_FILE, 20, _CONTRACT | _GRADIENT),
        **CLASSIFIER_REGIONS,
        "tune": Region(_NOTEBOOK, 10),
        "inline-1": Region(_NOTEBOOK, 10, is_code=False),
        "inline-2": Region(_NOTEBOOK, 10, is_code=False),
        "try-picking": Region(_NOTEBOOK, 0),
        "try-broadcasting": Region(_NOTEBOOK, 0),
        "try-row-sums": Region(_NOTEBOOK, 0),
    },
    loss=LOSS,
    gradient=GRADIENT,
    no_work=frozenset(
        {"gradient.numerical", "gradient.cost", "vectorized.naive", "result.at-size", "result.none-at-size"}
    ),
    targets={10_000: 0.34, None: 0.385},
    ceiling=0.5,
)
