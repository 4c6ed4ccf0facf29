"""The look that the staff's pages share, and what makes text of any origin harmless on them."""

import functools
import re
from pathlib import Path

__all__ = ["clean", "number", "page", "stream_page"]

LONGEST = 20_000  # characters of one text; an answer is cut to as many when it is collected
# Control characters but tab and line feed, marks that turn the direction of the text around them, halves of surrogate
# pairs, and code points that are no characters.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def clean(text, longest=LONGEST):
    """Text with each harmful character spelt out, as ``[U+202E]``, and cut where it is too long.

    Parameters
    ----------
    text : str
    longest : int
        Characters.

    Returns
    -------
    str
    """
    cut = len(text) > longest
    if cut:
        text = f"{text[:longest]}… ({len(text):,} characters)"
    return _HARMFUL.sub(lambda match: f"[U+{ord(match[0]):04X}]", text.replace("\r\n", "\n"))


def number(value):
    """A number of points or percent as people write it: no decimals that say nothing, two at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def page(template, **values):
    """Fill in a template of ``templates/``; whatever is put in is cleaned and escaped.

    Parameters
    ----------
    template : str
        Name of the file.
    **values
        What it shows.

    Returns
    -------
    str
    """
    return _templates().get_template(template).render(values)


def stream_page(template, stream, **values):
    """The same, written bit by bit, so that a page as long as its class never is in memory as a whole.

    Parameters
    ----------
    template : str
    stream : binary stream
    **values
    """
    for part in _templates().get_template(template).generate(values):
        stream.write(part.encode())


@functools.cache
def _templates():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        autoescape=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    templates.filters["number"] = number
    return templates
