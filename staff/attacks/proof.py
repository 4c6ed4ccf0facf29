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
from cs231n.checks.findings import say
from cs231n.checks.outcomes import FAULT
from cs231n.sentences import speaking, word

from ..assignments.svm import variants
from ..authoring.paths import KIT, ROOT
from ..authoring.solve import solve
from ..authoring.verify import Proof
from ..grading.available import find_isolation
from ..grading.batch import Settings, find_submissions, grade_all
from ..grading.isolation import LIMITS, Limits
from ..grading.pool import Pool
from . import CARRIED, PLANTED, Attack
from .archives import ARCHIVES, zip_of
from .notebooks import NOTEBOOKS
from .results import RESULTS
from .system import SYSTEM

__all__ = ["ATTACKS", "BRIEF", "prove", "student_processes", "write_attack"]

ATTACKS = (*RESULTS, *SYSTEM, *ARCHIVES, *NOTEBOOKS)
# Of the same kind as the real ones, so that the proof does not take an hour; all calls of a subject are one request.
BRIEF = Limits(cpu=1, seconds=8, total=10)
SEED = 20_241
_ENTER = """

svm_loss_naive = svm_loss_vectorized = act
"""
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


def prove(attacks=ATTACKS, isolation=None, workers=None):
    """Grade attacks, with honest submissions among them.

    Parameters
    ----------
    attacks : sequence of Attack
    isolation : str, optional
        Way of keeping student code apart; the strongest that works here by default.
    workers : int, optional
        Processes that grade; one a processor by default.

    Yields
    ------
    authoring.verify.Proof
    """
    settings = Settings(SEED, "en", False, False, BRIEF, isolation or find_isolation())
    secret = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        submissions, planted, out = (place / name for name in ("submissions", "planted", "grades"))
        for path in (submissions, planted, out, place / "alone"):
            path.mkdir()
        (planted / "secret.txt").write_text(secret, encoding="utf-8")
        solved = _files(solve(place / "solved") / "assignment1")
        by_student = {}
        for number, attack in enumerate(attacks):
            name = attack.student or re.sub(r"\W+", "-", attack.name)
            by_student[name] = attack
            write_attack(attack, submissions / f"{name}.zip", planted, solved)
            if number % max(1, len(attacks) // 3) == 0:
                _write_honest(submissions, solved, f"{number:03}")
        before = _listing(place, out)
        os.environ["CS231N_PLANTED"] = secret
        try:
            found = find_submissions(submissions, out)
            faults = _grade(found, settings, workers)
            yield from _proofs_of_honest(found, faults, settings, place / "alone")
        finally:
            del os.environ["CS231N_PLANTED"]
        for submission in found:
            if submission.student in by_student:
                with speaking(settings.language):
                    attack = by_student[submission.student]
                    fault = faults[submission.student] or _fault(attack, submission.place, secret)
                yield Proof("attack", f"{attack.name} ({settings.isolation})", fault)
        yield Proof("attack", f"nothing is left behind ({settings.isolation})", _left(place, out, before, found))


def write_attack(attack, path, planted, solved):
    """Write an attack as a zip."""
    content = attack.content() if callable(attack.content) else attack.content
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    files = dict(solved) if attack.base == "solved" else _files(KIT)
    enters = (_ENTER, _ENTER_CLASSIFIER) if attack.base == "scaffold" else ("", "")
    files[SVM.sources[0]] += f"\n\n{attack.content.replace(PLANTED, str(planted))}"
    if "def act(" not in attack.content and attack.base == "scaffold":
        enters = ("\ndef act(*a):\n    return 1.5, a[0]\n" + _ENTER, _ENTER_CLASSIFIER)
    for name, enter in zip(SVM.sources, enters, strict=True):
        files[name] += enter
    path.write_bytes(zip_of(*files.items()))


def _files(kit):
    return {name: (kit / name).read_text(encoding="utf-8") for name in SVM.sources}


def _write_honest(folder, solved, number):
    """The reference, one that is written differently, and one with a mistake: named so that attacks stand between."""
    variant = variants()["einsum.py"]
    mistake = solved[SVM.sources[0]].replace("2 * reg * W", "reg * W")
    for name, text in zip(_HONEST, (solved[SVM.sources[0]], variant, mistake), strict=True):
        letter = {"000": "a"}.get(number, "n" if number < "060" else "z")
        path = folder / f"{letter}{number}-{name}.zip"
        path.write_bytes(zip_of(*(solved | {SVM.sources[0]: text}).items()))


def _grade(found, settings, workers):
    """What went wrong with each submission, by student; empty where nothing did."""
    faults = {}

    def report(submission, error):
        faults[submission.student] = f"could not be graded: {error!r}" if error else ""

    grade_all(found, settings, _Patient(workers or os.cpu_count()), report)
    return faults


class _Patient(Pool):
    """Processes in which honest submissions have the time that a class gives them, however busy the machine is."""

    def submit(self, submission, settings):
        return super().submit(submission, settings._replace(limits=LIMITS) if _kind(submission) else settings)


def _proofs_of_honest(found, faults, settings, alone):
    """Each honest submission got what it gets when nobody else is there."""
    honest = [submission for submission in found if _kind(submission)]
    again = [submission._replace(place=alone / submission.student) for submission in honest]
    faults_alone = _grade(again, settings, 1)
    for submission, other in zip(honest, again, strict=True):
        fault = faults[submission.student] or faults_alone[submission.student]
        if not fault:
            results = [_result(place) for place in (submission.place, other.place)]
            differ = [
                f"{key}: {value}, alone {results[1][key]}"
                for key, value in results[0].items()
                if value != results[1][key]
            ]
            fault = f"graded otherwise than alone: {'; '.join(differ)[:500]}" if differ else ""
            points = results[0]["points"]
            fault = fault or ("" if _HONEST[_kind(submission)](points) else f"{points} points")
        yield Proof("honest submission", f"{submission.student} ({settings.isolation})", fault)


def _kind(submission):
    return next((kind for kind in _HONEST if submission.student.endswith(kind)), None)


def _result(place):
    result = json.loads((place / "result.json").read_text(encoding="utf-8"))
    return {key: value for key, value in result.items() if key not in ("cost", "tag")}


def _fault(attack: Attack, place, secret):
    """What an attack got that it must not get; empty where it got nothing."""
    result = _result(place)
    earned = {name: row["earned"] or 0 for name, row in result["regions"].items()}
    for name in attack.nothing_in or earned:
        if earned[name]:
            return f"{earned[name]} points for {name}"
    measured = [(say(finding["measurement"]), finding) for finding in result["findings"]]
    said = [result["reason"], *map(say, result["remarks"]), *(text for text, _ in measured)]
    missing = [texts for texts in attack.must if not any(text in line for text in texts.split(" | ") for line in said)]
    if missing:
        return f"expected to read {missing[0]!r}, found {' / '.join(filter(None, dict.fromkeys(said)))[:300]!r}"
    own = [text for text, finding in measured if finding["outcome"] == FAULT]
    if own:
        return f"a fault of the checker's own: {own}"
    whole = (place / "result.json").read_text(encoding="utf-8")
    for text in (secret, "root:x:0", f"{CARRIED}: "):
        if text in whole:
            return f"read or did what it must not: {whole[whole.index(text) :][:200]!r}"
    hidden = {text for text, finding in measured if finding["claim"] != "no loop"}
    hidden -= {word("process forged"), word("process silent", seconds=BRIEF.seconds, total=BRIEF.total)}
    # Why a zip was refused, and what of it was not looked at, may name what is in it.
    carried = (CARRIED,) if result["status"] == "graded" else ()
    named = [say(remark) for remark in result["remarks"] if remark[0] == "ignored"]
    for name in ("report.json", "feedback.html"):
        shown = (place / name).read_text(encoding="utf-8")
        for remark in named:
            shown = shown.replace(remark, "")
        for text in (*carried, str(ROOT), str(place.parent.parent), "<script>alert", "<img src=x"):
            if text in shown.replace(_escaped_name(result), ""):
                return f"{name} shows {text!r}"
        leaks = [text for text in hidden if len(text) > 60 and text in shown]
        if leaks or re.search(r"-?\d\.\d+, -?\d\.\d+, -?\d\.\d+|expected -?\d", shown):
            return f"{name} shows what was measured: {leaks[:1]}"
    return ""


def _escaped_name(result):
    return json.dumps(result["student"])


def _listing(place, out):
    return {path: path.stat().st_size for path in place.rglob("*") if path.is_file() and not path.is_relative_to(out)}


def _left(place, out, before, found):
    """What is there afterwards that was not there before."""
    allowed = {
        f"{submission.place.name}/{name}"
        for submission in found
        for name in ("result.json", "report.json", "feedback.html")
    }
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    if written != allowed:
        return f"among the grades: {sorted(written ^ allowed)[:5]}"
    after = {path: size for path, size in _listing(place, out).items() if "alone" not in path.parts}
    if after != before:
        return f"files changed: {sorted(map(str, set(after.items()) ^ set(before.items())))[:5]}"
    strays = [path for folder in ("/", "/tmp", "/var/tmp", "/dev/shm") for path in Path(folder).glob(f"*{CARRIED}*")]
    if strays:
        return f"files outside: {strays[:5]}"
    processes = student_processes()
    return f"processes: {processes[:5]}" if processes else ""


def student_processes(patience=5):
    """Processes of students' code that outlive their sandbox, of this run or of another one.

    Parameters
    ----------
    patience : float
        Seconds within which they have to be gone: the system ends a fork bomb's one by one.

    Returns
    -------
    list of str
    """
    deadline = time.monotonic() + patience
    while found := list(_outside_sandboxes()):
        if time.monotonic() > deadline:
            break
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
