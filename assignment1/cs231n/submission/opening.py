"""What was handed in, opened: a zip, a folder, or a zip in a folder, as sizes by name and a function that reads.

Nothing is unpacked to the disk, no link is followed, and what is listed and parsed has limits.
"""

import contextlib
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from ..assignments import NOTEBOOKS, SOURCES
from ..checks.findings import note, say

ZIP_SIZE = 1 << 30  # bytes; those that students make have one to four million, and some hold CIFAR-10 as well
ENTRIES = 100_000  # files and folders; a classic zip may hold a virtual environment, which has 25,000
DIRECTORY = 32 << 20  # bytes of the zip's central directory
_DEPTH = 100  # folders in each other
_FLAT = {PurePosixPath(name).name: name for name in SOURCES}  # where files are uploaded one by one, they have no folder
DAMAGED = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error, struct.error),
    *(ValueError, OverflowError, NotImplementedError),
)


class Refused(Exception):  # noqa: N818  no error: the zip is the student's
    """A zip or folder that is not accepted; its argument is the note that says why."""

    def __str__(self):
        return say(self.args[0])


def plain(text, limit=120):
    """At most `limit` characters in one line for a terminal, escaped: strangers write names and receipts."""
    shown = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text[:limit])
    return f"{shown}..." if len(text) > limit else shown


@contextlib.contextmanager
def opened(path):
    """Sizes of all files by name, and a function that reads one of them up to a limit in bytes.

    The only zip in a folder is one more folder there, unless the sources lie in the folder itself: Gradescope leaves it
    packed where more was uploaded with it. Sources that lie flat, as they are uploaded one by one, are named as if each
    were in its place.
    """
    path = Path(path)
    try:
        with contextlib.ExitStack() as stack:
            yield _in_place(*(_folder(path, stack) if path.is_dir() else _zip(path, stack)))
    except DAMAGED as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__  # without the path: the staff's
        raise Refused(note("zip unread", error=plain(reason))) from error


def nearest_roots(names, asked):
    """The folders nearest to the top that hold what is asked for, as ``assignment1/``, sorted."""
    roots = {name[: -len(tail)] for name in names for tail in asked if f"/{name}".endswith(f"/{tail}")}
    least = min((root.count("/") for root in roots), default=0)
    return sorted(root for root in roots if root.count("/") == least)


def file_sizes(folder):
    """Sizes of a folder's files by name, what is near the top first, and whether these are all.

    Neither links nor what cannot be listed; of more than `ENTRIES` files and folders only the first.
    """
    sizes, places = {}, [""]
    for place in places:  # it grows
        with contextlib.suppress(OSError), os.scandir(Path(folder, place)) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    sizes[place + entry.name] = entry.stat(follow_symlinks=False).st_size
                elif entry.is_dir(follow_symlinks=False) and place.count("/") < _DEPTH:
                    places.append(f"{place}{entry.name}/")
                if len(sizes) + len(places) > ENTRIES + 1:
                    return sizes, False
    return sizes, True


def _in_place(sizes, read):
    """The same with sources that lie flat in their places, where none is there."""
    flat = nearest_roots(sizes, _FLAT)
    if len(flat) != 1 or nearest_roots(sizes, SOURCES):
        return sizes, read
    places = {flat[0] + name: flat[0] + place for name, place in _FLAT.items()}
    names = {places.get(name, name): name for name in sizes}
    return {place: sizes[name] for place, name in names.items()}, lambda place, limit: read(names[place], limit)


def _folder(folder, stack):
    """`opened` for a folder."""
    sizes, is_whole = file_sizes(folder)
    if not is_whole:
        raise Refused(note("zip entries", limit=ENTRIES))
    zips = [name for name in sizes if name.lower().endswith(".zip")]
    root, packed, read_packed = "", {}, None
    if len(zips) == 1 and not nearest_roots(sizes, SOURCES):
        try:
            packed, read_packed = _in_place(*_zip(folder / zips[0], stack))
            root = f"{zips[0]}/"
            del sizes[zips[0]]
        except (Refused, *DAMAGED):
            if not nearest_roots(sizes, (*_FLAT, *NOTEBOOKS)):
                raise

    def read(name, limit):
        if name not in sizes:
            return read_packed(name.removeprefix(root), limit)
        with (folder / name).open("rb") as stream:
            return read_up_to(limit, stream, name)

    return sizes | {root + name: size for name, size in packed.items()}, read


def _zip(path, stack):
    """`opened` for a zip."""
    size = path.stat().st_size
    if size > ZIP_SIZE:
        raise Refused(note("zip large", size=-(-size >> 20), limit=ZIP_SIZE >> 20))
    stream = stack.enter_context(path.open("rb"))
    _check_directory(stream, size)
    return _entries(stack.enter_context(zipfile.ZipFile(stream)))


def _check_directory(stream, size):
    """Refuse a central directory that is too large to be parsed, before zipfile parses it."""
    begin = max(0, size - 65_557)
    stream.seek(begin)
    tail = stream.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < 22:
        raise zipfile.BadZipFile("it has no central directory")
    entries, length = struct.unpack_from("<HI", tail, place + 10)
    first = place
    if place >= 76 and tail[place - 20 : place - 16] == b"PK\6\7":  # the numbers of Zip64, which then count
        first = place - 76
        if tail[first : first + 4] != b"PK\6\6":
            raise zipfile.BadZipFile("its central directory is not where it should be")
        entries, length = struct.unpack_from("<QQ", tail, first + 32)
    if entries <= ENTRIES and length <= DIRECTORY:
        stream.seek(max(0, begin + first - length))
        entries = stream.read(length).count(b"PK\1\2")  # the number that it gives may be another
    if entries > ENTRIES or length > DIRECTORY:
        raise Refused(note("zip entries", limit=ENTRIES))
    stream.seek(0)


def _entries(archive):
    """`opened` for what a zip lists."""
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
            return read_up_to(limit, stream, name)

    return {name: rows[0].file_size for name, rows in entries.items()}, read


def read_up_to(limit, stream, name):
    """What a stream holds; Refused where that is more than the limit."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise Refused(note("file large", name=plain(name), limit=limit >> 20))
    return content
