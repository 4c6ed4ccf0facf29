"""Makes mutants, runs them through the checks, and holds every finding against what is true of them."""

import functools
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np

from cs231n.assignments import SUBJECTS, WORK
from cs231n.assignments.table import CLASSIFIER
from cs231n.checks import judging
from cs231n.checks.findings import FAIL, FAULT, NOT_STARTED, PASS
from cs231n.checks.training import draw_training
from staff.assignments import MATERIALS
from staff.grading.available import find_isolation
from staff.grading.conversation import Conversation
from staff.grading.diagnose import LIMITS
from staff.grading.isolation import ONE_THREAD
from staff.grading.judge import ask, begin, judge_answers

from . import svm
from .code import Code
from .losses import LossTruth
from .mutations import LOOP, MUTATIONS
from .rewrites import RENAMED, REWRITES
from .training import TrainingTruth

REWRITE, MUTATION = "rewrite", "mutation"


class Mutant(NamedTuple):
    """A right file with some edits."""

    number: int
    kind: str  # REWRITE: it is to change nothing; or MUTATION
    subject: str
    function: str  # the one that was edited
    edits: tuple  # their names; of a mutation without the rewrites beside it
    text: str


class Held(NamedTuple):
    """What came out for a Mutant."""

    mutant: Mutant
    is_right: bool  # in truth
    causes: tuple  # that were told
    faults: tuple  # where findings and truth disagree, sentences


def prove(mutants, seed):
    """Hold all of some Mutants against the truth, with processes of its own; yields Helds in their order."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ |= ONE_THREAD  # for many small fits, several threads take five times as long
    try:
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
            look = functools.partial(hold, isolation=find_isolation(), seed=seed)
            yield from pool.map(look, mutants, chunksize=4)
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def make_mutants(seed, count):
    """So many rewrites and as many mutations of the losses, and a quarter as many of the classifier, all different."""
    rng, known = np.random.default_rng(seed), set()
    bases = list(_bases())
    losses = [base for base in bases if base[0].kind != CLASSIFIER]
    classifiers = [base for base in bases if base[0].kind == CLASSIFIER]
    for group, share in ((losses, 1), (classifiers, 4)):
        for number in range(2 * count // share):
            kind = (REWRITE, MUTATION)[number % 2]
            for _ in range(100):  # until it is new
                # The references come first, and half of the time.
                subject, function, text = group[rng.integers(2 if rng.integers(2) else len(group))]
                code = Code(text, function, rng)
                edits = _edit(code, kind, rng)
                if edits and (text := code.text) not in known:
                    known.add(text)
                    yield Mutant(len(known), kind, subject.name, function, edits, text)
                    break


def _edit(code, kind, rng):
    if kind == REWRITE:
        edits = [code.edit(REWRITES) for _ in range(rng.integers(1, 5))]
        return tuple(filter(None, [*edits, *([code.edit(RENAMED)] if rng.integers(2) else [])]))
    if rng.integers(3) == 0:
        code.edit(REWRITES)
    edits = [code.edit(MUTATIONS) for _ in range(1 if rng.integers(3) else 2)]
    if rng.integers(3) == 0:
        code.edit(RENAMED)
    return tuple(filter(None, edits))


def _bases():
    """Right files: subject, name of a function in it, and text."""
    for assignment, subject in WORK:
        text = (MATERIALS[assignment.name].REFERENCE / subject.file).read_text(encoding="utf-8")
        functions = ("train", "predict") if subject.kind == CLASSIFIER else (subject.name,)
        yield from ((subject, function, text) for function in functions)
    for assignment, subject in WORK:
        for text in MATERIALS[assignment.name].variants().values():
            if subject.name in text:
                yield subject, subject.name, text


@functools.cache
def _truth(kind, seed):
    return TrainingTruth(seed) if kind == CLASSIFIER else LossTruth(svm.fresh(seed), svm.numbers)


def hold(mutant, isolation, seed):
    """Hold all findings on a Mutant against what is true of it.

    Where its cost counts, which is measured, it is asked three times at most: other work may have slowed it down.
    """
    for _ in range(3):
        findings, fresh = look(mutant, isolation, seed)
        held = weigh(mutant, findings, fresh, seed)
        failed = {finding.claim for finding in findings if finding.outcome == FAIL}
        if not held.faults or ("cost" not in failed and LOOP not in mutant.edits):
            break
    return held


def look(mutant, isolation, seed):
    """Findings on a Mutant, every second one on the questions that ship, and its answers to fresh ones."""
    assignment, subject = next((a, s) for a, s in WORK if s.name == mutant.subject)
    questions = judging.shipped_questions(assignment, subject)
    if mutant.number % 2:
        draw = draw_training if subject.kind == CLASSIFIER else MATERIALS[assignment.name].draw
        questions = draw([seed, mutant.number])
    content = mutant.text.encode()
    with Conversation(isolation, {subject.file: content}, LIMITS) as talk:
        begin(talk, [(assignment, subject)])
        answers = ask(talk, assignment, subject, questions)
        fresh = talk.ask(assignment, subject, _truth(subject.kind, seed).calls())
    return judge_answers(assignment, subject, questions, answers, content), fresh


def weigh(mutant, findings, fresh, seed):
    """What comes out for a Mutant with some findings, and answers to fresh questions."""
    truth = _truth(SUBJECTS[mutant.subject].kind, seed)
    with np.errstate(all="ignore"):
        is_right = LOOP not in mutant.edits and truth.is_right(fresh)
        if is_right and "line twice" in mutant.edits:  # it may take twice the time, which no answer tells
            findings = [finding for finding in findings if finding.claim != "cost"]
        faults = *_faults(mutant, is_right, findings), *truth.untrue(findings, fresh, mutant.edits)
    return Held(mutant, is_right, tuple(sorted({f.cause for f in findings if f.cause})), faults)


def _faults(mutant, is_right, findings):
    outcomes = {finding.outcome for finding in findings}
    if FAULT in outcomes:
        yield f"a fault of the checks: {[f.measured for f in findings if f.outcome == FAULT]}"
    elif is_right and outcomes - {PASS, NOT_STARTED}:
        yield f"right, and called wrong: {[f.name for f in findings if f.outcome != PASS]}"
    elif not is_right and not outcomes & {FAIL, NOT_STARTED}:
        yield "wrong, and passes"
    if not is_right and mutant.kind == REWRITE:
        yield "a rewrite that changes something"
