"""What was handed in, a zip or a folder: one reader for ``--check`` and for the grader, so that both say the same.

Only files that are asked for are read, each up to its limit, and modules of the student's own beside them; nothing is
unpacked to the disk. Any other entry is left out, whatever its name, kind or size, and costs no points.
"""

import contextlib
import hashlib
import io
import itertools
import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from ..assignments import NOTEBOOKS, SOURCES
from ..checks.findings import note, say
from .archive import LIMIT
from .receipt import RECEIPT

ASKED = {**dict.fromkeys(SOURCES, 1 << 20), **dict.fromkeys(NOTEBOOKS, 50 << 20), RECEIPT: 8 << 20}  # bytes at most
_KIT = Path(__file__).resolve().parents[2]
MODULES = 4 << 20  # bytes of all other modules; those of the kit have 0.3 million
ZIP_SIZE = 1 << 30  # bytes; those that students make have one to four million, and some hold CIFAR-10 as well
ENTRIES = 20_000  # a classic zip may hold a virtual environment
DIRECTORY = 8 << 20  # bytes of the zip's central directory
VALUES = 10_000_000  # strings, commas and brackets of a notebook's JSON; a container takes a hundred bytes when parsed
_MODULE = re.compile(r"cs231n/(\w{1,60}/){0,5}\w{1,60}\.py")  # what can be imported
_VALUE = re.compile(rb'"[^"]*"|[\[{,]')
_DAMAGED = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error, struct.error),
    *(ValueError, OverflowError, NotImplementedError),
)


class Refused(Exception):  # noqa: N818  no error: the zip is the student's
    """A zip or folder that is not accepted; its argument is the note that says why."""

    def __str__(self):
        return say(self.args[0])


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
    with _opened(path) as (sizes, read):
        return HandIn(*_take(sizes, read), sizes)


def read_digests(path, names):
    """SHA-256 of further files by name, of those that can be read and keep the limit of all files together."""
    digests, left = {}, LIMIT
    with _opened(path) as (_, read):
        for name in names:
            with contextlib.suppress(Refused, *_DAMAGED):
                content = read(name, left)
                digests[name] = hashlib.sha256(content).hexdigest()
                left -= len(content)
    return digests


def check_files(files):
    """Those files, of bytes by name relative to ``assignment1/``, that count in a zip; Refused if it cannot be read."""
    sizes = {name: len(content) for name, content in files.items()}
    found, _ = _take(sizes, lambda name, limit: _read_up_to(limit, io.BytesIO(files[name]), name))
    return found


def plain(text, limit=120):
    """At most `limit` characters in one line for a terminal, escaped: strangers write names and receipts."""
    shown = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text[:limit])
    return f"{shown}..." if len(text) > limit else shown


@contextlib.contextmanager
def _opened(path):
    """Sizes of all files by name, and a function that reads one of them up to a limit in bytes."""
    path = Path(path)
    try:
        if path.is_dir():
            yield _folder(path)
            return
        size = path.stat().st_size
        if size > ZIP_SIZE:
            raise Refused(note("zip large", size=-(-size >> 20), limit=ZIP_SIZE >> 20))
        with path.open("rb") as stream:
            _check_directory(stream, size)
            with zipfile.ZipFile(stream) as archive:
                yield _entries(archive)
    except _DAMAGED as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__  # without the path: the staff's
        raise Refused(note("zip unread", error=plain(reason))) from error


def _check_directory(stream, size):
    """Refuse a central directory that is too large to be parsed, before zipfile parses it."""
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < 22:
        raise zipfile.BadZipFile("it has no central directory")
    entries, length = struct.unpack_from("<HI", tail, place + 10)
    if place >= 76 and tail[place - 20 : place - 16] == b"PK\6\7":  # the numbers of Zip64, which then count
        if tail[place - 76 : place - 72] != b"PK\6\6":
            raise zipfile.BadZipFile("its central directory is not where it should be")
        entries, length = struct.unpack_from("<QQ", tail, place - 76 + 32)
    if entries > ENTRIES or length > DIRECTORY:
        raise Refused(note("zip entries", limit=ENTRIES))
    stream.seek(0)


def _entries(archive):
    """`_opened` for a zip."""
    entries = {}
    for entry in archive.infolist():
        name = entry.orig_filename.replace("\\", "/")  # as some tools of Windows have it
        if not name.endswith("/"):
            entries.setdefault(name, []).append(entry)

    def read(name, limit):
        entry, *again = entries[name]
        if again:
            raise Refused(note("file twice", name=plain(name)))
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise Refused(note("file link", name=plain(name)))
        if entry.flag_bits & 1:
            raise Refused(note("file encrypted", name=plain(name)))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(note("file compression", name=plain(name)))
        if entry.file_size > limit:
            raise Refused(note("file large", name=plain(name), limit=limit >> 20))
        with archive.open(entry) as stream:
            return _read_up_to(limit, stream, name)

    return {name: rows[0].file_size for name, rows in entries.items()}, read


def _folder(folder):
    """`_opened` for a folder; links are not followed."""
    sizes, inside = {}, folder.resolve()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(inside):
            sizes[path.relative_to(folder).as_posix()] = path.stat().st_size
        if len(sizes) > ENTRIES:
            break

    def read(name, limit):
        with (folder / name).open("rb") as stream:
            return _read_up_to(limit, stream, name)

    return sizes, read


def _read_up_to(limit, stream, name):
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise Refused(note("file large", name=plain(name), limit=limit >> 20))
    return content


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
        with contextlib.suppress(Refused, *_DAMAGED):
            files[name] = read(root + name, left)
            left -= len(files[name])
    return files


def _find_root(names):
    """The folder nearest to the top that holds what is asked for."""
    for asked in (SOURCES, NOTEBOOKS):
        roots = {name[: -len(tail)] for name in names for tail in asked if f"/{name}".endswith(f"/{tail}")}
        nearest = sorted(roots, key=lambda root: (root.count("/"), root))
        if len(nearest) > 1 and nearest[0].count("/") == nearest[1].count("/"):
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
