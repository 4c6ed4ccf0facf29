"""What was given and is not to be edited: digests of each cell and file, without what stands in its regions."""

import functools
import hashlib
import json
from pathlib import Path

from ..checks.markers import without_student_lines

__all__ = ["GIVEN", "digest", "edited", "given_digests"]

GIVEN = Path(__file__).with_name("given.json")  # built by `python -m staff build`


def digest(text):
    """First 16 hexadecimal digits of SHA-256 of a text's given lines; spaces at the end of a line do not count."""
    lines = [line.rstrip() for line in without_student_lines(text).strip().splitlines()]
    given = "\n".join(lines).encode("utf-8", "surrogatepass")  # halves of pairs, which JSON can spell
    return hashlib.sha256(given).hexdigest()[:16]


def given_digests(parts):
    """Digests by key of what is handed out: of a notebook's (cell id, source) pairs, or of a file's (name, text)."""
    return {key: digest(text) for key, text in parts}


@functools.cache
def _given():
    return json.loads(GIVEN.read_text(encoding="utf-8"))["files"]


def edited(name, parts):
    """Keys, as in `given_digests`, of what was edited or removed since it was given; what was added does not count."""
    given = _given().get(name, {})
    found = {digest(text) for _, text in parts}  # by what they hold: ids are lost in notebooks of old formats
    return [key for key, value in given.items() if value not in found]
