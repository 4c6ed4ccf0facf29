"""The full set's place on the disk: verified against the digests of CIFAR-10, and written so that no half is left."""

import contextlib
import hashlib
import os
from pathlib import Path

import numpy as np

from ..errors import DatasetError
from ..layouts import FULL_SET, FULL_SHAPES, open_array, read_images

# SHA-256 of each array's bytes in C order: whichever the source, these are what it must come to.
ARRAY_SHA256 = {
    "train_images.npy": "47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a",
    "train_labels.npy": "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
    "test_images.npy": "f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04",
    "test_labels.npy": "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
}
_REPAIR = "Mend it with `bash get_datasets.sh --repair`, or `python -m cs231n.datasets --repair` in assignment1/."


def is_there(target):
    """Whether the full set lies in a folder, by headers and sizes alone; DatasetError where something else does."""
    if not Path(target).exists():
        return False
    read_images(target)
    return True


def verify(target):
    """Read all of the full set; DatasetError if a file is missing or not, byte for byte, what it must be."""
    is_there(target)
    damaged = damaged_files(target)
    if damaged:
        raise DatasetError(f"{target}: {', '.join(damaged)} damaged. {_REPAIR}")


def damaged_files(target):
    """Names of the files of the full set that are missing, unreadable or not what they must be."""
    return [name for name in FULL_SHAPES if not _is_right(Path(target) / name)]


def verify_arrays(arrays, source):
    """The arrays as uint8; DatasetError where one, in the order of `FULL_SHAPES`, is not CIFAR-10 byte for byte."""
    arrays = [np.ascontiguousarray(array, np.uint8) for array in arrays]
    for (name, shape), array in zip(FULL_SHAPES.items(), arrays, strict=True):
        digest, expected = hashlib.sha256(array).hexdigest(), ARRAY_SHA256[name]
        if array.shape != shape or digest != expected:
            raise DatasetError(
                f"{source}: its {name.removesuffix('.npy').replace('_', ' ')} are not those of CIFAR-10: SHA-256 of "
                f"{array.shape} values begins {digest[:6]}, expected {shape} and {expected[:6]}."
            )
    return arrays


def put(arrays, scratch, target):
    """Write verified arrays to a folder on the same disk, flush them, and move the folder to `target` in one step."""
    beside = Path(scratch) / FULL_SET
    beside.mkdir()
    for name, array in zip(FULL_SHAPES, arrays, strict=True):
        _save(beside / name, array)
    _flush(beside)
    os.replace(beside, target)
    _flush(Path(target).parent)


def replace_files(names, arrays, scratch, target):
    """Replace some files of a set, each in one step, when all of them are written: a full disk replaces none."""
    for name, array in zip(FULL_SHAPES, arrays, strict=True):
        if name in names:
            _save(Path(scratch) / name, array)
    for name in names:
        os.replace(Path(scratch) / name, Path(target) / name)
    _flush(target)


@contextlib.contextmanager
def flushed(path):
    """A file to be written, whose bytes are on the disk when the block ends."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _is_right(path):
    try:
        array = open_array(path)
    except DatasetError:
        return False
    return hashlib.sha256(np.ascontiguousarray(array)).hexdigest() == ARRAY_SHA256[path.name]


def _save(path, array):
    with flushed(path) as file:
        np.save(file, array)


def _flush(folder):
    """Flush a folder's list of names to the disk, where the system allows that."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
