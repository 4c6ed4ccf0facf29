"""The sample of CIFAR-10 that ships with the kit: drawn from the full set with a fixed seed, as it can be again."""

import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

from cs231n.layouts import DIGESTS, FULL_SET, SAMPLE, read_images, tile

_SEED = 231
PER_CLASS = {"train": 400, "test": 100}
_COLUMNS = 50
EFFORT = 6  # of the encoder, 0 to 6: the smallest file


def make_sample(datasets):
    """Draw the sample from the full set in `datasets`; returns its folder, a DatasetError if there is no full set."""
    full = read_images(Path(datasets) / FULL_SET)
    folder = Path(datasets) / SAMPLE
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(_SEED)
    for part, per_class in PER_CLASS.items():
        images, labels = getattr(full, f"{part}_images"), getattr(full, f"{part}_labels")
        order = _stratified_order(labels, per_class, rng)
        picture = Image.fromarray(tile(np.asarray(images[order]), _COLUMNS))
        picture.save(folder / f"{part}.webp", lossless=True, quality=100, method=EFFORT, exact=True)
        rows = [f"{index},{labels[index]}\n" for index in order]
        (folder / f"{part}.csv").write_bytes("".join(["index_in_full_set,label\n", *rows]).encode())
    names = [f"{part}.{kind}" for part in PER_CLASS for kind in ("webp", "csv")]
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / DIGESTS).write_bytes("".join(lines).encode())
    return folder


def _stratified_order(labels, per_class, rng):
    """Row numbers, (10 * per_class,): each ten in a row hold one of each class, so that cuts at tens are stratified."""
    chosen = [rng.choice(np.flatnonzero(labels == label), per_class, replace=False) for label in range(10)]
    return rng.permuted(np.stack(chosen, axis=1), axis=1).ravel()
