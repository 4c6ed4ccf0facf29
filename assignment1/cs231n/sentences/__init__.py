"""Every sentence that a student reads: the engine's here, by language, those of an assignment in its own folder.

The language is that of `speaking`, else of ``CS231N_LANG`` (as ``ko``), else that of the notebook that is open
(``svm.ko.ipynb`` is the Korean one), else that of the locale; English by default.
"""

import codecs
import contextlib
import json
import os
import pkgutil
import re
import sys
import unicodedata
from contextvars import ContextVar
from functools import cache

from ..languages import DEFAULT, LANGUAGES

_spoken = ContextVar("spoken", default="")


@contextlib.contextmanager
def speaking(language):
    """Say everything in one of `LANGUAGES`, whatever the environment asks for; in this thread only."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language():
    """The reader's, a key of `LANGUAGES`."""
    chosen = _spoken.get() or os.environ.get("CS231N_LANG")
    if not chosen and (notebook := _notebook()):
        found = re.search(r"\.([a-z]{2})\b[^/\\]*$", notebook)
        chosen = found[1] if found else DEFAULT
    if not chosen:
        chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), DEFAULT)
    return next((name for name in LANGUAGES if chosen.lower().startswith(name)), DEFAULT)


def make_streams_unicode_safe():
    """Let a command print any text: UTF-8 where the locale knows ASCII alone, which nearly every terminal shows.

    Elsewhere, as in code pages of Windows, "?" stands for what the encoding lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # notebooks and tests put other objects in place
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")


def width(text):
    """Columns of a terminal that a text takes; Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def pad(text, columns):
    """A text with spaces behind it, as wide as so many columns of a terminal."""
    return text + " " * (columns - width(text))


def _notebook():
    """Name of the notebook whose kernel this is, as Jupyter's server and Visual Studio Code give it; else empty."""
    name = getattr(sys.modules.get("__main__"), "__vsc_ipynb_file__", os.environ.get("JPY_SESSION_NAME"))
    return str(name) if str(name).endswith(".ipynb") else ""


@cache
def table(name, language):
    """A dict of sentences: ``WORDS``, ``CLAIMS`` or, with those of assignments, ``CAUSES``, ``TITLES``, ``HINTS``.

    A cause that ends in ``-*`` stands for any number; one without ``loss.`` or ``gradient.`` before it, for both.
    """
    places = [__name__]
    if name not in ("WORDS", "CLAIMS"):  # which the doctor says, too, where NumPy is missing, which assignments need
        from ..assignments import FOLDERS  # which are there after the engine's sentences

        places += FOLDERS
    tables = [json.loads(pkgutil.get_data(place, f"{language}.json")) for place in places]
    return {key: said for found in tables for key, said in found.get(name, {}).items()}


def word(key, **values):
    """A word or sentence of the engine's in the reader's language, its blanks filled."""
    return table("WORDS", language())[key].format(**values)


def claim(key):
    """What a claim says, in the reader's language."""
    return table("CLAIMS", language())[key]


def title(region):
    """What to call a region, in the reader's language."""
    return table("TITLES", language())[region]


def hints(region):
    """The hints of a region in the reader's language: what to think about, one case, the formula in words."""
    return table("HINTS", language()).get(region, ())


def cause(name):
    """The sentence of a cause, as ``gradient.regularizer.factor-1`` with any number; a KeyError if there is none."""
    stem, number = re.fullmatch(r"(.*?)(?:-(-?\d\S*))?", name).groups()
    causes = table("CAUSES", language())
    for key in (name, f"{stem}-*"):
        for place in (key, key.removeprefix("loss.").removeprefix("gradient.")):
            if place in causes:
                return causes[place].format(factor=number)
    raise KeyError(name)
