"""Proof that no line of a solution is anywhere in what a student gets."""

import functools
import json
import re
from pathlib import Path
from typing import NamedTuple

from cs231n.languages import LANGUAGES
from cs231n.sentences import table

from .build import reference_blocks
from .paths import ROOT, handed_out

__all__ = ["Leak", "find_leaks", "find_whispers", "solution_lines"]

# Characters of a normalized line. What is shorter gives nothing away: `else:` in a region, or an import or a heading
# in a file that is released with the solution.
SHORTEST, SHORTEST_RELEASED = 10, 30


class Leak(NamedTuple):
    """A normalized line of a solution, and the file in which a student can read it."""

    path: Path
    line: str


def solution_lines(reference=None):
    """Normalized lines that stand in the solutions of the reference, and not in its given parts as well.

    A file without any region is released with the solution, and all of it belongs to that.

    Returns
    -------
    set of str
    """
    blocks = reference_blocks(reference)
    released = {file for file, _ in blocks} - {file for file, block in blocks if block.region}  # with the solution only
    secret, given = set(), set()
    for file, block in blocks:
        shortest = SHORTEST_RELEASED if file in released else SHORTEST
        lines = {_normalized(part) for line in block.lines for part in _parts(line)}
        if block.region or file in released:
            secret |= {line for line in lines if len(line) >= shortest}
        else:
            given |= lines
    return secret - given


def find_leaks(root=ROOT, reference=None, files=None):
    """Look for lines of the solutions in each file that is handed out.

    Parameters
    ----------
    root : path
        A copy of the repository.
    reference : path
    files : iterable of path or None
        Other files to look at, relative to `root`.

    Returns
    -------
    list of Leak
    """
    secret = tuple(sorted(solution_lines(reference)))
    return [
        Leak(path, line)
        for path in (handed_out(root) if files is None else files)
        for line in _leaked((Path(root) / path).read_bytes(), path.suffix, secret)
    ]


@functools.lru_cache(maxsize=256)  # the pictures of the sample are large, and the same each time
def _leaked(content, suffix, secret):
    """The secret lines that can be read in a file."""
    text = content.decode("utf-8", errors="replace")
    text = _normalized("\n".join(_strings(json.loads(text))) if suffix == ".ipynb" else text)
    return [line for line in secret if line in text]


def find_whispers(reference=None):
    """Look for lines of the solutions in each sentence of the checks and in each hint, put together as they are read.

    Parameters
    ----------
    reference : path

    Returns
    -------
    list of str
        The sentences that hold one.
    """
    secret = solution_lines(reference)
    said = [
        table(name, language) for language in LANGUAGES for name in ("WORDS", "CLAIMS", "CAUSES", "TITLES", "HINTS")
    ]
    said = [
        text for found in said for value in found.values() for text in ([value] if isinstance(value, str) else value)
    ]
    return [text for text in said if any(line in _normalized(text) for line in secret)]


def _strings(node):
    """Every string of a notebook: sources, outputs and metadata."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _strings(value)
    elif isinstance(node, list):
        if all(isinstance(part, str) for part in node):
            yield "".join(node)
        else:
            for part in node:
                yield from _strings(part)


def _parts(line):
    """A line's code and its comment, each a secret of its own."""
    return line.split("#", 1)


def _normalized(text):
    """Text in lower case without white space, line breaks, comment and quotation marks: none of them hides a line."""
    return re.sub(r"[\s#>\\\"'`]+", "", text.casefold())
