"""What was given and is not to be edited: digests of each cell and file, without what stands in its regions."""

import functools
import hashlib
import json
from pathlib import Path

from ..checks.markers import without_student_lines

__all__ = ["DIGESTS", "digest", "edited"]

DIGESTS = Path(__file__).with_name("digests.json")  # built by `python -m staff build`


def digest(text):
    """First 16 hexadecimal digits of SHA-256 of a text's given lines; spaces at the end of a line do not count."""
    lines = [line.rstrip() for line in without_student_lines(text).strip().splitlines()]
    given = "\n".join(lines).encode("utf-8", "surrogatepass")  # halves of pairs, which JSON can spell
    return hashlib.sha256(given).hexdigest()[:16]


@functools.cache
def _given():
    return json.loads(DIGESTS.read_text(encoding="utf-8"))["files"]


def edited(name, parts):
    """Keys of what was edited or removed since it was given, among a notebook's (cell id, source) or a file's (name,
    text) pairs; what was added does not count."""
    found = {digest(text) for _, text in parts}  # by what they hold: ids are lost in notebooks of old formats
    return [key for key, value in _given().get(name, {}).items() if value not in found]
