"""An executed notebook as one HTML page that needs no network: pictures inside, formulas as MathML."""

import html
import re

__all__ = ["notebook_to_html"]

# The page of nbconvert without what it would fetch, and with lines that wrap and pictures that fit. The policy keeps
# browsers from running or fetching anything that a notebook's own text or outputs bring along.
_TEMPLATE = """
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block extra_css -%}
<style>
main { max-width: 62rem; margin: 0 auto; }
.jp-OutputArea-output pre, .highlight pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.jp-OutputArea-output img { max-width: 100%; height: auto; }
.jp-Notebook .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"] { background: none; }
math {
  font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", "STIX Math",
    "TeX Gyre Termes Math", "DejaVu Math TeX Gyre", math;
  font-size: 1.1em;
}
math[display="block"] { margin: 1em 0; }
@media print {
  @page { size: A4; margin: 15mm 12mm; }
  main { zoom: 0.75; max-width: none; }
  .jp-InputPrompt, .jp-OutputPrompt { display: none !important; }
  h1, h2, h3 { break-after: avoid; }
  img, tr { break-inside: avoid; }
}
</style>
{%- endblock -%}
"""

# A bold digit, as browsers no longer show it; they do show the letter of its own that Unicode has for it.
_BOLD_DIGIT = re.compile(r'(?<=<mn) mathvariant="bold">(\d)(?=</mn>)')


def notebook_to_html(notebook, title, language="en"):
    """Convert an executed notebook to a page that is complete in itself.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    title : str
        Of the page.
    language : str
        Of its text, as browsers and screen readers are told: ``en`` or ``ko``.

    Returns
    -------
    str
    """
    from jinja2 import DictLoader  # nbconvert and what it needs are slow to import: only here
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        embed_images=True,
        extra_loaders=[DictLoader({"page.html.j2": _TEMPLATE})],
        language_code=language,
        template_file="page.html.j2",
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

    renderer.inline_math = mathml
    renderer.block_math = lambda tex: mathml(tex, "block")
    return MarkdownWithMath(renderer=renderer).render(source)
