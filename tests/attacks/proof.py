"""The proof of the grader: all attacks in one class with honest submissions, each of which ends as it must."""

import contextlib
import json
import os
import re
import secrets
import tempfile
import time
from pathlib import Path

from cs231n.assignments.svm import ASSIGNMENT as SVM
from cs231n.checks.findings import FAULT, say
from cs231n.sentences import speaking, word
from staff.assignments.svm import variants
from staff.authoring.paths import KIT, ROOT
from staff.authoring.solve import finished
from staff.authoring.verify import Proof
from staff.grading.available import find_isolation
from staff.grading.batch import Settings, grade_all
from staff.grading.isolation import LIMITS, Limits
from staff.grading.pool import Pool
from staff.grading.submissions import find_submissions

from . import CARRIED, PLANTED
from .archives import ARCHIVES, zip_of
from .costs import COSTS
from .notebooks import NOTEBOOKS
from .results import RESULTS
from .system import SYSTEM

ATTACKS = (*RESULTS, *COSTS, *SYSTEM, *ARCHIVES, *NOTEBOOKS)
# Of the same kind as the real ones, so that the proof does not take an hour; all calls of a subject are one request.
_BRIEF = Limits(cpu=1, seconds=8, total=10)
_COSTLY = "times the CPU time"  # what is read of those that are measured to their end
_SEED = 20_241
_ENTER = "\n\nsvm_loss_naive = svm_loss_vectorized = act\n"
_ENTER_CLASSIFIER = """

from .linear_svm import act
class LinearClassifier(LinearClassifier):
    def train(self, X, y, *args, **options):
        return act(self.W if self.W is not None else X[:4].T.copy(), X, y, 0.5)
    def predict(self, X):
        return act(self.W, X, X[:, 0].astype(int), 0.5)
"""
_MOST = sum(region.points for region in SVM.regions.values() if region.weights)
_LOOPS = sum(SVM.regions[name].points for name in SVM.subjects[0].regions)
# Honest submissions, and the points they get: all that are not for people; those without the naive function's; fewer.
_HONEST = {
    "honest-reference": lambda points: points == _MOST,
    "honest-variant": lambda points: points == _MOST - _LOOPS,
    "honest-mistake": lambda points: _MOST / 2 < points < _MOST,
}


