"""What was handed in by whom: a folder of zips and folders, each under a name of the student's and a key of ours."""

import hashlib
import os
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from ..errors import ClassError
from .tables import cell
from .text import clean

# Files of the run itself, and names that Windows takes for devices; in lower case, as for some systems they are one.
_TAKEN = {"run.json", "marks.csv", "grades.csv", "class.html", "con", "prn", "aux", "nul"}
_LONGEST = 270  # characters of a name once it is clean; with all that is put behind it a result holds it whole
_PLAIN = re.compile(r"[^\W_][\w ,()+-]{0,98}[\w)]")  # names that are folders as they are


class Submission(NamedTuple):
    """A zip or a folder, whose it is, and the folder of its results."""

    path: Path
    student: str  # what is shown; of no other submission, in a table as well
    place: Path


class Folder(NamedTuple):
    """What a folder holds."""

    submissions: list
    twice: list  # names of files of which another has the same student
    skipped: list  # names of what is no submission


def find_submissions(folder, out):
    """The `Folder` of submissions by name: zips, and folders into which one was unpacked; a ClassError if none is one.

    Results are to go to `out`, which may lie in the folder.
    """
    folder, out = Path(folder), Path(out)
    if not folder.is_dir():
        raise ClassError(f"{folder}: expected a folder of zips, found none.")
    paths = [path for path in sorted(folder.iterdir()) if path.resolve() != out.resolve()]
    found = [path for path in paths if _is_submission(path)]
    if not found:
        raise ClassError(f"{folder}: expected submissions as zips or folders, found none.")
    names = [path.name if path.is_dir() else path.stem for path in found]
    counts, twice = Counter(names), []
    students, keys, submissions = set(), set(_TAKEN), []
    for path, name in zip(found, names, strict=True):
        if counts[name] > 1:
            name = path.name
            twice.append(name)
        key = _unlike(keys, name if _PLAIN.fullmatch(name) else _key(name), _folded)
        submissions.append(Submission(path, _unlike(students, clean(clean(name), _LONGEST), cell), out / key))
    return Folder(submissions, twice, sorted({path.name for path in paths} - {path.name for path in found}))


def _is_submission(path):
    """Whether it is a zip, or a folder that is not hidden; macOS puts files beside others that begin with ``._``.

    A link is none: it may lead to another's work.
    """
    if path.is_symlink():
        return False
    if path.is_dir():
        return not path.name.startswith((".", "__MACOSX"))
    return path.is_file() and path.suffix.lower() == ".zip" and not path.name.startswith("._")


def _key(name):
    """What can be read of a name, and a digest of all of it."""
    plain = re.sub(r"[^\w]+", "-", name.encode("utf-8", "ignore").decode())[:40].strip("-_")
    return f"{plain or 'submission'}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"


def _unlike(taken, name, folded=str):
    """The name, with a number behind it where it is taken, as far as `folded` tells; it is taken now."""
    number, new = 1, name
    while folded(new) in taken:
        number += 1
        new = f"{name}-{number}"
    taken.add(folded(new))
    return new


def _folded(name):
    """What names have in common that are one file on some systems."""
    return unicodedata.normalize("NFC", name).casefold()
