"""Runs the command line of the datasets in a process of its own, with a small set in place of CIFAR-10.

``driver.py PLAN [OPTION...]``: PLAN is a JSON file with shapes, digests, sources and limits.
"""

import functools
import importlib
import json
import os
import sys
import time
from pathlib import Path


def main():
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    from cs231n import layouts
    from cs231n.datasets import __main__ as command
    from cs231n.datasets import place
    from cs231n.datasets.download import Limits
    from cs231n.datasets.sources import Archive

    shapes = {name: tuple(shape) for name, shape in plan["shapes"].items()}
    for module in (layouts, place):
        module.FULL_SHAPES = shapes
    place.ARRAY_SHA256 = plan["digests"]
    command.SOURCES = [Archive(*source) for source in plan["sources"]]
    command.LIMITS = Limits(**plan["limits"])
    save = place._save  # every write of an array takes a while, so that two runs meet
    place._save = lambda path, array: (save(path, array), time.sleep(plan["pause"]))
    if plan["kill"]:
        _kill_at(**plan["kill"])
    sys.exit(command.main(sys.argv[2:]))


def _kill_at(module, function, call, when, signal):
    """Send this process a signal before or after the call of that number to a function of the datasets."""
    *within, name = function.split(".")
    owner = functools.reduce(getattr, within, importlib.import_module(f"cs231n.datasets.{module}"))
    original, calls = getattr(owner, name), []

    def wrapped(*arguments, **options):
        calls.append(arguments)
        if when == "before" and len(calls) == call:
            os.kill(os.getpid(), signal)
        result = original(*arguments, **options)
        if when == "after" and len(calls) == call:
            os.kill(os.getpid(), signal)
        return result

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    main()
