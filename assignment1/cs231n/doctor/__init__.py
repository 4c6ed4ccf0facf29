"""Why it does not work on this machine: ``python -m cs231n.doctor``.

This file and ``__main__.py`` keep to what Python 3.6 can read, so that an old Python is told so and not a syntax error.
"""

import sys
from importlib import import_module
from importlib.util import find_spec

GOOD, NOTE, BAD, UNKNOWN = "good", "note", "bad", "unknown"  # a note: all works, but not as well as it might
PYTHON = (3, 10)  # the oldest that the kit runs on
OLD_PYTHON = (
    "This kit needs Python {0}.{1} or newer, and this is Python {2}.{3} ({4}). Install a newer one from python.org or "
    "your system, and set the kit up with it as README.md says.\n"
    "이 과제에는 Python {0}.{1} 이상이 필요한데 이것은 Python {2}.{3}입니다({4}). python.org나 시스템에서 새 버전을 "
    "설치하고, README.ko.md대로 다시 준비하세요."
)


class PackageError(ImportError):
    """A package is missing or does not work; the message names it and what to do."""

    def _render_traceback_(self):
        """Show IPython and Jupyter the sentence alone."""
        return [f"PackageError: {self}"]


def old_python():
    """What to say of a Python that is too old, in both languages; empty where it is not."""
    if sys.version_info >= PYTHON:
        return ""
    return OLD_PYTHON.format(*PYTHON, *sys.version_info[:2], sys.executable)


def require(*packages):
    """Make sure that this Python is new enough and that packages can be imported.

    Parameters
    ----------
    *packages : str
        Modules, as ``matplotlib.pyplot``.

    Raises
    ------
    PackageError
        If not; it names the doctor, or the command that mends a package that is there and broken. Where a module is
        being run by ``python -m``, it is a SystemExit with the same sentence, so that a terminal shows that alone.
    """
    sentence = old_python() or _not_importable(packages)
    if sentence:
        # While a package is looked up for python -m, this is what stands there: docs.python.org, sys.argv.
        raise SystemExit(sentence) if sys.argv[:1] == ["-m"] else PackageError(sentence)


def _not_importable(packages):
    """What to say of packages that are missing or broken; empty where all can be imported."""
    missing = [name for name in packages if find_spec(name.partition(".")[0]) is None]
    if missing:
        from ..sentences import word

        return word("package missing", names=", ".join(missing), python=sys.executable)
    for name in packages:
        try:
            import_module(name)
        except Exception as error:  # whatever a package does that does not fit its neighbour
            from .tools import broken

            return str(broken(error, name.partition(".")[0]))
    return ""
