"""Pictures made of images: samples of each class, their mean, what each class's weights look for."""

import matplotlib.pyplot as plt
import numpy as np

_PIXEL = 0.03  # inches that a pixel of the samples measures: three dots of the notebook's hundred to the inch


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
    """Show some images of each class, a class a column, without gaps.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, H, W, 3)
    labels : ndarray of int, shape (N,)
    classes : sequence of str
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
    height, width = images.shape[1:3]
    grid = np.full((per_class, height, len(classes), width, 3), 255, np.uint8)
    for label in range(len(classes)):
        members = np.flatnonzero(labels == label)
        chosen = rng.choice(members, min(per_class, len(members)), replace=False)
        grid[: len(chosen), :, label] = images[chosen]
    grid = grid.reshape(per_class * height, len(classes) * width, 3)
    size = np.array([grid.shape[1], grid.shape[0]]) * _PIXEL
    head = 0.6  # inches for the title and the names
    fig = plt.figure(figsize=(size[0], size[1] + head))
    ax = fig.add_axes((0, 0, 1, size[1] / (size[1] + head)))
    ax.imshow(grid, interpolation="nearest", aspect="auto")
    ax.set(xticks=(np.arange(len(classes)) + 0.5) * width - 0.5, xticklabels=classes, yticks=[])
    ax.tick_params(length=0, labelsize=12, labelbottom=False, labeltop=True)
    ax.spines[:].set_visible(False)
    fig.suptitle(title, y=1, va="top")
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


def show_weights(W, classes, title):
    """Show what each class's weights look for, as images on one common scale.

    Parameters
    ----------
    W : ndarray of shape (3073, C)
        Weights; the last row, the bias, is left out.
    classes : sequence of str
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    templates = np.moveaxis(W[:-1].reshape(32, 32, 3, -1), -1, 0)
    reach = np.percentile(np.abs(templates), 99.9)  # a few extreme weights would leave all others grey
    reach = reach or np.abs(templates).max() or 1
    columns = -(-len(classes) // 2)
    fig, axes = plt.subplots(2, columns, figsize=(2 * columns, 5), squeeze=False, layout="constrained")
    for ax in axes.flat:
        ax.axis("off")
    for ax, template, name in zip(axes.flat, templates, classes, strict=False):
        ax.imshow(np.clip(0.5 + 0.5 * template / reach, 0, 1))
        ax.set_title(name)
    fig.suptitle(title)
    fig.supxlabel(
        f"one scale for all: mid-grey is 0, full brightness {reach:.1e} and more, black the negative of it", fontsize=10
    )
    return fig
