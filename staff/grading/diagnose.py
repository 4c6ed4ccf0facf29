"""What is right and wrong with one file of a student, found in a process of its own with limits on time and memory."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from ..authoring.paths import KIT
from .isolation import ONE_THREAD

__all__ = ["VERDICTS", "Diagnosis", "diagnose"]

SECONDS = 20  # all checks of a right file take less than one
OUTPUT = 4 << 20  # bytes that a file may print, far more than a print in each loop
VERDICTS = ("right", "right-in-older-convention", "wrong", "unfinished", "not-started", "cannot-run")
_HALF_LOSS, _HALF_GRADIENT = "loss.regularizer.factor-0.5", "gradient.regularizer.factor-1"


class Diagnosis(NamedTuple):
    """A file, the verdict on it, and the findings, each a dict as `cs231n.checks.Finding.as_dict` gives it."""

    file: str
    verdict: str
    findings: list

    def __str__(self):
        lines = [f"{self.file}: {self.verdict}"]
        for finding in self.findings:
            if finding["outcome"] == "pass" and not finding["measured"]:
                continue
            lines.append(f"  {finding['claim']:<70}  {finding['outcome']}")
            said = dict.fromkeys((finding["measured"], finding["cause"], finding["message"]))
            lines += [f"    {text}" for text in said if text]
        return "\n".join(lines)


def diagnose(path, seconds=SECONDS):
    """Check one ``linear_svm.py`` or ``linear_classifier.py``, of this kit or of any year of the classic one.

    Parameters
    ----------
    path : path
    seconds : float
        Limit on the time of the whole.

    Returns
    -------
    Diagnosis
    """
    if not Path(path).is_file():
        return Diagnosis(str(path), "cannot-run", [_process_finding("import", f"{path}: there is no such file.")])
    messages, end = _examine(Path(path).resolve(), seconds)
    findings = [finding for message in messages for finding in message.get("findings", [])]
    for message in messages:
        if "cannot_run" in message:
            end = message["cannot_run"]
    if end:
        stage = messages[-1]["stage"] if messages else "import"
        return Diagnosis(str(path), "cannot-run", [*findings, _process_finding(stage, end)])
    transposed = messages[-1].get("transposed", False)
    if transposed:
        findings.append(
            _process_finding("layout", "W is (C, D) and X (D, N), as in 2015.", "pass", "layout.transposed")
        )
    return Diagnosis(str(path), _verdict(findings, transposed), findings)


def _examine(path, seconds):
    """Messages of the other process, and a sentence on how it ended where that was not by itself."""
    with tempfile.TemporaryDirectory() as folder:
        channel, output = Path(folder, "findings"), Path(folder, "printed")
        program = Path(__file__).with_name("examine.py")
        with output.open("wb") as printed:
            process = subprocess.Popen(
                [sys.executable, "-I", program, KIT, path, channel],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                env=os.environ | ONE_THREAD,
                start_new_session=True,
            )
            end = _watch(process, output, seconds)
        lines = channel.read_bytes().splitlines() if channel.exists() else []
    messages = [json.loads(line) for line in lines]
    if end is None and not (messages and (messages[-1]["stage"] == "end" or "cannot_run" in messages[-1])):
        end = f"it ended its process with status {process.returncode}."
    return messages, end


def _watch(process, output, seconds):
    """Wait for a process; end it, and say why, where it takes too long or prints too much."""
    limit, end = time.monotonic() + seconds, None
    while end is None:
        try:
            process.wait(timeout=0.02)
            break
        except subprocess.TimeoutExpired:
            if time.monotonic() > limit:
                end = f"it did not end within {seconds:g} s."
            elif output.stat().st_size > OUTPUT:
                end = f"it printed more than {OUTPUT >> 20} MB."
    _kill(process)
    return end


def _kill(process):
    """End a process, and what it started and left behind."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _verdict(findings, transposed):
    if any(finding["outcome"] == "checker fault" for finding in findings):
        return "cannot-run"
    outcomes = {finding["outcome"] for finding in findings if finding["outcome"] != "not run"}
    failed = [finding for finding in findings if finding["outcome"] == "fail"]
    older = transposed
    if failed:
        if not _is_older_convention(findings):
            return "wrong"
        older = True
    if outcomes <= {"not started"}:
        return "not-started"
    if "not started" in outcomes:
        return "unfinished"
    return "right-in-older-convention" if older else "right"


def _is_older_convention(findings):
    """Whether all that fails is the one half on the regularizer, in loss and gradient of a function alike."""
    failed = {(f["claim"], f["cause"]) for f in findings if f["outcome"] == "fail"}
    older = {claim.split(":")[0] for claim, _ in failed}
    begun = {
        f["claim"]
        for f in findings
        if f["outcome"] not in ("not started", "not run") and f["claim"].split(":")[0] in older
    }
    halves = {("loss, regularizer", _HALF_LOSS), ("gradient, regularizer", _HALF_GRADIENT)}
    expected = {(claim, cause) for claim in begun for ending, cause in halves if claim.endswith(f": {ending}")}
    return failed == expected


def _process_finding(stage, text, outcome="fail", cause=None):
    return {"claim": f"{stage}: runs", "outcome": outcome, "measured": text, "cause": cause, "message": text}
