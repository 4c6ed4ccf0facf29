"""The zip that students get: the listed files and no others, no line of a solution in them, and a kit that works."""

import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from jinja2 import Template

from cs231n.assignments import ASSIGNMENTS, NOTEBOOKS, REGIONS, SOURCES
from cs231n.checks.findings import NOT_STARTED
from cs231n.languages import DEFAULT
from cs231n.sentences import speaking, table, title
from cs231n.submission.archive import zip_bytes

from ..grading.available import find_isolation
from ..grading.grade import grade
from .build import drift
from .leaks import find_leaks
from .paths import KIT, ROOT, handed_out
from .regions import BuildError
from .solve import finished

TOP = "-".join(("cs231n", *(assignment.name for assignment in ASSIGNMENTS)))  # the folder in which everything lies
WORKFLOW = ".github/workflows/classroom.yml"
_READMES = ("README.md", "README.ko.md")
_AS_THEY_ARE = ("LICENSE", ".gitattributes", ".gitignore")  # the last two for those who work in a repository
_NOT_TEXT = Path("datasets", "cifar10-sample")  # digests are of these very bytes
_SEED = 2024  # with which the solved kit is graded
# Imports all modules of the kit but the commands, which run.
_IMPORT = """
import importlib, pkgutil, cs231n
for module in pkgutil.walk_packages(cs231n.__path__, "cs231n."):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except Exception as error:
            raise SystemExit(f"{module.name}: {type(error).__name__}: {error}")
"""


def handout(out, root=ROOT):
    """Make the zip and return its names; a BuildError, and no zip, if the kit is stale, does not work, or leaks."""
    root, out = Path(root), Path(out)
    if drift(kit=root / KIT.relative_to(ROOT)):
        raise BuildError("the kit differs from its reference; run `python -m staff build` first. Nothing was written.")
    files = {path.as_posix(): _content(root, path) for path in [*handed_out(root), *map(Path, _AS_THEY_ARE)]}
    files |= {name: students_readme((root / name).read_text(encoding="utf-8"), name).encode() for name in _READMES}
    files[WORKFLOW] = classroom_workflow().encode()
    files = {f"{TOP}/{name}": content for name, content in files.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
        beside = Path(folder, "handout.zip")
        zip_bytes(files, beside, executable={name for name in files if name.endswith(".sh")})
        with zipfile.ZipFile(beside) as packed:
            packed.extractall(folder)
        fault = next(_faults(Path(folder, TOP), [Path(name).relative_to(TOP) for name in sorted(files)]), None)
        if fault:
            raise BuildError(f"{fault}. Nothing was written.")
        beside.replace(out)
    return sorted(files)


def students_readme(text, name="README.md"):
    """What of a README is for students: its beginning up to the commands of make, its first section, its end."""
    beginning, *sections = re.split(r"(?m)^(?=## )", text)
    beginning, fence, _ = beginning.partition("\n```")
    if not fence or len(sections) < 2:
        raise BuildError(f"{name}: expected a beginning with commands, a section for students and others behind it.")
    end = text.rstrip().rpartition("\n\n")[2]
    return f"{beginning.rstrip()}\n\n{sections[0].rstrip()}\n\n{end}\n"


def classroom_workflow():
    """The workflow of GitHub Classroom: a test for each region that the checks can judge."""
    text = Path(__file__).with_name("classroom.yml").read_text(encoding="utf-8")
    # Braces are marks of GitHub's own.
    template = Template(text, "<%", "%>", "<<", ">>", trim_blocks=True, keep_trailing_newline=True)
    regions = {name: region for name, region in REGIONS.items() if region.points and not region.is_in_notebook}
    with speaking(DEFAULT):
        return template.render(regions=regions, title=title)


def _content(root, path):
    """A file's bytes; text, which the images at their place in the repository are not, with the line ends of Linux."""
    content = (root / path).read_bytes()
    return content if _NOT_TEXT in path.parents else content.replace(b"\r\n", b"\n")


def _faults(folder, files):
    """What is wrong with an unpacked handout, as students have it and solved; yields sentences without a full stop."""
    kit = folder / "assignment1"
    broken = _run(kit, "-c", _IMPORT)
    if broken.returncode:
        yield f"the kit cannot be imported: {broken.stderr.strip().splitlines()[-1]}"
    lines = _run(kit, "-m", "cs231n.checks", "--json").stdout.splitlines()
    started = {row["claim"] for row in map(json.loads, lines) if row["outcome"] != NOT_STARTED}
    if started or not lines:
        yield f"expected nothing started in the kit, found {sorted(started) or 'no checks'}"
    yield from _faults_of_reference()
    leaks = find_leaks(folder, files)
    if leaks:
        found = "; ".join(f"{leak.path}: {leak.line}" for leak in leaks[:5])
        yield f"a line of the solution is in the handout ({found})"


def _faults_of_reference():
    """Regions for which a finished kit does not earn all points."""
    with tempfile.TemporaryDirectory() as scratch:
        hand_in = Path(scratch, "reference.zip")
        zip_bytes({name: text.encode() for name, text in finished((*SOURCES, *NOTEBOOKS)).items()}, hand_in)
        result = grade(hand_in, seed=_SEED, isolation=find_isolation())
    for name, region in REGIONS.items():
        graded = result["regions"].get(name)
        if region.points and graded is None:
            yield f"region {name} has {region.points} points and is not graded"
        elif region.points and graded["earned"] not in (None, region.points):
            failed = [_told(finding) for finding in result["findings"] if finding["region"] == name]
            said = "; ".join(filter(None, failed)) or graded["state"]
            yield f"the reference earns {graded['earned']:g} of {region.points} points for {name} ({said})"


def _told(finding):
    claim = table("CLAIMS", "en")[finding["claim"]]
    return f"{finding['subject']}: {claim}: {finding['outcome']}" if finding["outcome"] != "pass" else ""


def _run(kit, *arguments):
    environment = os.environ | {"CS231N_LANG": "en", "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=kit, env=environment, capture_output=True, encoding="utf-8")
