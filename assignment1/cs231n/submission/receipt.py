"""The receipt: digests of what is handed in, the versions it was made with, and what the checks found."""

import hashlib
import json
import os
import platform
from datetime import datetime, timezone

import numpy as np

from .. import __version__

RECEIPT = "receipt.json"


def make_receipt(files, findings, notebook, incomplete):
    """The receipt as JSON: `files` are all other files of the zip, `notebook` says whether and how far it ran."""
    receipt = {
        "kit": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "system": platform.system(),
        "time": _time(),
        "notebook": notebook,
        "incomplete": incomplete,
        "findings": findings,
        "sha256": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return (json.dumps(receipt, indent=1, ensure_ascii=False) + "\n").encode()


def listed_digests(receipt):
    """SHA-256 by name relative to ``assignment1/`` that a receipt lists, given as bytes; a ValueError if it is none."""
    try:
        listed = json.loads(receipt)["sha256"]
        if not all(isinstance(digest, str) for digest in listed.values()):
            raise TypeError("expected digests as text")
        return listed
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{RECEIPT} cannot be read") from error


def _time():
    """Now, in UTC, unless whoever wants the same bytes again has set another time."""
    try:
        moment = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc)
    except (KeyError, ValueError, OverflowError, OSError):  # not set, or to what is no time: no zip is lost by that
        moment = datetime.now(timezone.utc)
    return moment.isoformat(timespec="seconds")
