"""Commands with which the assignment is written, proven, run and handed out."""

import subprocess
import sys
from pathlib import Path

from cs231n.languages import DEFAULT, LANGUAGES, notebook_ending

from ..assignments import NOTEBOOKS
from ..authoring.paths import ROOT


def add_commands(commands):
    """Add the commands to a command line's."""
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


def _build(check, accept_twins):
    from ..authoring.build import build, drift

    if check:
        difference = drift()
        print(difference or "The kit's files are what the reference builds.", end="" if difference else "\n")
        if difference:
            print("staff build: the kit differs from its reference; run `python -m staff build`.", file=sys.stderr)
        return 1 if difference else 0
    for path in build(accept_twins=accept_twins):
        print(f"built {path.relative_to(ROOT)}")


def _solve(folder):
    from ..authoring.solve import solve

    print(f"A solved copy of the kit lies in {solve(folder)}.")


def _run(notebook, language, data, out, save):
    from ..authoring.run import RunError, run, save_outputs

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
    from ..authoring.sample import make_sample

    print(f"The sample lies in {make_sample(datasets)}.")


def _verify(attacks, mutations, seed, count):
    from ..authoring.verify import report, verify

    if not attacks and not mutations:
        return report(verify())
    # These lie with the tests, of which they are.
    proof = ["tests.mutation", "--seed", str(seed), "--count", str(count)] if mutations else ["tests.attacks"]
    return subprocess.run([sys.executable, "-m", *proof], cwd=ROOT).returncode


def _handout(out):
    from ..authoring.handout import handout

    print(f"{out}: {len(handout(out))} files, no line of a solution in any of them.")
