"""One picture of a run: in each part the ratios of what was compared, as bars from 1 on one logarithmic axis."""

__all__ = ["draw"]

OURS, OTHER, BY = "#0072B2", "#999999", "#D55E00"  # Okabe and Ito's colours, told apart by the colour-blind
PANELS = (  # part, measure, cases that show the rest
    ("loss", "s", ("N = 500, float32, 1", "N = 49,000, float32", "N = 49,000, float64")),
    ("training", "s", ("",)),
    ("loading", "s", ("",)),
    ("loading", "MB", ("",)),
    ("notebook", "s", ("",)),
    ("notebook", "MB", ("",)),
    ("tuning", "s", ("",)),
    ("grading", "CPU s each", ("",)),
)


def bars(results):
    """What the picture shows: one bar for each ratio.

    Parameters
    ----------
    results : dict
        What results.json holds.

    Returns
    -------
    list of (str, list of (str, dict))
        Heading of each group, and its bars: label and ratio.
    """
    groups = []
    for name, measure, beginnings in PANELS:
        rows = results["parts"].get(name, {"rows": []})["rows"]
        rows = [row for row in rows if row["measure"] == measure and row["ratio"]]
        for case in dict.fromkeys(row["case"] for row in rows if row["case"].startswith(beginnings)):
            chosen = [row for row in rows if row["case"] == case and row["way"] != "two BLAS products, second turned"]
            words = {"MB": "memory", "s": "time", "CPU s each": "CPU time"}[measure]
            groups.append((f"{name}, {words}: {case}", [(row["way"], row["ratio"]) for row in chosen]))
    return groups


def draw(results, path):
    """Draw the picture.

    Parameters
    ----------
    results : dict
        What results.json holds.
    path : path
        Of a PNG.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    groups = bars(results)
    count = sum(len(chosen) + 1.6 for _, chosen in groups)
    figure = Figure(figsize=(9, 1 + 0.22 * count), layout="constrained")
    axes = figure.subplots()
    axes.axvline(1, color=BY, linewidth=1, zorder=0)
    position, labels = 0.0, []
    for heading, chosen in groups:
        position += 1.6
        axes.text(
            0, position - 0.85, heading, transform=axes.get_yaxis_transform(), weight="bold", fontsize=9
        ).set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
        for way, ratio in chosen:
            _bar(axes, position, way, ratio)
            labels.append((position, way))
            position += 1
    axes.set_yticks([at for at, _ in labels], [way for _, way in labels], fontsize=8)
    axes.set_ylim(position, 0)
    axes.set_xscale("log")
    axes.set_xlim(0.02, 100)
    axes.set_xticks([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.minorticks_off()
    axes.set_xlabel("ratio to what stands at 1: less to the left, more to the right; lines span the deciles")
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    figure.suptitle("Measured side by side in one run (blue: this kit)", fontsize=11)
    figure.savefig(path, dpi=110)


def _bar(axes, position, way, ratio):
    """A bar from 1 to the median, a line over the deciles, and the number on the far side of both."""
    median, low, high = (ratio[key] for key in ("median", "low", "high"))
    if low == high == median == 1:
        axes.plot(1, position, "D", color=BY, markersize=5)
        return
    ours = any(word in way for word in ("reference", "this kit", "wide"))
    axes.barh(position, median - 1, 0.72, left=1, color=OURS if ours else OTHER)
    axes.plot([low, high], [position, position], color="black", linewidth=0.9)
    at, side = (max(high, 1) * 1.07, "left") if median >= 1 else (min(low, 1) / 1.07, "right")
    axes.text(at, position, f"{median:.2g}" if median < 10 else f"{median:.0f}", va="center", ha=side, fontsize=8)
