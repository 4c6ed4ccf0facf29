"""The judge: what students check themselves, on other inputs, answered by code that runs in another process."""

import functools
import hashlib
import json
from typing import NamedTuple

from cs231n.assignments import WORK
from cs231n.assignments.table import CLASSIFIER
from cs231n.checks import judging
from cs231n.checks.calls import Call
from cs231n.checks.cost import measure, measure_yardstick
from cs231n.checks.findings import Findings, guarded
from cs231n.checks.source import source_of, source_text
from cs231n.checks.training import draw_training

from ..assignments import MATERIALS
from .conversation import Conversation, Usage
from .isolation import LIMITS


class Judgement(NamedTuple):
    """What came out."""

    findings: Findings  # the same for the same files and seed
    cost: Usage
    printed: bytes  # the beginning of what the student's code printed


def judge_files(files, kind, seed, limits=LIMITS):
    """Judge what a student wrote.

    Parameters
    ----------
    files : dict of str to bytes
        What was handed in, by name relative to ``assignment1/``; of that the Python files count.
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
    files = {name: content for name, content in files.items() if name.endswith(".py")}
    # A seed for these files alone: what a student learns of the inputs of one hand-in is of no use in the next.
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    own = int.from_bytes(hashlib.sha256(json.dumps([seed, digests]).encode()).digest()[:8], "big")
    findings = Findings()
    with Conversation(kind, files, limits) as talk:
        begin(talk, WORK)
        for number, (assignment, subject) in enumerate(WORK):
            # Each subject has questions of its own: what one was asked, and answered, is of no use to another.
            draw = draw_training if subject.kind == CLASSIFIER else MATERIALS[assignment.name].draw
            questions = draw([own, number])
            answers = ask(talk, assignment, subject, questions)
            findings += judge_answers(assignment, subject, questions, answers, files.get(subject.file, b""))
    return Judgement(findings, talk.cost, talk.printed)


def begin(talk, work):
    """Measure the yardstick, and then let the files of some pairs (assignment, subject) be imported.

    Nothing was asked yet: what importing raises knows no hidden number.
    """
    talk.yardstick = measure_yardstick(functools.partial(talk.measure, *work[0]))
    ended = {}  # by module: it would end once more
    for assignment, subject in work:
        failure = ended.get(subject.module)
        if failure is None:
            failure = talk.ask(assignment, subject, {"": [Call("import", ())]})[""][0].failure
        if failure and failure.kind == "ended":
            ended[subject.module] = failure
        if failure:
            talk.failures[subject.name] = failure


def ask(talk, assignment, subject, questions):
    """Answers to all calls of a subject, lists by name, and what a loss costs, as `judging.judge` takes them."""
    if subject.name in talk.failures:
        return judging.unanswered(subject, questions, talk.failures[subject.name])
    ask_one = functools.partial(talk.measure, assignment, subject)
    afresh = functools.partial(_afresh, talk, assignment, subject)
    answers = talk.ask(assignment, subject, judging.calls_of(subject, questions))
    if subject.kind == CLASSIFIER:
        return answers
    return answers | {"cost": measure(subject, questions, answers, talk.yardstick, ask_one, afresh)}


def _afresh(talk, assignment, subject, calls):
    """The yardstick in a new process, before student code is there, and then the answer to the last of some calls."""
    talk.end()
    yardstick = measure_yardstick(functools.partial(talk.measure, assignment, subject))
    return yardstick, [talk.measure(assignment, subject, call) for call in calls][-1]


def judge_answers(assignment, subject, questions, answers, content):
    """The findings on a subject, written in a file's bytes; a fault of the checks' own is one, and ends nothing."""

    def judge():
        source = None if subject.kind == CLASSIFIER else source_of(source_text(content), subject.name)
        return judging.judge(assignment, subject, questions, answers, source)

    return guarded(subject.name, subject.regions[0], judge)
