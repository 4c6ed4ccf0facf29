"""A class: every submission graded by itself, here or on a cluster, and on the disk as soon as it is."""

import contextlib
import hashlib
import json
import os
import secrets
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, wait
from pathlib import Path
from typing import NamedTuple

from cs231n import __version__
from cs231n.sentences import speaking
from cs231n.submission.archive import write_whole

from ..errors import ClassError
from .grade import digest, grade
from .isolation import LIMITS, Limits
from .report import report_files, to_json

__all__ = [
    "MARKS",
    "RESULT",
    "Settings",
    "Submission",
    "find_submissions",
    "grade_all",
    "is_done",
    "outputs",
    "settle",
    "write_outputs",
]

RESULT, MARKS = "result.json", "marks.csv"
_RUN = "run.json"
_OURS = (_RUN, MARKS, "grades.csv", "class.html")  # no student's folder is called so
_ATTEMPTS = 3  # at grading one submission, where the process that graded it died


class Settings(NamedTuple):
    """What a result depends on besides its submission."""

    seed: int
    language: str
    unsafe: bool
    run_notebook: bool
    limits: Limits = LIMITS
    isolation: str | None = None

    @property
    def tag(self):
        """Tells results apart that were made with other settings, and says nothing of the seed."""
        return hashlib.sha256(repr((__version__, *self)).encode()).hexdigest()[:16]


class Submission(NamedTuple):
    """A zip or a folder, whose it is, and the folder of its results."""

    path: Path
    student: str
    place: Path


def settle(out, seed, **options):
    """`Settings` of a run into the folder `out`, which is made; the seed is drawn once, unless given, and kept there.

    A ClassError if another seed was kept than is asked for.
    """
    out.mkdir(parents=True, exist_ok=True, mode=0o700)  # what is in there is not for other users of the machine
    path = out / _RUN
    with (
        contextlib.suppress(FileExistsError),
        open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream,
    ):
        json.dump({"seed": secrets.randbits(63) if seed is None else seed}, stream)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["seed"]
    except (ValueError, KeyError, TypeError) as error:
        raise ClassError(f"{path}: expected the seed of an earlier run, found none. Remove the file.") from error
    if seed not in (None, kept):
        raise ClassError(f"{out} was graded with another seed than {seed}. Leave out --seed, or take a new folder.")
    return Settings(kept, **options)


def find_submissions(folder, out):
    """Each `Submission` in a folder, by name: zips, and folders into which one was unpacked.

    A ClassError if there is nothing, or a student's twice. Results are to go to `out`, which may lie in the folder.
    """
    folder, out = Path(folder), Path(out)
    if not folder.is_dir():
        raise ClassError(f"{folder}: expected a folder of zips, found none.")
    found = {}
    for path in sorted(folder.iterdir()):
        is_zip = path.is_file() and path.suffix.lower() == ".zip"
        if path.name.startswith(".") or path.resolve() == out.resolve() or not (path.is_dir() or is_zip):
            continue
        student = path.name if path.is_dir() else path.stem
        name = f"{student}_" if student in _OURS else student
        if name in found:
            raise ClassError(f"{folder}: expected one submission of {student}, found a zip and a folder. Remove one.")
        found[name] = Submission(path, student, out / name)
    if not found:
        raise ClassError(f"{folder}: expected submissions as zips or folders, found none.")
    return list(found.values())


def is_done(submission, settings):
    """Whether the very same submission was graded with the same settings, and nothing of that is missing."""
    try:
        result = json.loads((submission.place / RESULT).read_text(encoding="utf-8"))
        return result["tag"] == settings.tag and result["sha256"] == digest(submission.path)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def outputs(path, student, settings):
    """Grade a submission: bytes by name of a file. The result comes last: where it is, the others are."""
    options = settings._asdict()
    with speaking(options.pop("language")):
        result = grade(path, student=student, **options) | {"tag": settings.tag}
    return report_files(result, settings.language) | {RESULT: to_json(result)}


def grade_all(submissions, settings, engine, report):
    """Grade submissions, and write what comes out of each at once.

    Parameters
    ----------
    engine : pool.Pool or cluster.Cluster
        Is closed at the end.
    report : callable
        Is given each Submission, and what went wrong with it or None.
    """
    waiting, running, attempts = list(reversed(submissions)), {}, Counter()
    with engine:
        while waiting or running:
            while waiting and len(running) < engine.room:
                submission = waiting.pop()
                running[engine.submit(submission, settings)] = submission
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                submission, error = running.pop(future), future.exception()
                attempts[submission.place] += 1
                if isinstance(error, engine.deaths) and attempts[submission.place] < _ATTEMPTS:
                    waiting.append(submission)
                    continue
                if error is None:
                    write_outputs(submission.place, future.result())
                report(submission, error)


def write_outputs(place, files):
    """Write files into a folder, each whole or not at all."""
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(place / name, lambda stream, content=content: stream.write(content))
