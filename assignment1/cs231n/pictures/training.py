"""Pictures of training: how the loss falls, and which learning rate and regularization strength work."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch, Rectangle

from . import ACCURACY, DARK, ink_on

_GUESSING = 0.15  # accuracy that guessing among ten classes hardly ever reaches on 500 images
_TILES = 12  # that fit beside each other with a number in each


def plot_loss_history(loss_history, title, window=51):
    """Plot the loss of each batch, and its running mean over it.

    The mean of a batch is that of the batches around it, as many before as after; near the start these are fewer, so
    that the first fall is seen where it is.

    Parameters
    ----------
    loss_history : sequence of float, not empty
    title : str
    window : int
        Number of iterations in the running mean.

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, ax = plt.subplots(figsize=(8, 4.5), layout="constrained")
    ax.plot(loss_history, color="0.7", linewidth=0.8, label="one batch")
    if len(loss_history) >= window:
        middle = np.arange(len(loss_history) - window // 2)
        half = np.minimum(middle, window // 2)
        sums = np.concatenate([[0], np.cumsum(loss_history)])
        smooth = (sums[middle + half + 1] - sums[middle - half]) / (2 * half + 1)
        ax.plot(middle, smooth, color=DARK, linewidth=2, label=f"mean of {window} batches")
    ax.set(title=title, xlabel="iteration", ylabel="loss")
    if np.max(loss_history) > 20 * np.min(loss_history):  # a long way down: keep its lower end visible
        ax.set(ylabel="loss (logarithmic axis)", yscale="log")
    ax.grid(True, which="both", alpha=0.25)
    ax.margins(x=0.02)
    ax.legend()
    return fig


def plot_tuning(results, title, num_val=None):
    """Show the accuracies of a search over learning rate and regularization strength, on logarithmic axes.

    The best pair is framed and runs that diverged are hatched. A run has diverged where an accuracy is not finite, or
    where W grows at each step, because the regularizer alone multiplies it by ``1 - 2 * learning_rate * reg``, and
    both accuracies are those of guessing.

    Parameters
    ----------
    results : dict
        ``(learning_rate, reg) : (training accuracy, validation accuracy)``; rates and strengths positive.
    title : str
    num_val : int, optional
        Number of validation images; with it the standard error of the best validation accuracy is shown.

    Returns
    -------
    matplotlib.figure.Figure
    """
    points = {pair: (np.log10(pair[0]), np.log10(pair[1])) for pair in results}
    width, height = (_tile([point[axis] for point in points.values()]) for axis in (0, 1))
    alive = {pair: values for pair, values in results.items() if not _has_diverged(*pair, values)}
    best = max(alive, key=lambda pair: alive[pair][1], default=None)
    many = max(np.ptp([*points.values()], axis=0) / (width, height)) > 8
    fig, axes = plt.subplots(1, 2, figsize=(11, 4.6), sharex=True, sharey=True, layout="constrained")
    for panel, ax in enumerate(axes):
        values = [accuracies[panel] for accuracies in alive.values()] or [0, 1]
        shades = plt.cm.ScalarMappable(plt.Normalize(min(values), max(values)), ACCURACY)
        for pair, (x, y) in points.items():
            tile = {"xy": (x - width / 2, y - height / 2), "width": width, "height": height}
            value = alive[pair][panel] if pair in alive else None
            _draw_tile(ax, tile, value, shades, size=7 if many else 12)
            if pair == best:
                for line, color in ((6, "white"), (3, "black")):  # seen on each colour
                    ax.add_patch(Rectangle(**tile, fill=False, edgecolor=color, lw=line, zorder=3))
        for axis, place in ((ax.xaxis, 0), (ax.yaxis, 1)):
            _set_ticks(axis, sorted({pair[place] for pair in results}))
        ax.set(title=("training accuracy", "validation accuracy")[panel], xlabel="learning rate (logarithmic)")
        ax.autoscale_view()
        bar = fig.colorbar(shades, ax=ax)
    axes[0].set_ylabel("regularization strength (logarithmic)")
    handles = [
        Patch(facecolor="white", edgecolor="0.4", hatch="xxx", label="diverged"),
        Patch(fill=False, edgecolor="black", lw=3, label="best on validation"),
    ]
    if num_val and best:
        handles.append(_draw_error(bar.ax, alive[best][1], num_val))
    fig.legend(handles=handles, loc="outside lower center", ncols=3)
    fig.suptitle(title)
    return fig


def _draw_error(ax, accuracy, num_val):
    """Draw the standard error of an accuracy on a colour bar; returns what the legend shows of it."""
    error = np.sqrt(accuracy * (1 - accuracy) / num_val)
    label = f"standard error of {num_val:,} validation images: \u00b1{100 * error:.1f}%"
    low, high = ax.get_ylim()
    ax.set_ylim(min(low, accuracy - error), max(high, accuracy + error))
    for line, color in ((5, "white"), (2, "black")):  # seen on each colour
        bar = ax.errorbar(0.5, accuracy, error, color=color, lw=line, capsize=5, capthick=line, label=label)
    return bar


def _tile(places):
    """Side of a tile: the smallest distance between two places that are not the same, but no less than fits."""
    places = np.unique(np.round(places, 6))
    return max(np.diff(places).min(), np.ptp(places) / _TILES) if len(places) > 1 else 1.0


def _draw_tile(ax, tile, value, shades, size):
    """Colour a pair by its accuracy, with the number in it, or hatch it where it diverged."""
    if value is None:
        ax.add_patch(Rectangle(**tile, facecolor="white", edgecolor="0.4", hatch="xxx", lw=0.5))
        return
    color = shades.to_rgba(value)
    place = ax.add_patch(Rectangle(**tile, facecolor=color, edgecolor="white", lw=0.5)).get_center()
    ax.text(*place, f"{value:.2f}", ha="center", va="center", color=ink_on(color), size=size)


def _set_ticks(axis, values):
    """Tick the values that were tried, or the powers of ten between them where these are too many."""
    places = np.log10(values)
    if len(values) > _TILES / 2:
        places = np.arange(np.floor(places[0]), np.ceil(places[-1]) + 1)
    axis.set_ticks(places, [_short(10**place) for place in places])


def _short(value):
    """A number in two digits, as 2e-6 or 25000."""
    value = float(f"{value:.2g}")
    return np.format_float_scientific(value, trim="-", exp_digits=1) if value < 0.01 else f"{value:g}"


def _has_diverged(learning_rate, reg, accuracies):
    """Whether a run diverged, told by its accuracies and by what the regularizer alone does to W at each step."""
    grows = abs(1 - 2 * learning_rate * reg) > 1
    return not np.isfinite(accuracies).all() or (grows and max(accuracies) < _GUESSING)
