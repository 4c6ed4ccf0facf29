"""Fetching the full set: the sources in turn, one run at a time, and either all of it or nothing."""

import contextlib
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

_NEEDED = 450 << 20  # bytes that must be free: the archive, the arrays, and room for both to be handled
_LOCK, _PARTIAL, _SCRATCH = ".fetching.lock", ".partial", ".fetching-"


def fetch(folder, sources=SOURCES, report=print, limits=LIMITS):
    """Make sure that the full set lies in `folder`, as its subfolder ``cifar10``, which is returned.

    The sources are tried in turn; `report` is given a sentence at each step. DatasetError if none delivers, the disk is
    too full or a damaged set stands in the way; what was there before is unchanged then.
    """
    folder = Path(folder)
    target = folder / FULL_SET
    if not is_there(target):
        with _turn(folder, report) as scratch:
            if not is_there(target):  # no other run was faster
                arrays, source = _from_first(sources, scratch, folder, report, limits)
                put(arrays, scratch, target)
                held = "50,000 training and 10,000 test images"
                report(f"datasets: {target} is complete and verified: {held}. Source: {source}.")
                return target
    report(f"datasets: {target} is there already.")
    return target


def repair(folder, sources=SOURCES, report=print, limits=LIMITS):
    """Replace the files of the full set that are missing or damaged, as `fetch` would get them; returns their names."""
    folder = Path(folder)
    target = folder / FULL_SET
    with _turn(folder, report) as scratch:
        damaged = damaged_files(target)
        if damaged:
            report(f"datasets: {target}: damaged or missing: {', '.join(damaged)}.")
            arrays, _ = _from_first(sources, scratch, folder, report, limits)
            if target.exists():
                replace_files(damaged, arrays, scratch, target)
            else:
                put(arrays, scratch, target)
    report(f"datasets: {target} is whole and verified.")
    return damaged


@contextlib.contextmanager
def _turn(folder, report):
    """A scratch folder for one run at a time; after a success what was kept of downloads is removed."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    # The lock's file stays behind: one who waits for it holds it open, and would lock a file that is there no more.
    lock = FileLock(folder / _LOCK)
    try:
        held = lock.acquire(timeout=0)
    except Timeout:
        report("datasets: another run is at it; waiting for it to end.")
        held = lock.acquire()
    with held:
        for left in folder.glob(f"{_SCRATCH}*"):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder, ignore_cleanup_errors=True) as scratch:
            yield Path(scratch)
        shutil.rmtree(folder / _PARTIAL, ignore_errors=True)


def _from_first(sources, scratch, folder, report, limits):
    """The arrays of the first source that delivers, and that source."""
    free = shutil.disk_usage(folder).free
    if free < _NEEDED:
        raise DatasetError(
            f"{folder}: expected {_NEEDED >> 20} MB of free disk, found {free >> 20}. Nothing was changed; make room, "
            "or name another folder with --folder."
        )
    return _try(sources, scratch, folder / _PARTIAL, report, limits)


def _try(sources, scratch, partial, report, limits):
    """Try the sources in turn, and those that are slow once more without haste."""
    slow = []
    for source, following in zip(sources, [*sources[1:], None], strict=True):
        try:
            place = Path(tempfile.mkdtemp(dir=scratch))
            with relying_on("download"):
                arrays = source(Workplace(place, partial, limits, report))
            return verify_arrays(arrays, source), source
        except SlowSourceError as error:
            slow.append(source)
            reason = str(error)
        except DatasetError as error:
            reason = str(error)
        except PackageError as error:
            reason = f"{source}: {error}"
        except ImportError as error:
            reason = f"{source}: {error.name} is missing; pip install -r requirements.txt brings it."
        report(f"datasets: {reason}{f' Trying {following}.' if following else ''}")
    if slow:
        report("datasets: no source is fast. Going on with the slow ones, from where they were.")
        return _try(slow, scratch, partial, report, limits._replace(rate=0.0))
    raise DatasetError(
        "no source delivered CIFAR-10, and nothing was changed. Try again later: what has come so far is kept. Or get "
        f"cifar-10-python.tar.gz by other means and name it with --source, or unpack it so that {OFFICIAL_LAYOUT} lies "
        "in datasets/."
    )
