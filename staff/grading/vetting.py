"""What a zip that was handed in may be, and the few files that are taken from it; nothing is written to the disk."""

import hashlib
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cs231n.assignments import NOTEBOOKS
from cs231n.assignments import SOURCES as REQUIRED
from cs231n.submission.receipt import RECEIPT

__all__ = ["Refused", "Vetted", "digest", "vet"]

WANTED = {**dict.fromkeys(REQUIRED, 1 << 20), **dict.fromkeys(NOTEBOOKS, 50 << 20), RECEIPT: 4 << 20}  # bytes at most
ZIP_SIZE = 100 << 20  # bytes; those that students make have one to four million
ENTRIES = 20_000  # a classic zip may hold a virtual environment
DIRECTORY = 4 << 20  # bytes of the zip's own list of its entries
VALUES = 5_000_000  # in a notebook's JSON; each takes a hundred bytes and more when it is read
UNPACKED, RATIO, SMALL = 1 << 30, 200, 1 << 20  # declared bytes of all entries; the most of one, above the small ones


_UNREADABLE = (
    *(OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(ValueError, OverflowError, struct.error),
)


class Refused(Exception):  # noqa: N818  no error: the zip is the student's
    """A zip that is not taken; the message says why."""


class Vetted(NamedTuple):
    """What was taken.

    Attributes
    ----------
    files : dict of str to bytes
        By name relative to ``assignment1/``.
    ignored : list of str
        Names of some of the entries that were not looked at.
    """

    files: dict
    ignored: list


def vet(path):
    """Take from a zip, or a folder, the files that are graded.

    Parameters
    ----------
    path : path
        Of a zip, ours or a classic one, or of a folder into which one was unpacked.

    Returns
    -------
    Vetted

    Raises
    ------
    Refused
        If it is no zip, or one that no student's tools make: with names that lead out of it, links or two files in
        place of one that is graded, encrypted, or far more in it than an assignment has.
    """
    path = Path(path)
    if path.is_dir():
        return _take(*_folder(path))
    try:
        size = path.stat().st_size
        if size > ZIP_SIZE:
            raise Refused(f"the zip has {size >> 20} MB, more than the {ZIP_SIZE >> 20} MB that are taken.")
        with path.open("rb") as stream:
            _check_directory(stream, size)
            with zipfile.ZipFile(stream) as archive:
                return _take(*_entries(archive))
    except _UNREADABLE as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)  # without the path, which is the staff's
        raise Refused(f"expected a zip, found one that cannot be read: {_clean(str(reason))}.") from error


def digest(path):
    """SHA-256 of a zip, or of the names and contents of a folder's files."""
    if not path.is_dir():
        return _digest(path)
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and not file.is_symlink()]
    lines = [f"{file.relative_to(path).as_posix()}\0{_digest(file)}\n" for file in files]
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _digest(file):
    total = hashlib.sha256()
    with file.open("rb") as stream:
        for part in iter(lambda: stream.read(1 << 20), b""):
            total.update(part)
    return total.hexdigest()


def _check_directory(stream, size):
    """Refuse a list of entries that is too long to be read."""
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < 22:
        raise zipfile.BadZipFile("it has no list of its entries")
    entries, length = struct.unpack_from("<HI", tail, place + 10)
    if place >= 76 and tail[place - 20 : place - 16] == b"PK\6\7":  # the same in large numbers, which then counts
        if tail[place - 76 : place - 72] != b"PK\6\6":
            raise zipfile.BadZipFile("the list of its entries is not where it should be")
        entries, length = struct.unpack_from("<QQ", tail, place - 76 + 32)
    if entries > ENTRIES or length > DIRECTORY:
        raise Refused(f"the zip lists {entries:,} entries or more, and at most {ENTRIES:,} are taken.")
    stream.seek(0)


