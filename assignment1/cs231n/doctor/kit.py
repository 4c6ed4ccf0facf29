"""The notebook's kernel and the kit on the disk. Each returns a verdict, what was found, and what to do."""

import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from ..sentences import word
from . import BAD, GOOD, NOTE, UNKNOWN
from .machine import KIT, run_python

SAVE_GB = 0.1  # a notebook with its zip
FULL_GB = 0.6  # the archive of CIFAR-10, what is unpacked from it, and the arrays


def examine_kernel():
    """Whether the kernel of the notebook is this Python."""
    for name in ("ipykernel", "jupyter_client"):
        if find_spec(name) is None:
            found = word("no kernel", error=word("not installed", name=name))
            return BAD, found, word("install", python=sys.executable)
    from jupyter_client.kernelspec import NoSuchKernel
    from jupyter_client.manager import KernelManager

    mend = word("kernel mend", python=sys.executable)
    try:
        python = KernelManager(kernel_name="python3").format_kernel_cmd()[0]  # as Jupyter itself finds the notebook's
    except (NoSuchKernel, OSError, ValueError) as error:
        return BAD, word("no kernel", error=error), mend
    output, error = run_python("import sys; print(sys.prefix)", python=python)
    if error:
        return BAD, word("kernel gone", found=python), mend
    if output.strip() != sys.prefix:
        return BAD, word("kernel elsewhere", found=python, expected=sys.executable), mend
    return GOOD, word("kernel here")


def _datasets():
    """Where the images lie, as in `data_utils.datasets_folder`, which needs NumPy."""
    return Path(os.environ.get("CS231N_DATA") or KIT / "datasets")


def _existing(folder):
    """A folder, or the nearest one above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def examine_disk(folders=None):
    """Whether there is room to save, and to fetch the full set."""
    folders = {_existing(folder.absolute()) for folder in folders or (KIT, _datasets())}
    free, folder = min((shutil.disk_usage(folder).free / 1e9, str(folder)) for folder in folders)
    found = word("room in", free=free, folder=folder)
    if free >= FULL_GB:
        return GOOD, found
    return (NOTE if free >= SAVE_GB else BAD), found, word("little disk", save=SAVE_GB, full=FULL_GB)


def examine_data():
    """Whether the images can be read that the notebook will use."""
    for name in ("numpy", "PIL"):
        if find_spec(name) is None:
            return UNKNOWN, word("needs package", name=name)
    from ..data_utils import find_images
    from ..errors import DatasetError
    from ..layouts import SAMPLE

    try:
        return GOOD, find_images(_datasets()).name
    except DatasetError as error:
        full = [path for path in _datasets().glob("cifar*10*") if path.is_dir() and path.name != SAMPLE]
        return BAD, str(error), word("data mend full", folder=full[0]) if full else word("data mend")


def examine_line_ends(folder=KIT):
    """Whether bash can read the scripts."""
    scripts = sorted(folder.glob("*.sh"))
    if not scripts:
        return GOOD, word("line ends none")
    changed = [path.name for path in scripts if b"\r\n" in path.read_bytes()]
    if changed:
        verdict = NOTE if os.name == "nt" else BAD
        return verdict, word("line ends changed", names=", ".join(changed)), word("line ends mend")
    return GOOD, word("line ends here", count=len(scripts))


def examine_writing(folders=None):
    """Whether files can be made where the work is saved, and where the images go."""
    folders = folders or (KIT / "assignment1", KIT / "assignment1" / "cs231n" / "classifiers", _existing(_datasets()))
    for folder in folders:
        try:
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            return BAD, word("writing fails", error=error), word("writing mend")
    return GOOD, word("writing works", folders=", ".join(str(folder) for folder in folders))
