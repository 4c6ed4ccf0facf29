"""Processes for student code: what they may read, what they must give up, and what the machine offers for that."""

import atexit
import contextlib
import functools
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import numpy as np

from ..errors import SandboxError
from .inside.confine import filter_program

__all__ = ["BUBBLEWRAP", "LIMITS", "UNSAFE", "USER", "find_isolation", "start", "stop"]

BUBBLEWRAP, USER, UNSAFE = "bubblewrap", "user", "unsafe"
LIMITS = {
    "AS": 1 << 30,  # bytes of address space; a right answer takes a fifth of it
    "CPU": 20,  # seconds of all a process's questions; right answers take one
    "FSIZE": 1 << 20,  # bytes of a file
    "NOFILE": 64,
    "NPROC": 64,
    "CORE": 0,
}
_TMP = 16 << 20  # bytes of its /tmp, which is in memory
_INSIDE = Path(__file__).parent / "inside"
_FIRST_USER = 61_000  # as root: the user that a sandbox becomes, another for each process that starts sandboxes
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}


@functools.cache
def find_isolation(unsafe=False):
    """The strongest way of keeping student code apart that works on this machine.

    Parameters
    ----------
    unsafe : bool
        Whether none at all is accepted.

    Returns
    -------
    str
        `BUBBLEWRAP`, `USER` or `UNSAFE`.

    Raises
    ------
    SandboxError
        If there is none, and that is not accepted.
    """
    tried = []
    for kind in (BUBBLEWRAP, USER):
        reason = _reason_against(kind)
        if reason is None:
            return kind
        tried.append(f"{kind}: {reason}")
    if unsafe:
        return UNSAFE
    raise SandboxError(
        "expected a way to keep student code apart from everything else, found none "
        f"({'; '.join(tried)}). Install bubblewrap, or grade as root on Linux; --unsafe runs student code as yourself."
    )


