"""The official batches of CIFAR-10: pickles of 2009, read by an unpickler that admits only what such a file holds."""

import pickle
from pathlib import Path

import numpy as np

from .errors import DatasetError

TRAIN_BATCHES = tuple(f"data_batch_{number}" for number in range(1, 6))
TEST_BATCH = "test_batch"
BATCHES = (*TRAIN_BATCHES, TEST_BATCH)


def load_CIFAR_batch(filename):
    """Load one official batch, as the notebooks of the classic kit expect it.

    Parameters
    ----------
    filename : path
        ``data_batch_1`` to ``data_batch_5`` or ``test_batch``.

    Returns
    -------
    X : ndarray of float32, shape (N, 32, 32, 3)
        Pixels from 0 to 255.
    y : ndarray of int64, shape (N,)

    Raises
    ------
    DatasetError
        If the file is missing, truncated, or no batch of CIFAR-10.
    """
    try:
        with Path(filename).open("rb") as file:
            images, labels = read_batch(file, filename)
    except OSError as error:
        raise DatasetError(
            f"{filename}: expected a batch of CIFAR-10, and it cannot be read ({error.strerror}). "
            "Check the path, or get the data with `bash get_datasets.sh`."
        ) from error
    return images.astype(np.float32), labels


def read_batch(file, name):
    """Images (N, 32, 32, 3) of uint8 and labels (N,) of int64 of an open file; DatasetError, by `name`, if damaged."""
    try:
        batch = _BatchUnpickler(file, encoding="latin1").load()
    except Exception as error:  # a damaged pickle raises almost anything
        reason = str(error) or type(error).__name__
        raise DatasetError(
            f"{name}: expected a batch of CIFAR-10, found a truncated or foreign file ({reason}). "
            "Remove it and get the data again with `bash get_datasets.sh`."
        ) from error
    data, labels = (batch.get("data"), batch.get("labels")) if isinstance(batch, dict) else (None, None)
    well_formed = (
        isinstance(data, np.ndarray)
        and data.dtype == np.uint8
        and isinstance(labels, list)
        and data.shape == (len(labels), 3072)
        and all(isinstance(label, int) and 0 <= label <= 9 for label in labels)
    )
    if not well_formed:
        raise DatasetError(
            f"{name}: expected a batch of CIFAR-10 with uint8 `data` of shape (N, 3072) and N `labels` from 0 to 9, "
            f"found {_outline(batch)}. Get the data again with `bash get_datasets.sh`."
        )
    return np.ascontiguousarray(data.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)), np.array(labels, np.int64)


def join_batches(batches):
    """Training images and labels, test images and labels, of the pairs that `BATCHES` are read as, in their order."""
    images, labels = zip(*batches, strict=True)
    return np.concatenate(images[:-1]), np.concatenate(labels[:-1]), images[-1], labels[-1]


def _outline(batch):
    """What a foreign pickle holds, in a few words."""
    if not isinstance(batch, dict):
        return type(batch).__name__
    shapes = {key: np.shape(value) for key, value in batch.items() if isinstance(value, np.ndarray)}
    found = [f"{key!r} {shapes.get(key, '')}".rstrip() for key in list(batch)[:5]]
    if isinstance(batch.get("labels"), list) and batch["labels"]:
        found.append(f"labels such as {max(batch['labels'], key=str)!r}")
    return f"a dict with {', '.join(found) or 'nothing'}"


def _dtype(spec, align, copy):
    """``numpy.dtype`` as the batches call it: with an integer for `align`, of which NumPy 2.4 warns."""
    return np.dtype(spec, align=bool(align), copy=bool(copy))


_RECONSTRUCT = np.empty(0).__reduce__()[0]
_ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): _dtype,
}


class _BatchUnpickler(pickle.Unpickler):
    """Unpickler that builds arrays, lists, strings and numbers, and refuses to look up anything else."""

    def find_class(self, module, name):
        try:
            return _ADMITTED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which no batch needs") from None
