"""The staff's command line: ``python -m staff``."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from cs231n.errors import DatasetError

from .authoring.paths import ROOT
from .authoring.regions import BuildError
from .errors import ClassError, SandboxError


def main(arguments=None):
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m staff", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="build the student's files from staff/reference/")
    build.add_argument("--check", action="store_true", help="write nothing; fail, with a diff, where they differ")
    build.set_defaults(run=_build)

    solve = commands.add_parser("solve", help="lay out a solved copy of the kit")
    solve.add_argument("folder", type=Path, help="a new or empty folder")
    solve.set_defaults(run=_solve)

    run = commands.add_parser("run", help="execute a solved notebook and show what came out")
    run.add_argument("notebook", nargs="?", choices=("svm", "svm_derivation"), default="svm", help="%(default)s")
    run.add_argument("--language", choices=("en", "ko"), default="en", help="English or Korean (%(default)s)")
    run.add_argument("--data", choices=("sample", "full"), default="sample", help="images to use (%(default)s)")
    run.add_argument("--out", type=Path, default=ROOT / "build", help="where the results go (%(default)s)")
    run.add_argument("--save", action="store_true", help="store the outputs in the reference; sample, English only")
    run.set_defaults(run=_run)

    sample = commands.add_parser("sample", help="draw the sample that ships, once more, from the full set")
    sample.add_argument("--datasets", type=Path, default=ROOT / "datasets", help="folder of the full set (%(default)s)")
    sample.set_defaults(run=_sample)

    verify = commands.add_parser(
        "verify", help="prove that the checks name each mistake and let each right solution pass"
    )
    verify.set_defaults(run=_verify)

    diagnose = commands.add_parser("diagnose", help="say what is right and wrong with any linear_svm.py")
    diagnose.add_argument("files", nargs="+", metavar="FILE", help="a linear_svm.py, of this kit or a classic one")
    diagnose.add_argument("--json", action="store_true", help="print one JSON object a line and file")
    diagnose.set_defaults(run=_diagnose)

    grade = commands.add_parser("grade", help="grade a folder of submissions")
    grade.add_argument("submissions", type=Path, help="folder of zips, or of folders into which they were unpacked")
    grade.add_argument("--out", type=Path, required=True, help="folder of the grades; a second run goes on there")
    grade.add_argument("--workers", type=_positive, help="processes on this machine (one a processor)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="of a dask scheduler whose workers are to grade")
    grade.add_argument("--seed", type=int, help="decides on all inputs (drawn once, and kept with the grades)")
    grade.add_argument("--language", choices=("en", "ko"), default="en", help="of what students read (%(default)s)")
    grade.add_argument("--run-notebook", action="store_true", help="execute each notebook, too")
    grade.add_argument("--unsafe", action="store_true", help="run student code unprotected where nothing else works")
    grade.set_defaults(run=_grade)

    handout = commands.add_parser("handout", help="make the zip that students get")
    handout.add_argument("--out", type=Path, default=ROOT / "build" / "handout.zip", help="the zip (%(default)s)")
    handout.set_defaults(run=_handout)

    gradescope = commands.add_parser("gradescope", help="make the zip of an autograder for Gradescope")
    gradescope.add_argument("--out", type=Path, default=ROOT / "build" / "autograder.zip", help="the zip (%(default)s)")
    gradescope.add_argument("--seed", type=int, help="of the inputs; drawn by default")
    gradescope.add_argument("--language", choices=("en", "ko"), default="en", help="students read this (%(default)s)")
    gradescope.set_defaults(run=_gradescope)

    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except (BuildError, ClassError, DatasetError, SandboxError, OSError) as error:
        print(f"staff {options.command}: {error}", file=sys.stderr)
        return 1


def _build(options):
    from .authoring.build import build, drift

    if options.check:
        difference = drift()
        print(difference or "The kit's files are what the reference builds.", end="" if difference else "\n")
        if difference:
            print("staff build: the kit differs from its reference; run `python -m staff build`.", file=sys.stderr)
        return 1 if difference else 0
    for path in build():
        print(f"built {path.relative_to(ROOT)}")
    return 0


def _solve(options):
    from .authoring.solve import solve

    print(f"A solved copy of the kit lies in {solve(options.folder)}.")
    return 0


def _run(options):
    from .authoring.run import RunError, run, save_outputs

    if options.save and (options.data, options.language) != ("sample", "en"):
        print(
            "staff run: --save stores what came out on the sample, in English; leave out --data and --language.",
            file=sys.stderr,
        )
        return 2
    page = options.out / Path(options.notebook).with_suffix(".ko.html" if options.language == "ko" else ".html")
    try:
        summary = run(options.notebook, options.data, options.language, options.out)
    except RunError as error:
        print(f"staff run: {error}\nThe notebook up to there: {page}", file=sys.stderr)
        return 1
    if options.save:
        save_outputs(page.with_suffix(".ipynb"))
    print(
        f"\n{summary.data}",
        *(f"{name}: {value:.3f}" for name, value in summary.results.items()),
        f"notebook time: {summary.seconds:.1f} s",
        f"peak memory: {summary.peak / 1e6:.0f} MB",
        f"The notebook with all its pictures: {page}",
        sep="\n",
    )
    return 0


def _sample(options):
    from .authoring.sample import make_sample

    print(f"The sample lies in {make_sample(options.datasets)}.")
    return 0


def _verify(options):
    from .authoring.verify import verify

    counts, faults = Counter(), 0
    for proof in verify():
        counts[proof.kind] += 1
        if proof.fault:
            faults += 1
            print(f"NOT PROVEN  {proof.kind}: {proof.name}: {proof.fault}")
    print(
        ", ".join(f"{count} x {kind}" for kind, count in counts.items())
        + (f": {faults} NOT PROVEN" if faults else ": all proven")
    )
    return 1 if faults else 0


def _diagnose(options):
    from .grading.diagnose import diagnose

    missing = False
    for file in options.files:
        diagnosis = diagnose(file)
        missing = missing or not Path(file).is_file()
        print(json.dumps(diagnosis._asdict(), ensure_ascii=False) if options.json else diagnosis, flush=True)
    return 2 if missing else 0


def _grade(options):
    from .grading.course import grade_course

    try:
        summary = grade_course(
            options.submissions,
            options.out,
            seed=options.seed,
            workers=options.workers,
            scheduler=options.scheduler,
            language=options.language,
            unsafe=options.unsafe,
            run_notebook=options.run_notebook,
        )
    except KeyboardInterrupt:
        print("\nstaff grade: interrupted. What was graded is kept; the same command goes on.", file=sys.stderr)
        return 130
    print(
        f"{summary.graded} graded, {summary.kept} as before. The class: {options.out / 'class.html'}\n"
        f"Written answers wait in {options.out}: read answers-*.html, fill in marks.csv, and run this once more."
    )
    for student, reason in summary.failed.items():
        print(f"staff grade: {student} could not be graded: {reason}", file=sys.stderr)
    print(*summary.problems, sep="\n", end="\n" if summary.problems else "", file=sys.stderr)
    return 1 if summary.failed or summary.problems else 0


def _positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, found {number}")
    return number


def _handout(options):
    from .authoring.handout import handout

    names = handout(options.out)
    print(f"{options.out}: {len(names)} files, no line of a solution in any of them.")
    return 0


def _gradescope(options):
    from .grading.gradescope import make_autograder

    seed = make_autograder(options.out, options.seed, options.language)
    print(
        f"{options.out}: upload it as the autograder. The seed is {seed}; with it `staff grade` gives the same points."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