def start(kind):
    """Start a process that answers questions.

    Parameters
    ----------
    kind : str
        As `find_isolation` returns it.

    Returns
    -------
    subprocess.Popen
        Questions go to its standard input, answers come from its standard output; what student code prints comes from
        its standard error.

    Raises
    ------
    SandboxError
        If it cannot be started.
    """
    command, settings = _COMMANDS[kind]()
    try:
        return subprocess.Popen(
            [*command, json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env=_ENVIRONMENT,
            bufsize=0,
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxError(f"expected to start {command[0]}, found: {error}.") from error


def stop(process, patience=0.5):
    """End a process, and everything in it.

    Parameters
    ----------
    process : subprocess.Popen
    patience : float
        Seconds that it is given to end by itself, as it does when there are no more questions.

    Returns
    -------
    resource.struct_rusage
        What it used.
    """
    process.stdin.close()
    limit, ended = time.monotonic() + patience, 0
    while not ended and time.monotonic() < limit:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        time.sleep(0 if ended else 0.001)
    if not ended:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    return usage


def _reason_against(kind):
    """Why a way does not work here; None where it does: a process was started and has given up what it should."""
    if kind == BUBBLEWRAP and not shutil.which("bwrap"):
        return "bwrap is not installed"
    if kind == USER and (not hasattr(os, "geteuid") or os.geteuid() != 0):
        return "only root can change the user"
    if kind == USER and filter_program() is None:
        return "system calls of this machine cannot be filtered"
    try:
        process = start(kind)
    except SandboxError as error:
        return str(error)
    answered = process.stdout.read(5) == b"ready"
    said = "" if answered else process.stderr.read(500).decode("utf-8", "replace").strip()
    stop(process)
    return None if answered else (said.splitlines() or ["it ended at once"])[-1]


@functools.cache
def _python():
    """What an interpreter with NumPy reads: its program, folders of modules, NumPy, the shared libraries in use."""
    program = Path(sys.executable).resolve()
    dynamic = sysconfig.get_config_var("DESTSHARED")
    modules = [Path(os.__file__).resolve().parent, *([Path(dynamic)] if dynamic and os.path.isdir(dynamic) else [])]
    numpy = Path(np.__file__).resolve().parent
    packages = [path for path in (numpy, numpy.with_name("numpy.libs")) if path.is_dir()]
    libraries = set()
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        path = Path(line.split(maxsplit=5)[-1])
        if ".so" in path.name and not any(path.is_relative_to(folder) for folder in (*modules, numpy.parent)):
            libraries.add(path)
    return program, modules, packages, sorted(libraries)


def _import_path():
    """The folders, in the sandbox, that an interpreter without `site` imports from."""
    _, modules, _, _ = _python()
    return [str(path) for path in ("/inside", *modules, "/packages")]


def _programs():
    """The modules that run in the sandbox."""
    return [*sorted(_INSIDE.glob("*.py")), Path(importlib.util.find_spec("cs231n.checks.probe").origin)]


def _bubblewrap():
    program, modules, packages, libraries = _python()
    as_root = os.geteuid() == 0
    command = ["bwrap", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    if as_root:  # so that the limit on processes holds, it changes to a user of its own
        command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-all"]
    for name, value in _ENVIRONMENT.items():
        command += ["--setenv", name, value]
    bound = {path: path for path in (*{library.parent for library in libraries}, *modules, program)}
    bound |= {path: path for path in map(Path, ("/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")) if path.exists()}
    bound |= {path: Path("/packages", path.name) for path in packages}
    bound |= {path: Path("/inside", path.name) for path in _programs()}
    parents = {parent for path in bound.values() for parent in path.parents if parent != Path("/")}
    for path in sorted({*parents, Path("/dev")} - set(bound)):
        command += ["--perms", "0755", "--dir", str(path)]  # by itself it makes them for its own user only
    for path, place in sorted(bound.items()):
        if path.is_symlink() and path == place:
            command += ["--symlink", os.readlink(path), str(place)]
        else:
            command += ["--ro-bind", str(path), str(place)]
    for path in modules:
        if (path / "site-packages").is_dir():
            command += ["--tmpfs", str(path / "site-packages")]
    for path in ("/dev/null", "/dev/urandom"):
        command += ["--dev-bind", path, path]
    command += ["--perms", "1777", "--size", str(_TMP), "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/tmp"]
    command += ["--", str(program), "-I", "-S", "-B", "/inside/answer.py"]
    return command, {"path": _import_path(), "limits": LIMITS, "user": _user() if as_root else None}


def _user():
    return _FIRST_USER + os.getpid() % 4000


def _other_user():
    jail = _jail()
    command = [sys.executable, "-I", "-S", "-B", str(jail / "inside" / "answer.py")]
    return command, {"path": _import_path(), "limits": LIMITS, "root": str(jail), "user": _user()}


def _unsafe():
    command = [sys.executable, "-I", "-B", str(_folder() / "inside" / "answer.py")]
    limits = {} if os.name == "nt" else {name: value for name, value in LIMITS.items() if name != "NPROC"}
    packages = [path for path in sys.path if path]
    return command, {"path": [str(_folder() / "inside"), *packages], "limits": limits, "filtered": False}


_COMMANDS = {BUBBLEWRAP: _bubblewrap, USER: _other_user, UNSAFE: _unsafe}


@functools.cache
def _folder():
    """A folder with the modules that run in the sandbox, removed when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="cs231n-sandbox-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    (folder / "inside").mkdir()
    for path in _programs():
        shutil.copy(path, folder / "inside")
    return folder


@functools.cache
def _jail():
    """The same folder as the root of a file system: with Python and NumPy, which anybody can read and nobody write."""
    folder = _folder()
    _, modules, packages, libraries = _python()
    ignored = shutil.ignore_patterns("site-packages", "dist-packages", "test", "tests", "__pycache__", "idlelib")
    names = [name for path in libraries for name in path.parent.glob(f"{path.name.split('.so')[0]}.so*")]  # links, too
    copies = [(path, path.relative_to("/")) for path in (*modules, *names)]
    copies += [(path, Path("packages", path.name)) for path in packages]
    for source, target in copies:
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, folder / target, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy(source, folder / target)
    return folder
