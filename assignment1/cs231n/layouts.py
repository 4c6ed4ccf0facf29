"""The three forms in which CIFAR-10 lies on a disk, each read into the same arrays or refused with a sentence.

- ``cifar10/``: the full set as four ``.npy`` files of uint8, which are memory-mapped;
- ``cifar-10-batches-py/``: the full set as its authors publish it;
- ``cifar10-sample/``: the sample that ships with the kit, as lossless WebP with the digests of its files.
"""

import hashlib
import mmap
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .cifar_batches import BATCHES, TEST_BATCH, TRAIN_BATCHES, join_batches, read_batch
from .errors import DatasetError

FULL_SET, OFFICIAL_LAYOUT, SAMPLE = "cifar10", "cifar-10-batches-py", "cifar10-sample"
FULL_SHAPES = {
    "train_images.npy": (50000, 32, 32, 3),
    "train_labels.npy": (50000,),
    "test_images.npy": (10000, 32, 32, 3),
    "test_labels.npy": (10000,),
}
DIGESTS = "sha256.txt"
_SAMPLE_FILES = ("train.webp", "train.csv", "test.webp", "test.csv")
GET_FULL_SET = "Get the full set with `bash get_datasets.sh`, or `python -m cs231n.datasets` in assignment1/."
_AGAIN = "Remove the folder {} and get the data again with `bash get_datasets.sh`."
_GET_SAMPLE = "Take the folder datasets/ from the kit once more, as it came."


class ImageSet(NamedTuple):
    """Images of CIFAR-10 with their labels.

    Attributes
    ----------
    name : str
        Which set this is, for prints and titles.
    train_images, test_images : ndarray of uint8, shape (N, 32, 32, 3)
        Pixels from 0 to 255; channels red, green, blue. Memory-mapped where the files allow it.
    train_labels, test_labels : ndarray of int64, shape (N,)
        Positions in `data_utils.CLASSES`.
    """

    name: str
    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def read_images(folder):
    """The ImageSet in a folder, in whichever of the three layouts; DatasetError where a file is not as it must be."""
    folder = Path(folder)
    for names, read in ((FULL_SHAPES, _read_full_set), (BATCHES, _read_official), ((DIGESTS,), _read_sample)):
        if any((folder / name).exists() for name in names):
            return read(folder)
    raise DatasetError(
        f"{folder}: expected CIFAR-10 as train_images.npy with its three companions, or as {TRAIN_BATCHES[0]} to "
        f"{TRAIN_BATCHES[-1]} and {TEST_BATCH}; found neither. Remove the folder if there is one. {GET_FULL_SET}"
    )


def _read_full_set(folder):
    return _image_set(folder, "the full CIFAR-10", *(open_array(folder / name) for name in FULL_SHAPES))


def open_array(path):
    """Memory-map one of the ``.npy`` files of the full set; DatasetError where it is not what its name says."""
    shape = FULL_SHAPES[path.name]
    try:
        array = np.load(path, mmap_mode="r")
        found = f"{array.dtype} of shape {array.shape}"
        if array.shape == shape and array.dtype == np.uint8:
            return array
    except FileNotFoundError:
        found = "no such file"
    except (OSError, ValueError, EOFError, AttributeError):  # the last: an archive of arrays has no dtype
        found = "a truncated or foreign file"
    raise DatasetError(f"{path}: expected uint8 of shape {shape}, found {found}. {_AGAIN.format(path.parent)}")


def _read_official(folder):
    return _image_set(folder, "the full CIFAR-10", *join_batches(_read_batch(folder / name) for name in BATCHES))


def _read_batch(path):
    if not path.is_file():
        raise DatasetError(f"{path}: expected a batch of CIFAR-10, found no such file. {_AGAIN.format(path.parent)}")
    with path.open("rb") as file:
        return read_batch(file, path)


def _read_sample(folder):
    listing = re.findall(r"^([0-9a-f]{64})  (\S+)$", (folder / DIGESTS).read_text(errors="replace"), re.MULTILINE)
    if sorted(name for _, name in listing) != sorted(_SAMPLE_FILES):
        raise DatasetError(
            f"{folder / DIGESTS}: expected the digests of {', '.join(_SAMPLE_FILES)}, found others. {_GET_SAMPLE}"
        )
    for expected, name in listing:
        path = folder / name
        if not path.is_file():
            raise DatasetError(f"{path}: expected a file of the sample, found no such file. {_GET_SAMPLE}")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != expected:
            begins = f"SHA-256 begins {digest[:6]}, expected {expected[:6]}"
            raise DatasetError(f"{path} is damaged: {begins}. {_GET_SAMPLE}")
    train, test = (_read_sample_part(folder, part) for part in ("train", "test"))
    return _image_set(folder, "the sample of CIFAR-10", *train, *test)


def _read_sample_part(folder, part):
    from PIL import Image  # only here: it comes with matplotlib, and the full set does without it

    with Image.open(folder / f"{part}.webp") as picture:
        images = _untile(np.asarray(picture.convert("RGB")))
    labels = np.loadtxt(folder / f"{part}.csv", dtype=np.int64, delimiter=",", skiprows=1, usecols=1)
    return images, labels


def _image_set(folder, kind, train_images, train_labels, test_images, test_labels):
    for part, images, labels in (("training", train_images, train_labels), ("test", test_images, test_labels)):
        if len(images) != len(labels) or np.any((labels < 0) | (labels > 9)):
            raise DatasetError(
                f"{folder}: expected a label from 0 to 9 for each of {len(images)} {part} images, "
                f"found {len(labels)} from {min(labels)} to {max(labels)}. Remove the folder and get the data again."
            )
    name = f"{kind} ({len(train_images):,} training and {len(test_images):,} test images)"
    return ImageSet(name, train_images, train_labels.astype(np.int64), test_images, test_labels.astype(np.int64))


def release_pages(array):
    """Give back the memory of an array that is mapped for reading; other arrays stay as they are."""
    # Pages that were read once count as the process's memory until the system runs short of it.
    mapping = array._mmap if isinstance(array, np.memmap) and array.mode == "r" else None
    if mapping is not None and hasattr(mapping, "madvise"):  # Windows has no such advice to give
        mapping.madvise(mmap.MADV_DONTNEED)


def tile(images, columns):
    """Lay images of shape (N, 32, 32, 3) out as one picture, `columns` a row; N is a multiple of `columns`."""
    rows = len(images) // columns
    return images.reshape(rows, columns, 32, 32, 3).swapaxes(1, 2).reshape(rows * 32, columns * 32, 3)


def _untile(picture):
    """Undo `tile`: the images of a picture, row by row."""
    rows, columns = picture.shape[0] // 32, picture.shape[1] // 32
    return picture.reshape(rows, 32, columns, 32, 3).swapaxes(1, 2).reshape(rows * columns, 32, 32, 3)
