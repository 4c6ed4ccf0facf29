"""The task that each grader is given: ``svm_loss_vectorized``, judged by the kit's checks, one assertion a claim."""

import os

from staff.authoring.paths import KIT, ROOT

__all__ = ["CLAIMS", "FUNCTION", "JUDGE", "environment", "solutions"]

FUNCTION = "svm_loss_vectorized"
CLAIMS = (
    "runs",
    "same result twice",
    "loss, data term",
    "loss, regularizer",
    "gradient, data term",
    "gradient, regularizer",
    "special cases",
    "result",
    "float32",
    "no loop",
    "cost",
)

# Runs in the other graders: the outcomes of all claims from one call of the check; each claim is then one assertion.
JUDGE = f"""
import functools
from cs231n import checks

@functools.cache
def outcomes(function):
    return {{finding.claim: finding.outcome for finding in checks.{FUNCTION}(function)}}
"""


def environment(inherited):
    """Environment variables of a grader: one thread each, and the kit's checks to import.

    Parameters
    ----------
    inherited : dict of str to str

    Returns
    -------
    dict of str to str
    """
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    left_out = ("PYTHONDONTWRITEBYTECODE", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    kept = {key: value for key, value in inherited.items() if key not in left_out}
    return {**kept, **threads, "PYTHONPATH": os.pathsep.join((str(ROOT), str(KIT))), "CS231N_LANG": "en"}


def solutions(count):
    """Honest submissions: the right solutions of ``staff/variants/`` in turn, so that no two neighbours are alike.

    Parameters
    ----------
    count : int

    Returns
    -------
    dict of str to str
        The source of a file with `FUNCTION`, by the name of a student.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "staff" / "variants").glob("*.py"))]
    texts = [text for text in texts if f"def {FUNCTION}(" in text]
    return {f"student{number:05}": texts[number % len(texts)] for number in range(count)}
