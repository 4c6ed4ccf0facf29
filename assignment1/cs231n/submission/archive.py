"""The zip: the same bytes for the same files, and moved into place only when it is complete."""

import os
import re
import tempfile
import zipfile
from pathlib import Path

LIMIT = 50 << 20  # bytes of all files together, before they are packed; a finished assignment has about four million
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say


def too_large(sizes):
    """The largest files with their sizes in bytes: as many as must go for the rest to keep the limit."""
    total, found = sum(sizes.values()), []
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        if total <= LIMIT:
            break
        found.append((name, size))
        total -= size
    return found


def zip_bytes(files, path, executable=()):
    """Pack files, bytes by name with ``/`` between the parts; replaces what is at `path` by the whole zip only."""

    def pack(stream):
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in sorted(files):
                entry = zipfile.ZipInfo(name, _DATE)
                mode = 0o755 if name in executable else 0o644
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
                entry.create_system = 3  # Unix everywhere: the system that packs is no part of what is packed
                archive.writestr(entry, files[name])

    write_whole(path, pack)


def write_whole(path, write):
    """Let `write` fill a binary stream beside `path`, flush it to the disk, and move it into place."""
    path = Path(path)
    number, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)


def remove_leftovers(folder):
    """Remove what a killed `write_whole` left in a folder; nobody else may be writing there."""
    for path in Path(folder).glob(".*-*"):
        if re.fullmatch(r"\..+-[a-z0-9_]{8}", path.name):  # as tempfile.mkstemp names it
            path.unlink()
