"""Commands with which work that was handed in is judged."""

import argparse
import sys
from pathlib import Path

from cs231n.languages import DEFAULT, LANGUAGES

from ..authoring.paths import ROOT


def add_commands(commands):
    """Add the commands to a command line's."""
    diagnose = commands.add_parser("diagnose", help="say what is right and wrong with any linear_svm.py")
    diagnose.add_argument("files", nargs="+", metavar="FILE", help="a linear_svm.py, of this kit or a classic one")
    diagnose.add_argument("--unsafe", action="store_true", help="run it unprotected where there is no sandbox")
    diagnose.add_argument("--json", action="store_true", help="print one JSON object a line and file")
    diagnose.set_defaults(run=_diagnose)

    grade = commands.add_parser("grade", help="grade a folder of submissions")
    grade.add_argument("submissions", type=Path, help="folder of zips, or of folders into which they were unpacked")
    grade.add_argument("--out", type=Path, required=True, help="folder of the grades; a second run goes on there")
    grade.add_argument("--workers", type=_positive, help="processes on this machine (one a processor)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="of a dask scheduler whose workers are to grade")
    grade.add_argument("--key", type=Path, metavar="FILE", help="of that scheduler, as `staff key` writes it")
    grade.add_argument("--open-scheduler", action="store_true", help="take one without a key, which anybody can ask")
    grade.add_argument("--seed", type=int, help="decides on all inputs (drawn once, and kept with the grades)")
    grade.add_argument("--language", choices=LANGUAGES, default=DEFAULT, help="of what students read (%(default)s)")
    grade.add_argument("--run-notebook", action="store_true", help="execute each notebook, too")
    grade.add_argument("--unsafe", action="store_true", help="run student code unprotected where nothing else works")
    grade.set_defaults(run=_grade)

    page = commands.add_parser("page", help="make a page of the notebook in a submission, in which nothing of it runs")
    page.add_argument("submission", type=Path, help="a zip, or a folder into which one was unpacked")
    page.add_argument("--out", type=Path, default=Path("svm.html"), metavar="FILE", help="the page (%(default)s)")
    page.set_defaults(run=_page)

    key = commands.add_parser("key", help="write a new key for a cluster that grades")
    key.add_argument("path", type=Path, metavar="FILE", help="the file, which is not there yet; keep it secret")
    key.set_defaults(run=_key)

    sandbox = commands.add_parser("sandbox", help="say which sandbox works on this machine; fail if none does")
    sandbox.add_argument("--apparmor", action="store_true", help="print a profile that lets bubblewrap work on Ubuntu")
    sandbox.set_defaults(run=_sandbox)

    gradescope = commands.add_parser("gradescope", help="make the zip of an autograder for Gradescope")
    gradescope.add_argument("--out", type=Path, default=ROOT / "build" / "autograder.zip", help="the zip (%(default)s)")
    gradescope.add_argument("--seed", type=int, help="of the inputs; drawn by default")
    gradescope.add_argument("--language", choices=LANGUAGES, default=DEFAULT, help="students read this (%(default)s)")
    gradescope.set_defaults(run=_gradescope)


def _diagnose(files, unsafe, json):
    from ..grading.available import find_isolation
    from ..grading.diagnose import diagnose

    isolation, missing = find_isolation(unsafe), False
    for file in files:
        diagnosis = diagnose(file, isolation)
        missing = missing or not Path(file).is_file()
        print(diagnosis.to_json() if json else diagnosis, flush=True)
    return 2 if missing else 0


def _page(submission, out):
    from ..grading.pages import page_of_submission

    page_of_submission(submission, out)


def _key(path):
    from ..grading.cluster import write_key

    write_key(path)
    print(f"Whoever has {path} can ask the cluster's scheduler everything: keep it secret; copy it to its machines.")


def _grade(submissions, out, **options):
    from ..grading.course import grade_course

    try:
        run = grade_course(submissions, out, **options)
    except KeyboardInterrupt:
        print("\nstaff grade: interrupted. What was graded is kept; the same command goes on.", file=sys.stderr)
        return 130
    print(
        f"{run.graded} graded, {run.kept} as before. The class: {out / 'class.html'}\n"
        f"Written answers wait in {out}: read answers-*.html, fill in marks.csv, and run this once more."
    )
    for student, reason in run.failed.items():
        print(f"staff grade: {student} could not be graded: {reason}", file=sys.stderr)
    if run.twice:
        print(f"staff grade: of the same name, each graded in its own row: {', '.join(run.twice)}", file=sys.stderr)
    if run.skipped:
        print(f"staff grade: neither zips nor folders, not graded: {', '.join(run.skipped)}", file=sys.stderr)
    print(*run.problems, sep="\n", end="\n" if run.problems else "", file=sys.stderr)
    return 1 if run.failed or run.problems else 0


def _sandbox(apparmor):
    from ..grading.available import apparmor_profile, find_isolation

    print(apparmor_profile() if apparmor else find_isolation(), end="" if apparmor else "\n")


def _gradescope(out, seed, language):
    from ..grading.gradescope import make_autograder

    seed = make_autograder(out, seed, language)
    print(f"{out}: upload it as the autograder. The seed is {seed}; with it `staff grade` gives the same points.")


def _positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, found {number}")
    return number
