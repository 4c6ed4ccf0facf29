"""What student code may read and must give up, for each kind of sandbox; each is a command that starts it."""

import atexit
import functools
import importlib.util
import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cs231n.assignments import SOURCES
from cs231n.checks.packages import closure, required, tops

from ..authoring.paths import KIT

BUBBLEWRAP, USER, UNSAFE = "bubblewrap", "user", "unsafe"
# AS: bytes of address space, of which a right answer takes a fifth; FSIZE: bytes of a file.
_RESOURCES = {"AS": 1 << 30, "FSIZE": 1 << 20, "NOFILE": 64, "NPROC": 64, "CORE": 0}
# For NumPy's products of small matrices one thread is as fast as two; on a busy machine two wait for each other.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
ENVIRONMENT = ONE_THREAD | {"LC_ALL": "C.UTF-8", "HOME": "/tmp"}  # without a home some packages do not import
_LIBRARIES = ("libdl", "libpthread", "librt", "libutil", "libstdc++", "libgcc_s", "libz")  # what these also load
_WORK = "/tmp/assignment1"
_TMP = 16 << 20  # bytes of its /tmp, which is in memory
FILES = 10_000  # in it: the kernel takes a kilobyte for each, which counts for no process
_SYSTEM = ("/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")  # where the loader looks for libraries
_INSIDE = Path(__file__).parent / "inside"
_FIRST_USER, _USERS = 100_000, 1000  # as root: where the users that it becomes begin, and how many one sandbox has


class Limits(NamedTuple):
    """How long student code may take, in seconds, and what is there before it begins."""

    cpu: int = 20  # of computing, for one process; right answers take one in all
    seconds: float = 30  # for one answer, waiting included
    total: float = 60  # for all answers to a submission's questions: a class would wait for one that sleeps
    imported: tuple = ()  # large modules that the sandbox has imported, once for all who need them


LIMITS = Limits()


def command(kind, limits=LIMITS):
    """The command that starts a sandbox, and the settings that are its last argument, as `inside.answer` takes them."""
    program, settings = {BUBBLEWRAP: _bubblewrap, USER: _other_user, UNSAFE: _unsafe}[kind]()
    settings = {"kit": "/kit", "left_out": list(SOURCES), "imported": limits.imported} | settings
    return program, settings | {"limits": _RESOURCES | {"CPU": limits.cpu} | settings.get("limits", {})}


@functools.cache
def _python():
    """What an interpreter reads: the folders of its modules, that of the packages, the shared libraries in use."""
    folder = Path(os.__file__).resolve().parent
    dynamic = folder / "lib-dynload", Path(sysconfig.get_config_var("DESTSHARED") or folder)  # a Python that was moved
    modules = [*dict.fromkeys([folder, *filter(Path.is_dir, dynamic)])]
    packages = Path(np.__file__).resolve().parent.parent
    libraries = set()
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        path = Path(line.split(maxsplit=5)[-1])
        if ".so" in path.name and not any(path.is_relative_to(folder) for folder in (*modules, packages)):
            libraries.add(path)
    return modules, packages, sorted(libraries)


def _places(packages):
    """Where modules of Python, packages, and those that run in the sandbox are found there, by their path here."""
    modules, _, _ = _python()
    return {path: path for path in modules} | packages | _programs()


@functools.cache
def _importable():
    """Where the packages of requirements.txt, and all that these need, are found."""
    _, folder, _ = _python()
    paths = {path for found in closure(required()) for path in tops(found)}
    return {folder / path: Path("/packages", path) for path in paths if (folder / path).exists()}


def _programs():
    """Modules that run in the sandbox, and the kit, from where they are here."""
    shared = (Path(importlib.util.find_spec(f"cs231n.checks.{name}").origin) for name in ("calls", "loading"))
    paths = (*_INSIDE.glob("*.py"), *shared)
    return {path: Path("/inside", path.name) for path in paths} | {KIT / "cs231n": Path("/kit/cs231n")}


def _import_path():
    """The folders, in the sandbox, that an interpreter without `site` imports from."""
    modules, _, _ = _python()
    return [str(path) for path in ("/inside", *modules, "/packages")]


def _bubblewrap():
    python = Path(sys.executable).resolve()
    modules, _, libraries = _python()
    bound = _places(_importable()) | {path: path for path in (*{library.parent for library in libraries}, python)}
    hidden = [path / "site-packages" for path in modules if (path / "site-packages").is_dir()]
    program = [*bubblewrap(bound, hidden), str(python), "-I", "-S", "-B", "-u", "/inside/answer.py"]
    return program, {"path": _import_path(), "user": first_user(), "tmp": "/tmp"}


