"""Python, its packages, NumPy's BLAS, and memory. Each returns a verdict, what was found, and what to do."""

import importlib.metadata
import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

from ..processes import run_program
from ..sentences import word
from . import BAD, GOOD, NOTE, UNKNOWN

KIT = Path(__file__).resolve().parents[3]  # the folder that assignment1/ lies in
NEEDED = ("numpy", "matplotlib")  # without these nothing runs; without the others only some things
SAMPLE_GB, FULL_GB = 0.3, 0.9  # memory that the solved notebook was seen to take at most
_SECONDS = 60  # limit on each process
SIZE = 1000  # of the matrices that are multiplied
SLOW = 2e9  # operations a second: without a BLAS there are less, with one at least ten times as many
_NUMPY = f"""
import json, time
import numpy as np
try:
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    blas = f"{{blas['name']}} {{blas.get('version', '')}}".strip()
except (KeyError, TypeError):  # before NumPy 1.26
    blas = "BLAS"
A = np.random.default_rng(0).standard_normal(({SIZE}, {SIZE}))
A @ A
spent = []
for _ in range(5):
    start, used = time.perf_counter(), time.process_time()
    A @ A
    spent.append((time.perf_counter() - start, time.process_time() - used))
seconds, threads = min(spent)[0], max(used / passed for passed, used in spent)
print(json.dumps({{"version": np.__version__, "blas": blas, "seconds": seconds, "threads": threads}}))
"""
# In a process of its own, since a package that is broken may end it.
_TOOLS = f"""
import json, sys
sys.path.insert(0, {str(KIT / "assignment1")!r})
from cs231n.doctor import PackageError, tools
faults = []
for name in tools.TOOLS:
    try:
        tools.try_tool(name)
    except PackageError as error:
        faults.append(str(error))
print(json.dumps([len(tools.TOOLS), [*dict.fromkeys(faults)]]))
"""


def run_python(code, python=sys.executable):
    """Run code in a process that may hang or die; returns what it printed, and the last line of its error."""
    try:
        done = run_program([python, "-c", code], _SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", str(error)
    if done.returncode:
        return "", (done.stderr.strip() or f"exit status {done.returncode}").splitlines()[-1]
    return done.stdout, ""


def examine_python():
    """Which Python this is; that it is new enough was seen before."""
    bits = 8 * struct.calcsize("P")
    found = word("python here", version=sys.version.split()[0], bits=bits, path=sys.executable)
    return (GOOD, found) if bits >= 64 else (BAD, found, word("few bits"))


def examine_packages(requirements=KIT / "requirements.txt"):
    """Whether what requirements.txt names is installed, and new enough."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    wanted = [match.groups() for match in (re.match(r"([\w-]+)(?:>=([\d.]+))?", line) for line in lines) if match]
    missing, old = [], []
    for name, least in wanted:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
            continue
        if least and _parts(version) < _parts(least):
            old.append(f"{name} {version} (>={least})")
    if not missing and not old:
        return GOOD, word("packages here", count=len(wanted))
    found = [word("packages missing", names=", ".join(missing))] if missing else []
    found += [word("packages old", names=", ".join(old))] if old else []
    verdict = BAD if set(missing) & set(NEEDED) else NOTE
    return verdict, "; ".join(found), word("install", python=sys.executable)


def examine_tools():
    """Whether the packages work that are installed: each may break by another that it brings along."""
    output, error = run_python(_TOOLS)
    if error:
        return BAD, word("tools silent", error=error), word("install", python=sys.executable)
    count, faults = json.loads(output.splitlines()[-1])
    if faults:
        return BAD, " ".join(faults)
    return GOOD, word("tools work", count=count)


def _parts(version):
    """The numbers of a version, for comparing."""
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def examine_numpy():
    """Whether NumPy can be imported, with which BLAS, and how fast it multiplies on how many cores."""
    output, error = run_python(_NUMPY)
    if error.startswith("ModuleNotFoundError: No module named 'numpy'"):
        return BAD, word("no numpy"), word("install", python=sys.executable)
    if error:
        return BAD, word("numpy broken", error=error), word("numpy again", python=sys.executable)
    seen = json.loads(output)
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    found = word(
        "numpy here",
        version=seen["version"],
        blas=seen["blas"],
        size=SIZE,
        milliseconds=1e3 * seen["seconds"],
        threads=seen["threads"],
        cores=os.cpu_count(),
        settings="".join(f", {name}={os.environ[name]}" for name in names if name in os.environ),
    )
    if 2 * SIZE**3 / seen["seconds"] < SLOW:
        return NOTE, found, word("numpy slow", python=sys.executable)
    return GOOD, found


def examine_memory():
    """Whether there is memory for the sample, and for the full set."""
    free = available_memory()
    if free is None:
        return UNKNOWN, word("no room known")
    found = word("room", free=free / 1e9)
    if free >= FULL_GB * 1e9:
        return GOOD, found
    advice = word("little memory", sample=SAMPLE_GB, full=FULL_GB)
    return (NOTE if free >= SAMPLE_GB * 1e9 else BAD), found, advice


def available_memory(root=Path("/")):
    """Bytes that a new process may take, by ``proc`` and ``sys`` in `root`; None where the system does not tell."""
    try:
        found = re.search(r"MemAvailable:\s+(\d+) kB", (root / "proc/meminfo").read_text(encoding="ascii"))
        free = 1024 * int(found[1])
    except (OSError, TypeError):  # no Linux
        try:
            import psutil  # comes with Jupyter
        except ImportError:
            return None
        return psutil.virtual_memory().available
    group = root / "sys/fs/cgroup"
    try:  # a container's own limit
        free = min(free, int((group / "memory.max").read_text()) - int((group / "memory.current").read_text()))
    except (OSError, ValueError):  # there is none
        return free
    return free
