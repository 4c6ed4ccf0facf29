"""Pictures of the loss: margins of single samples, what one of them does to the gradient, a hinge that is crossed."""

import matplotlib.pyplot as plt
import numpy as np

from . import DARK, LIGHT, MIDDLE

_CORRECT, _VIOLATING, _QUIET = DARK, MIDDLE, LIGHT
_STEP = 1e-6  # by which a score is moved, to see how its loss follows


def show_margins(images, scores, labels, classes, title):
    """Show for each sample its scores, its correct class, and which classes come too close to it.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, H, W, 3)
    scores : ndarray of shape (N, C)
    labels : ndarray of int, shape (N,)
    classes : sequence of str
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, axes = plt.subplots(
        2, len(images), figsize=(4 * len(images), 5.8), height_ratios=(1, 3), squeeze=False, layout="constrained"
    )
    places = range(len(classes))
    for (top, ax), image, row, label in zip(axes.T, images, np.asarray(scores, float).tolist(), labels, strict=True):
        top.imshow(image)
        top.axis("off")
        bound, positive = row[label] - 1, _positive_margins(row, label)
        colors = dict.fromkeys(places, _QUIET) | dict.fromkeys(positive, _VIOLATING) | {label: _CORRECT}
        bars = ax.barh(places, row, color=[colors[place] for place in places])
        bars[label].set(hatch="//", edgecolor="white", linewidth=0)
        for place, margin in positive.items():
            ax.annotate("", (row[place], place), (bound, place), arrowprops={"arrowstyle": "|-|", "mutation_scale": 3})
            ax.text(max(row[place], 0), place, f"  {margin:.2f}", va="center", fontsize=9)
        ax.axvline(bound, color="black", linestyle="--", linewidth=1)
        ax.axvline(0, color="0.5", linewidth=0.5)
        ax.set(yticks=places, yticklabels=classes, xlabel="score", ylim=(len(classes) - 0.5, -0.5))
        low, high = min(*row, bound, 0), max(*row, 0)
        ax.set_xlim(low - 0.06 * (high - low), high + 0.24 * (high - low))  # the numbers stand on the right
        top.set_title(f"{classes[label]}: {len(positive)} too close, loss {sum(positive.values()):.2f}")
    handles = [
        plt.Rectangle((0, 0), 1, 1, facecolor=_CORRECT, edgecolor="white", hatch="//", label="correct class"),
        plt.Rectangle((0, 0), 1, 1, color=_VIOLATING, label="too close: adds the length marked"),
        plt.Rectangle((0, 0), 1, 1, color=_QUIET, label="far enough below: adds nothing"),
        plt.Line2D([], [], color="black", linestyle="--", label="correct score - 1"),
    ]
    fig.legend(handles=handles, loc="outside lower center", ncols=4)
    fig.suptitle(title)
    return fig


def show_gradient_row(image, scores, label, classes, title):
    """Show what one sample does to each column of the gradient: how often it is added there, or subtracted.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3)
        The sample without its bias, as a picture; its values may be negative.
    scores : ndarray of shape (C,)
    label : int
    classes : sequence of str
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    times = _slopes(np.asarray(scores, float).tolist(), label)
    largest = max(map(abs, times)) or 1
    fig, axes = plt.subplots(1, len(classes), figsize=(1.25 * len(classes), 2.3), layout="constrained")
    reach = np.abs(image).max()
    for place, (ax, number) in enumerate(zip(axes, times, strict=True)):
        strength = np.sign(number) * (0.3 + 0.7 * abs(number) / largest)  # +1 is to be seen, and -9 to look stronger
        ax.imshow(np.clip(0.5 + 0.5 * strength * image / reach, 0, 1))
        ax.set(xticks=[], yticks=[])
        ax.set_title(classes[place], fontsize=11, fontweight="bold" if place == label else "normal")
        ax.set_xlabel(f"{number:+d}" if number else "0", fontsize=12)
        for spine in ax.spines.values():
            spine.set(color=_CORRECT if place == label else "0.6", linewidth=3 if place == label else 0.8)
    fig.suptitle(title)
    return fig


def _positive_margins(scores, label):
    """The margins of one sample that are above 0, by class; `scores` is a list of float."""
    margins = {other: score - scores[label] + 1 for other, score in enumerate(scores) if other != label}
    return {other: margin for other, margin in margins.items() if margin > 0}


def _slopes(scores, label):
    """How much the loss of one sample grows with each of its scores: a list of int, from differences."""
    slopes = []
    for place in range(len(scores)):
        step = _STEP if place == label else -_STEP  # to the side on which no margin becomes positive
        moved = [score + step * (other == place) for other, score in enumerate(scores)]
        before, after = (sum(_positive_margins(row, label).values()) for row in (scores, moved))
        slopes.append(round((after - before) / step))
    return slopes


def plot_hinge(shifts, losses, differences, h, title):
    """Plot a loss on both sides of a hinge at 0, with its two slopes and what central differences make of them.

    Parameters
    ----------
    shifts, losses : ndarray of shape (M,)
        Ascending, on both sides of 0; and the loss there.
    differences : ndarray of shape (M,)
        Central differences of the loss there, with step `h`.
    h : float
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    slopes = np.diff(losses)[[0, -1]] / np.diff(shifts)[[0, -1]]
    at_zero = np.interp(0, shifts, losses)
    fig, (top, ax) = plt.subplots(2, 1, figsize=(8, 6), sharex=True, layout="constrained")
    top.plot(shifts, losses, color="black", linewidth=2.5, label="loss")
    for slope, style, side in zip(slopes, ("--", ":"), ("left", "right"), strict=True):
        line = at_zero + slope * shifts
        top.plot(shifts, line, style, color=DARK, label=f"slope {slope:.0f}, from the {side}")
    low, high = losses.min(), losses.max()
    top.set(ylabel="loss", ylim=(low - 0.4 * (high - low), high + 0.1 * (high - low)), title=title)
    for half, slope in ((shifts < 0, slopes[0]), (shifts > 0, slopes[1])):
        ax.plot(shifts[half], np.full(half.sum(), slope), color=DARK, linewidth=2.5)
    ax.plot([], [], color=DARK, linewidth=2.5, label="slope of the loss")
    ax.plot(shifts, differences, color=MIDDLE, linestyle="-.", linewidth=2, label=f"central difference, h = {h:g}")
    for panel in (top, ax):
        panel.axvspan(-h, h, color="0.9", zorder=0)
        panel.grid(True, alpha=0.25)
        panel.legend(loc="upper left")
    ax.set(xlabel="distance from the hinge (grey: closer than h)", ylabel="slope")
    return fig
