"""Which files are handed in: the notebook that was worked in, the Python files, and nothing else that lies around."""

import os
from pathlib import Path
from typing import NamedTuple

from ..assignments import NOTEBOOKS, SOURCES
from ..checks.assignment import filled_regions, notebook_cells
from .digests import as_given

_ENVIRONMENT = ("pyvenv.cfg", "conda-meta")  # what tells a virtual environment


class Contents(NamedTuple):
    """Names relative to the assignment's folder, with ``/`` between their parts."""

    notebooks: list  # to be handed in
    sources: list  # to be handed in
    missing: list  # required and not there
    left_out: list  # links, names that no zip can hold, and folders that are no part of the assignment


def find_contents(folder):
    """The Contents of a folder, ``assignment1/``."""
    sources, left_out = [], []
    for place, folders, files in os.walk(folder / "cs231n"):
        place = Path(place)
        for name in list(folders):
            if not _is_ours(place / name):
                folders.remove(name)
                if not name.startswith(".") and name != "__pycache__":
                    left_out.append((place / name).relative_to(folder).as_posix())
        for name in files:
            path = place / name
            if path.suffix == ".py" and not name.startswith("."):
                relative = path.relative_to(folder).as_posix()
                fits = _is_inside(path, folder) and _can_be_packed(relative)
                (sources if fits else left_out).append(relative)
    here = [name for name in NOTEBOOKS if _is_inside(folder / name, folder)]
    notebooks = [name for name in here if _is_worked_in(folder / name)] or here[:1]
    missing = [] if notebooks else [NOTEBOOKS[0]]
    missing += [name for name in SOURCES if name not in sources]
    return Contents(notebooks, sorted(sources), missing, sorted(left_out))


def _is_ours(folder):
    """Whether a folder may hold files of the assignment: no link, no cache, no environment, not hidden."""
    if folder.name.startswith(".") or folder.name in ("__pycache__", "site-packages") or folder.is_symlink():
        return False
    return not any((folder / name).exists() for name in _ENVIRONMENT)


def _is_inside(path, folder):
    """Whether a file is there, and not as a link that leads out of the folder."""
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _can_be_packed(name):
    """Whether a zip can hold a name: none that is no text, and no backslash, which is read as a slash."""
    try:
        return b"\\" not in name.encode()
    except UnicodeEncodeError:
        return False


def _is_worked_in(notebook):
    """Whether a notebook is no longer as it was handed out."""
    try:
        cells = notebook_cells(notebook.read_text(encoding="utf-8-sig"))
        return any(filled_regions(notebook).values()) or not as_given(notebook.name, cells)
    except (ValueError, RecursionError):  # what cannot be read is handed in as well: the only copy may be this one
        return True
