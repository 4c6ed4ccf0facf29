"""The references, built into the student's kit: every file of theirs, with its regions emptied."""

import difflib
import json
from functools import partial
from pathlib import Path

from cs231n import assignments
from cs231n.checks.assignment import notebook_cells
from cs231n.languages import notebook_ending
from cs231n.submission.digests import DIGESTS, digest

from ..assignments import MATERIALS, REFERENCES, render_questions
from .notebooks import check_twins, editions, read_notebook, record_twins, render_notebook, split_notebook
from .paths import KIT, ROOT
from .regions import BuildError, render, split
from .tables import check_tables, fill_points, without_dropped

_BUILT_BY = "python -m staff build"
_HEADER = f'# Built by "{_BUILT_BY}" from the staff\'s reference. Students write between the START and END lines.\n'
_ABOUT_DIGESTS = f"Built by {_BUILT_BY}: digests of what is given, cell by cell, without what stands in the regions."


def reference_blocks():
    """All blocks, each as (path relative to ``assignment1/``, Block); a BuildError if a file or a marker is wrong."""
    return [(target, block) for target, blocks, _ in _sources() for block in blocks]


def built_files(solved=False):
    """Texts by path relative to ``assignment1/``; a BuildError if a file, a marker or a table is wrong."""
    sources = list(_sources())
    check_tables([(target, block) for target, blocks, _ in sources for block in blocks])
    folder = Path(assignments.__file__).parent.relative_to(KIT)
    texts = without_dropped() | {folder / name / "questions.json": render_questions(name) for name in MATERIALS}
    given = {}
    for target, blocks, rendered in sources:
        has_regions = any(block.region for block in blocks)
        if solved or has_regions:  # a file without any is part of the solution
            texts[target] = rendered(solved)
        if has_regions:
            name, text = target.as_posix(), texts[target]
            parts = notebook_cells(text) if target.suffix == ".ipynb" else [(name, text)]
            given[name] = {key: digest(part) for key, part in parts}
    texts[DIGESTS.relative_to(KIT)] = json.dumps({"about": _ABOUT_DIGESTS, "files": given}, indent=1) + "\n"
    return texts


def build(kit=KIT, accept_twins=False):
    """Write the built files into the kit; returns their paths.

    The references' records of what was translated are brought up to date; `accept_twins` accepts all twins as they are.
    """
    for folder in REFERENCES.values():
        for path in sorted(folder.glob("*.ipynb")):
            record_twins(path, accept_twins)
    return write(built_files(), kit)


def write(texts, folder):
    """Write texts, as `built_files` returns them, below a folder; returns their paths."""
    paths = [Path(folder) / relative for relative in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return paths


def drift(kit=KIT):
    """Unified diff from the kit's files to a fresh build; empty where there is none."""
    diffs = []
    for relative, text in built_files().items():
        path = Path(kit) / relative
        present = path.read_text(encoding="utf-8") if path.is_file() else ""
        names = f"{_name(path)} as it is", f"{_name(path)} as built"
        diffs += difflib.unified_diff(present.splitlines(True), text.splitlines(True), *names)
    return "".join(diffs)


def _sources():
    """What is built: the file that comes out, relative to ``assignment1/``, its blocks, and what renders it."""
    for folder in REFERENCES.values():
        for path in sorted(folder.rglob("*")):
            target, name = path.relative_to(folder), _name(path)
            if any(part.startswith(".") for part in target.parts):
                continue
            if path.suffix == ".py":
                blocks = split(_text(path), name)
                yield target, blocks, partial(_render_python, blocks)
            elif path.suffix == ".ipynb":
                whole = read_notebook(path)
                check_twins(whole, name)
                fill_points(whole, name)
                for language, notebook in editions(whole, name).items():
                    rendered = partial(render_notebook, notebook, name)
                    yield target.with_suffix(notebook_ending(language)), split_notebook(notebook, name), rendered


def _render_python(blocks, solved):
    return _HEADER + render(blocks, solved)


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
