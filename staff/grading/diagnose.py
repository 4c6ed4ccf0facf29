"""What is right and wrong with one file of a student: the grader's judge on the questions that ship, without points."""

import json
import symtable
from pathlib import Path
from typing import NamedTuple

from cs231n.assignments import ASSIGNMENTS
from cs231n.assignments.table import CLASSIFIER
from cs231n.checks import judging
from cs231n.checks.contract import failure_note
from cs231n.checks.findings import FAIL, FAULT, NOT_RUN, NOT_STARTED, PASS, Finding, Findings, note
from cs231n.submission.opening import plain

from ..assignments import MATERIALS
from .conversation import Conversation
from .isolation import Limits
from .judge import ask, begin, judge_answers

LIMITS = Limits(cpu=10, seconds=20, total=60)  # all checks of a right file take less than one second
VERDICTS = ("right", "right-in-older-convention", "wrong", "unfinished", "not-started", "cannot-run")


class Diagnosis(NamedTuple):
    """A file, the verdict on it, and the findings."""

    file: str
    verdict: str
    findings: Findings

    def __str__(self):
        lines = [f"{plain(self.file, 1000)}: {self.verdict}"]
        for finding in self.findings:
            if finding.outcome == PASS and not finding.measurement:
                continue
            lines.append(f"  {finding.name:<70}  {finding.outcome}")
            said = dict.fromkeys((finding.measured, finding.cause, finding.message))
            lines += [f"    {plain(line, 1000)}" for text in said if text for line in text.split("\n")]
        return "\n".join(lines)

    def to_json(self):
        """One JSON object."""
        found = {"file": self.file, "verdict": self.verdict, "findings": [f.as_dict() for f in self.findings]}
        return json.dumps(found, ensure_ascii=False)


def diagnose(path, isolation, limits=LIMITS):
    """The `Diagnosis` of one file of an assignment, of this kit or of any year of the classic one.

    `isolation` is a kind of sandbox, as `available.find_isolation` returns it.
    """
    path = Path(path)
    if not path.is_file():
        return _cannot_run(path, note("text", text=f"{path}: there is no such file."))
    content = path.read_bytes()
    try:
        defined = _defined(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line, said = getattr(error, "lineno", None), getattr(error, "msg", error)
        key = "raised at" if line else "raised"
        return _cannot_run(path, note(key, line=line, kind=type(error).__name__, text=str(said)))
    for assignment in ASSIGNMENTS:
        files = {subject.file for subject in assignment.subjects if subject.name in defined}
        subjects = [subject for subject in assignment.subjects if subject.file in files]
        if subjects:
            return _diagnose(path, assignment, subjects, content, isolation, limits)
    names = ", ".join(subject.name for assignment in ASSIGNMENTS for subject in assignment.subjects)
    return _cannot_run(path, note("text", text=f"it defines none of {names}."))


def _diagnose(path, assignment, subjects, content, isolation, limits):
    findings, transposed, ends = Findings(), False, []
    with Conversation(isolation, {subject.file: content for subject in subjects}, limits) as talk:
        begin(talk, [(assignment, subject) for subject in subjects])
        for name, failure in talk.failures.items():
            if failure.kind == "missing":  # files of other years have the other function elsewhere
                talk.failures[name] = failure._replace(kind="NotImplementedError", at_import=False)
        for subject in subjects:
            questions = judging.shipped_questions(assignment, subject)
            answers = ask(talk, assignment, subject, questions)
            if subject.kind != CLASSIFIER and all(answer.failure for answer in answers["cases"]):
                calls = judging.calls_of(subject, questions)
                turned = talk.ask(assignment, subject, _each(_transposed, calls))
                if not all(answer.failure for answer in turned["cases"]):
                    answers, transposed = _each(_transposed_back, turned) | {"cost": {}}, True
            failures = [answer.failure for name, group in answers.items() if name != "cost" for answer in group]
            ends += [failure for failure in failures if failure and (failure.at_import or failure.kind == "ended")]
            if ends and ends[0].at_import:
                return _cannot_run(path, failure_note(ends[0]._replace(file=path.name)))
            findings += judge_answers(assignment, subject, questions, answers, content)
    if transposed:
        text = note("text", text="W is (C, D) and X (D, N), as in 2015.")
        findings += (Finding("layout", "runs", subjects[0].regions[0], PASS, text, "layout.transposed"),)
    return Diagnosis(str(path), "cannot-run" if ends else _verdict(assignment, findings, transposed), findings)


def _cannot_run(path, said):
    subject = ASSIGNMENTS[0].subjects[0]
    return Diagnosis(str(path), "cannot-run", Findings([Finding("import", "runs", subject.regions[0], FAIL, said)]))


def _defined(content):
    """Names that a file defines outside of functions, in an ``if`` or ``try`` as well, and does not only import."""
    symbols = symtable.symtable(content, "file", "exec").get_symbols()
    return {symbol.get_name() for symbol in symbols if symbol.is_assigned()}


def _each(change, groups):
    return {name: list(map(change, group)) for name, group in groups.items()}


def _transposed(call):
    """A call with W (C, D) and X (D, N), as in 2015."""
    W, X, y = call.arrays
    return call._replace(arrays=(W.T.copy(), X.T.copy(), y))


def _transposed_back(answer):
    """The answer to it, as if it had been asked as we ask."""
    if answer.failure:
        return answer
    *others, gradient = answer.values
    return answer._replace(values=(*others, getattr(gradient, "T", gradient)))


def _verdict(assignment, findings, transposed):
    outcomes = {finding.outcome for finding in findings if finding.outcome != NOT_RUN}
    if FAULT in outcomes:
        return "cannot-run"
    if FAIL in outcomes and not _is_older_convention(MATERIALS[assignment.name].OLDER, findings):
        return "wrong"
    if outcomes <= {NOT_STARTED}:
        return "not-started"
    if NOT_STARTED in outcomes:
        return "unfinished"
    return "right-in-older-convention" if transposed or FAIL in outcomes else "right"


def _is_older_convention(older, findings):
    """Whether all that fails is the older convention, in each loss and gradient that is begun."""
    failed = {(f.subject, f.claim, f.cause) for f in findings if f.outcome == FAIL}
    begun = {(f.subject, f.claim) for f in findings if f.outcome not in (NOT_STARTED, NOT_RUN)}
    return failed == {(subject, claim, older[claim]) for subject, claim in begun if claim in older}
