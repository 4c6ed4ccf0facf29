"""Every sentence that a student reads, in English and Korean side by side.

The language is that of ``CS231N_LANG`` (``en`` or ``ko``), else that of the locale; English by default.
"""

import os

from .causes import CAUSES
from .words import CLAIMS, WORDS

__all__ = ["CAUSES", "CLAIMS", "WORDS", "cause", "claim", "language", "word"]


def language():
    """``ko`` or ``en``."""
    for name in ("CS231N_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "ko" if value.startswith("ko") else "en"
    return "en"


def word(key, **values):
    """A word or sentence of `WORDS` in the reader's language, its blanks filled."""
    return _said(WORDS[key]).format(**values)


def claim(key):
    """What a claim says, in the reader's language."""
    return _said(CLAIMS[key])


def cause(name, **values):
    """The sentence of a cause in the reader's language.

    Parameters
    ----------
    name : str
        As ``gradient.regularizer.factor-1``. A number behind ``factor-`` may be any.
    **values
        What fills its blanks.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If there is no such cause.
    """
    stem, _, factor = name.rpartition("factor-")
    what, _, reading = name.partition(".")
    for key in (name, f"{stem}factor-*", reading if what in ("loss", "gradient") else name):
        if key in CAUSES:
            return _said(CAUSES[key]).format(factor=factor, **values)
    raise KeyError(name)


def _said(pair):
    return pair[language() == "ko"]
