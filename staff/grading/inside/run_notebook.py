"""Executes a notebook in the sandbox, and prints how far it came as a line of JSON.

Run as ``python run_notebook.py SETTINGS``, and imported by nothing. SETTINGS is a JSON object with ``path``, the folder
of the kit with the student's files, which the kernel alone imports, ``name``, the notebook in it, ``engine``, the
folder of the kit as it is, ``seconds``, the limit on its time, and the arguments of `confine.confine`.
"""

import json
import os
import sys

import confine

settings = json.loads(sys.argv[1])
folder, engine, name, seconds = (settings.pop(key) for key in ("path", "engine", "name", "seconds"))
channel = os.dup(1)
os.dup2(2, 1)
confine.confine(**settings)
sys.path.insert(0, engine)

import nbformat  # noqa: E402  not before the process has given up what it can

from cs231n.submission.execute import StoppedError, execute_cells, open_kernel  # noqa: E402

notebook = nbformat.read(os.path.join(folder, name), as_version=4)
with open_kernel(notebook, folder) as client:
    try:
        found = {"executed": True, "seconds": execute_cells(client, notebook, seconds, lambda *_: None)}
    except StoppedError as stopped:
        found = {"executed": False, "cell": stopped.cell, "reason": stopped.reason[:2000]}
os.write(channel, (json.dumps(found) + "\n").encode())
os._exit(0)
