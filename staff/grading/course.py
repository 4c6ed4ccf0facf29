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
from .batch import ANSWERS, MARKS, RESULT, find_submissions, grade_all, is_done, settle, write_outputs
from .class_page import write_class_page
from .grades import write_grades
from .marks import merge_marks, read_marks, write_template
from .pages import clean
from .pool import Pool
from .report import report_files, to_json
from .summary import Summary as ClassSummary

__all__ = ["Summary", "grade_course"]

_MARKED = "marked.json"  # the marks that a student's reports were written with


class Summary(NamedTuple):
    """What came of a run.

    Attributes
    ----------
    graded, kept : int
        Submissions that were graded now, and those that had been before.
    failed : dict of str to str
        What went wrong with those that could not be graded, by student.
    problems : list of str
        Marks that could not be used, each with its place.
    """

    graded: int
    kept: int
    failed: dict
    problems: list


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
    """Grade a class.

    Parameters
    ----------
    submissions : path
        Folder of zips, or of folders into which they were unpacked.
    out : path
        Folder of the grades.
    seed : int, optional
        Decides on all inputs; drawn once, and kept in `out`, by default.
    workers : int, optional
        Processes on this machine; as many as it has processors by default.
    scheduler : str, optional
        Address of a dask scheduler, whose workers grade in place of this machine.
    language : str
        ``en`` or ``ko``: of what students read.
    unsafe : bool
        Whether student code may run unprotected where the machine offers no protection.
    run_notebook : bool
        Whether notebooks are executed, too.
    quiet : bool
        Whether there is no progress bar.

    Returns
    -------
    Summary

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
                    failed[clean(submission.student, 200)] = clean(f"{type(error).__name__}: {error}", 1_000)
                bar.set_postfix(counts)
                bar.update()

            grade_all(waiting, settings, engine, report)
    problems = _tell(out, found, language)
    return Summary(counts["graded"], len(found) - len(waiting), failed, problems)


def _engine(workers, scheduler, count):
    if scheduler is None:
        return Pool(min(workers or os.cpu_count(), count))
    from .fleet import Fleet  # only here: dask is needed for a cluster and for nothing else

    return Fleet(scheduler)


def _tell(out, submissions, language):
    """Put marks into what students read, and write what is said of the class; returns what is wrong with marks."""
    places = {submission.student: submission.place for submission in submissions}
    marks, summary = read_marks(out / MARKS), ClassSummary()

    def told():
        for result in merge_marks(_results(submissions), marks):
            _tell_marks(result, places[result["student"]], language)
            summary.add(result)
            yield result

    write_grades(told(), out / "grades.csv")
    write_template(_results(submissions), out / MARKS)
    for name, region in REGIONS.items():
        if region.points and region.is_in_notebook:
            write_answers(_results(submissions), name, out / f"{ANSWERS}{name}.html")
    write_class_page(summary, out / "class.html")
    return marks.problems


def _results(submissions):
    """The results, one after another; of a submission that could not be graded there is none."""
    for submission in submissions:
        if (submission.place / RESULT).is_file():
            yield json.loads((submission.place / RESULT).read_text(encoding="utf-8"))


def _tell_marks(result, place, language):
    """Write a student's reports once more where the marks are not those that they were written with."""
    given = {name: region for name, region in result["regions"].items() if region["state"] == "marked"}
    path, marked = place / _MARKED, to_json(given)
    before = path.read_bytes() if path.exists() else to_json({})
    if marked != before:
        write_outputs(place, report_files(result, language) | {_MARKED: marked})
