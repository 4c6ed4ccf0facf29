"""A class: every submission graded by itself, here or on a cluster, and on the disk as soon as it is."""

import hashlib
import json
import os
import secrets
from collections import Counter
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
    "Settings",
    "Submission",
    "find_submissions",
    "grade_all",
    "is_done",
    "outputs",
    "settle",
    "write_outputs",
]

RESULT = "result.json"
RUN, MARKS, ANSWERS = "run.json", "marks.csv", "answers-"
OURS = (RUN, MARKS, "grades.csv", "class.html")  # no student's folder is called so
ATTEMPTS = 3  # at grading one submission, where the process that graded it died


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
    """Settings of a run: the seed is drawn once, and kept in the folder of the results.

    Parameters
    ----------
    out : path
        Is made where it is not there.
    seed : int or None
        One that was asked for.
    **options
        The other fields of `Settings`.

    Returns
    -------
    Settings

    Raises
    ------
    ClassError
        If another seed was kept than is asked for.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)  # what is in there is not for other users of the machine
    try:
        with open(out / RUN, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as stream:
            json.dump({"seed": secrets.randbits(63) if seed is None else seed}, stream)
    except FileExistsError:
        pass
    try:
        kept = json.loads((out / RUN).read_text(encoding="utf-8"))["seed"]
    except (ValueError, KeyError, TypeError) as error:
        raise ClassError(f"{out / RUN}: expected the seed of an earlier run, found none. Remove the file.") from error
    if seed not in (None, kept):
        raise ClassError(f"{out} was graded with another seed than {seed}. Leave out --seed, or take a new folder.")
    return Settings(kept, **options)


def find_submissions(folder, out):
    """All that was handed in: zips, and folders into which one was unpacked.

    Parameters
    ----------
    folder, out : path

    Returns
    -------
    list of Submission
        By name.

    Raises
    ------
    ClassError
        If there is nothing.
    """
    folder, out = Path(folder), Path(out)
    if not folder.is_dir():
        raise ClassError(f"{folder}: expected a folder of zips, found none.")
    found = {}
    for path in sorted(folder.iterdir()):
        is_ours = path.resolve() == out.resolve()
        is_zip = path.is_file() and path.suffix.lower() == ".zip"
        if path.name.startswith(".") or is_ours or not (path.is_dir() or is_zip):
            continue
        student = path.name if path.is_dir() else path.stem
        name = f"{student}_" if student in OURS else student
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
    """Grade a submission; what is to be written of it.

    Parameters
    ----------
    path : path
    student : str
    settings : Settings

    Returns
    -------
    dict of str to bytes
        By name of the file. The result comes last: where it is, the others are.
    """
    options = settings._asdict()
    with speaking(options.pop("language")):
        result = grade(path, student=student, **options)
    result["tag"] = settings.tag
    return report_files(result, settings.language) | {RESULT: to_json(result)}


def grade_all(submissions, settings, engine, report):
    """Grade submissions, and write what comes out of each at once.

    Parameters
    ----------
    submissions : list of Submission
    settings : Settings
    engine : pool.Pool or fleet.Fleet
        Is closed at the end.
    report : callable
        Is given each Submission, and what went wrong with it or None.
    """
    waiting, running, attempts = list(reversed(submissions)), {}, Counter()
    try:
        while waiting or running:
            while waiting and len(running) < engine.room:
                submission = waiting.pop()
                running[engine.submit(submission, settings)] = submission
            for future in engine.first_done(list(running)):
                submission = running.pop(future)
                error = future.exception()
                attempts[submission.place] += 1
                if error is not None and engine.has_died(error) and attempts[submission.place] < ATTEMPTS:
                    waiting.append(submission)
                    continue
                if error is None:
                    write_outputs(submission.place, future.result())
                report(submission, error)
        engine.close(at_once=False)
    except BaseException:
        engine.close()
        raise


def write_outputs(place, files):
    """Write files, each whole or not at all."""
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(place / name, lambda stream, content=content: stream.write(content))
