"""Fetch the full CIFAR-10, verify it, and put it in place: ``python -m cs231n.datasets``."""

import argparse
import signal
import sys
from pathlib import Path

from ..data_utils import datasets_folder, read_images
from ..doctor import PackageError
from ..doctor.tools import relying_on
from ..errors import DatasetError
from ..layouts import FULL_SET, OFFICIAL_LAYOUT
from ..sentences import make_streams_unicode_safe
from . import fetch, given_source, repair, verify
from .official import write_official_layout
from .sources import SOURCES


def main(arguments=None):
    """Run the command line; returns the exit status."""
    make_streams_unicode_safe()
    said = "Fetch the full CIFAR-10 (140 to 170 MB) and verify it."
    parser = argparse.ArgumentParser(prog="python -m cs231n.datasets", description=said)
    add = parser.add_argument
    add("--folder", type=Path, default=datasets_folder(), help="where to put it (%(default)s)")
    add("--source", metavar="URL|FILE", help="take it from there only: a mirror, an archive, a folder")
    add("--verify", action="store_true", help="read every pixel of the set that is there; fetch nothing")
    add("--repair", action="store_true", help="replace what is damaged or missing")
    add("--official-layout", action="store_true", help="write cifar-10-batches-py as well, for other people's code")
    options = parser.parse_args(arguments)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidied up as after Ctrl-C
    target = options.folder / FULL_SET
    was_there = target.exists()
    try:
        with relying_on("download"):
            _run(options, target)
        return 0
    except (DatasetError, PackageError) as error:
        reason = str(error)
    except ImportError as error:
        reason = f"{error.name} is missing. First: pip install -r requirements.txt"
    except OSError as error:
        reason = f"{error}. Nothing was changed."
    except KeyboardInterrupt:
        if target.exists() and not was_there:
            print(f"datasets: interrupted, when {target} was already complete and verified.", file=sys.stderr)
        else:
            print("datasets: interrupted; nothing was changed. What has come so far is kept.", file=sys.stderr)
        return 130
    print(f"datasets: {reason}", file=sys.stderr)
    return 1


def _run(options, target):
    official = options.folder / OFFICIAL_LAYOUT
    if options.source:
        sources = [given_source(options.source)]
    else:  # images that are here already need no download
        sources = [*([given_source(str(official))] if official.is_dir() else []), *SOURCES]
    if options.verify:
        if not target.exists():
            raise DatasetError(f"{target}: there is no full set to be verified. Fetch it without --verify.")
        verify(target)
        print(f"datasets: {target} is whole and verified.")
    else:
        (repair if options.repair else fetch)(options.folder, sources)
    if options.official_layout:
        print(f"datasets: {write_official_layout(options.folder, read_images(target))} is in the official layout.")


if __name__ == "__main__":
    sys.exit(main())
