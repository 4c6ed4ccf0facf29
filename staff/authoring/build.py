"""The reference, built into the student's kit: every file under ``staff/reference/``, with its regions emptied."""

import difflib
from pathlib import Path

from cs231n.checks import REGIONS

from .cases import CASES, render_cases
from .notebooks import read_notebook, render_notebook, split_notebook
from .paths import KIT, REFERENCE, ROOT
from .regions import BuildError, render, split

__all__ = ["build", "built_files", "drift", "reference_blocks"]

HEADER = (
    '# Built by "python -m staff build" from the staff\'s reference. Students write between the START and END lines.\n'
)


def reference_blocks(reference=REFERENCE):
    """All blocks of the reference, given lines and regions alike.

    Parameters
    ----------
    reference : path

    Returns
    -------
    list of (pathlib.Path, Block)
        With the file of each, relative to `reference`.

    Raises
    ------
    BuildError
        If a file is unreadable or its markers are wrong.
    """
    found = []
    for path, relative in _files(reference):
        if path.suffix == ".ipynb":
            blocks = split_notebook(read_notebook(path), _name(path))
        else:
            blocks = split(_text(path), _name(path))
        found += [(relative, block) for block in blocks]
    return found


def built_files(reference=REFERENCE, solved=False):
    """Build each file of the reference.

    Parameters
    ----------
    reference : path
    solved : bool
        Whether the regions hold the solutions (and notebooks their outputs) or the stubs.

    Returns
    -------
    dict of pathlib.Path to str
        Text of each file, by its path relative to ``assignment1/``.

    Raises
    ------
    BuildError
        If a file is unreadable or its markers are wrong, or if the regions in it are not those that the table in
        `cs231n.checks.regions` lists for it.
    """
    _compare_with_table(reference)
    texts = {CASES.relative_to(KIT): render_cases()}
    for path, relative in _files(reference):
        if path.suffix == ".ipynb":
            texts[relative] = render_notebook(read_notebook(path), _name(path), solved)
        else:
            texts[relative] = HEADER + render(split(_text(path), _name(path)), solved)
    return texts


def build(reference=REFERENCE, kit=KIT):
    """Write the built files into the kit.

    Parameters
    ----------
    reference, kit : path

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    texts = built_files(reference)
    for relative, text in texts.items():
        path = Path(kit) / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return [Path(kit) / relative for relative in texts]


def drift(reference=REFERENCE, kit=KIT):
    """Difference between the kit's files and a fresh build.

    Parameters
    ----------
    reference, kit : path

    Returns
    -------
    str
        A unified diff, empty where there is none.
    """
    diffs = []
    for relative, text in built_files(reference).items():
        path = Path(kit) / relative
        present = path.read_text(encoding="utf-8") if path.is_file() else ""
        names = f"{_name(path)} as it is", f"{_name(path)} as built"
        diffs += difflib.unified_diff(present.splitlines(True), text.splitlines(True), *names)
    return "".join(diffs)


def _files(reference):
    """Python files and notebooks below the reference, each with its path relative to it."""
    found = []
    for path in sorted(Path(reference).rglob("*")):
        relative = path.relative_to(reference)
        if path.suffix in (".py", ".ipynb") and not any(part.startswith(".") for part in relative.parts):
            found.append((path, relative))
    return found


def _text(path):
    """A Python file's text, without the mark that some editors put before it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BuildError(f"{_name(path)}:1: expected UTF-8, found bytes that are not ({error.reason}).") from error


def _compare_with_table(reference):
    missing = {(region, row.file) for region, row in REGIONS.items()}
    for path, block in reference_blocks(reference):
        if block.region:
            if (block.region, path.as_posix()) not in missing:
                raise BuildError(
                    f"{block.place}: region {block.region} is there twice, or not listed for this file in the table of "
                    "cs231n.checks.regions."
                )
            missing.remove((block.region, path.as_posix()))
    for region, file in sorted(missing):
        raise BuildError(
            f"{_name(Path(reference) / file)}:1: expected region {region}, which the table lists, found none."
        )


def _name(path):
    """A path as messages give it: relative to the repository where it lies in it."""
    path = Path(path)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
