"""The marked regions of a reference file, and what becomes of them: a stub for the student, or the solution.

In the reference, a TODO comment that names the region is followed by its solution between named markers::

    # TODO(predict): fill y_pred, shape (N,).
    # BEGIN SOLUTION predict
    # STUB: y_pred = None
    y_pred = np.argmax(X @ self.W, axis=1)
    # END SOLUTION predict

In Markdown the markers are HTML comments. Whatever looks like a marker and is not exactly one is an error.
"""

import re
from typing import NamedTuple

PYTHON, MARKDOWN = "# {}", "<!-- {} -->"  # how each language writes a comment
_START = "*****START OF YOUR {} (DO NOT DELETE/MODIFY THIS LINE)*****"
_END = "*****END OF YOUR {} (DO NOT DELETE/MODIFY THIS LINE)*****"
_WORD = {PYTHON: "CODE", MARKDOWN: "ANSWER"}
_LOOKS_LIKE_A_MARKER = re.compile(r"\b(BEGIN|END)[ _-]*SOLUTION\b|^\W*STUB\b", re.IGNORECASE)


class BuildError(Exception):
    """A reference or a table that is not as it must be; the message begins with where."""


class Block(NamedTuple):
    """Consecutive lines of a reference file: given ones, or those of a region."""

    region: str | None  # its id; None for given lines
    lines: list  # the given ones, or the solution
    stub: list  # lines that the student's file has instead of the solution
    indent: str  # white space before the markers
    place: str  # where the block begins: path and line


def split(text, where, language=PYTHON):
    """The blocks of a text in `PYTHON` or `MARKDOWN`; a marker that is not as it must be is a BuildError at `where`."""
    blocks = [Block(None, [], [], "", f"{where}:1")]
    for number, line in enumerate(text.split("\n"), start=1):
        place, block = f"{where}:{number}", blocks[-1]
        marker, argument = _marker(line, place, language)
        if marker == "BEGIN SOLUTION":
            if block.region:
                raise BuildError(f"{place}: region {argument} begins inside {block.region}, begun at {block.place}.")
            if f"TODO({argument})" not in "\n".join(block.lines[-5:]):
                raise BuildError(f"{place}: region {argument} has no TODO({argument}) in the lines before it.")
            blocks.append(Block(argument, [], [], line[: len(line) - len(line.lstrip())], place))
        elif marker == "STUB":
            if not block.region or block.lines:
                raise BuildError(f"{place}: a STUB stands right after BEGIN SOLUTION, and nowhere else.")
            block.stub.append(argument)
        elif marker == "END SOLUTION":
            if block.region != argument:
                opened = f"{block.region} is open, begun at {block.place}" if block.region else "no region is open"
                raise BuildError(f"{place}: END SOLUTION {argument}, but {opened}.")
            if not block.stub or not any(solution.strip() for solution in block.lines):
                raise BuildError(f"{place}: region {argument} needs a STUB and a solution, and has not both.")
            blocks.append(Block(None, [], [], "", f"{where}:{number + 1}"))
        else:
            block.lines.append(line)
    if blocks[-1].region:
        raise BuildError(f"{blocks[-1].place}: region {blocks[-1].region} is never ended.")
    return blocks


def _marker(line, place, language):
    """The marker that a line is and its argument; (None, None) for any other line."""
    if not _LOOKS_LIKE_A_MARKER.search(line):
        return None, None
    before, after = language.split("{}")
    marker = r"(?:(BEGIN SOLUTION|END SOLUTION) ([a-z0-9-]+)|(STUB): (.+))"
    match = re.fullmatch(rf"\s*{re.escape(before)}{marker}{re.escape(after)}", line)
    if not match:
        raise BuildError(
            f"{place}: {line.strip()!r} looks like a marker and is none; expected "
            f"{language.format('BEGIN SOLUTION id')!r}, {language.format('STUB: text')!r} or "
            f"{language.format('END SOLUTION id')!r}."
        )
    return match[1] or match[3], match[2] or match[4]


def render(blocks, solved, language=PYTHON):
    """The text that a student has of some blocks: with the stubs, or with the solutions in their place."""
    word, lines = _WORD[language], []
    for block in blocks:
        if block.region is None:
            lines += block.lines
            continue
        lines.append(block.indent + language.format(_START.format(word)))
        lines += block.lines if solved else [block.indent + stub for stub in block.stub]
        lines.append(block.indent + language.format(_END.format(word)))
    return "\n".join(lines)
