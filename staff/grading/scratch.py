"""The folder of this process for all that is temporary; what a killed one left is removed by the next."""

import contextlib
import functools
import os
import shutil
import tempfile
from multiprocessing import util
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows, where nothing tells whether a folder is in use, none is removed that is left
    fcntl = None

_PREFIX, _LOCK = "cs231n-", ".lock"


@functools.cache
def scratch_folder():
    """A folder that is removed at this process's end; other users pass through it, as student code runs as one."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*") if fcntl else ():
        _remove_left(folder)
    made = Path(tempfile.mkdtemp(prefix=f"new-{_PREFIX}"))
    lock = _locked(made / _LOCK)
    made.chmod(0o711)
    # Only now, when it has its lock, another run may find it.
    folder = made.rename(made.with_name(made.name.removeprefix("new-")))
    util.Finalize(None, _remove, (folder, lock), exitpriority=-200)  # after that of multiprocessing's own folder in it
    return folder


def _remove(folder, lock):
    lock.close()
    shutil.rmtree(folder, ignore_errors=True)  # a process that was killed may still be ending


def _remove_left(folder):
    """Remove a folder of this user's whose process is gone: it holds its lock no more."""
    with contextlib.suppress(OSError):  # it is in use, or was just removed by another run
        if folder.is_symlink() or folder.lstat().st_uid != os.getuid():
            return
        _remove(folder, _locked(folder / _LOCK))


def _locked(path):
    """An open file that this process alone holds; an OSError where another does."""
    stream = open(path, "wb")  # noqa: SIM115  for as long as the process
    try:
        if fcntl:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.close()
        raise
    return stream
