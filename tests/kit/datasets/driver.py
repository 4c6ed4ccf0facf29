"""Runs the command line of the datasets in a process of its own, with a small set in place of CIFAR-10.

``driver.py PLAN [OPTION...]``: PLAN is a JSON file with shapes, digests, sources and limits.
"""

import json
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
    # Every write of an array takes a while, so that a kill can meet it.
    save = place._save
    place._save = lambda path, array: (save(path, array), time.sleep(plan.get("pause", 0)))
    sys.exit(command.main(sys.argv[2:]))


if __name__ == "__main__":
    main()