def prove(attacks=ATTACKS, isolation=None):
    """Grade attacks, with honest submissions among them, in this sandbox or the strongest here; yields Proofs."""
    settings = Settings(_SEED, "en", False, False, _BRIEF, isolation or find_isolation())
    secret = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        submissions, planted, out, alone = (place / name for name in ("submissions", "planted", "grades", "alone"))
        for path in (submissions, planted, out, alone):
            path.mkdir()
        (planted / "secret.txt").write_text(secret, encoding="utf-8")
        solved = finished(SVM.sources)
        slugs = {attack: re.sub(r"\W+", "-", attack.name) for attack in attacks}
        by_student = {attack.student or slug: attack for attack, slug in slugs.items()}
        for student, attack in by_student.items():
            write_attack(attack, submissions / f"{student}.zip", planted, solved)
        # The first of all are honest: a process builds its sandbox at its first submission, and these have the time.
        for slug in sorted(slugs.values())[:: max(1, len(slugs) // 3)]:
            _write_honest(submissions, solved, slug)
        before = _listing(place, out)
        os.environ["CS231N_PLANTED"] = secret
        try:
            found = find_submissions(submissions, out).submissions
            measured = {student for student, attack in by_student.items() if _COSTLY in attack.must}
            faults = _grade(found, settings, os.cpu_count(), measured)
            yield from _proofs_of_honest(found, faults, settings, alone)
        finally:
            del os.environ["CS231N_PLANTED"]
        for submission in found:
            if attack := by_student.get(submission.path.stem):
                with speaking(settings.language):
                    fault = faults[submission.student] or next(_faults(attack, submission.place, secret), "")
                yield Proof("attack", f"{attack.name} ({settings.isolation})", fault)
        left = next(_left(place, out, before, found), "")
        yield Proof("attack", f"nothing is left behind ({settings.isolation})", left)


def write_attack(attack, path, planted, solved):
    """Write an attack as a zip; `planted` replaces `PLANTED` in its code, `solved` is source by name."""
    content = attack.content() if callable(attack.content) else attack.content
    if isinstance(content, str):
        files = _files(content.replace(PLANTED, str(planted)), solved if attack.nothing_in else None)
        content = zip_of(*files.items())
    path.write_bytes(content)


def _files(code, solved):
    """The student's files with code at the end of the first; in the scaffold it replaces all functions."""
    files = solved or {name: (KIT / name).read_text(encoding="utf-8") for name in SVM.sources}
    loss, classifier = SVM.sources
    files = files | {loss: f"{files[loss]}\n\n{code}"}
    if solved:
        return files
    if "def act(" not in code:
        files[loss] += "\ndef act(*a):\n    return 1.5, a[0]\n"
    return files | {loss: files[loss] + _ENTER, classifier: files[classifier] + _ENTER_CLASSIFIER}


def _write_honest(folder, solved, slug):
    """The reference, one that is written differently, and one with a mistake; by name they come before an attack."""
    loss = SVM.sources[0]
    texts = solved[loss], variants()["einsum.py"], solved[loss].replace("2 * reg * W", "reg * W")
    for kind, text in zip(_HONEST, texts, strict=True):
        (folder / f"{slug}-{kind}.zip").write_bytes(zip_of(*(solved | {loss: text}).items()))


def _grade(found, settings, workers, measured=()):
    """What went wrong with each submission, by student; empty where nothing did."""
    with _Patient(workers) as engine:
        engine.measured = measured
        graded = grade_all(found, settings, engine)
        return {s.student: f"could not be graded: {error!r}" if error else "" for s, error in graded}


class _Patient(Pool):
    """Processes in which those whose work counts have the time that a class gives them, however busy the machine is."""

    def submit(self, submission, settings):
        is_patient = _kind(submission) or submission.path.stem in self.measured
        return super().submit(submission, settings._replace(limits=LIMITS) if is_patient else settings)


def _proofs_of_honest(found, faults, settings, alone):
    """Each honest submission got what it gets when nobody else is there."""
    honest = [submission for submission in found if _kind(submission)]
    again = [submission._replace(place=alone / submission.student) for submission in honest]
    faults_alone = _grade(again, settings, 1)
    for submission, other in zip(honest, again, strict=True):
        name = submission.student
        fault = faults[name] or faults_alone[name] or next(_differences(submission, other), "")
        yield Proof("honest submission", f"{name} ({settings.isolation})", fault)


def _differences(submission, other):
    """How an honest submission was graded otherwise than alone, or by other points than it gets."""
    result, alone = _result(submission.place), _result(other.place)
    if differ := [f"{key}: {value}, alone {alone[key]}" for key, value in result.items() if value != alone[key]]:
        yield f"graded otherwise than alone: {'; '.join(differ)[:500]}"
    if not _HONEST[_kind(submission)](result["points"]):
        yield f"{result['points']} points"


def _kind(submission):
    return next((kind for kind in _HONEST if submission.student.endswith(kind)), None)


def _result(place):
    result = json.loads((place / "result.json").read_text(encoding="utf-8"))
    return {key: value for key, value in result.items() if key not in ("cost", "tag")}


def _faults(attack, place, secret):
    """What an attack got that it must not get."""
    result = _result(place)
    for name, row in result["regions"].items():
        if name in (attack.nothing_in or result["regions"]) and (row["earned"] or 0) > attack.share * row["max"]:
            yield f"{row['earned']} points for {name}"
    measured = [(say(finding["measurement"]), finding) for finding in result["findings"]]
    said = [say(result["reason"]), *map(say, result["remarks"]), *(text for text, _ in measured)]
    for texts in attack.must:
        if not any(text in line for text in texts.split(" | ") for line in said):
            yield f"expected to read {texts!r}, found {' / '.join(filter(None, dict.fromkeys(said)))[:300]!r}"
    if own := [text for text, finding in measured if finding["outcome"] == FAULT]:
        yield f"a fault of the checker's own: {own}"
    whole = (place / "result.json").read_text(encoding="utf-8")
    for text in (secret, "root:x:0", f"{CARRIED}: "):
        if text in whole:
            yield f"read or did what it must not: {whole[whole.index(text) :][:200]!r}"
    yield from _shown(result, measured, place)


def _shown(result, measured, place):
    """What the student is shown and must not see."""
    told = ("import failed", "import failed at", "not defined")  # before there was anything to hide
    hidden = {
        text for text, found in measured if found["claim"] != "cost" and (found["measurement"] or [0])[0] not in told
    }
    hidden -= {word("process forged"), word("process silent", seconds=_BRIEF.seconds, total=_BRIEF.total)}
    # Why a zip was refused, and what of it was not looked at, may name what is in it.
    carried = (CARRIED,) if result["status"] == "graded" else ()
    named = [say(remark) for remark in result["remarks"] if remark[0] == "ignored"]
    for name in ("report.json", "feedback.html"):
        shown = (place / name).read_text(encoding="utf-8")
        for remark in named:
            shown = shown.replace(remark, "")
        for text in (*carried, str(ROOT), str(place.parent.parent), "<script>alert", "<img src=x"):
            if text in shown.replace(json.dumps(result["student"]), ""):
                yield f"{name} shows {text!r}"
        leaks = [text for text in hidden if len(text) > 60 and text in shown]
        if leaks or re.search(r"-?\d\.\d+, -?\d\.\d+, -?\d\.\d+|expected -?\d", shown):
            yield f"{name} shows what was measured: {leaks[:1]}"


def _listing(place, out):
    return {path: path.stat().st_size for path in place.rglob("*") if path.is_file() and not path.is_relative_to(out)}


def _left(place, out, before, found):
    """What is there afterwards that was not there before."""
    files = ("result.json", "report.json", "feedback.html")
    allowed = {f"{submission.place.name}/{name}" for submission in found for name in files}
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    if written != allowed:
        yield f"among the grades: {sorted(written ^ allowed)[:5]}"
    after = {path: size for path, size in _listing(place, out).items() if "alone" not in path.parts}
    if after != before:
        yield f"files changed: {sorted(map(str, set(after.items()) ^ set(before.items())))[:5]}"
    strays = [path for folder in ("/", "/tmp", "/var/tmp", "/dev/shm") for path in Path(folder).glob(f"*{CARRIED}*")]
    if strays:
        yield f"files outside: {strays[:5]}"
    if processes := student_processes():
        yield f"processes: {processes[:5]}"


def student_processes():
    """Processes of students' code that outlive their sandbox by some seconds, of this run or of another one."""
    deadline = time.monotonic() + 5  # the system ends a fork bomb's one by one
    while (found := list(_outside_sandboxes())) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def _outside_sandboxes():
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended by now
            if path.stat().st_uid >= 100_000 and not _is_in_sandbox(path):
                yield f"{path.name}: {(path / 'cmdline').read_bytes().decode(errors='replace')[-80:]}"


def _is_in_sandbox(path):
    """Whether a process descends from a sandbox that is still there: a process of bubblewrap, or one that waits."""
    while path.name not in ("0", "1"):
        command = (path / "cmdline").read_bytes()
        if b"/bwrap\0" in command or (path.stat().st_uid < 100_000 and b"answer.py" in command):
            return True
        path = path.with_name((path / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    return False
