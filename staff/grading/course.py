"""From a folder of submissions to a folder of grades, and on from there where an earlier run was interrupted."""

import contextlib
import json
import os
import secrets
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from cs231n.assignments import REGIONS
from cs231n.submission.archive import remove_leftovers

from ..errors import ClassError
from .available import find_isolation
from .batch import MARKS, RESULT, RUN, Settings, grade_all, write_outputs
from .class_page import Summary, class_page
from .grade import digest
from .marks import merge_marks, read_marks, write_answers, write_template
from .pool import Pool
from .report import report_files, to_json
from .submissions import find_submissions
from .tables import write_grades
from .text import clean

_MARKED = "marked.json"  # the marks that a student's reports were written with


class GradingRun(NamedTuple):
    """What came of a run."""

    graded: int  # submissions that were graded now
    kept: int  # those that had been before
    failed: dict  # what went wrong with those that could not be graded, by student
    problems: list  # marks that could not be used, each with its place
    twice: list  # names of files of which another has the same student
    skipped: list  # names of what lies beside submissions


def grade_course(
    submissions,
    out,
    *,
    seed=None,
    workers=None,
    scheduler=None,
    key=None,
    open_scheduler=False,
    language="en",
    unsafe=False,
    run_notebook=False,
):
    """Grade a class: a folder of zips, or of folders into which they were unpacked, into the folder `out`.

    By default the seed is drawn once and kept in `out`, and each processor has a process; `scheduler` is the address of
    a dask scheduler, whose workers grade in place of this machine, and `key` the file of its key; `open_scheduler`
    takes one without. `unsafe` lets student code run unprotected where no sandbox works. A ClassError or SandboxError
    says why nothing can be graded as it was asked for.
    """
    out = Path(out)
    found, *beside = find_submissions(submissions, out)
    if scheduler is None:
        find_isolation(unsafe)  # said before anything is graded
    settings = _settle(out, seed, language=language, unsafe=unsafe, run_notebook=run_notebook)
    for folder in (out, *(submission.place for submission in found)):
        remove_leftovers(folder)
    waiting = [submission for submission in found if not _is_done(submission, settings)]
    failed, counts = {}, Counter()
    if waiting:
        with _engine(workers, len(waiting), scheduler, key, open_scheduler) as engine:
            bar = tqdm(grade_all(waiting, settings, engine), total=len(waiting), desc="grading", unit="")
            for submission, error in bar:
                counts["failed" if error else "graded"] += 1
                if error:
                    failed[clean(submission.student)] = clean(f"{type(error).__name__}: {error}", 1_000)
                bar.set_postfix(counts)
    problems = _tell(out, found, language)
    return GradingRun(counts["graded"], len(found) - len(waiting), failed, problems, *map(clean, beside))


def _settle(out, seed, **options):
    """Settings of a run, whose folder is made; the seed is drawn once, unless it is given, and kept there."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)  # what is in there is not for other users of the machine
    path = out / RUN
    with (
        contextlib.suppress(FileExistsError),
        open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream,
    ):
        json.dump({"seed": secrets.randbits(128) if seed is None else seed}, stream)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["seed"]
    except (ValueError, KeyError, TypeError) as error:
        raise ClassError(f"{path}: expected the seed of an earlier run, found none. Remove the file.") from error
    if seed not in (None, kept):
        raise ClassError(f"{out} was graded with another seed than {seed}. Leave out --seed, or take a new folder.")
    return Settings(kept, **options)


def _is_done(submission, settings):
    """Whether the very same submission was graded with the same settings, and nothing of that is missing."""
    try:
        result = json.loads((submission.place / RESULT).read_text(encoding="utf-8"))
        return result["tag"] == settings.tag and result["sha256"] == digest(submission.path)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _engine(workers, count, scheduler, *security):
    if scheduler is None:
        return Pool(min(workers or os.cpu_count(), count))
    from .cluster import Cluster  # only here: dask is needed for a cluster and for nothing else

    return Cluster(scheduler, *security)


def _tell(out, submissions, language):
    """Put marks into what students read, and write what is said of the class; returns what is wrong with marks."""
    # Of a submission that could not be graded there is no result.
    places = [submission.place for submission in submissions if (submission.place / RESULT).is_file()]
    marks, summary = read_marks(out / MARKS), Summary()

    def told():
        for result, place in zip(merge_marks(_results(places), marks), places, strict=True):
            _tell_marks(result, place, language)
            summary.add(result)
            yield result

    write_grades(told(), out / "grades.csv")
    write_template(_results(places), out / MARKS)
    for name, region in REGIONS.items():
        if region.points and region.is_in_notebook:
            write_answers(_results(places), name, out / f"answers-{name}.html")
    write_outputs(out, {"class.html": class_page(summary).encode()})
    return marks.problems


def _results(places):
    """The results, one after another, so that one at a time is in memory."""
    for place in places:
        yield json.loads((place / RESULT).read_text(encoding="utf-8"))


def _tell_marks(result, place, language):
    """Write a student's reports once more where the marks are not those that they were written with."""
    given = {name: region for name, region in result["regions"].items() if region["state"] == "marked"}
    path, marked = place / _MARKED, to_json(given)
    before = path.read_bytes() if path.exists() else to_json({})
    if marked != before:
        write_outputs(place, report_files(result, language) | {_MARKED: marked})
