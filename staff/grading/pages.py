"""The look that the staff's pages share."""

import functools
from pathlib import Path

__all__ = ["number", "page", "stream_page"]


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
