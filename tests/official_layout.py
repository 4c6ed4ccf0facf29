"""Files as CIFAR-10's authors publish them: pickles as Python 2 wrote them, with byte strings for all strings."""

import pickle
import struct

import numpy as np

from cs231n.cifar_batches import TEST_BATCH, TRAIN_BATCHES


def write_official_layout(folder, images):
    """Write the images of a set as five training batches and a test batch."""
    folder.mkdir(parents=True)
    pixels = np.array_split(images.train_images, len(TRAIN_BATCHES))
    labels = np.array_split(images.train_labels, len(TRAIN_BATCHES))
    for name, part, part_labels in zip(TRAIN_BATCHES, pixels, labels, strict=True):
        (folder / name).write_bytes(batch_bytes(part, part_labels))
    (folder / TEST_BATCH).write_bytes(batch_bytes(images.test_images, images.test_labels))


def batch_bytes(pixels, labels):
    """A batch as a file's bytes: rows of 3,072 values, the channels one after the other."""
    rows = np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)).reshape(len(pixels), -1)
    return pickle_of_2009({"batch_label": "a batch", "data": rows, "labels": [int(label) for label in labels]})


def pickle_of_2009(content):
    """Pickle as Python 2 with NumPy 1 did."""
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
