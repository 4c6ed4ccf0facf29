"""What was given and is not to be edited: digests of each cell and file, without what stands in its regions."""

import functools
import hashlib
import json
from pathlib import Path

from ..checks.markers import without_student_lines

_SHORT = 10_000  # characters of a text whose digest is kept: a cell may have millions
DIGESTS = Path(__file__).with_name("digests.json")  # built by `python -m staff build`


def digest(text):
    """First 16 hexadecimal digits of SHA-256 of a text's given lines; spaces at the end of a line do not count."""
    return _kept_digest(text) if len(text) < _SHORT else _digest(text)


def _digest(text):
    lines = [line.rstrip() for line in without_student_lines(text).strip().splitlines()]
    given = "\n".join(lines).encode("utf-8", "surrogatepass")  # halves of pairs, which JSON can spell
    return hashlib.sha256(given).hexdigest()[:16]


_kept_digest = functools.lru_cache(1000)(_digest)  # a class hands in the same cells


@functools.cache
def _given():
    return json.loads(DIGESTS.read_text(encoding="utf-8"))["files"]


def edited(name, parts):
    """Keys of what was edited or removed since it was given, among a notebook's (cell id, source) or a file's (name,
    text) pairs; what was added does not count."""
    found = {digest(text) for _, text in parts}  # by what they hold: ids are lost in notebooks of old formats
    return [key for key, value in _given().get(name, {}).items() if value not in found]


def as_given(name, cells):
    """Whether a notebook holds the cells that were given, and no others; what stands in its regions does not count."""
    return {digest(text) for _, text in cells} == {*_given().get(name, {}).values()}


def outside(name, cells, region):
    """Texts of the cells at a region's place, or below its cell, that are not as given: an answer may stand there.

    `cells` are a notebook's (cell id, source); the cell that a region was given in has its id.
    """
    given = _given().get(name, {})
    if region not in given:
        return ""
    before = {*[*given.values()][: [*given].index(region)]}
    found = [digest(text) for _, text in cells]
    last = max((number for number, value in enumerate(found) if value in before), default=-1)
    near, texts = last < 0, []
    for number, (value, (_, text)) in enumerate(zip(found, cells, strict=True)):
        if value == given[region] or f"TODO({region})" in text:
            near = True
        elif value in given.values():
            near = number == last
        if near and value not in given.values():
            texts.append(text.strip())
    return "\n\n".join(filter(None, texts))
