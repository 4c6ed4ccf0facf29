"""The zip that is handed in: the notebook and the Python files, complete or not made at all."""

import os
import sys
import zipfile
from pathlib import Path

from .checks.assignment import NOTEBOOKS, filled_regions

__all__ = ["collect", "main"]

ZIP = "a1_code_submission.zip"
REQUIRED = ("cs231n/classifiers/linear_svm.py", "cs231n/classifiers/linear_classifier.py")


def collect(folder):
    """Zip the assignment in `folder`.

    Parameters
    ----------
    folder : path
        ``assignment1/``.

    Returns
    -------
    list of str
        Names in the zip.

    Raises
    ------
    FileNotFoundError
        If a required file is missing; an older zip is left as it was.
    """
    folder = Path(folder)
    notebooks = [name for name in NOTEBOOKS if _is_worked_in(folder / name)] or NOTEBOOKS[:1]
    missing = [name for name in (*notebooks, *REQUIRED) if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{folder} lacks {', '.join(missing)}; no zip was made.")
    sources = [path.relative_to(folder) for path in sorted((folder / "cs231n").rglob("*.py"))]
    visible = [path for path in sources if not any(part.startswith(".") for part in path.parts)]
    names = [*notebooks, *(path.as_posix() for path in visible)]
    beside = folder / f"{ZIP}.part"
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            for name in names:
                archive.write(folder / name, name)
        os.replace(beside, folder / ZIP)
    finally:
        beside.unlink(missing_ok=True)
    return names


def _is_worked_in(notebook):
    """Whether a notebook is there, and is no longer as it was handed out."""
    try:
        return notebook.is_file() and any(filled_regions(notebook).values())
    except ValueError:  # what cannot be read is handed in as well: the only copy may be this one
        return True


def main():
    """Zip the assignment that this module belongs to; returns the exit status."""
    folder = Path(__file__).resolve().parents[1]
    try:
        names = collect(folder)
    except OSError as error:
        print(f"submission: {error}", file=sys.stderr)
        return 1
    print("\n".join(f"  {name}" for name in names))
    print(f"submission: {folder / ZIP} holds these {len(names)} files.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
