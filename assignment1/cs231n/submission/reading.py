"""What was handed in, a zip or a folder: one reader for ``--check`` and for the grader, so that both say the same.

Only files that are asked for are read, each up to its limit, and modules of the student's own beside them; nothing is
unpacked to the disk. Any other entry is left out, whatever its name, kind or size, and costs no points.
"""

import contextlib
import hashlib
import io
import itertools
import re
from pathlib import Path
from typing import NamedTuple

from ..assignments import NOTEBOOKS, SOURCES
from ..checks.findings import note
from .archive import LIMIT
from .opening import DAMAGED, ENTRIES, Refused, nearest_roots, opened, plain, read_up_to
from .receipt import RECEIPT

ASKED = {**dict.fromkeys(SOURCES, 1 << 20), **dict.fromkeys(NOTEBOOKS, 50 << 20), RECEIPT: 8 << 20}  # bytes at most
_KIT = Path(__file__).resolve().parents[2]
MODULES = 4 << 20  # bytes of all other modules; those of the kit have 0.3 million
VALUES = 10_000_000  # strings, commas and brackets of a notebook's JSON; a container takes a hundred bytes when parsed
_MODULE = re.compile(r"cs231n/(\w{1,60}/){0,5}\w{1,60}\.py")  # what can be imported
_VALUE = re.compile(rb'"[^"]*"|[\[{,]')


class HandIn(NamedTuple):
    """What was handed in."""

    files: dict  # bytes of what is asked for, and of all modules that count, by name relative to ``assignment1/``
    root: str  # the folder that the assignment lies in, as ``assignment1/``; empty where it is the zip itself
    sizes: dict  # of all files, in bytes as the zip declares them, by name in the zip

    @property
    def others(self):
        """Names of the files that were not read, sorted."""
        return sorted(self.sizes.keys() - {self.root + name for name in self.files})


def read_hand_in(path):
    """Read what is asked for from a zip, or from the folder of an unpacked one; Refused if it cannot be accepted."""
    with opened(path) as (sizes, read):
        return HandIn(*_take(sizes, read), sizes)


def read_digests(path, names):
    """SHA-256 of further files by name, of those that can be read and keep the limit of all files together."""
    digests, left = {}, LIMIT
    with opened(path) as (_, read):
        for name in names:
            with contextlib.suppress(Refused, *DAMAGED):
                content = read(name, left)
                digests[name] = hashlib.sha256(content).hexdigest()
                left -= len(content)
    return digests


def check_files(files):
    """Those files, of bytes by name relative to ``assignment1/``, that count in a zip; Refused if it cannot be read."""
    sizes = {name: len(content) for name, content in files.items()}
    found, _ = _take(sizes, lambda name, limit: read_up_to(limit, io.BytesIO(files[name]), name))
    return found


def _take(names, read):
    """The files that are asked for, by name, and the root in which they lie."""
    if len(names) > ENTRIES:
        raise Refused(note("zip entries", limit=ENTRIES))
    root = _find_root(names)
    files = {name: read(root + name, limit) for name, limit in ASKED.items() if root + name in names}
    if not files.keys() & {*SOURCES, *NOTEBOOKS}:
        raise Refused(note("zip empty", names=", ".join((*SOURCES, NOTEBOOKS[0]))))
    files |= _modules({name.removeprefix(root) for name in names if name.startswith(root)} - ASKED.keys(), root, read)
    if RECEIPT not in files:  # of the classic kit, whose modules need packages that are gone: those of this one count
        files = {name: content for name, content in files.items() if name in ASKED or not (_KIT / name).exists()}
    for name in NOTEBOOKS:
        if _has_too_many_values(files.get(name, b"")):
            raise Refused(note("file values", name=name, limit=VALUES))
    return files, root


def _modules(names, root, read):
    """The other modules, as far as they can be read and their limit goes."""
    files, left = {}, MODULES
    for name in sorted(filter(_MODULE.fullmatch, names)):
        with contextlib.suppress(Refused, *DAMAGED):
            files[name] = read(root + name, left)
            left -= len(files[name])
    return files


def _find_root(names):
    """The folder nearest to the top that holds what is asked for."""
    for asked in (SOURCES, NOTEBOOKS):
        nearest = nearest_roots(names, asked)
        if len(nearest) > 1:
            raise Refused(note("zip twice", first=plain(nearest[0]), second=plain(nearest[1])))
        if nearest:
            return nearest[0]
    return ""


def _has_too_many_values(text):
    """Whether JSON would take much memory when parsed; what strings hold does not count."""
    if len(text) <= VALUES:
        return False
    values = _VALUE.finditer(text.replace(b"\\\\", b"").replace(b'\\"', b""))
    return next(itertools.islice(values, VALUES, None), None) is not None
