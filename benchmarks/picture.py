"""One picture of a run: in each part the ratios of what was compared, on one logarithmic axis."""

__all__ = ["draw"]

OURS, OTHER, BY = "#0072B2", "#999999", "#D55E00"  # Okabe and Ito's colours, told apart by the colour-blind
PANELS = (  # part, measure, cases that show the rest
    ("loss", "s", ("N = 500, float32", "N = 49,000, float32", "N = 49,000, float64")),
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
    from matplotlib.ticker import ScalarFormatter

    groups = bars(results)
    count = sum(len(chosen) + 1.6 for _, chosen in groups)
    figure = Figure(figsize=(9, 0.6 + 0.22 * count), layout="constrained")
    axes = figure.subplots()
    position, labels = 0.0, []
    for heading, chosen in groups:
        position += 1.6
        axes.text(0, position - 0.85, heading, transform=axes.get_yaxis_transform(), weight="bold", fontsize=9)
        for way, ratio in chosen:
            by = ratio["low"] == ratio["high"] == 1
            colour = BY if by else OURS if "reference" in way or "kit" in way or "wide" in way else OTHER
            axes.barh(position, ratio["median"], 0.72, left=0, color=colour)
            ends = [[ratio["median"] - ratio["low"]], [ratio["high"] - ratio["median"]]]
            axes.errorbar(ratio["median"], position, xerr=ends, color="black", linewidth=0.8, capsize=2)
            right = max(ratio["high"], ratio["median"]) * 1.08
            axes.text(right, position, f"{ratio['median']:.2f}", va="center", fontsize=8)
            labels.append((position, way))
            position += 1
    axes.set_yticks([at for at, _ in labels], [way for _, way in labels], fontsize=8)
    axes.set_ylim(position, 0)
    axes.set_xscale("log")
    axes.axvline(1, color=BY, linewidth=0.8, zorder=0)
    axes.xaxis.set_major_formatter(ScalarFormatter())
    axes.set_xlabel("ratio to the orange bar, logarithmic; shorter is better; lines span the deciles of the rounds")
    axes.set_title("Measured side by side in one run (blue: this kit)", fontsize=11)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    figure.savefig(path, dpi=110)
