"""What is in a zip that was handed in, ours or one of the classic kit: read and never unpacked."""

import json
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import NamedTuple

from ..checks.assignment import NOTEBOOKS
from ..sentences import word
from .contents import REQUIRED
from .receipt import RECEIPT, compare

__all__ = ["Examination", "examine"]

LIMIT = 500 << 20  # bytes of all files, unpacked: far more than an assignment has, far less than fills a memory
_CLASSIC = (".ipynb", ".py", ".pyx", ".sh", ".txt", ".md")


class Examination(NamedTuple):
    """What was found.

    Attributes
    ----------
    lines : list of str
        For the reader.
    whole : bool
        Whether nothing is missing, and the receipt matches where there is one.
    """

    lines: list
    whole: bool


def examine(path):
    """Say what is in a zip, what is missing, and whether the receipt matches.

    Parameters
    ----------
    path : path

    Returns
    -------
    Examination

    Raises
    ------
    ValueError
        If it is no zip, damaged, or unpacks to more than 500 MB.
    """
    files, odd = _read(path)
    size = sum(map(len, files.values())) / 1e6
    lines = [word("holds", path=path, count=len(files), size=size), *(f"  {name}" for name in _shown(sorted(files)))]
    root = _root(files)
    missing = [name for name in REQUIRED if root + name not in files]
    if not any(root + name in files for name in NOTEBOOKS):
        missing.insert(0, NOTEBOOKS[0])
    lines.append(word("lacks", names=", ".join(missing)) if missing else word("lacks nothing"))
    lines += [word("odd names", names=", ".join(_shown(odd)))] if odd else []
    if RECEIPT not in files:
        extra = [name for name in files if PurePosixPath(name).suffix not in _CLASSIC]
        lines += [word("more", names=", ".join(_shown(sorted(extra))))] if extra else []
        return Examination([*lines, word("no receipt")], not missing and not odd)
    receipt = files.pop(RECEIPT)
    said, matches = _judge(receipt, files)
    return Examination([*lines, *said], matches and not missing and not odd)


def _read(path):
    """All files of a zip, and the names among them that are there twice or lead out of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > LIMIT:
                raise ValueError(word("no zip file", path=path, error=f"> {LIMIT >> 20} MB"))
            names = [entry.filename for entry in entries]
            odd = sorted({name for name in names if names.count(name) > 1 or _leads_out(name)})
            return {entry.filename: archive.read(entry) for entry in entries}, odd
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise ValueError(word("no zip file", path=path, error=error)) from error


def _leads_out(name):
    """Whether a name, unpacked, would be written outside of the folder it is unpacked in."""
    return ".." in PurePosixPath(name).parts or name.startswith("/") or "\\" in name or ":" in name


def _root(files):
    """The folder that the assignment lies in, ``assignment1/`` or the like; empty where it is the zip itself."""
    places = [name[: -len(required)] for name in files for required in REQUIRED if name.endswith(required)]
    return min(places, key=len, default="")


def _judge(receipt, files):
    """What the receipt says, and whether it matches."""
    try:
        changed, missing, added = compare(receipt, files)
        made = json.loads(receipt)
        made = {key: made.get(key) for key in ("time", "kit", "python", "numpy", "incomplete")}
        incomplete = "; ".join(made["incomplete"])
    except (ValueError, TypeError, RecursionError):
        return [word("receipt broken")], False
    if changed or missing or added:
        return [word("receipt differs", names=", ".join(_shown([*changed, *missing, *added])))], False
    lines = [word("receipt matches", count=len(files), **made)]
    if incomplete:
        lines.append(word("receipt incomplete", names=incomplete))
    return lines, True


def _shown(names, limit=60):
    """Names, of very many only the first."""
    if len(names) <= limit:
        return names
    return [*names[: limit - 1], word("and more", names=names[limit - 1], count=len(names) - limit)]
