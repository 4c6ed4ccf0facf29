"""A student's notebook, executed in a sandbox on the sample of CIFAR-10; what comes of it earns no points by itself."""

import contextlib
import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import psutil

from cs231n.assignments import NOTEBOOKS
from cs231n.checks.findings import note

from ..authoring.paths import KIT, ROOT
from . import isolation

_SECONDS, _MORE = 300, 30  # for the notebook, and for starting and ending it
SECONDS = _SECONDS + _MORE
# AS, DATA: bytes of address space of each process, and of data; a kernel with NumPy and Matplotlib takes 1.5 GB of AS.
_LIMITS = {"AS": 4 << 30, "DATA": 4 << 30, "CPU": 300, "FSIZE": 64 << 20, "NOFILE": 512, "NPROC": 128, "CORE": 0}
_MEMORY = 512 << 20  # bytes of its /tmp
_TOTAL, _WATCHED = 3 << 30, 0.1  # bytes of memory of all its processes, which is looked at so often, in seconds
_FOLDER, _ENGINE = Path("/kit/assignment1"), Path("/engine")  # the student's, and what executes it: the kit as it is
_PREFIX = Path(sys.prefix).resolve()  # an environment may be a link to one
_REPLY = 10_000  # bytes that are read of what it says


def execute_notebook(files, kind, seconds=_SECONDS):
    """Execute the notebook that was handed in, with the student's Python files.

    Parameters
    ----------
    files : dict of str to bytes
        By name relative to ``assignment1/``.
    kind : str
        Of sandbox; only `isolation.BUBBLEWRAP` keeps a notebook's many processes apart.
    seconds : float
        Limit on its time.

    Returns
    -------
    dict or None
        ``executed`` and ``seconds``, or ``cell`` and the note ``reason``; None where there is no notebook.
    """
    name = next((name for name in NOTEBOOKS if name in files), None)
    if name is None:
        return None
    if kind != isolation.BUBBLEWRAP:
        return {"executed": False, "cell": "", "reason": note("needs bubblewrap"), "seconds": 0.0}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        bound = _bound(files, Path(folder))
        settings = {"path": str(_FOLDER), "engine": str(_ENGINE), "name": name, "seconds": seconds}
        settings |= {"limits": _LIMITS, "filtered": False, "user": isolation.first_user()}
        found = _execute(_command(bound, settings), seconds + _MORE)
    return {"executed": False, "cell": "", "reason": None, "seconds": time.monotonic() - begun} | found


def _too_much(pid):
    """The note that says of what a process and all that come from it hold too much, memory or files; else None."""
    total = files = 0
    with contextlib.suppress(psutil.Error):
        for process in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss  # what they share counts for each
            files = files or isolation.files_of(process.pid)
    if total > _TOTAL:
        return note("notebook memory", size=_TOTAL >> 20)
    return note("process files", limit=isolation.FILES) if files > isolation.FILES else None


def _bound(files, folder):
    """What it can read: Python with all packages, the kit, and once more with the student's files in it."""
    folder.chmod(0o755)
    python = (sys.base_prefix, _PREFIX, sysconfig.get_path("purelib"), "/usr/lib")
    bound = {Path(path).resolve(): Path(path).resolve() for path in python}
    bound[ROOT / "datasets" / "cifar10-sample"] = Path("/kit/datasets/cifar10-sample")
    bound[Path(__file__).parent / "inside"] = Path("/inside")
    bound[KIT / "cs231n"] = _ENGINE / "cs231n"
    kit = shutil.copytree(KIT, folder / "kit", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name, content in files.items():
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).write_bytes(content)
    for path in kit.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return bound | {kit: _FOLDER}


def _command(bound, settings):
    environment = dict.fromkeys(("HOME", "MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR"), "/tmp")
    environment |= isolation.ENVIRONMENT | {"PATH": f"{_PREFIX}/bin:/usr/bin:/bin"}
    command = isolation.bubblewrap(bound, room=_MEMORY, environment=environment)
    program = str(_PREFIX / Path(sys.executable).relative_to(sys.prefix))
    return [*command, program, "-B", "/inside/run_notebook.py", json.dumps(settings)]


def _execute(command, seconds):
    end, said = time.monotonic() + seconds, None
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        while said is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                said, _ = process.communicate(timeout=_WATCHED)
            is_late = time.monotonic() > end
            reason = note("longer than", seconds=seconds) if is_late else _too_much(process.pid)
            if said is None and reason:
                process.kill()  # and all that is in its namespace
                return {"reason": reason}
    try:
        found = json.loads(said[:_REPLY].decode("utf-8", "replace").splitlines()[-1])
        if found["executed"] is True:
            return {"executed": True}
        return {"cell": str(found["cell"])[:100], "reason": note("text", text=str(found["reason"])[:2000])}
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return {"reason": note("kernel died")}
