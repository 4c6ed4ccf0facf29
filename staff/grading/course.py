"""From a folder of submissions to a folder of grades, and on from there where an earlier run was interrupted."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from cs231n.assignments import REGIONS
from cs231n.submission.archive import remove_leftovers

from .answers import write_answers
from .available import find_isolation
from .batch import MARKS, RESULT, find_submissions, grade_all, is_done, settle, write_outputs
from .class_page import write_class_page
from .marks import merge_marks, read_marks, write_template
from .pool import Pool
from .report import report_files, to_json
from .summary import Summary
from .tables import write_grades
from .text import clean

__all__ = ["GradingRun", "grade_course"]

_MARKED = "marked.json"  # the marks that a student's reports were written with


class GradingRun(NamedTuple):
    """What came of a run."""

    graded: int  # submissions that were graded now
    kept: int  # those that had been before
    failed: dict  # what went wrong with those that could not be graded, by student
    problems: list  # marks that could not be used, each with its place


def grade_course(
    submissions,
    out,
    *,
    seed=None,
    workers=None,
    scheduler=None,
    language="en",
    unsafe=False,
    run_notebook=False,
    quiet=False,
):
    """Grade a class: a folder of zips, or of folders into which they were unpacked, into the folder `out`.

    Parameters
    ----------
    seed : int, optional
        Decides on all inputs; drawn once, and kept in `out`, by default.
    workers : int, optional
        Processes on this machine; one a processor by default.
    scheduler : str, optional
        Address of a dask scheduler, whose workers grade in place of this machine.
    unsafe : bool
        Whether student code may run unprotected where no sandbox works.

    Returns
    -------
    GradingRun

    Raises
    ------
    ClassError, SandboxError
        If nothing can be graded as it was asked for.
    """
    out = Path(out)
    found = find_submissions(submissions, out)
    if scheduler is None:
        find_isolation(unsafe)  # said before anything is graded
    settings = settle(out, seed, language=language, unsafe=unsafe, run_notebook=run_notebook)
    for folder in (out, *(submission.place for submission in found)):
        remove_leftovers(folder)
    waiting = [submission for submission in found if not is_done(submission, settings)]
    failed, counts = {}, Counter()
    if waiting:
        engine = _engine(workers, scheduler, len(waiting))
        with tqdm(total=len(waiting), desc="grading", unit="", disable=quiet) as bar:

            def report(submission, error):
                counts["failed" if error else "graded"] += 1
                if error:
                    failed[clean(submission.student)] = clean(f"{type(error).__name__}: {error}", 1_000)
                bar.set_postfix(counts)
                bar.update()

            grade_all(waiting, settings, engine, report)
    problems = _tell(out, found, language)
    return GradingRun(counts["graded"], len(found) - len(waiting), failed, problems)


def _engine(workers, scheduler, count):
    if scheduler is None:
        return Pool(min(workers or os.cpu_count(), count))
    from .cluster import Cluster  # only here: dask is needed for a cluster and for nothing else

    return Cluster(scheduler)


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
    write_class_page(summary, out / "class.html")
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
