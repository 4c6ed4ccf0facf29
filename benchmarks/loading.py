"""Loading and preprocessing CIFAR-10 for the notebook: this kit beside the classic way, each in processes of its own.

``python benchmarks/loading.py [--folder datasets] [--runs 5]`` needs the full set. The classic way is written anew: the
official batches as float64, joined, cut into sets by copies, the mean subtracted, a column of ones stacked.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "assignment1"))

WAYS = ("this kit", "get_CIFAR10_data", "classic way")


def kit(folder):
    import numpy as np

    from cs231n.data_utils import center_and_add_bias, read_images

    images = read_images(folder / "cifar10")
    pixels = images.train_images.reshape(len(images.train_images), -1)
    train = pixels[:49000]
    mean = np.zeros(3072)
    for start in range(0, len(train), 4096):
        mean += train[start : start + 4096].sum(axis=0, dtype=np.float64)
    mean /= len(train)
    tests = images.test_images[:1000].reshape(1000, -1)
    return [center_and_add_bias(part, mean, np.float32) for part in (train, pixels[49000:], tests)]


def channels_first(folder):
    import os

    os.environ["CS231N_DATA"] = str(folder)
    from cs231n.data_utils import get_CIFAR10_data

    return [part for part in get_CIFAR10_data().values() if part.ndim == 4]


def classic(folder):
    import pickle
    import warnings

    import numpy as np

    def batch(name):
        with (folder / "cifar-10-batches-py" / name).open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = pickle.load(file, encoding="latin1")["data"]
        return rows.reshape(10000, 3, 32, 32).transpose(0, 2, 3, 1).astype("float")

    everything = np.concatenate([batch(f"data_batch_{number}") for number in range(1, 6)])
    tests = batch("test_batch")
    parts = [everything[:49000], everything[49000:], tests[:1000]]
    parts = [np.reshape(part[list(range(len(part)))], (len(part), -1)) for part in parts]
    mean = np.mean(parts[0], axis=0)
    for part in parts:
        part -= mean
    return [np.hstack([part, np.ones((len(part), 1))]) for part in parts]


def one(way, folder):
    """Run one way in this process and print what it took."""
    import resource
    import time

    start = time.perf_counter()
    parts = dict(zip(WAYS, (kit, channels_first, classic), strict=True))[way](folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": seconds, "peak": peak, "arrays": sum(part.nbytes for part in parts)}))


def main():
    """Run the ways in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "datasets")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return one(options.one, options.folder)
    from cs231n.datasets.official import write_official_layout
    from cs231n.layouts import read_images

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_official_layout(folder, read_images(options.folder / "cifar10"))
        (folder / "cifar10").symlink_to((options.folder / "cifar10").resolve())
        runs = {way: [] for way in WAYS}
        for _ in range(options.runs + 1):
            for way in WAYS:
                command = [sys.executable, __file__, "--one", way, "--folder", str(folder)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                runs[way].append(json.loads(done.stdout))
    print(f"{'':16} {'seconds':>8} {'peak':>9} {'arrays':>9} {'peak / arrays':>14}")
    medians = {}
    for way, results in runs.items():
        warm = results[1:]
        medians[way] = {key: statistics.median(run[key] for run in warm) for key in warm[0]}
        row = medians[way]
        sizes = f"{row['peak'] / 1e6:6.0f} MB {row['arrays'] / 1e6:6.0f} MB {row['peak'] / row['arrays']:14.2f}"
        print(f"{way:16} {row['seconds']:8.2f} {sizes}")
    kit_row, classic_row = medians[WAYS[0]], medians[WAYS[-1]]
    ratios = [classic_row[key] / kit_row[key] for key in ("seconds", "peak")]
    print(f"{'ratio':16} {ratios[0]:8.1f} {ratios[1]:8.1f}")


if __name__ == "__main__":
    main()
