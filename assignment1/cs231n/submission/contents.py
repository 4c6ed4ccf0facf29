"""Which files are handed in: the notebook that was worked in, the Python files, and nothing else that lies around."""

import os
from pathlib import Path
from typing import NamedTuple

from ..checks.assignment import NOTEBOOKS, filled_regions

__all__ = ["REQUIRED", "Contents", "find_contents"]

REQUIRED = ("cs231n/classifiers/linear_svm.py", "cs231n/classifiers/linear_classifier.py")
_ENVIRONMENT = ("pyvenv.cfg", "conda-meta")  # what tells a virtual environment


class Contents(NamedTuple):
    """Names relative to the assignment's folder, with ``/`` between their parts.

    Attributes
    ----------
    notebooks, sources : list of str
        What is handed in.
    missing : list of str
        What is required and not there.
    left_out : list of str
        Links, and folders that are no part of the assignment.
    """

    notebooks: list
    sources: list
    missing: list
    left_out: list


def find_contents(folder):
    """Find out what is to be handed in.

    Parameters
    ----------
    folder : path
        ``assignment1/``.

    Returns
    -------
    Contents
    """
    folder = Path(folder)
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
                inside = path.resolve().is_relative_to(folder.resolve()) and path.is_file()
                (sources if inside else left_out).append(path.relative_to(folder).as_posix())
    notebooks = [name for name in NOTEBOOKS if _is_worked_in(folder / name)] or [NOTEBOOKS[0]]
    here = {*sources, *(name for name in notebooks if (folder / name).is_file())}
    missing = [name for name in (*notebooks, *REQUIRED) if name not in here]
    return Contents(notebooks, sorted(sources), missing, sorted(left_out))


def _is_ours(folder):
    """Whether a folder may hold files of the assignment: no link, no cache, no environment, not hidden."""
    if folder.name.startswith(".") or folder.name in ("__pycache__", "site-packages") or folder.is_symlink():
        return False
    return not any((folder / name).exists() for name in _ENVIRONMENT)


def _is_worked_in(notebook):
    """Whether a notebook is there, and is no longer as it was handed out."""
    try:
        return notebook.is_file() and any(filled_regions(notebook).values())
    except ValueError:  # what cannot be read is handed in as well: the only copy may be this one
        return True
