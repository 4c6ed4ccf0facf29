"""An executed notebook as one HTML page that needs no network: pictures inside, formulas as MathML."""

import html
import re
from pathlib import Path

from ..doctor.tools import relying_on

# A bold digit, as browsers no longer show it; they do show the letter of its own that Unicode has for it.
_BOLD_DIGIT = re.compile(r'(?<=<mn) mathvariant="bold">(\d)(?=</mn>)')


@relying_on("page")
def notebook_to_html(notebook, title, language="en"):
    """A page, complete in itself, in ``en`` or ``ko``; a PackageError if the packages that make it do not work."""
    from jinja2 import FileSystemLoader  # nbconvert and what it needs are slow to import: only here
    from nbconvert import HTMLExporter

    loaders = [FileSystemLoader(Path(__file__).parent)]
    exporter = HTMLExporter(
        embed_images=True, extra_loaders=loaders, language_code=language, template_file="page.html.j2"
    )
    exporter.register_filter("markdown2html", _markdown_to_html)
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": title}})
    return page


def _markdown_to_html(source):
    """Render Markdown with its formulas as MathML, which browsers show by themselves."""
    from latex2mathml.converter import convert
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False)

    def mathml(tex, display="inline"):
        try:
            return _BOLD_DIGIT.sub(lambda match: ">" + chr(0x1D7CE + int(match[1])), convert(tex, display=display))
        except Exception:  # whatever the converter makes of TeX that is none: the reader sees what was written
            return f"<code>{html.escape(tex)}</code>"

    def wide(content):
        return f'<div class="wide" tabindex="0">{content}</div>'

    renderer.inline_math = mathml
    renderer.block_math = lambda tex: wide(mathml(tex, "block"))
    renderer.table = lambda rows: wide(f"<table>{rows}</table>")
    return MarkdownWithMath(renderer=renderer).render(source)
