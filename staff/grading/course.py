"""From a folder of submissions to a folder of grades, and on from there where an earlier run was interrupted."""

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from . import sandbox
from .batch import RESULT, Pool, find_submissions, grade_all, is_done, settle
from .class_page import write_class_page

__all__ = ["Summary", "grade_course"]


class Summary(NamedTuple):
    """What came of a run.

    Attributes
    ----------
    graded, kept : int
        Submissions that were graded now, and those that had been before.
    failed : dict of str to str
        What went wrong with those that could not be graded, by student.
    """

    graded: int
    kept: int
    failed: dict


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
        sandbox.find_isolation(unsafe)  # said before anything is graded
    settings = settle(out, seed, language=language, unsafe=unsafe, run_notebook=run_notebook)
    waiting = [submission for submission in found if not is_done(submission, settings)]
    failed, counts = {}, Counter()
    if waiting:
        engine = _engine(workers, scheduler, len(waiting))
        with tqdm(total=len(waiting), desc="grading", unit="", disable=quiet) as bar:

            def report(submission, error):
                counts["failed" if error else "graded"] += 1
                if error:
                    failed[submission.student] = f"{type(error).__name__}: {error}"
                bar.set_postfix(counts)
                bar.update()

            grade_all(waiting, settings, engine, report)
    _summarize(out, found)
    return Summary(counts["graded"], len(found) - len(waiting), failed)


def _engine(workers, scheduler, count):
    if scheduler is None:
        return Pool(min(workers or count, count) if workers else None)
    from .fleet import Fleet  # only here: dask is needed for a cluster and for nothing else

    return Fleet(scheduler)


def _summarize(out, submissions):
    """Write what is said of the class as a whole."""
    write_class_page(_results(submissions), out / "class.html")


def _results(submissions):
    """The results, one after another; of a submission that could not be graded there is none."""
    for submission in submissions:
        if (submission.place / RESULT).is_file():
            yield json.loads((submission.place / RESULT).read_text(encoding="utf-8"))
