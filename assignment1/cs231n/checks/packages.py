"""The packages that grading has: those of requirements.txt and what these need; one function for home and grading."""

import functools
import re
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[3] / "requirements.txt"


def required(path=REQUIREMENTS):
    """The names that a file of requirements lists, as PyPI spells them; none where it is not there."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_spelt(line) for line in lines if re.match(r"\w", line)]


def closure(names):
    """The distributions of some names, and of all that these need, as far as they are installed here."""
    waiting, found = list(names), {}
    while waiting:
        name = _spelt(waiting.pop())
        if name not in found:
            found[name] = None
            with suppress(PackageNotFoundError):
                found[name] = distribution(name)
                needs = [text.partition(";") for text in found[name].requires or ()]
                waiting += [text for text, _, condition in needs if "extra" not in condition]
    return list(filter(None, found.values()))


def tops(distribution):
    """The names of a distribution's files and folders in the folder of all packages."""
    record = distribution.read_text("RECORD")
    if record is None:  # as of packages of Linux distributions
        named = (distribution.read_text("top_level.txt") or "").split()
        named = named or [distribution.metadata["Name"]]
        return {*named, *(f"{name}.py" for name in named)}
    return {re.split("[/,]", line, maxsplit=1)[0] for line in record.splitlines()} - {"..", "", "__pycache__"}


@functools.cache
def modules(path=REQUIREMENTS):
    """The names of modules that student code finds in grading, without the kit's."""
    found = set(sys.stdlib_module_names)
    return found | {name.partition(".")[0] for one in closure(required(path)) for name in tops(one)}


def _spelt(text):
    """The name at the beginning of a requirement."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", text)[0]).lower()
