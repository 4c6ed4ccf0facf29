"""Loading and preprocessing CIFAR-10 for the notebook: this kit beside the classic way, in processes of their own.

The classic way is written anew from its description: batches become float64 one by one and are joined, sets are cut out
by lists of indices, and a column of ones is stacked on by a copy.
"""

import pickle
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from cs231n.data_utils import center_and_add_bias, read_images, split_sizes
from cs231n.datasets.official import write_official_layout

from .measuring import in_turns, make_row, run_process

_TITLE = "Loading and preprocessing 51,000 images: by the classic way"
_CLASSIC, _KIT = "classic way, float64", "this kit"
_ROUNDS = 7


def measure(quick=False):
    """Run both ways in turn on the full set, or once on the sample."""
    case, name, rounds = ("sample", "cifar10-sample", 1) if quick else ("full set", "cifar10", _ROUNDS)
    source, found, rows = Path(__file__).parents[1] / "datasets" / name, {way: [] for way in WAYS}, []
    if not source.is_dir():
        return {"title": _TITLE, "notes": ["The full set is not here: `bash get_datasets.sh` fetches it."], "rows": []}
    with tempfile.TemporaryDirectory() as folder:
        write_official_layout(folder, read_images(source))
        Path(folder, "cifar10").symlink_to(source)
        for way in in_turns(WAYS, rounds):
            used = run_process([sys.executable, "-m", "benchmarks.loading", way, folder])
            found[way].append({"s": float(used.output), "MB": used.peak / 1e6})
    for way, runs in found.items():
        for unit in ("s", "MB"):
            values, by = ([run[unit] for run in of] for of in (runs, found[_CLASSIC]))
            rows.append(make_row(case, way, unit, values, by))
    return {"title": _TITLE, "notes": [], "rows": rows}


def load(folder):
    """Training, validation and test rows as the kit's notebook makes them."""
    images = read_images(f"{folder}/cifar10")
    size = split_sizes(images).train
    pixels = images.train_images.reshape(len(images.train_images), -1)
    mean = pixels[:size].mean(axis=0)
    tests = images.test_images[:1000].reshape(1000, -1)
    return [center_and_add_bias(part, mean) for part in (pixels[:size], pixels[size:], tests)]


def load_classic(folder):
    """The same rows by the classic way."""
    X = np.concatenate([_batch(folder, f"data_batch_{number}") for number in range(1, 6)])
    X_test = _batch(folder, "test_batch")
    rows, size = list(range(len(X))), len(X) - min(1000, len(X) // 8)
    X_val = X[rows[size:]]
    X = X[rows[:size]]  # as with each name that is given anew: what was bound to it before is freed
    X_test = X_test[rows[:1000]]
    X, X_val, X_test = (np.reshape(part, (len(part), -1)) for part in (X, X_val, X_test))
    mean_image = np.mean(X, axis=0)
    for part in (X, X_val, X_test):
        part -= mean_image
    X = np.hstack([X, np.ones((len(X), 1))])
    X_val = np.hstack([X_val, np.ones((len(X_val), 1))])
    X_test = np.hstack([X_test, np.ones((len(X_test), 1))])
    return [X, X_val, X_test]


def _batch(folder, name):
    with open(f"{folder}/cifar-10-batches-py/{name}", "rb") as file:
        content = pickle.load(file, encoding="latin1")
    return content["data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1).astype("float")


WAYS = {_CLASSIC: load_classic, _KIT: load}


def main(way, folder):
    """Run one way in this process and print the seconds that it took."""
    start = time.perf_counter()
    WAYS[way](folder)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
