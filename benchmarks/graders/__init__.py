"""The same submissions, function and claims through several graders, each in an environment of its own.

Each module has ``NAME``; ``prepare(folder, solutions)``, which lays out a batch in a new folder, from source by
student; ``commands(python)``, what comes before, what is measured, and what comes after; and ``points(folder)``, by
student as a share of all.

The task is ``svm_loss_vectorized``, judged by the kit's checks, one assertion a claim.
"""

import json
import os

import nbformat

from cs231n.assignments import REGIONS, SUBJECTS
from staff.assignments.svm import variants
from staff.authoring.paths import KIT, ROOT
from staff.grading.isolation import ONE_THREAD

FUNCTION = "svm_loss_vectorized"
CLAIMS = tuple(dict.fromkeys(claim for region in SUBJECTS[FUNCTION].regions for claim in REGIONS[region].weights))

# Runs in the other graders: the outcomes of all claims from one call of the check; each claim is then one assertion.
JUDGE = f"""
import functools
from cs231n import checks

@functools.cache
def outcomes(function):
    return {{finding.claim: finding.outcome for finding in checks.{FUNCTION}(function)}}
"""


def environment():
    """Environment variables of a grader: one thread each, and the kit's checks to import."""
    return ONE_THREAD | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(KIT))), "CS231N_LANG": "en"}


def solutions(count):
    """Honest submissions, source by student: right variants in turn, no two neighbours alike."""
    texts = [text for text in variants().values() if f"def {FUNCTION}(" in text]
    return {f"student{number:05}": texts[number % len(texts)] for number in range(count)}


def write_notebook(path, cells):
    """Write a notebook of code cells, each given as its source and its metadata."""
    cells = [nbformat.v4.new_code_cell(text, id=f"cell-{n}", metadata=about) for n, (text, about) in enumerate(cells)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path.write_text(json.dumps(notebook), encoding="utf-8")
