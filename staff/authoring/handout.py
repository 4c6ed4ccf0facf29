"""The zip that students get: the listed files and no others, and no line of a solution in any of them."""

import re
import tempfile
import zipfile
from pathlib import Path

from jinja2 import Template

from cs231n.assignments import ASSIGNMENTS, REGIONS
from cs231n.languages import DEFAULT
from cs231n.sentences import speaking, title
from cs231n.submission.archive import zip_bytes

from .build import drift
from .paths import KIT, ROOT, handed_out
from .proving import handout_faults
from .regions import BuildError

TOP = "-".join(("cs231n", *(assignment.name for assignment in ASSIGNMENTS)))  # the folder in which everything lies
WORKFLOW = ".github/workflows/classroom.yml"
_READMES = ("README.md", "README.ko.md")
_AS_THEY_ARE = ("LICENSE", ".gitattributes", ".gitignore")  # the last two for those who work in a repository
_NOT_TEXT = Path("datasets", "cifar10-sample")  # digests are of these very bytes


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
        fault = next(handout_faults(Path(folder, TOP), [Path(name).relative_to(TOP) for name in sorted(files)]), None)
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
