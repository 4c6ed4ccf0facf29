"""Loading and preprocessing CIFAR-10 for the notebook: this kit beside the classic way, in processes of their own."""

import json
import sys
import tempfile
import time
from pathlib import Path

from .measuring import Skipped, in_turns, row, run_process

TITLE = "Loading and preprocessing 51,000 images: by the classic way"
KIT_WAY, CHANNELS_WAY, CLASSIC_WAY = "this kit", "this kit, get_CIFAR10_data", "classic way, float64"


def measure(quick=False):
    """Run both ways in turn; the first run of each, which reads from the disk, is left out."""
    from staff.authoring.paths import ROOT

    source = ROOT / "datasets" / "cifar10"
    if not source.is_dir():
        raise Skipped("The full set is not here: `bash get_datasets.sh` fetches it.")
    found = {KIT_WAY: [], CHANNELS_WAY: [], CLASSIC_WAY: []}
    with tempfile.TemporaryDirectory() as scratch:
        run_process([sys.executable, "-m", "benchmarks.loading", "--official", str(source), scratch])
        for way in in_turns(found, 2 if quick else 8):
            command = [sys.executable, "-m", "benchmarks.loading", way, scratch]
            used = run_process(command)
            found[way].append(json.loads(used.output) | {"peak": used.peak / 1e6})
    rows = []
    for way, runs in found.items():
        for key, unit in (("seconds", "s"), ("peak", "MB")):
            rows.append(
                row("full set", way, unit, *([run[key] for run in of[1:]] for of in (runs, found[CLASSIC_WAY])))
            )
        rows.append(row("full set", way, "peak by arrays", [run["peak"] / run["arrays"] for run in runs[1:]]))
    return {"rows": rows, "notes": [], "skipped": [], "goals": []}


def kit(folder):
    """The three sets as the notebook makes them."""
    import numpy as np

    from cs231n.data_utils import center_and_add_bias, read_images

    images = read_images(folder / "cifar10")
    pixels = images.train_images.reshape(len(images.train_images), -1)
    mean = pixels[:49000].mean(axis=0)
    tests = images.test_images[:1000].reshape(1000, -1)
    return [center_and_add_bias(part, mean, np.float32) for part in (pixels[:49000], pixels[49000:], tests)]


def channels_first(folder):
    """The three sets as `get_CIFAR10_data` gives them, which classic notebooks call."""
    import os

    from cs231n.data_utils import get_CIFAR10_data

    os.environ["CS231N_DATA"] = str(folder)
    return [part for part in get_CIFAR10_data().values() if part.ndim == 4]


def make_official(source, folder):
    """Lay a set out as the official batches, beside a link to itself."""
    from cs231n.data_utils import read_images
    from cs231n.datasets.official import write_official_layout

    write_official_layout(folder, read_images(source))
    (folder / "cifar10").symlink_to(source.resolve())


def main(way, folder):
    """Run one way in this process and print what it took as JSON."""
    from . import classic

    ways = {KIT_WAY: kit, CHANNELS_WAY: channels_first, CLASSIC_WAY: lambda folder: classic.load(folder)[:3]}
    start = time.perf_counter()
    parts = ways[way](folder)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "arrays": sum(part.nbytes for part in parts) / 1e6}))


if __name__ == "__main__":
    if sys.argv[1] == "--official":
        make_official(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(sys.argv[1], Path(sys.argv[2]))
