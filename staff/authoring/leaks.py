"""Proof that no solution is in what a student gets: no line of it, and no code that does the same with other names."""

import ast
import contextlib
import functools
import itertools
import json
import re
import textwrap
from pathlib import Path
from typing import NamedTuple

from cs231n.languages import LANGUAGES
from cs231n.sentences import table

from .build import reference_blocks
from .clones import HOLE, patterns, shared, weight
from .paths import ROOT, handed_out
from .regions import render


class Leak(NamedTuple):
    """What a student can read in a file: a normalized line of a solution, or code that does the same."""

    path: Path
    line: str


class _Least(NamedTuple):
    """Characters of a normalized line and weight of a pattern; what is less gives nothing away."""

    line: int
    pattern: int


# `else:` in a region; an import, a heading or the layout of a figure in a file that is released with the solution.
_IN_REGION, _RELEASED = _Least(10, 7), _Least(30, 14)


class _Secrets(NamedTuple):
    """What must not leak, and patterns of what is given."""

    lines: set
    patterns: dict  # by pattern and its least weight: the solution's code
    given: set


def find_leaks(root=ROOT, files=None):
    """The leaks in what is handed out of a copy of the repository, or in the files that are named, relative to it."""
    return [
        Leak(path, line)
        for path in (handed_out(root) if files is None else files)
        for line in _leaked((Path(root) / path).read_bytes(), path.suffix)
    ]


def find_whispers():
    """The sentences of the checks and the hints, put together as they are read, in which a solution leaks."""
    names = ("WORDS", "CLAIMS", "CAUSES", "TITLES", "HINTS")
    said = [said for language in LANGUAGES for name in names for said in table(name, language).values()]
    texts = [text for part in said for text in ([part] if isinstance(part, str) else part)]
    return [text for text in texts if _leaked(text.encode(), ".md")]


def solution_lines():
    """The normalized lines that stand in the solutions of the references, and not in their given parts as well."""
    return _secrets().lines


@functools.cache
def _secrets():
    """A file without any region is released with the solution, and all of it belongs to that."""
    blocks = reference_blocks()
    with_regions = {file for file, block in blocks if block.region}
    secret = [(block, _IN_REGION) for file, block in blocks if block.region]
    secret += [(block, _RELEASED) for file, block in blocks if file not in with_regions]
    seen = [block for file, block in blocks if file in with_regions]
    lines = {line for block, least in secret for line in _lines(block) if len(line) >= least.line}
    lines -= {line for block in seen if not block.region for line in _lines(block)}
    codes = {
        (pattern, least.pattern): _in_one_line(node)
        for block, least in secret
        for pattern, node in patterns(_code_of_cell("\n".join(block.lines))).items()
        if weight(pattern) >= least.pattern
    }
    cells = itertools.groupby(seen, lambda block: block.place.rpartition(":")[0])
    given = {pattern for _, cell in cells for pattern in patterns(_code_of_cell(render(cell, solved=False)))}
    return _Secrets(lines, codes, given)


def _lines(block):
    """The normalized lines of a block, code and comment apart."""
    return {_normalized(part) for line in block.lines for part in line.split("#", 1)}


@functools.lru_cache(maxsize=256)
def _leaked(content, suffix):
    """The lines of solutions in a file, and the code in it that does the same as they."""
    if b"\0" in content:
        return []  # an image
    text = content.decode("utf-8", errors="replace")
    parts = [*_strings(json.loads(text))] if suffix == ".ipynb" else [text]
    whole = _normalized("\n".join(parts))
    found = dict.fromkeys(line for line in sorted(_secrets().lines) if line in whole)
    for code in dict.fromkeys(itertools.chain.from_iterable(_codes(part, suffix) for part in parts)):
        found |= dict.fromkeys(_copies(code))
    return [*found]


def _copies(code):
    """The parts of a piece of code that share with a solution what is not given, each with that solution."""
    for pattern, node in patterns(code).items():
        if weight(pattern) < _IN_REGION.pattern:
            continue
        for (secret, least), solution in _secrets().patterns.items():
            both = shared(pattern, secret) if pattern[0] == secret[0] else HOLE
            if weight(both) >= least and all(shared(both, known) != both for known in _secrets().given):
                yield f"{_in_one_line(node)} (in the solution: {solution})"
                break


def _codes(text, suffix):
    """All code in a text: itself, and what its strings, comments and prose hold."""
    prose = [text]
    if suffix == ".ipynb":
        yield _code_of_cell(text)
    elif suffix == ".py":
        prose = [*_strings_and_comments(text)]
        yield from (text, *prose)
    for part in prose:
        yield from re.findall(r"`([^`]+)`", part)
        yield from map(textwrap.dedent, re.findall(r"(?s)```\w*\n(.*?)```", part))
        yield from _calls(part)


def _strings_and_comments(text):
    """What a Python file holds besides its code; comments on lines of their own that follow each other are one text."""
    for comment in re.findall(r"(?m)(?:^[ \t]*#.*\n)+|#.*$", text):
        yield re.sub(r"(?m)^[ \t]*# ?", "", comment)
    with contextlib.suppress(SyntaxError):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _calls(prose):
    """What looks like a call or an index, up to the bracket that closes it."""
    for match in re.finditer(r"[A-Za-z_][\w.]*(?=[(\[])", prose):
        depth = 0
        for end in range(match.end(), min(match.end() + 200, len(prose))):
            depth += (prose[end] in "([") - (prose[end] in ")]")
            if depth == 0:
                yield prose[match.start() : end + 1]
                break


def _code_of_cell(text):
    """A cell's code without what IPython alone understands, from the left margin."""
    return textwrap.dedent(re.sub(r"(?m)^[%!].*", "", text))


def _in_one_line(node):
    return "; ".join(ast.unparse(node).splitlines())


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


def _normalized(text):
    """Text in lower case without white space, line breaks, comment and quotation marks: none of them hides a line."""
    return re.sub(r"[\s#>\\\"'`]+", "", text.casefold())
