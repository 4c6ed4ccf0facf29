"""CIFAR-10 as its authors publish it, for code that reads nothing else: pickles as Python 2 wrote them."""

import os
import struct
import tempfile
from pathlib import Path

import numpy as np

from ..cifar_batches import TEST_BATCH, TRAIN_BATCHES
from ..errors import DatasetError
from ..layouts import OFFICIAL_LAYOUT, read_images

__all__ = ["pickle_of_2009", "write_official_layout"]

_NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


def write_official_layout(folder, images):
    """Write a set as five training batches and a test batch, and move the folder into place in one step.

    The files' own names of the images, which only the official archive holds, are left out.

    Parameters
    ----------
    folder : path
        Becomes the parent of ``cifar-10-batches-py``.
    images : layouts.ImageSet

    Returns
    -------
    pathlib.Path
        The folder of the batches; as it was where it is there already.

    Raises
    ------
    DatasetError
        If it is there already, and does not hold the set: the classic script leaves half a folder behind.
    """
    target = Path(folder) / OFFICIAL_LAYOUT
    if target.exists():
        return _found(target, images)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as scratch:
        beside = Path(scratch) / OFFICIAL_LAYOUT
        beside.mkdir()
        pixels = np.array_split(images.train_images, len(TRAIN_BATCHES))
        labels = np.array_split(images.train_labels, len(TRAIN_BATCHES))
        number = len(TRAIN_BATCHES)
        for place, (name, part, part_labels) in enumerate(zip(TRAIN_BATCHES, pixels, labels, strict=True), start=1):
            _write(beside / name, _batch(part, part_labels, f"training batch {place} of {number}"))
        _write(beside / TEST_BATCH, _batch(images.test_images, images.test_labels, "testing batch 1 of 1"))
        about = {"num_cases_per_batch": len(pixels[0]), "label_names": list(_NAMES), "num_vis": 3072}
        _write(beside / "batches.meta", pickle_of_2009(about))
        try:
            os.replace(beside, target)
        except OSError:
            if not target.exists():
                raise
            return _found(target, images)  # another run was faster
    return target


def _found(target, images):
    """Make sure that a folder that is there holds these images."""
    for array, other in zip(read_images(target)[1:], images[1:], strict=True):
        if not np.array_equal(array, other):
            raise DatasetError(f"{target}: expected CIFAR-10, found other images. Move it away, and run this again.")
    return target


def _write(path, content):
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _batch(pixels, labels, name):
    """A batch of uint8 pixels of shape (N, 32, 32, 3) as a file's bytes: rows of 3,072 values, channel by channel."""
    rows = np.asarray(pixels).transpose(0, 3, 1, 2).reshape(len(pixels), -1)
    return pickle_of_2009({"batch_label": name, "labels": [int(label) for label in labels], "data": rows})


# An array of uint8 with two axes, as NumPy pickles it. The dtype's `align` and `copy` are bools: NumPy 2.4 warns of the
# integers that NumPy 1 wrote.
_ARRAY = (
    b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I%d\nI%d\nt"
    b"cnumpy\ndtype\n(S'u1'\nI00\nI01\ntR(I3\nS'|'\nNNNI-1\nI-1\nI0\ntbI00\nT%b%btb"
)


def pickle_of_2009(value):
    """Pickle dicts, lists, integers, arrays of uint8, and strings as Python 2 did, which load as str or as bytes."""
    return _opcodes(value) + b"."


def _opcodes(value):
    if isinstance(value, dict):
        return b"(%bd" % b"".join(_opcodes(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return b"(%bl" % b"".join(map(_opcodes, value))
    if isinstance(value, np.ndarray):
        return _ARRAY % (*value.shape, struct.pack("<i", value.nbytes), value.tobytes())
    return (b"S%a\n" if isinstance(value, str) else b"I%d\n") % value
