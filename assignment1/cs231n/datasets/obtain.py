"""Fetching the full set: the sources in turn, one run at a time, and either all of it or nothing."""

import shutil
import tempfile
from pathlib import Path

from ..doctor import PackageError
from ..doctor.tools import relying_on
from ..errors import DatasetError
from ..layouts import FULL_SET, OFFICIAL_LAYOUT
from .download import LIMITS
from .place import damaged_files, is_there, put, replace_files, verify_arrays
from .sources import SOURCES, SlowSourceError, Workplace

__all__ = ["NEEDED", "fetch", "repair"]

NEEDED = 450 << 20  # bytes that must be free: the archive, the arrays, and room for both to be handled
_LOCK, _PARTIAL, _SCRATCH = ".fetching.lock", ".partial", ".fetching-"


def fetch(folder, sources=SOURCES, report=print, limits=LIMITS):
    """Make sure that the full set lies in `folder`.

    Parameters
    ----------
    folder : path
        The set becomes its subfolder ``cifar10``.
    sources : sequence of callables
        Each takes a `sources.Workplace` and returns the four arrays in the order of `layouts.FULL_SHAPES`; tried in
        turn.
    report : callable
        Is given a sentence at each step.
    limits : download.Limits
        When a host is given up.

    Returns
    -------
    pathlib.Path
        The folder that holds the set.

    Raises
    ------
    DatasetError
        If no source delivers, the disk is too full, or if a damaged set stands in the way; what was there before is as
        it was.
    """
    target = Path(folder) / FULL_SET
    if is_there(target):
        report(f"datasets: {target} is there already.")
        return target
    with _Turn(folder, report) as scratch:
        if is_there(target):  # another run was faster
            report(f"datasets: {target} is there already.")
            return target
        arrays, source = _from_first(sources, scratch, folder, report, limits)
        put(arrays, scratch, target)
        shutil.rmtree(Path(folder) / _PARTIAL, ignore_errors=True)
    report(f"datasets: {target} is complete and verified: 50,000 training and 10,000 test images. Source: {source}.")
    return target


def repair(folder, sources=SOURCES, report=print, limits=LIMITS):
    """Replace the files of the full set that are missing or damaged; those that are right stay.

    Parameters
    ----------
    folder, sources, report, limits
        As in `fetch`.

    Returns
    -------
    list of str
        Names of the files that were replaced.

    Raises
    ------
    DatasetError
        If no source delivers, or the disk is too full; what was there before is as it was.
    """
    target = Path(folder) / FULL_SET
    with _Turn(folder, report) as scratch:
        damaged = damaged_files(target)
        if damaged:
            report(f"datasets: {target}: damaged or missing: {', '.join(damaged)}.")
            arrays, _ = _from_first(sources, scratch, folder, report, limits)
            if target.exists():
                replace_files(damaged, arrays, scratch, target)
            else:
                put(arrays, scratch, target)
            shutil.rmtree(Path(folder) / _PARTIAL, ignore_errors=True)
    report(f"datasets: {target} is whole and verified.")
    return damaged


class _Turn:
    """A lock: one run at a time in a folder. Gives a scratch folder, and removes those that killed runs left."""

    def __init__(self, folder, report):
        self.folder, self.report = Path(folder), report

    def __enter__(self):
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True)
        # The lock's file stays behind: one who waits for it holds it open, and would lock a file that is there no more.
        self.lock = FileLock(self.folder / _LOCK)
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            self.report("datasets: another run is at it; waiting for it to end.")
            self.lock.acquire()
        for left in self.folder.glob(f"{_SCRATCH}*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
        self.scratch = tempfile.mkdtemp(prefix=_SCRATCH, dir=self.folder)
        return Path(self.scratch)

    def __exit__(self, *error):
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.lock.release()


def _from_first(sources, scratch, folder, report, limits):
    """The arrays of the first source that delivers, and that source; slow ones are tried once more without haste."""
    partial = Path(folder) / _PARTIAL
    free = shutil.disk_usage(folder).free
    if free < NEEDED:
        raise DatasetError(
            f"{folder}: expected {NEEDED >> 20} MB of free disk, found {free >> 20}. Nothing was changed; make room, "
            "or name another folder with --folder."
        )
    return _try(sources, scratch, partial, report, limits)


def _try(sources, scratch, partial, report, limits):
    slow = []
    for source, following in zip(sources, [*sources[1:], None], strict=True):
        then = f" Trying {following}." if following else ""
        try:
            place = Path(tempfile.mkdtemp(dir=scratch))
            with relying_on("download"):
                arrays = source(Workplace(place, partial, limits, report))
            verify_arrays(arrays, source)
            return arrays, source
        except SlowSourceError as error:
            slow.append(source)
            report(f"datasets: {error}{then}")
        except DatasetError as error:
            report(f"datasets: {error}{then}")
        except ImportError as error:
            missing = f"{error.name} is missing; pip install -r requirements.txt brings it."
            report(f"datasets: {source}: {error if isinstance(error, PackageError) else missing}{then}")
    if slow:
        report("datasets: no source is fast. Going on with the slow ones, from where they were.")
        return _try(slow, scratch, partial, report, limits._replace(rate=0.0))
    raise DatasetError(
        "no source delivered CIFAR-10, and nothing was changed. Try again later: what has come so far is kept. Or get "
        f"cifar-10-python.tar.gz by other means and name it with --source, or unpack it so that {OFFICIAL_LAYOUT} lies "
        "in datasets/."
    )
