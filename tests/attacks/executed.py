"""Attacks by a notebook that is executed: it may do what a notebook does, and reaches nothing outside."""

import os
import secrets
import socket
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import nbformat

from cs231n.assignments import NOTEBOOKS
from cs231n.checks.findings import say
from cs231n.sentences import word
from staff.authoring.verify import Proof
from staff.grading.available import find_isolation
from staff.grading.isolation import BUBBLEWRAP, FILES
from staff.grading.notebook import execute_notebook

from . import CARRIED, PLANTED
from .proof import student_processes

_SECONDS, _LONG = 8, 120  # for a notebook that only its time stops, and for all others: 3 GB alone can take 8 s


class Cell(NamedTuple):
    """A notebook with a single cell, and what the zip holds beside it."""

    name: str
    code: str
    must: str | None  # what the staff must read of it, of texts between ` | ` one; None where it runs to its end
    more: tuple = ()  # pairs of a further file's name and content


def _tries(*lines):
    """Code whose every line must fail; where one does not, the cell does."""
    tries = [f"try:\n    {line}\nexcept OSError:\n    pass\nelse:\n    raise SystemError({line!r})" for line in lines]
    return "\n".join(["import os, socket", *tries])


_FORGED = """
import contextlib
class StoppedError(Exception): pass
open_kernel = lambda *_: contextlib.nullcontext()
def execute_cells(*_): return 1.5
"""
_LARGE = word("notebook memory", size=3072)
CELLS = (
    Cell("an honest notebook", "import numpy as np\nassert np.ones(3).sum() == 3", None),
    Cell("a result forged on every descriptor", "import os\nfor n in range(3, 256):\n    try:\n        os.write(n, b'{\"executed\": true, \"seconds\": [1]}\\n')\n    except OSError:\n        pass\nos._exit(0)", f"{word('kernel died')} | more than"),
    Cell("what executes it replaced", "raise OSError('it did run')", "it did run", (("cs231n/submission/execute.py", _FORGED),)),
    Cell("the process that executes it killed", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGKILL)", word("kernel died")),
    Cell("the process that executes it traced", "import ctypes, os\nlibc = ctypes.CDLL(None)\nassert libc.ptrace(16, os.getppid(), 0, 0) < 0\nassert libc.process_vm_readv(os.getppid(), 0, 0, 0, 0, 0) != 0 or True", None),
    Cell("an endless loop", "while True:\n    pass", word("longer than", seconds=_SECONDS)),
    Cell("an endless loop that catches everything", "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass", word("longer than", seconds=_SECONDS)),
    Cell("a fork bomb", "import os\nwhile True:\n    os.fork()", f"BlockingIOError | {word('longer than', seconds=_SECONDS)} | {_LARGE}"),
    Cell("a process that stays behind", "import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(600)", None),
    Cell("a memory bomb", "kept = []\nwhile True:\n    kept.append(bytes(100 << 20))", "MemoryError"),
    Cell("memory of six processes", "import os, time\nfor _ in range(6):\n    if not os.fork():\n        kept = b'x' * (1 << 30)\n        time.sleep(600)\ntime.sleep(600)", _LARGE),
    Cell("a disk bomb", "n = 0\nwhile True:\n    n += 1\n    open(f'/tmp/{n}', 'wb').write(bytes(50 << 20))", "OSError"),
    Cell("files without an end", "import os\nn = 0\nwhile True:\n    n += 1\n    os.close(os.open(f'/tmp/{n}', os.O_CREAT | os.O_WRONLY))", word("process files", limit=FILES)),
    Cell("output without an end", "while True:\n    print('x' * 2_000_000)", f"million | {word('longer than', seconds=_SECONDS)}"),
    Cell("the network", _tries("socket.create_connection(('127.0.0.1', {port}), 1)", "socket.create_connection(('192.0.2.1', 80), 1)", "socket.getaddrinfo('example.org', 80)"), None),
    Cell("files of the staff and of others", f"import glob\nfor place in ({PLANTED!r}, '/etc', '/root', '/home', '/srv', '/proc/1'):\n    for path in glob.glob(place + '/**', recursive=True):\n        try:\n            text = open(path, 'rb').read(100_000)\n        except OSError:\n            continue\n        assert 'ld.so' in path, path", None),
    Cell("the environment", "import os\nassert 'CS231N_PLANTED' not in os.environ", None),
    Cell("the kit and Python written to", _tries("open('/kit/assignment1/cs231n/__init__.py', 'a')", "open(os.__file__, 'a')", f"open({PLANTED!r} + '/{CARRIED}', 'w')", "os.setuid(0)", "os.mknod('/tmp/disk', 0o60600, 2049)"), None),
)  # fmt: skip


def prove_executed():
    """Execute each notebook in the sandbox; yields Proofs, none without bubblewrap: there no notebook is executed."""
    if find_isolation() != BUBBLEWRAP:
        return
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        Path(folder, "secret.txt").write_text(secrets.token_hex(16), encoding="utf-8")
        run = partial(_run, folder=folder, port=str(server.getsockname()[1]))
        # Processes, for each has users of its own: a fork bomb leaves no process to others of its user.
        with ProcessPoolExecutor(2 * os.cpu_count()) as pool:  # half of them wait
            for cell, found in zip(CELLS, pool.map(run, CELLS), strict=True):
                is_told = any(text in say(found["reason"]) for text in (cell.must or "").split(" | "))
                ends = is_told and found["executed"] == (cell.must is None)
                fault = "" if ends else f"expected {cell.must or 'its end'!r}, found {found}"
                yield Proof("executed notebook", cell.name, fault)
        left = [name for name in os.listdir(folder) if name != "secret.txt"] + student_processes()
        yield Proof("executed notebook", "nothing is left behind", f"left behind: {left}" if left else "")


def _run(cell, folder, port):
    code = cell.code.replace(PLANTED, folder).replace("{port}", port)
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]))
    seconds = _SECONDS if cell.must and word("longer than", seconds=_SECONDS) in cell.must else _LONG
    files = {NOTEBOOKS[0]: notebook.encode()} | {name: text.encode() for name, text in cell.more}
    return execute_notebook(files, BUBBLEWRAP, seconds)
