"""Pictures of a class as SVG that takes the page's colours, so that they are right on white and on black."""

import io
import re

_INK, _BAR = "#010203", "#040506"  # stand for the page's colours until the picture is on it
_SETTINGS = {
    **dict.fromkeys(("axes.edgecolor", "axes.labelcolor", "text.color", "xtick.color", "ytick.color"), _INK),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 12,
    "svg.fonttype": "none",  # letters stay letters: of the page's font, read aloud and found by a search
}


def histogram(values, edges, label, title, log=False, height=2.5):
    """An SVG element: how many values lie in each bin, and a line at their median.

    What lies outside the bins' edges counts in the first or the last; the label is the axis's, the title is for those
    who cannot see it, and the height is in inches beside a width of 5.2.
    """
    import numpy as np
    from matplotlib import rc_context  # slow to import: only here
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    values = np.clip(values, edges[0], edges[-1])
    with rc_context(_SETTINGS | {"svg.hashsalt": title}):  # gives names that no other picture has
        figure = Figure(figsize=(5.2, height), layout="constrained")
        axes = figure.subplots()
        axes.hist(values, edges, color=_BAR, rwidth=0.94)
        axes.axvline(np.median(values), color=_INK, linestyle="--", linewidth=1.5)
        axes.set(xlabel=label, ylabel="submissions", xlim=(edges[0], edges[-1]))
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        if log:
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
            axes.xaxis.set_minor_formatter("")
        stream = io.StringIO()
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _as_element(stream.getvalue(), title)


def _as_element(text, title):
    """The svg element alone, in the page's colours and font, with its title, and without names used twice on a page."""
    from markupsafe import Markup

    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)  # would hold for the whole page
    text = re.sub(r' id="(?![mp][0-9a-f]{10}")[^"]*"', "", text)
    text = re.sub(r"font: (\d+)px[^;\"]*", r"font-size: \1px", text)
    text = re.sub(r"font-family: [^;\"]*;?", "", text)
    text = text.replace(_INK, "currentColor").replace(_BAR, "var(--right)")
    opening = re.match(r"<svg[^>]*viewBox=\"([^\"]*)\"[^>]*>", text)
    label = Markup('<svg class="picture" viewBox="{}" role="img" aria-label="{}">').format(Markup(opening[1]), title)
    return label + Markup(text[opening.end() :])
