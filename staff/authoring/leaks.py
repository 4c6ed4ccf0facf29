"""Proof that no line of a solution is anywhere in what a student gets."""

import json
import re
from pathlib import Path
from typing import NamedTuple

from .build import reference_blocks
from .paths import REFERENCE, ROOT, handed_out

__all__ = ["Leak", "find_leaks", "solution_lines"]

SHORTEST = 10  # characters of a normalized line; what is shorter, as `else:`, gives nothing away


class Leak(NamedTuple):
    """A line of a solution, found where a student can read it."""

    path: Path
    line: str


def solution_lines(reference=REFERENCE):
    """Normalized lines that stand in the solutions of the reference, and not in its given parts as well.

    Returns
    -------
    set of str
    """
    blocks = [block for _, block in reference_blocks(reference)]
    given = {_normalized(line) for block in blocks for line in block.lines + block.stub if not block.region}
    secret = {_normalized(line) for block in blocks for line in block.lines if block.region}
    return {line for line in secret - given if len(line) >= SHORTEST}


def find_leaks(root=ROOT, reference=REFERENCE):
    """Look for lines of the solutions in each file that is handed out.

    Parameters
    ----------
    root : path
        A copy of the repository.
    reference : path

    Returns
    -------
    list of Leak
    """
    secret = solution_lines(reference)
    leaks = []
    for path in handed_out(root):
        for line in _lines(Path(root) / path):
            normalized = _normalized(line)
            leaks += [Leak(path, line) for solution in secret if solution in normalized]
    return leaks


def _lines(path):
    """Every line of text in a file; in a notebook, of each of its strings, outputs and metadata included."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    if path.suffix == ".ipynb":
        text = "\n".join(_strings(json.loads(text)))
    return text.splitlines()


def _strings(node):
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


def _normalized(line):
    """A line without white space and without the comment at its end; a comment by itself is its text."""
    code, _, comment = line.partition("#")
    return re.sub(r"\s+", "", code.strip() or comment)
