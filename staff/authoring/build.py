"""The references, built into the student's kit: every file of theirs, with its regions emptied."""

import difflib
import json
from functools import partial
from pathlib import Path

from cs231n import assignments
from cs231n.checks.assignment import notebook_cells
from cs231n.languages import notebook_ending
from cs231n.submission.given import GIVEN, given_digests

from ..assignments import MATERIALS, REFERENCES, render_questions
from .notebooks import editions, read_notebook, render_notebook, split_notebook
from .paths import KIT, ROOT
from .regions import BuildError, render, split
from .tables import check_points, check_regions, fill_points

__all__ = ["build", "built_files", "drift", "reference_blocks", "write"]

HEADER = (
    '# Built by "python -m staff build" from the staff\'s reference. Students write between the START and END lines.\n'
)


def reference_blocks(reference=None):
    """All blocks of the reference, given lines and regions alike.

    Parameters
    ----------
    reference : path

    Returns
    -------
    list of (pathlib.Path, Block)
        With the file that each is built into, relative to ``assignment1/``.

    Raises
    ------
    BuildError
        If a file is unreadable or its markers are wrong.
    """
    return [(target, block) for target, blocks, _ in _sources(reference) for block in blocks]


def built_files(reference=None, solved=False):
    """Build each file of the reference, each notebook in both languages.

    A file without any region is part of the solution: it is left out of what students get.

    Parameters
    ----------
    reference : path, optional
        In place of all assignments' references.
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
        `cs231n.assignments` lists for it.
    """
    blocks = reference_blocks(reference)
    check_regions(blocks)
    check_points(blocks)
    folder = Path(assignments.__file__).parent.relative_to(KIT)
    texts = {folder / name / "questions.json": render_questions(name) for name in MATERIALS}
    given = {}
    for target, blocks, rendered in _sources(reference):
        has_regions = any(block.region for block in blocks)
        if solved or has_regions:
            texts[target] = rendered(solved)
        if has_regions:
            name, text = target.as_posix(), texts[target]
            given[name] = given_digests(notebook_cells(text) if target.suffix == ".ipynb" else [(name, text)])
    about = (
        "Built by python -m staff build: digests of what is given, cell by cell, without what stands in the regions."
    )
    texts[GIVEN.relative_to(KIT)] = json.dumps({"about": about, "files": given}, indent=1) + "\n"
    return texts


def build(reference=None, kit=KIT):
    """Write the built files into the kit.

    Parameters
    ----------
    reference, kit : path

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    return write(built_files(reference), kit)


def write(texts, folder):
    """Write built files below a folder.

    Parameters
    ----------
    texts : dict of pathlib.Path to str
        What `built_files` returns.
    folder : path

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    paths = [Path(folder) / relative for relative in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return paths


def drift(reference=None, kit=KIT):
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


def _sources(reference):
    """What is built: the file that comes out, relative to ``assignment1/``, its blocks, and what renders it."""
    for folder in [Path(reference)] if reference else REFERENCES.values():
        for path in sorted(folder.rglob("*")):
            target, name = path.relative_to(folder), _name(path)
            if any(part.startswith(".") for part in target.parts):
                continue
            if path.suffix == ".py":
                blocks = split(_text(path), name)
                yield target, blocks, partial(_render_python, blocks)
            elif path.suffix == ".ipynb":
                whole = read_notebook(path)
                fill_points(whole, name)
                for language, notebook in editions(whole, name).items():
                    blocks = split_notebook(notebook, name)
                    yield (
                        target.with_suffix(notebook_ending(language)),
                        blocks,
                        partial(render_notebook, notebook, name),
                    )


def _render_python(blocks, solved):
    return HEADER + render(blocks, solved)


def _text(path):
    """A Python file's text, without the mark that some editors put before it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BuildError(f"{_name(path)}:1: expected UTF-8, found bytes that are not ({error.reason}).") from error


def _name(path):
    """A path as messages give it: relative to the repository where it lies in it."""
    path = Path(path)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
