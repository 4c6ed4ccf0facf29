"""The checks as grading makes them: ``python -m cs231n.checks.alone`` in a folder that holds nothing but this kit.

What student code does there fails as in the sandbox: it finds the packages of requirements.txt and what these need, no
file but the kit's, Python's and the system's, and starts neither threads nor processes. This keeps nobody from cheating
himself: it tells an honest student what grading does not have.
"""

import errno
import os
import sys
import threading
from pathlib import Path

from .__main__ import main
from .packages import REQUIREMENTS, modules

KIT = Path(__file__).resolve().parents[2]
_CHECKS = Path(__file__).resolve().parent
_SYSTEM = ("/usr", "/lib", "/etc", "/dev", "/proc", "/sys", "/System", "/Library", os.environ.get("SYSTEMROOT", "/usr"))
_PYTHON = (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, *sys.path)
_FILES = {"open", "os.listdir", "os.scandir", "os.chdir"}
_STARTS = {"os.fork", "os.posix_spawn", "os.system", "os.exec", "os.spawn", "subprocess.Popen", "socket.__new__"}


def _forms(path):
    """A path as it is written, and where it leads."""
    return tuple(os.path.normcase(os.path.join(form(path), "")) for form in (os.path.abspath, os.path.realpath))


_PLACES = tuple(form for path in (KIT.parent, *_SYSTEM, *_PYTHON) for form in _forms(path))


class _Packages:
    """Finds nothing, and keeps student code from finding what grading does not have."""

    def find_spec(self, name, path=None, target=None):
        if path is None and name != "cs231n" and _is_students(importing=True) and name not in modules():
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _look(event, given):
    """Raise what the sandbox raises where student code reaches for what is not there."""
    if event in _STARTS and _is_students():
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
    if event in _FILES and given and isinstance(given[0], str | bytes | os.PathLike):
        path = os.fsdecode(given[0])
        if _is_students() and not any(form.startswith(_PLACES) for form in _forms(path)):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


def _start(thread, start=threading.Thread.start):
    """Start a thread, unless student code does."""
    if _is_students():
        raise RuntimeError("can't start new thread")
    start(thread)


def _is_students(importing=False):
    """Whether it is student code that does this: by itself, and not a package while it is imported."""
    frame = sys._getframe(2)
    while frame:
        file = frame.f_code.co_filename
        if file.startswith("<frozen importlib") or Path(file).parent.name == "importlib":
            if not importing:
                return False
        elif Path(file).is_relative_to(KIT):
            return Path(file).parent != _CHECKS  # what attends the calls starts threads of its own
        elif importing:
            return False
        frame = frame.f_back
    return False


if __name__ == "__main__":
    if REQUIREMENTS.is_file():
        sys.meta_path.insert(0, _Packages())
    sys.addaudithook(_look)
    threading.Thread.start = _start
    sys.exit(main(["--json"]))
