"""Every picture that the notebook shows; each function takes arrays and returns the figure."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch

__all__ = ["plot_loss_history", "plot_tuning", "show_mean_image", "show_samples", "show_weights", "visualize_grid"]


def visualize_grid(Xs, ubound=255.0, padding=1):
    """Lay images out in a square grid, each stretched to the range from 0 to `ubound`.

    Parameters
    ----------
    Xs : ndarray of shape (N, H, W, C)
        Images, as floats.
    ubound : float
        Highest value of the result.
    padding : int
        Width of the gaps in pixels, which are 0.

    Returns
    -------
    grid : ndarray of float64, shape (rows * (H + padding) - padding, columns * (W + padding) - padding, C)
    """
    number, height, width, channels = Xs.shape
    side = int(np.ceil(np.sqrt(number)))
    grid = np.zeros((side * (height + padding) - padding, side * (width + padding) - padding, channels))
    for position, image in enumerate(Xs):
        top, left = np.multiply(divmod(position, side), (height + padding, width + padding))
        low, high = np.min(image), np.max(image)
        grid[top : top + height, left : left + width] = ubound * (image - low) / max(high - low, 1e-12)
    return grid


def show_samples(images, labels, classes, title, per_class=7, seed=None):
    """Show some images of each class, a class a column.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, H, W, 3)
    labels : ndarray of int, shape (N,)
    classes : sequence of str
        Name of each label.
    title : str
    per_class : int
        Number of images of a class; fewer where it has fewer.
    seed : int, numpy.random.Generator or None
        Decides which ones.

    Returns
    -------
    matplotlib.figure.Figure
    """
    rng = np.random.default_rng(seed)
    fig, axes = plt.subplots(
        per_class, len(classes), figsize=(len(classes), per_class + 0.6), squeeze=False, layout="constrained"
    )
    for label, column in enumerate(axes.T):
        members = np.flatnonzero(labels == label)
        chosen = rng.choice(members, min(per_class, len(members)), replace=False)
        for ax in column:
            ax.axis("off")
        for ax, index in zip(column, chosen, strict=False):
            ax.imshow(images[index])
        column[0].set_title(classes[label], fontsize=12)
    fig.get_layout_engine().set(w_pad=0.01, h_pad=0.01, wspace=0, hspace=0)
    fig.suptitle(title)
    return fig


def show_mean_image(mean_image, title):
    """Show the mean of the training images in colour, beside its three channels.

    Parameters
    ----------
    mean_image : ndarray of shape (H, W, 3)
        Pixels from 0 to 255.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, axes = plt.subplots(1, 4, figsize=(10, 3), layout="constrained")
    axes[0].imshow(mean_image / 255)
    axes[0].set_title("in colour")
    for ax, channel, name in zip(axes[1:], np.moveaxis(mean_image, -1, 0), ("red", "green", "blue"), strict=True):
        picture = ax.imshow(channel, cmap="gray", vmin=mean_image.min(), vmax=mean_image.max())
        ax.set_title(f"{name}, mean {channel.mean():.1f}")
    for ax in axes:
        ax.axis("off")
    fig.colorbar(picture, ax=axes[1:], label="pixel value (0 to 255)", shrink=0.8)
    fig.suptitle(title)
    return fig


def plot_loss_history(loss_history, title, window=50):
    """Plot the loss of each batch, and its running mean over it.

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
        smooth = np.convolve(loss_history, np.ones(window) / window, mode="valid")
        middle = np.arange(len(smooth)) + (window - 1) / 2
        ax.plot(middle, smooth, color="tab:blue", linewidth=2, label=f"mean of {window} batches")
    ax.set(title=title, xlabel="iteration", ylabel="loss")
    if np.max(loss_history) > 20 * np.min(loss_history):  # a long way down: keep its lower end visible
        ax.set(ylabel="loss (logarithmic axis)", yscale="log")
    ax.grid(True, which="both", alpha=0.25)
    ax.legend()
    return fig


def plot_tuning(results, title):
    """Show the accuracies of a search over learning rate and regularization strength, best and diverged runs marked.

    Between two updates the regularizer alone multiplies W by ``1 - 2 * learning_rate * reg``; where that is above 1
    in size, W grows without bound and the run has diverged.

    Parameters
    ----------
    results : dict
        ``(learning_rate, reg) : (training accuracy, validation accuracy)``.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    rates = sorted({rate for rate, _ in results})
    regs = sorted({reg for _, reg in results})
    best = max(results, key=lambda pair: np.nan_to_num(results[pair][1]))
    fig, axes = plt.subplots(1, 2, figsize=(11, 1.6 + 0.8 * len(regs)), sharey=True, layout="constrained")
    alive = [value for pair, pairs in results.items() if not _has_diverged(*pair) for value in pairs]
    low, high = (min(alive), max(alive)) if alive else (0, 1)
    for panel, (ax, name) in enumerate(zip(axes, ("training accuracy", "validation accuracy"), strict=True)):
        table = np.full((len(regs), len(rates)), np.nan)
        for (rate, reg), accuracies in results.items():
            row, column = regs.index(reg), rates.index(rate)
            if _has_diverged(rate, reg):
                ax.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch="xx", edgecolor="0.6"))
                ax.text(column, row, "diverged", ha="center", va="center", backgroundcolor="white")
                continue
            value = table[row, column] = accuracies[panel]
            dark = value < (low + high) / 2
            ax.text(column, row, f"{value:.3f}", ha="center", va="center", color="white" if dark else "black")
        picture = ax.imshow(table, origin="lower", aspect="auto", cmap="viridis", vmin=low, vmax=high)
        ax.add_patch(
            plt.Rectangle(
                (rates.index(best[0]) - 0.47, regs.index(best[1]) - 0.46), 0.94, 0.92, fill=False, edgecolor="red", lw=3
            )
        )
        ax.set(title=name, xlabel="learning rate", xticks=range(len(rates)), xticklabels=[f"{r:.2g}" for r in rates])
    axes[0].set(ylabel="regularization strength", yticks=range(len(regs)), yticklabels=[f"{r:g}" for r in regs])
    fig.colorbar(picture, ax=axes, label="accuracy")
    best_frame = Patch(fill=False, edgecolor="red", lw=3, label="best on validation")
    fig.legend(handles=[best_frame], loc="outside lower right")
    fig.suptitle(title)
    return fig


def _has_diverged(learning_rate, reg):
    """Whether the regularizer alone makes W grow at each update: ``|1 - 2 * learning_rate * reg| > 1``."""
    return abs(1 - 2 * learning_rate * reg) > 1


def show_weights(W, classes, title):
    """Show what each class's weights look for, as images on one common scale.

    Parameters
    ----------
    W : ndarray of shape (3073, C)
        Weights; the last row, the bias, is left out.
    classes : sequence of str
        Name of each column.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    templates = np.moveaxis(W[:-1].reshape(32, 32, 3, -1), -1, 0)
    reach = np.percentile(np.abs(templates), 99.5)  # a few extreme weights would leave all others grey
    fig, axes = plt.subplots(2, -(-len(classes) // 2), figsize=(10, 4.8), layout="constrained")
    for ax in axes.flat:
        ax.axis("off")
    for ax, template, name in zip(axes.flat, templates, classes, strict=False):
        ax.imshow(np.clip(0.5 + 0.5 * template / reach, 0, 1))
        ax.set_title(name)
    fig.suptitle(title)
    return fig
