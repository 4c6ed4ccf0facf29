"""A class: every submission graded by itself, here or on a cluster, and on the disk as soon as it is."""

import functools
import hashlib
from concurrent.futures import FIRST_COMPLETED, wait
from typing import NamedTuple

from cs231n.sentences import speaking
from cs231n.submission.archive import write_whole

from ..authoring.paths import KIT, ROOT
from .grade import grade, refused
from .isolation import LIMITS, Limits
from .report import report_files, to_json

RESULT, RUN, MARKS = "result.json", "run.json", "marks.csv"


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
        return hashlib.sha256(repr((_digest_of_code(), *self)).encode()).hexdigest()[:16]


@functools.cache
def _digest_of_code():
    """Of all that grading is made of: checks, tables and sentences, and the grader itself."""
    total = hashlib.sha256()
    for folder in (KIT / "cs231n", ROOT / "staff" / "grading", ROOT / "staff" / "assignments"):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".json", ".html", ".j2")):
            total.update(f"{path.relative_to(ROOT).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def outputs(path, student, settings):
    """Grade a submission: bytes by name of a file. The result comes last: where it is, the others are."""
    options = settings._asdict()
    with speaking(options.pop("language")):
        return _files(grade(path, student=student, **options), settings)


def outputs_without_grading(path, student, settings, reason):
    """The same of a submission whose grading was ended, for a reason, which is a note."""
    with speaking(settings.language):
        return _files(refused(path, student, reason), settings)


def _files(result, settings):
    result |= {"tag": settings.tag}
    return report_files(result, settings.language) | {RESULT: to_json(result)}


def grade_all(submissions, settings, engine):
    """Grade submissions in a `Pool` or a `Cluster`, and write what comes out of each at once.

    Yields each submission when it is done, and what went wrong with it or None.
    """
    waiting, running, alone = list(reversed(submissions)), {}, []
    while waiting or running or alone:
        while waiting and len(running) < engine.room:
            submission = waiting.pop()
            running[engine.submit(submission, settings)] = submission
        is_alone = not running
        if is_alone:
            submission = alone.pop()
            running[engine.submit(submission, settings)] = submission
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            submission, error = running.pop(future), future.exception()
            if isinstance(error, engine.deaths) and not is_alone:
                alone.append(submission)  # what it died of may be another's fault
                continue
            if error is None:
                write_outputs(submission.place, future.result())
            yield submission, error


def write_outputs(place, files):
    """Write files into a folder, each whole or not at all."""
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(place / name, lambda stream, content=content: stream.write(content))
