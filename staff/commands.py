"""What each command of the staff says, and the status that it ends with where it fails."""

import argparse
import subprocess
import sys
from pathlib import Path

from cs231n.languages import DEFAULT, LANGUAGES, notebook_ending
from cs231n.submission.opening import plain

from .assignments import NOTEBOOKS
from .authoring.paths import ROOT


def add_commands(commands):
    """Add the commands to a command line's: those that write, prove, run and hand out, then those that judge."""
    build = commands.add_parser("build", help="build the student's files from the references")
    build.add_argument("--check", action="store_true", help="write nothing; fail, with a diff, where they differ")
    accepted = "the text in other languages is right, though only the original was changed"
    build.add_argument("--accept-twins", action="store_true", help=accepted)
    build.set_defaults(run=_build)

    solve = commands.add_parser("solve", help="lay out a solved copy of the kit")
    solve.add_argument("folder", type=Path, help="a new or empty folder")
    solve.set_defaults(run=_solve)

    run = commands.add_parser("run", help="execute a solved notebook and show what came out")
    run.add_argument("notebook", nargs="?", choices=NOTEBOOKS, default=next(iter(NOTEBOOKS)), help="%(default)s")
    run.add_argument("--language", choices=LANGUAGES, default=DEFAULT, help="%(default)s")
    run.add_argument("--data", choices=("sample", "full"), default="sample", help="images to use (%(default)s)")
    run.add_argument("--out", type=Path, default=ROOT / "build", help="where the results go (%(default)s)")
    run.add_argument("--save", action="store_true", help="save outputs in the reference (sample, default language)")
    run.set_defaults(run=_run)

    sample = commands.add_parser("sample", help="draw the sample that ships, once more, from the full set")
    sample.add_argument("--datasets", type=Path, default=ROOT / "datasets", help="folder of the full set (%(default)s)")
    sample.set_defaults(run=_sample)

    verify = commands.add_parser("verify", help="prove that the checks name each mistake and let right solutions pass")
    verify.add_argument("--attacks", action="store_true", help="prove the grader instead: every attack ends as it must")
    told = "prove by hundreds of edits of right functions instead that what the checks say is true"
    verify.add_argument("--mutations", action="store_true", help=told)
    verify.add_argument("--seed", type=int, default=21, help="what edits are drawn (%(default)s)")
    told = "so many that change nothing, and as many that are mostly mistakes (%(default)s)"
    verify.add_argument("--count", type=int, default=400, help=told)
    verify.set_defaults(run=_verify)

    handout = commands.add_parser("handout", help="make the zip that students get")
    handout.add_argument("--out", type=Path, default=ROOT / "build" / "handout.zip", help="the zip (%(default)s)")
    handout.set_defaults(run=_handout)

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


def _build(check, accept_twins):
    from .authoring.build import build, drift

    if check:
        difference = drift()
        print(difference or "The kit's files are what the reference builds.", end="" if difference else "\n")
        if difference:
            print("staff build: the kit differs from its reference; run `python -m staff build`.", file=sys.stderr)
        return 1 if difference else 0
    for path in build(accept_twins=accept_twins):
        print(f"built {path.relative_to(ROOT)}")


def _solve(folder):
    from .authoring.solve import solve

    print(f"A solved copy of the kit lies in {solve(folder)}.")


def _run(notebook, language, data, out, save):
    from .authoring.run import RunError, run, save_outputs

    if save and (data, language) != ("sample", DEFAULT):
        stored = f"what came out on the sample, in {LANGUAGES[DEFAULT]}"
        print(f"staff run: --save stores {stored}; leave out --data and --language.", file=sys.stderr)
        return 2
    page = out / Path(f"{notebook}{notebook_ending(language)}").with_suffix(".html")
    try:
        summary = run(notebook, data, language, out)
    except RunError as error:
        print(f"staff run: {error}\nThe notebook up to there: {page}", file=sys.stderr)
        return 1
    if save:
        save_outputs(page.with_suffix(".ipynb"))
    print(
        f"\n{summary.data}",
        *(f"{name}: {value:.3f}" for name, value in summary.results.items()),
        f"notebook time: {summary.seconds:.1f} s",
        f"peak memory: {summary.peak / 1e6:.0f} MB",
        f"The notebook with all its pictures: {page}",
        sep="\n",
    )


def _sample(datasets):
    from .authoring.sample import make_sample

    print(f"The sample lies in {make_sample(datasets)}.")


def _verify(attacks, mutations, seed, count):
    from .authoring.verify import report, verify

    if not attacks and not mutations:
        return report(verify())
    # These lie with the tests, of which they are.
    proof = ["tests.mutation", "--seed", str(seed), "--count", str(count)] if mutations else ["tests.attacks"]
    return subprocess.run([sys.executable, "-m", *proof], cwd=ROOT).returncode


def _handout(out):
    from .authoring.handout import handout

    print(f"{out}: {len(handout(out))} files, no line of a solution in any of them.")


def _diagnose(files, unsafe, json):
    from .grading.available import find_isolation
    from .grading.diagnose import diagnose

    isolation, missing = find_isolation(unsafe), False
    for file in files:
        diagnosis = diagnose(file, isolation)
        missing = missing or not Path(file).is_file()
        print(diagnosis.to_json() if json else diagnosis, flush=True)
    return 2 if missing else 0


def _page(submission, out):
    from .grading.pages import page_of_submission

    page_of_submission(submission, out)


def _key(path):
    from .grading.cluster import write_key

    write_key(path)
    print(f"Whoever has {path} can ask the cluster's scheduler everything: keep it secret; copy it to its machines.")


def _grade(submissions, out, **options):
    from .grading.course import grade_course

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
        print(f"staff grade: {_names(student)} could not be graded: {plain(reason, 1000)}", file=sys.stderr)
    if run.twice:
        print(f"staff grade: of the same name, each graded in its own row: {_names(*run.twice)}", file=sys.stderr)
    if run.skipped:
        print(f"staff grade: neither zips nor folders, not graded: {_names(*run.skipped)}", file=sys.stderr)
    print(*run.problems, sep="\n", end="\n" if run.problems else "", file=sys.stderr)
    return 1 if run.failed or run.problems else 0


def _names(*names):
    return ", ".join(plain(name, 300) for name in names)


def _sandbox(apparmor):
    from .grading.available import apparmor_profile, find_isolation

    print(apparmor_profile() if apparmor else find_isolation(), end="" if apparmor else "\n")


def _gradescope(out, seed, language):
    from .grading.gradescope import make_autograder

    seed = make_autograder(out, seed, language)
    print(f"{out}: upload it as the autograder. The seed is {seed}; with it `staff grade` gives the same points.")


def _positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, found {number}")
    return number
