"""CIFAR-10 onto the disk: fetched from the first source that delivers, verified to the last pixel, then put in place.

``python -m cs231n.datasets`` ends in one of two states: the full set, verified; or what was there before, and a
sentence that says what to do.
"""

from ..doctor import numpy_needed  # noqa: F401, first of all
from .obtain import fetch, repair
from .place import verify
from .sources import Archive, Npm, given_source

__all__ = ["Archive", "Npm", "fetch", "given_source", "repair", "verify"]
