"""The judge: what students check themselves, on other inputs, answered by code that runs in another process."""

import functools
import hashlib
import itertools
import json
from typing import NamedTuple

import numpy as np

from cs231n.assignments import SOURCES, WORK
from cs231n.assignments.table import CLASSIFIER
from cs231n.checks import judging
from cs231n.checks.calls import Answer, Failure
from cs231n.checks.cost import measure, measure_yardsticks
from cs231n.checks.findings import Finding, Findings, note
from cs231n.checks.outcomes import FAULT
from cs231n.checks.source import source_of
from cs231n.checks.training import draw_training

from ..assignments import MATERIALS
from ..authoring.paths import KIT
from .conversation import BrokenOffError, Conversation, Cost
from .isolation import LIMITS

__all__ = ["Judgement", "ask", "given", "judge", "judge_answers"]

_GIVEN = ("cs231n/*.py", "cs231n/classifiers/*.py", "cs231n/sentences/*.py", "cs231n/assignments/**/*.py")


class Judgement(NamedTuple):
    """What came out.

    Attributes
    ----------
    findings : Findings
        The same for the same files and seed.
    cost : Cost
    printed : bytes
        What the student's code printed, cut.
    """

    findings: Findings
    cost: Cost
    printed: bytes


def judge(files, kind, seed, limits=LIMITS):
    """Judge what a student wrote.

    Parameters
    ----------
    files : dict of str to bytes
        Those of `cs231n.assignments.SOURCES`, or some of them.
    kind : str
        Way of keeping student code apart, as `available.find_isolation` returns it.
    seed : int
        Decides on all inputs; whoever knows it knows the right answers.
    limits : isolation.Limits

    Returns
    -------
    Judgement

    Raises
    ------
    SandboxError
        If student code cannot be kept apart.
    """
    texts = {name: files[name].decode("utf-8-sig", "replace").replace("\0", "?") for name in SOURCES if name in files}
    own, findings = _own_seed(seed, texts), Findings()
    with Conversation(kind, given() | texts, limits) as talk:
        for number, (assignment, subject) in enumerate(WORK):
            # Each subject has questions of its own: what one was asked, and answered, is of no use to another.
            draw = draw_training if subject.kind == CLASSIFIER else MATERIALS[assignment.name].draw
            questions = draw([own, number])
            answers = ask(talk, assignment, subject, questions)
            findings += judge_answers(assignment, subject, questions, answers, texts.get(subject.file, ""))
    return Judgement(findings, talk.cost, talk.printed)


def judge_answers(assignment, subject, questions, answers, text):
    """The findings on a subject, written in the text of a file; a fault of the checks' own is one, and ends nothing."""
    try:
        with np.errstate(all="ignore"):  # whatever numbers came back
            return judging.judge(assignment, subject, questions, answers, source_of(text, subject.name))
    except Exception as error:
        said = note("fault", error=f"{type(error).__name__}: {error}")
        return Findings([Finding(subject.name, "runs", subject.regions[0], FAULT, said)])


def _own_seed(seed, texts):
    """A seed for these files alone: what a student learns of the inputs of one hand-in is of no use in the next."""
    return int.from_bytes(hashlib.sha256(json.dumps([seed, texts]).encode()).digest()[:8], "big")


@functools.cache
def given():
    """The kit's own modules, without the student's and without the checks."""
    paths = [path for pattern in _GIVEN for path in sorted(KIT.glob(pattern))]
    names = {path: path.relative_to(KIT).as_posix() for path in paths}
    return {name: path.read_text(encoding="utf-8") for path, name in names.items() if name not in SOURCES}


def ask(talk, assignment, subject, questions, calls=None):
    """The answers to all calls of a subject, or to others in their place; also where its process ended."""
    calls = calls or judging.calls_of(subject, questions)
    request = _request(assignment, subject)
    flat = [call for group in calls.values() for call in group]
    if subject.kind != CLASSIFIER and talk.yardsticks is None:
        talk.yardsticks = measure_yardsticks(questions, functools.partial(talk.measure, request))
    try:
        answers = iter(talk.ask(request, flat))
    except BrokenOffError as error:
        answers = itertools.repeat(_ended(error))
    found = {name: [next(answers) for _ in group] for name, group in calls.items()}
    if subject.kind != CLASSIFIER:
        found["cost"] = measure(subject, questions, found, talk.yardsticks, functools.partial(_measure, talk, request))
    return found


def _request(assignment, subject):
    """What the process is told of a subject."""
    others = {}
    if subject.kind == CLASSIFIER:  # its checks bring a loss of their own
        for other in assignment.subjects:
            if other.file != subject.file:
                others.setdefault(other.module, []).append(other.name)
    return {"name": subject.name, "module": subject.module, "others": others}


def _measure(talk, request, call):
    try:
        return talk.measure(request, call)
    except BrokenOffError as error:
        return _ended(error)


def _ended(error):
    return Answer(failure=Failure("ended", error.args[0], None))
