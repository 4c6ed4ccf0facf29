"""Imported first where NumPy is needed: without it, or with an old Python, one sentence says what to do."""

from . import require

require("numpy")
