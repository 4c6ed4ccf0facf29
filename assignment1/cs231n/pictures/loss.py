"""Pictures of the loss: margins of single samples, what one of them does to the gradient, a hinge that is crossed."""

import matplotlib.pyplot as plt
import numpy as np

from .palette import DARK, LIGHT, MIDDLE

__all__ = ["plot_hinge", "show_gradient_row", "show_margins"]

_CORRECT, _VIOLATING, _QUIET = DARK, MIDDLE, LIGHT


def show_margins(images, scores, labels, classes, title):
    """Show for each sample its scores, its correct class, and which classes come too close to it.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, H, W, 3)
    scores : ndarray of shape (N, C)
    labels : ndarray of int, shape (N,)
    classes : sequence of str
        Name of each label.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, axes = plt.subplots(
        2, len(images), figsize=(4 * len(images), 5.8), height_ratios=(1, 3), squeeze=False, layout="constrained"
    )
    places = np.arange(len(classes))
    for (top, ax), image, row, label in zip(axes.T, images, scores, labels, strict=True):
        top.imshow(image)
        top.axis("off")
        bound = row[label] - 1
        violating = (row > bound) & (places != label)
        colors = np.where(places == label, _CORRECT, np.where(violating, _VIOLATING, _QUIET))
        bars = ax.barh(places, row, color=colors)
        bars[label].set(hatch="//", edgecolor="white", linewidth=0)
        for place in np.flatnonzero(violating):
            ax.annotate("", (row[place], place), (bound, place), arrowprops={"arrowstyle": "|-|", "mutation_scale": 3})
            ax.text(max(row[place], 0), place, f"  {row[place] - bound:.2f}", va="center", fontsize=9)
        ax.axvline(bound, color="black", linestyle="--", linewidth=1)
        ax.axvline(0, color="0.5", linewidth=0.5)
        ax.set(yticks=places, yticklabels=classes, xlabel="score", ylim=(len(classes) - 0.5, -0.5))
        low, high = min(*row, bound, 0), max(*row, 0)
        ax.set_xlim(low - 0.06 * (high - low), high + 0.24 * (high - low))  # the numbers stand on the right
        top.set_title(f"{classes[label]}: {violating.sum()} too close, loss {(row - bound)[violating].sum():.2f}")
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
        Its scores.
    label : int
    classes : sequence of str
        Name of each label.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    times = [0] * len(classes)
    for other, score in enumerate(scores):
        if other != label and score > scores[label] - 1:
            times[other] += 1
            times[label] -= 1
    largest = max(map(abs, times)) or 1
    fig, axes = plt.subplots(1, len(classes), figsize=(1.25 * len(classes), 2.3), layout="constrained")
    reach = np.abs(image).max()
    for place, (ax, number) in enumerate(zip(axes, times, strict=True)):
        strength = np.sign(number) * (
            0.3 + 0.7 * abs(number) / largest
        )  # -9 is to look stronger than +1, +1 is to be seen
        ax.imshow(np.clip(0.5 + 0.5 * strength * image / reach, 0, 1))
        ax.set(xticks=[], yticks=[])
        ax.set_title(classes[place], fontsize=11, fontweight="bold" if place == label else "normal")
        ax.set_xlabel(f"{number:+d}" if number else "0", fontsize=12)
        for spine in ax.spines.values():
            spine.set(color=_CORRECT if place == label else "0.6", linewidth=3 if place == label else 0.8)
    fig.suptitle(title)
    return fig


def plot_hinge(shifts, losses, differences, h, title):
    """Plot a loss on both sides of a hinge at 0, with its two slopes and what central differences make of them.

    Parameters
    ----------
    shifts : ndarray of shape (M,)
        Ascending, on both sides of 0.
    losses : ndarray of shape (M,)
    differences : ndarray of shape (M,)
        Central differences of the loss with step `h`, at each shift.
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
