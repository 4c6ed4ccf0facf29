"""The doctor, asked as students ask it: in a process of its own."""

import json
import os
import subprocess
import sys


def ask(folder, *arguments, python=sys.executable, **environment):
    """Run the doctor, or another command of the kit, in a copy of it."""
    arguments = arguments if arguments[:1] == ("-m",) else ("-m", "cs231n.doctor", *arguments)
    clean = {key: value for key, value in os.environ.items() if key not in ("CS231N_DATA", "PYTHONPATH")}
    return subprocess.run(
        [str(python), *arguments],
        cwd=folder / "assignment1",
        env={**clean, "CS231N_LANG": "en", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def found(done):
    """The findings of ``--json`` by name."""
    return {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
