"""CIFAR-10 as arrays: found, split, centred, with the column of ones.

CIFAR-10 is described in A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", technical report,
University of Toronto, 2009.
"""

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .cifar_batches import load_CIFAR_batch
from .errors import DatasetError
from .layouts import FULL_SET, GET_FULL_SET, OFFICIAL_LAYOUT, SAMPLE, ImageSet, read_images, release_pages

__all__ = [
    "CLASSES",
    "ImageSet",
    "SplitSizes",
    "center_and_add_bias",
    "datasets_folder",
    "find_images",
    "get_CIFAR10_data",
    "load_CIFAR10",
    "load_CIFAR_batch",
    "read_images",
    "split_sizes",
]

CLASSES = ("plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
BLOCK = 4096  # rows that are converted at a time; of a memory-mapped set no more than these are in memory


def datasets_folder():
    """Where the data lie: ``CS231N_DATA`` where it is set, otherwise ``datasets/`` beside ``assignment1/``."""
    return Path(os.environ.get("CS231N_DATA") or Path(__file__).resolve().parents[2] / "datasets")


def find_images(folder=None):
    """Read the best set there is: the full one in either layout, otherwise the sample.

    Parameters
    ----------
    folder : path, optional
        Where to look; `datasets_folder` by default.

    Returns
    -------
    ImageSet

    Raises
    ------
    DatasetError
        If there is no set, or if the best one is damaged (it is not passed over in silence).
    """
    folder = datasets_folder() if folder is None else Path(folder)
    for name in (FULL_SET, OFFICIAL_LAYOUT, SAMPLE):
        if (folder / name).is_dir():
            return read_images(folder / name)
    three = f"{FULL_SET}, {OFFICIAL_LAYOUT} and {SAMPLE}"
    raise DatasetError(f"{folder}: expected CIFAR-10 in one of the folders {three}; found none of them. {GET_FULL_SET}")


class SplitSizes(NamedTuple):
    """Numbers of images: `train` and `val` add up to the training images, `dev` is drawn from `train`."""

    train: int
    val: int
    dev: int
    test: int


def split_sizes(images):
    """Sizes of the parts into which the notebook splits a set: 49000, 1000, 500 and 1000 of the full one.

    Of a smaller set an eighth of the training images, and no more than 1000, are for validation.

    Parameters
    ----------
    images : ImageSet

    Returns
    -------
    SplitSizes
    """
    val = min(1000, len(images.train_images) // 8)
    train = len(images.train_images) - val
    return SplitSizes(train, val, min(500, train), min(1000, len(images.test_images)))


def center_and_add_bias(pixels, mean_image, dtype=np.float32):
    """Subtract the mean image from each row and append a column of ones, without a copy in between.

    With the ones in X the last row of W is the bias: ``[x, 1] @ W = x @ W[:-1] + W[-1]``.

    Parameters
    ----------
    pixels : ndarray of shape (N, D)
        An image a row, as uint8 or as floats.
    mean_image : ndarray of shape (D,)
        Mean of the training images.
    dtype : dtype, optional
        Of the result: float32 for speed, float64 for gradient checks.

    Returns
    -------
    X : ndarray of shape (N, D + 1)

    Raises
    ------
    ValueError
        If the shapes do not fit.
    """
    if np.ndim(pixels) != 2 or np.shape(mean_image) != pixels.shape[1:]:
        raise ValueError(
            "center_and_add_bias: expected pixels of shape (N, D) and mean_image of shape (D,), "
            f"found {np.shape(pixels)} and {np.shape(mean_image)}."
        )
    mean_image = np.asarray(mean_image, dtype)
    X = np.empty((pixels.shape[0], pixels.shape[1] + 1), dtype)
    for rows in _blocks(pixels):
        np.subtract(pixels[rows], mean_image, out=X[rows, :-1], dtype=dtype)
    X[:, -1] = 1
    return X


def _blocks(pixels):
    """Slices of a few thousand rows each; after each the memory of a mapped file is given back."""
    for start in range(0, len(pixels), BLOCK):
        yield slice(start, start + BLOCK)
        release_pages(pixels)


def load_CIFAR10(ROOT):
    """Load all of CIFAR-10 from one folder, as the notebooks of the classic kit expect it.

    Parameters
    ----------
    ROOT : path
        The official ``cifar-10-batches-py``, or a folder in a layout of this kit's own.

    Returns
    -------
    X_train, y_train, X_test, y_test : ndarray
        Images as float32 of shape (N, 32, 32, 3) with values from 0 to 255; labels as int64 of shape (N,).

    Raises
    ------
    DatasetError
        If a file is missing, truncated, or not what its name says.
    """
    _, X_train, y_train, X_test, y_test = read_images(ROOT)
    return X_train.astype(np.float32), y_train, X_test.astype(np.float32), y_test


def get_CIFAR10_data(num_training=None, num_validation=None, num_test=None, subtract_mean=True):
    """Split the set that `find_images` finds, and centre it, with the channels first.

    Parameters
    ----------
    num_training, num_validation, num_test : int, optional
        By default what `split_sizes` gives: 49000, 1000 and 1000 of the full set.
    subtract_mean : bool
        Whether the mean of the training images is subtracted.

    Returns
    -------
    dict
        ``X_train``, ``X_val``, ``X_test`` : float32 of shape (N, 3, 32, 32);
        ``y_train``, ``y_val``, ``y_test`` : int64 of shape (N,).

    Raises
    ------
    DatasetError
        If there is no set, or a damaged one.
    ValueError
        If more images are asked for than there are.
    """
    images = find_images()
    sizes = split_sizes(images)
    train = sizes.train if num_training is None else num_training
    val = sizes.val if num_validation is None else num_validation
    test = sizes.test if num_test is None else num_test
    if train + val > len(images.train_images) or test > len(images.test_images):
        raise ValueError(
            f"get_CIFAR10_data: {train} training, {val} validation and {test} test images were asked for, "
            f"and there are {images.name}. Ask for fewer. {GET_FULL_SET}"
        )
    parts = {
        "train": (images.train_images[:train], images.train_labels[:train]),
        "val": (images.train_images[train : train + val], images.train_labels[train : train + val]),
        "test": (images.test_images[:test], images.test_labels[:test]),
    }
    mean_image = np.zeros((32, 32, 3))
    if subtract_mean:
        pixels, _ = parts["train"]
        mean_image = sum(pixels[rows].sum(axis=0, dtype=np.float64) for rows in _blocks(pixels)) / len(pixels)
    mean_image = mean_image.astype(np.float32).transpose(2, 0, 1)
    data = {}
    for part, (pixels, labels) in parts.items():
        X = data[f"X_{part}"] = np.empty((len(pixels), 3, 32, 32), np.float32)
        for rows in _blocks(pixels):
            np.subtract(pixels[rows].transpose(0, 3, 1, 2), mean_image, out=X[rows], dtype=np.float32)
        data[f"y_{part}"] = labels
    return data
