"""Handing in: what goes into the zip, what is still missing, and proof of both. ``python -m cs231n.submission``."""

from ..doctor import numpy_needed  # noqa: F401, first of all
