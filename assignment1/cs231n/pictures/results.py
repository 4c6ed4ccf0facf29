"""Pictures of what a classifier gets right and wrong."""

import matplotlib.pyplot as plt
import numpy as np

from . import SHARE, ink_on


def plot_confusion(labels, predictions, classes, title):
    """Show as what the images of each class were predicted, in percent of that class.

    Parameters
    ----------
    labels, predictions : ndarray of int, shape (N,)
        The correct class of each image, and the predicted one.
    classes : sequence of str
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    number = len(classes)
    counts = np.bincount(number * np.asarray(labels) + predictions, minlength=number**2).reshape(number, number)
    images = counts.sum(axis=1)
    percent = 100 * counts / np.maximum(images, 1)[:, None]
    fig, ax = plt.subplots(figsize=(8, 7), layout="constrained")
    picture = ax.imshow(percent, cmap=SHARE, vmin=0, vmax=max(percent.max(), 1))
    for (row, column), value in np.ndenumerate(percent):
        if counts[row, column]:
            ink = ink_on(picture.to_rgba(value))
            weight = "bold" if row == column else "normal"
            ax.text(column, row, f"{value:.0f}", ha="center", va="center", color=ink, weight=weight)
    for place in range(number):
        ax.add_patch(plt.Rectangle((place - 0.5, place - 0.5), 1, 1, fill=False, edgecolor="black", lw=1.2))
    names = [f"{name} ({count})" for name, count in zip(classes, images, strict=True)]
    ax.set(xticks=range(number), xticklabels=classes, yticks=range(number), yticklabels=names)
    ax.set(xlabel="predicted class", ylabel="correct class (number of images)", title=title)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    fig.colorbar(picture, label="% of the images of the correct class", shrink=0.8)
    return fig


def show_mistakes(images, scores, labels, predictions, classes, title, count=8):
    """Show the mistakes that the classifier is surest of: where a wrong score is furthest above the correct one.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, H, W, 3)
    scores : ndarray of shape (N, C)
    labels, predictions : ndarray of int, shape (N,)
        The correct class of each image, and the predicted one.
    classes : sequence of str
    title : str
    count : int
        How many to show; fewer where there are fewer.

    Returns
    -------
    matplotlib.figure.Figure
    """
    pairs = enumerate(zip(scores, labels, predictions, strict=True))
    leads = {index: row[wrong] - row[label] for index, (row, label, wrong) in pairs if wrong != label}
    worst = sorted(leads, key=leads.get, reverse=True)[:count]
    fig, axes = plt.subplots(1, count, figsize=(1.3 * count + 1, 2.4), squeeze=False, layout="constrained")
    for ax in axes.flat:
        ax.axis("off")
    for ax, index in zip(axes.flat, worst, strict=False):
        ax.imshow(images[index])
        ax.set_title(f"{classes[predictions[index]]}\n{classes[labels[index]]}\n{leads[index]:.1f}", fontsize=11)
    heading, look = "predicted\ncorrect\nscore too high by", {"fontsize": 11, "color": "0.35"}
    axes[0, 0].annotate(heading, (0, 1), (-8, 6), "axes fraction", "offset points", ha="right", va="bottom", **look)
    fig.suptitle(title)
    return fig