def _entries(archive):
    """Names of a zip's entries, and a function that reads one; refuses what no student's tools make."""
    entries = {}
    total = 0
    for entry in archive.infolist():
        name = entry.orig_filename
        if _leads_out(name):
            raise Refused(f"the zip has an entry whose name leads out of it or cannot be a file's: {_clean(name)}.")
        total += entry.file_size
        if entry.file_size > SMALL and entry.file_size > RATIO * max(1, entry.compress_size):
            raise Refused(f"{_clean(name)} unpacks to {entry.file_size >> 20} MB, far more than it holds.")
        if entry.is_dir():
            continue
        name = entry.filename.replace("\\", "/")  # as some tools of Windows have it
        if name in entries and _is_wanted(name):
            raise Refused(f"{_clean(name)} is in the zip twice.")
        entries[name] = entry
    if len(entries) > ENTRIES or total > UNPACKED:
        raise Refused(f"the zip unpacks to {total >> 20:,} MB in {len(entries):,} files, more than are taken.")

    def read(name, limit):
        entry = entries[name]
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise Refused(f"{_clean(name)} is a link or a device, expected a file.")
        if entry.flag_bits & 1:
            raise Refused(f"{_clean(name)} is encrypted.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(f"{_clean(name)} is packed in a way that no student's tools use.")
        with archive.open(entry) as stream:
            return stream.read(limit + 1)

    return list(entries), read


def _folder(path):
    """The same of a folder; links are not followed."""
    files = {}
    for place in sorted(path.rglob("*")):
        if place.is_file() and not place.is_symlink() and place.resolve().is_relative_to(path.resolve()):
            files[place.relative_to(path).as_posix()] = place
        if len(files) > ENTRIES:
            raise Refused(f"the folder holds more than {ENTRIES:,} files.")

    def read(name, limit):
        with files[name].open("rb") as stream:
            return stream.read(limit + 1)

    return list(files), read


def _take(names, read):
    """The files that are graded, from the folder of the zip in which they lie."""
    roots = {name[: -len(wanted)] for name in names for wanted in REQUIRED if _ends_with(name, wanted)}
    roots = roots or {name[: -len(wanted)] for name in names for wanted in NOTEBOOKS if _ends_with(name, wanted)}
    nearest = sorted(roots, key=lambda root: (root.count("/"), root))
    if len(nearest) > 1 and nearest[0].count("/") == nearest[1].count("/"):
        places = " and ".join(_clean(root) or "its top" for root in nearest[:2])
        raise Refused(f"the zip holds the assignment twice, in {places}.")
    root, files = nearest[0] if nearest else "", {}
    for name, limit in WANTED.items():
        if root + name in names:
            content = read(root + name, limit)
            if len(content) > limit:
                raise Refused(f"{name} has more than {limit >> 20} MB.")
            is_long = name in NOTEBOOKS and len(content) > VALUES  # others are not worth the counting
            if is_long and sum(map(content.count, (b",", b"[", b"{"))) > VALUES:
                raise Refused(f"{name} holds more than {VALUES:,} values, and is no notebook.")
            files[name] = content
    if not any(name in files for name in (*REQUIRED, *NOTEBOOKS)):
        raise Refused(f"expected {', '.join(REQUIRED)} and {NOTEBOOKS[0]} in the zip, found none of them.")
    ignored = sorted(set(names) - {root + name for name in files})
    return Vetted(files, [_clean(name) for name in ignored])


def _ends_with(name, wanted):
    return name == wanted or name.endswith(f"/{wanted}")


def _is_wanted(name):
    return any(_ends_with(name, wanted) for wanted in WANTED)


def _leads_out(name):
    """Whether a name, unpacked, could be something else than a file in the folder it is unpacked in."""
    path = PurePosixPath(name.replace("\\", "/").rstrip("\r"))  # macOS calls the icon of a folder "Icon\r"
    return not path.parts or path.is_absolute() or ".." in path.parts or name[1:2] == ":" or not str(path).isprintable()


def _clean(text):
    """A student's text on one line, cut, and without characters that steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:120]
