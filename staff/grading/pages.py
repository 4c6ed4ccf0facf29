"""The look that the staff's pages share, and a page of what a student handed in."""

import functools
from pathlib import Path

from cs231n.assignments import NOTEBOOKS
from cs231n.submission.archive import write_whole
from cs231n.submission.opening import Refused
from cs231n.submission.page import notebook_to_html
from cs231n.submission.reading import read_hand_in

from ..errors import ClassError


def number(value):
    """A number of points or percent as people write it: no decimals that say nothing, two at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def page(template, **values):
    """Fill in a template of ``templates/``; whatever is put in is escaped."""
    return _templates().get_template(template).render(values)


def stream_page(template, stream, **values):
    """The same, written bit by bit, so that a page as long as its class never is in memory as a whole."""
    for part in _templates().get_template(template).generate(values):
        stream.write(part.encode())


def page_of_submission(path, out):
    """Write the notebook of a submission as a page whose policy lets nothing in it run; a ClassError if there is none.

    The page in the zip is the student's own, and may hold anything.
    """
    import nbformat

    try:
        files = read_hand_in(path).files
    except Refused as refusal:
        raise ClassError(f"{path}: {refusal}") from refusal
    name = next((name for name in NOTEBOOKS if name in files), None)
    if name is None:
        raise ClassError(f"{path}: expected one of {', '.join(NOTEBOOKS)} in it, found none.")
    try:
        text = notebook_to_html(nbformat.reads(files[name].decode("utf-8-sig"), 4), Path(name).stem).encode()
    except Exception as error:  # whatever a notebook holds
        raise ClassError(f"{path}: no page can be made of {name}: {error!r:.300}") from error
    write_whole(out, lambda stream: stream.write(text))


@functools.cache
def _templates():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    templates.filters["number"] = number
    return templates
