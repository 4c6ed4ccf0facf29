"""An executed notebook as one HTML page that needs no network: pictures inside, formulas as MathML."""

import html
import re

from ..doctor.tools import relying_on

__all__ = ["notebook_to_html"]

# The page of nbconvert without what it would fetch, in the colours that the reader's system asks for (on paper: light),
# and with lines that wrap and pictures that fit, on a telephone too. The policy keeps browsers from running or fetching
# anything that a notebook's own text or outputs bring along.
_TEMPLATE = """
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
{%- endblock -%}
{%- block input_group -%}
{%- if not cell.metadata.get("jupyter", {}).get("source_hidden") -%}{{ super() }}{%- endif -%}
{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block html_head_css -%}
<style media="screen and (prefers-color-scheme: dark)">
{% include 'static/theme-dark.css' %}
</style>
<style>
:root {
  color-scheme: light dark;
  --jp-cell-prompt-not-active-font-color: light-dark(#5f6670, #a0a8b4);
  --jp-cell-prompt-not-active-opacity: 1;
  --jp-mirror-editor-comment-color: light-dark(#306565, #7fb5b5);
  --jp-mirror-editor-number-color: light-dark(#006b00, #66bb6a);
  --jp-mirror-editor-operator-color: light-dark(#7a1fd0, #c792ea);
}
body.jp-Notebook { background: var(--jp-layout-color0); padding: var(--jp-notebook-padding); }
main { max-width: 62rem; margin: 0 auto; }
.jp-OutputArea-output pre, .highlight pre {
  white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; overflow: visible;
}
.jp-RenderedText pre {
  [style] { color: inherit !important; background: none !important; }
  .ansi-black-fg, .ansi-black-intense-fg, .ansi-white-fg, .ansi-white-intense-fg { color: inherit; }
  .ansi-red-fg, .ansi-red-intense-fg { color: light-dark(#a8201a, #ff8a80); }
  .ansi-green-fg, .ansi-green-intense-fg { color: light-dark(#0a6b3d, #4cc38a); }
  .ansi-yellow-fg, .ansi-yellow-intense-fg { color: light-dark(#735500, #ddb62b); }
  .ansi-blue-fg, .ansi-blue-intense-fg { color: light-dark(#0b57b0, #7ab5ff); }
  .ansi-magenta-fg, .ansi-magenta-intense-fg { color: light-dark(#8a2a80, #e58ad8); }
  .ansi-cyan-fg, .ansi-cyan-intense-fg { color: light-dark(#00606a, #60c6c8); }
  .ansi-yellow-bg { background: light-dark(#fdf0b8, #4a3c00); }
}
.jp-OutputArea-output img { max-width: 100%; height: auto; background: white; }
.jp-Notebook .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"] { background: none; }
.jp-RenderedHTMLCommon { overflow-wrap: break-word; }
:lang(ko) .jp-RenderedHTMLCommon { word-break: keep-all; }
.jp-RenderedHTMLCommon a:link { text-decoration: underline; }
.jp-RenderedHTMLCommon code { overflow-wrap: anywhere; }
math {
  font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", "STIX Math",
    "TeX Gyre Termes Math", "DejaVu Math TeX Gyre", math;
  font-size: 1.1em;
}
.wide { overflow-x: auto; }
@media (max-width: 40rem) {
  body.jp-Notebook { padding: 0; }
  .jp-InputPrompt, .jp-OutputPrompt { display: none; }
  .jp-RenderedHTMLCommon { padding-right: 0; }
  math[display="block"] { font-size: 0.85em; }
}
@media print {
  :root { color-scheme: light; }
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


@relying_on("page")
def notebook_to_html(notebook, title, language="en"):
    """A page, complete in itself, in ``en`` or ``ko``; a PackageError if the packages that make it do not work."""
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

    def wide(content):
        return f'<div class="wide" tabindex="0">{content}</div>'

    renderer.inline_math = mathml
    renderer.block_math = lambda tex: wide(mathml(tex, "block"))
    renderer.table = lambda rows: wide(f"<table>{rows}</table>")
    return MarkdownWithMath(renderer=renderer).render(source)
