"""CIFAR-10 as its authors publish it, for code that reads nothing else: pickles as Python 2 wrote them."""

import os
import pickle
import struct
import tempfile
from pathlib import Path

import numpy as np

from ..cifar_batches import TEST_BATCH, TRAIN_BATCHES
from ..errors import DatasetError
from ..layouts import OFFICIAL_LAYOUT, read_images

__all__ = ["batch_bytes", "pickle_of_2009", "write_official_layout"]

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
            _write(beside / name, batch_bytes(part, part_labels, f"training batch {place} of {number}"))
        _write(beside / TEST_BATCH, batch_bytes(images.test_images, images.test_labels, "testing batch 1 of 1"))
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


def batch_bytes(pixels, labels, name):
    """A batch as a file's bytes: rows of 3,072 values, the channels one after the other.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (N, 32, 32, 3)
    labels : ndarray of int, shape (N,)
    name : str

    Returns
    -------
    bytes
    """
    rows = np.ascontiguousarray(np.asarray(pixels).transpose(0, 3, 1, 2)).reshape(len(pixels), -1)
    return pickle_of_2009({"batch_label": name, "labels": [int(label) for label in labels], "data": rows})


def pickle_of_2009(content):
    """Pickle as Python 2 with NumPy 1 did, which is what ``encoding="latin1"`` and ``"bytes"`` are there to read.

    Parameters
    ----------
    content : object
        Of dicts, lists, strings, integers and arrays.

    Returns
    -------
    bytes
    """
    opcodes = []
    _Python2Pickler(_Sink(opcodes), protocol=2).dump(content)
    return b"".join(opcodes)


class _Sink:
    def __init__(self, opcodes):
        self.write = opcodes.append


class _Python2Pickler(pickle._Pickler):
    """Pickler that writes every string as Python 2's byte string, and NumPy's names as they were then."""

    def save_string(self, text):
        data = text if isinstance(text, bytes) else text.encode("latin1")
        self.write(pickle.BINSTRING + struct.pack("<i", len(data)) + data)
        self.memoize(text)

    def save_global(self, obj, name=None):
        names = {np.ndarray: "numpy\nndarray", np.dtype: "numpy\ndtype"}
        line = names.get(obj, "numpy.core.multiarray\n_reconstruct")
        self.write(pickle.GLOBAL + line.encode() + b"\n")
        self.memoize(obj)

    def save_reduce(self, func, args, *rest, obj=None, **keywords):
        if func is np.dtype or getattr(func, "__name__", "") == "dtype":
            args = (args[0], 0, 1)  # integers, as they were: NumPy 2.4 warns of them
        super().save_reduce(func, args, *rest, obj=obj, **keywords)

    dispatch = {**pickle._Pickler.dispatch, str: save_string, bytes: save_string, type: save_global}  # noqa: RUF012
