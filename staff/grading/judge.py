"""The judge: what students check themselves, on other inputs, answered by code that runs in another process."""

import functools
import hashlib
import json
from typing import NamedTuple

import numpy as np

from cs231n.assignments import SOURCES, WORK
from cs231n.assignments.table import CLASSIFIER
from cs231n.checks import judging
from cs231n.checks.cost import measure, measure_yardsticks
from cs231n.checks.findings import Findings, guarded
from cs231n.checks.source import source_of
from cs231n.checks.training import draw_training

from ..assignments import MATERIALS
from ..authoring.paths import KIT
from .conversation import Conversation, Cost
from .isolation import LIMITS

__all__ = ["Judgement", "as_text", "ask", "judge_answers", "judge_files", "kit_modules"]

_KIT_MODULES = ("cs231n/*.py", "cs231n/classifiers/*.py", "cs231n/sentences/*.py", "cs231n/assignments/**/*.py")


class Judgement(NamedTuple):
    """What came out."""

    findings: Findings  # the same for the same files and seed
    cost: Cost
    printed: bytes  # the beginning of what the student's code printed


def judge_files(files, kind, seed, limits=LIMITS):
    """Judge what a student wrote.

    Parameters
    ----------
    files : dict of str to bytes
        Those of `cs231n.assignments.SOURCES`, or some of them.
    kind : str
        Of sandbox, as `available.find_isolation` returns it.
    seed : int
        Decides on all inputs; whoever knows it knows the right answers.
    limits : isolation.Limits

    Returns
    -------
    Judgement

    Raises
    ------
    SandboxError
        If there is no process for student code to be had.
    """
    texts = {name: as_text(files[name]) for name in SOURCES if name in files}
    # A seed for these files alone: what a student learns of the inputs of one hand-in is of no use in the next.
    own = int.from_bytes(hashlib.sha256(json.dumps([seed, texts]).encode()).digest()[:8], "big")
    findings = Findings()
    with Conversation(kind, kit_modules() | texts, limits) as talk:
        for number, (assignment, subject) in enumerate(WORK):
            # Each subject has questions of its own: what one was asked, and answered, is of no use to another.
            draw = draw_training if subject.kind == CLASSIFIER else MATERIALS[assignment.name].draw
            questions = draw([own, number])
            answers = ask(talk, assignment, subject, questions)
            findings += judge_answers(assignment, subject, questions, answers, texts.get(subject.file, ""))
    return Judgement(findings, talk.cost, talk.printed)


def ask(talk, assignment, subject, questions):
    """Answers to all calls of a subject, lists by name, and what a loss costs, as `judging.judge` takes them."""
    if subject.kind == CLASSIFIER:
        return talk.ask(assignment, subject, judging.calls_of(subject, questions))
    ask_one = functools.partial(talk.measure, assignment, subject)
    if talk.yardsticks is None:  # while no student code has been imported
        talk.yardsticks = measure_yardsticks(questions, ask_one)
    answers = talk.ask(assignment, subject, judging.calls_of(subject, questions))
    return answers | {"cost": measure(subject, questions, answers, talk.yardsticks, ask_one)}


def judge_answers(assignment, subject, questions, answers, text):
    """The findings on a subject, written in the text of a file; a fault of the checks' own is one, and ends nothing."""

    def judge():
        return judging.judge(assignment, subject, questions, answers, source_of(text, subject.name))

    with np.errstate(all="ignore"):  # whatever numbers came back
        return guarded(subject.name, subject.regions[0], judge)


def as_text(content):
    """The source in the bytes of a Python file, whatever they are."""
    return content.decode("utf-8-sig", "replace").replace("\0", "?")


@functools.cache
def kit_modules():
    """Texts by file of the kit's own modules that the sandbox gets: without the student's and without the checks."""
    paths = [path for pattern in _KIT_MODULES for path in sorted(KIT.glob(pattern))]
    texts = {path.relative_to(KIT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    return {name: text for name, text in texts.items() if name not in SOURCES}
