"""Every sentence that a student reads, in English and Korean side by side.

The language is that of `speaking`, else of ``CS231N_LANG`` (``en`` or ``ko``), else that of the notebook that is open
(``svm.ko.ipynb`` is the Korean one), else that of the locale; English by default.
"""

import codecs
import contextlib
import os
import re
import sys
from contextvars import ContextVar

from .causes import CAUSES
from .words import CLAIMS, WORDS

__all__ = ["CAUSES", "CLAIMS", "WORDS", "cause", "claim", "language", "make_streams_unicode_safe", "speaking", "word"]

_spoken = ContextVar("spoken", default="")


@contextlib.contextmanager
def speaking(language):
    """Say everything in one language, whatever the environment asks for; in this thread only.

    Parameters
    ----------
    language : str
        ``en`` or ``ko``.
    """
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language():
    """``ko`` or ``en``."""
    chosen = _spoken.get() or os.environ.get("CS231N_LANG")
    if not chosen and (notebook := _notebook()):
        chosen = "ko" if re.search(r"\.ko\b[^/\\]*$", notebook) else "en"
    if not chosen:
        chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "en")
    return "ko" if chosen.lower().startswith("ko") else "en"


def make_streams_unicode_safe():
    """Let a command print any text, whatever the locale.

    Where the locale knows ASCII alone, as LC_ALL=C, UTF-8 is printed, which nearly every terminal shows; elsewhere, as in
    code pages of Windows, "?" stands for what the encoding lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # notebooks and tests put other objects in place
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")


def _notebook():
    """Name of the notebook whose kernel this is, as Jupyter's server and Visual Studio Code give it; else empty."""
    name = getattr(sys.modules.get("__main__"), "__vsc_ipynb_file__", os.environ.get("JPY_SESSION_NAME"))
    return str(name) if str(name).endswith(".ipynb") else ""


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
        As ``gradient.regularizer.factor-1``. A number at its end may be any.
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
    stem, number = re.fullmatch(r"(.*?)(?:-(-?\d\S*))?", name).groups()
    for key in (name, f"{stem}-*"):
        for place in (key, key.removeprefix("loss.").removeprefix("gradient.")):
            if place in CAUSES:
                return _said(CAUSES[place]).format(factor=number, **values)
    raise KeyError(name)


def _said(pair):
    return pair[language() == "ko"]