def bubblewrap(bound, hidden=(), room=_TMP, environment=ENVIRONMENT):
    """The command that runs another one with nothing of this machine but what is bound, and no network.

    `bound` says where each path can be read there; folders in `hidden` are empty there; `room` is bytes of its
    ``/tmp``, which is in memory.
    """
    # By its path: the environment that it gets holds none.
    arguments = [shutil.which("bwrap") or "bwrap"]
    arguments += ["--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    if os.geteuid() == 0:  # so that the limit on processes holds, it changes to a user of its own
        arguments += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        arguments += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        arguments += ["--unshare-all"]
    for name, value in environment.items():
        arguments += ["--setenv", name, value]
    bound = {path: path for path in map(Path, _SYSTEM) if path.exists()} | bound
    parents = {parent for path in bound.values() for parent in path.parents} - {Path("/"), Path("/tmp")}
    arguments += ["--perms", "1777", "--size", str(room), "--tmpfs", "/tmp"]  # first: what is bound may lie in ours
    for path in sorted({*parents, Path("/dev")} - set(bound.values())):
        arguments += ["--perms", "0755", "--dir", str(path)]  # by itself it makes them for its own user only
    for path, place in sorted(bound.items(), key=lambda pair: pair[1]):
        if path.is_symlink() and path == place:
            arguments += ["--symlink", os.readlink(path), str(place)]
        else:
            arguments += ["--ro-bind", str(path), str(place)]
    for path in hidden:
        arguments += ["--tmpfs", str(path)]
    for path in ("/dev/null", "/dev/urandom"):
        arguments += ["--dev-bind", path, path]
    # As at home, the folder above the one it works in can be written to.
    arguments += ["--perms", "1777", "--dir", _WORK, "--remount-ro", "/", "--chdir", _WORK]
    return [*arguments, "--"]


def files_of(pid):
    """How many files the ``/tmp`` of a process in bubblewrap has; bubblewrap itself limits their bytes alone."""
    place = f"/proc/{pid}/root/tmp"
    try:
        has_begun = os.stat(place).st_dev != os.stat("/tmp").st_dev  # else it still sees this machine's
        found = os.statvfs(place)
    except OSError:  # it is gone
        return 0
    return found.f_files - found.f_ffree if has_begun else 0


def first_user():
    """The first of the users that a sandbox becomes, others for each process that starts one; None without root."""
    return _FIRST_USER + _USERS * (os.getpid() % 50_000) if os.geteuid() == 0 else None


def _other_user():
    _, _, libraries = _python()
    names = {(path.parent, path.name.split(".so")[0]) for path in libraries}
    names |= {(folder, name) for folder, _ in names for name in _LIBRARIES}
    links = [link for folder, name in names for link in folder.glob(f"{name}.so*")]
    # Matplotlib needs a folder that it can write in when it is imported: by root, and nobody else.
    jail = _copied(*_places(_importable()).items(), *((path, path) for path in links))
    (jail / "tmp").mkdir(mode=0o700, exist_ok=True)
    program = [sys.executable, "-I", "-S", "-B", "-u", str(jail / "inside" / "answer.py")]
    return program, {"path": _import_path(), "root": str(jail), "user": first_user()}


def _unsafe():
    folder = _copied(*_programs().items())
    program = [sys.executable, "-I", "-B", "-u", str(folder / "inside" / "answer.py")]
    # It runs as the staff, whose other processes count as well: no limit on their number.
    path = [str(folder / "inside"), *filter(None, sys.path)]
    return program, {"path": path, "kit": str(folder / "kit"), "limits": {"NPROC": None}, "filtered": False}


@functools.cache
def _copied(*places):
    """A folder with copies at their places in it, for anybody to read and nobody to write, until this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="cs231n-sandbox-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    ignored = ("site-packages", "dist-packages", "test", "tests", "__pycache__", "idlelib", "static", "locale")
    ignored = shutil.ignore_patterns(*ignored)
    for source, place in places:
        target = folder / place.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True, copy_function=_linked)
        else:
            shutil.copy(source, target)
    return folder


def _linked(source, target):
    """A file once more, without a copy where both are on one disk."""
    if os.path.exists(target):  # folders of modules lie in each other
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
