"""What is in a zip that was handed in, ours or one of the classic kit: read and never unpacked."""

import json
import stat
import zipfile
from collections import Counter
from pathlib import PurePosixPath
from typing import NamedTuple

from ..assignments import NOTEBOOKS, SOURCES
from ..sentences import word
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
    everything, odd = _read(path)
    size = sum(map(len, everything.values())) / 1e6
    lines = [word("holds", path=path, count=len(everything), size=size)]
    lines += [f"  {name}" for name in _shown(sorted(everything))]
    root = _root(everything)
    files = {name[len(root) :]: content for name, content in everything.items() if name.startswith(root)}
    missing = [name for name in SOURCES if name not in files]
    if not any(name in files for name in NOTEBOOKS):
        missing.insert(0, NOTEBOOKS[0])
    lines.append(word("lacks", names=", ".join(missing)) if missing else word("lacks nothing"))
    lines += [word("odd names", names=", ".join(_shown(odd)))] if odd else []
    receipt = files.pop(RECEIPT, None)
    outside = [name for name in everything if not name.startswith(root)]
    classic = [name for name in everything if PurePosixPath(name).suffix not in _CLASSIC]
    extra = sorted({*outside, *(classic if receipt is None else ())})
    lines += [word("more", names=", ".join(_shown(extra)))] if extra else []
    said, matches = _judge(receipt, files) if receipt is not None else ([word("no receipt")], True)
    return Examination([_plain(line) for line in (*lines, *said)], matches and not missing and not odd)


def _read(path):
    """All files of a zip, and the names among them that are there twice, are links, or lead out of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > LIMIT:
                raise ValueError(f"> {LIMIT >> 20} MB")
            counts = Counter(entry.filename for entry in entries)
            odd = sorted({entry.filename for entry in entries if counts[entry.filename] > 1 or _leads_out(entry)})
            return {entry.filename: archive.read(entry) for entry in entries}, odd
    except Exception as error:  # a damaged zip raises almost anything: of each way of packing, and of names
        raise ValueError(word("no zip file", path=path, error=_plain(str(error)))) from error


def _leads_out(entry):
    """Whether a file, unpacked, would be a link, or be written outside of the folder it is unpacked in."""
    name = entry.filename
    outside = ".." in PurePosixPath(name).parts or name.startswith("/") or "\\" in name or ":" in name
    return outside or stat.S_ISLNK(entry.external_attr >> 16)


def _root(files):
    """The folder that the assignment lies in, ``assignment1/`` or the like; empty where it is the zip itself."""
    places = [name[: -len(required)] for name in files for required in SOURCES if f"/{name}".endswith(f"/{required}")]
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


def _plain(text, limit=5000):
    """One line for a terminal: what a stranger put into names and receipts commands nothing there."""
    shown = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text[:limit])
    return f"{shown}..." if len(text) > limit else shown


def _shown(names, limit=60):
    """Names, of very many only the first."""
    if len(names) <= limit:
        return names
    return [*names[: limit - 1], word("and more", names=names[limit - 1], count=len(names) - limit)]
