"""CIFAR-10 as its authors publish it, for code that reads nothing else: pickles as Python 2 wrote them."""

import os
import struct
import tempfile
from pathlib import Path

import numpy as np

from ..cifar_batches import TEST_BATCH, TRAIN_BATCHES
from ..errors import DatasetError
from ..layouts import OFFICIAL_LAYOUT, read_images
from .place import flushed

_NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


def write_official_layout(folder, images):
    """Write a set to ``cifar-10-batches-py`` in `folder`, in one step, where that is not there; returns its path.

    The files' own names of the images, which only the official archive holds, are left out. What is there in the end is
    read again: DatasetError where it is not the set, as where the classic script has left half a folder behind.
    """
    target = Path(folder) / OFFICIAL_LAYOUT
    if not target.exists():
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as scratch:
            beside = Path(scratch) / OFFICIAL_LAYOUT
            beside.mkdir()
            for name, content in _contents(images):
                with flushed(beside / name) as file:
                    file.write(pickle_of_2009(content))
            try:
                os.replace(beside, target)
            except OSError:
                if not target.exists():  # otherwise another run was faster
                    raise
    for array, other in zip(read_images(target)[1:], images[1:], strict=True):
        if not np.array_equal(array, other):
            raise DatasetError(f"{target}: expected CIFAR-10, found other images. Move it away, and run this again.")
    return target


def _contents(images):
    """Name and content of each file."""
    number = len(TRAIN_BATCHES)
    pixels, labels = (np.array_split(array, number) for array in (images.train_images, images.train_labels))
    for place, name in enumerate(TRAIN_BATCHES):
        yield name, _batch(pixels[place], labels[place], f"training batch {place + 1} of {number}")
    yield TEST_BATCH, _batch(images.test_images, images.test_labels, "testing batch 1 of 1")
    yield "batches.meta", {"num_cases_per_batch": len(pixels[0]), "label_names": list(_NAMES), "num_vis": 3072}


def _batch(pixels, labels, name):
    """Pixels of shape (N, 32, 32, 3) become rows of 3,072 values, channel by channel."""
    rows = np.asarray(pixels).transpose(0, 3, 1, 2).reshape(len(pixels), -1)
    return {"batch_label": name, "labels": labels.tolist(), "data": rows}


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
