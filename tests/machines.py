"""Machines that this one can stand for: other kernels of OpenBLAS and of NumPy, threads, locales and time zones.

``python -m tests.machines [PYTHON...]`` builds the kit on each of them, with each interpreter given (this one by
default), and prints a table with the digest of what was built. It fails where two of them differ.
"""

import itertools
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from staff.authoring.paths import ROOT

# Kernels of OpenBLAS, by what they need (as NumPy called it before 2.4, and since); "" is this machine's own.
_KERNELS = {"": set(), "Prescott": set(), "Nehalem": set()}
_KERNELS |= {"Haswell": {"AVX2", "X86_V3"}, "Zen": {"AVX2", "X86_V3"}, "SkylakeX": {"AVX512_SKX", "X86_V4"}}
_PLACES = ({"LC_ALL": "C.UTF-8", "TZ": "UTC"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Seoul"})
_DIGEST = """
import hashlib
from staff.authoring.build import built_files
texts = [f"{path.as_posix()}\\0{text}\\0" for path, text in built_files().items()]
print(hashlib.sha256("".join(texts).encode()).hexdigest())
"""


def machines(python=sys.executable):
    """The product of kernels of OpenBLAS, kernels of NumPy and numbers of threads; locale and time zone alternate.

    Parameters
    ----------
    python : str
        Interpreter whose NumPy is asked for what this processor has.

    Returns
    -------
    list of dict of str to str
        Environment variables; together with `os.environ` they make up a machine.
    """
    found = _run(python, "import numpy; numpy.show_config()", {}).rpartition("not found")[0].rpartition("found")[2]
    own = re.findall(r"[A-Z][A-Z0-9_]+", found)
    newest = [name for name in own if name.startswith(("AVX512", "X86_V4"))]
    kernels = [kernel for kernel, needs in _KERNELS.items() if not needs or needs & {*own}]
    disabled = {" ".join(names): None for names in ([], newest, own)}  # each once
    product = itertools.product(kernels, disabled, "12")
    return [
        {"OPENBLAS_CORETYPE": kernel, "NPY_DISABLE_CPU_FEATURES": names, "OPENBLAS_NUM_THREADS": threads} | place
        for (kernel, names, threads), place in zip(
            product, itertools.cycle((*_PLACES, *reversed(_PLACES))), strict=False
        )
    ]


def build_digest(machine, python=sys.executable):
    """SHA-256 of all that is built, on a machine."""
    return _run(python, _DIGEST, machine).strip()


def _run(python, program, machine):
    """What a program prints on a machine."""
    path = os.pathsep.join(map(str, (ROOT, ROOT / "assignment1")))
    environment = {name: value for name, value in (os.environ | machine | {"PYTHONPATH": path}).items() if value}
    done = subprocess.run([python, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{python} on {machine} ended with status {done.returncode}:\n{done.stderr}")
    return done.stdout


def main(pythons):
    """Print the table; returns the exit status."""
    digests, row = set(), "{:8} {:8} {:9} {:28} {:>7} {:11} {:16}"
    print(row.format("Python", "NumPy", "OpenBLAS", "NumPy's kernels without", "threads", "TZ", "SHA-256 of the build"))
    for python in pythons:
        versions = "import platform, numpy; print(platform.python_version(), numpy.__version__)"
        names, tried = _run(python, versions, {}).split(), machines(python)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for machine, digest in zip(tried, pool.map(build_digest, tried, itertools.repeat(python)), strict=True):
                kernel, without, threads, *_, zone = machine.values()
                print(row.format(*names, kernel or "own", without or "-", threads, zone, digest[:16]), flush=True)
                digests.add(digest)
    print("one build" if len(digests) == 1 else f"{len(digests)} different builds")
    return len(digests) > 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [sys.executable]))
