"""Every picture once as it must look, and its wrong twins, each with one thing that a reader would be misled by."""

import io

import numpy as np
from matplotlib.legend import Legend
from matplotlib.text import Text
from PIL import Image, ImageFilter

from cs231n import vis_utils
from cs231n.data_utils import CLASSES
from staff.authoring.paths import ROOT

BASELINES = ROOT / "tests" / "kit" / "pictures" / "baselines"
SIDE = 120  # pixels of a panel in a baseline
# Root mean square over all pixels, of 255. The pictures of matplotlib 3.7.5, 3.8.4, 3.9.4, 3.10.0 and 3.11.2, and in
# another font, differ by at most 1.8; the wrong twins below by at least 5.8.
TOLERANCE = 3.5

TUNED = {
    (5e-7, 1e3): (0.403, 0.396),
    (5e-7, 5e3): (0.394, 0.396),
    (5e-7, 2.5e4): (0.371, 0.390),
    (2e-6, 1e3): (0.412, 0.408),
    (2e-6, 5e3): (0.394, 0.404),
    (2e-6, 2.5e4): (0.369, 0.377),
    (1e-4, 2.5e4): (0.1, 0.1),
}


def panels(figure):
    """What lies within the axes of a figure, each in a square of the same size, side by side.

    Versions of matplotlib and fonts set text and the space around it differently by a pixel, which moves all else. So
    text, legends and the thin colour bars are left out here; other tests read off the figure what is written there.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    PIL.Image.Image
    """
    for artist in figure.findobj(lambda artist: isinstance(artist, Text | Legend)):
        artist.set_visible(False)
    axes = [ax for ax in figure.axes if ax.get_label() != "<colorbar>"]
    figure.set_dpi(200)
    stream = io.BytesIO()
    figure.savefig(stream, dpi=200)
    whole = Image.open(stream).convert("RGB")
    found = Image.new("RGB", (SIDE * len(axes), SIDE))
    for place, ax in enumerate(axes):
        left, bottom, right, top = ax.get_window_extent().extents
        box = (left, whole.height - top, right, whole.height - bottom)
        found.paste(whole.resize((SIDE, SIDE), Image.Resampling.BOX, box), (SIDE * place, 0))
    return found


def difference(name, picture):
    """Root mean square difference between the panels of a picture and its baseline, both blurred by two pixels.

    What is blurred is where a hatch or an edge falls between pixels; infinite where there are not as many panels.
    """
    pair = picture, Image.open(BASELINES / f"{name}.png").convert("RGB")
    shown, expected = (np.asarray(one.filter(ImageFilter.GaussianBlur(2)), float) for one in pair)
    return np.sqrt(np.mean((shown - expected) ** 2)) if shown.shape == expected.shape else np.inf


def pictures(sample):
    """Every picture by name, as a function without arguments that draws it.

    Parameters
    ----------
    sample : cs231n.data_utils.ImageSet

    Returns
    -------
    dict of str to callable
    """
    images, labels = sample.test_images[:400], sample.test_labels[:400]
    mean = sample.train_images.mean(axis=0)
    X = images.reshape(400, -1) - mean.reshape(-1)
    W = _templates(sample, mean)
    scores = X @ W[:-1]
    predictions = scores.argmax(axis=1)
    history = 5 + 4 * np.exp(-np.arange(800) / 60) + np.random.default_rng(0).normal(0, 0.3, 800)
    shifts = np.linspace(-0.3, 0.3, 61)
    return {
        "samples": lambda: vis_utils.show_samples(images, labels, CLASSES, "Samples", per_class=4, seed=0),
        "mean": lambda: vis_utils.show_mean_image(mean, "Mean"),
        "loss": lambda: vis_utils.plot_loss_history(history, "Loss"),
        "tuning": lambda: vis_utils.plot_tuning(TUNED, "Tuning", num_val=1000),
        "weights": lambda: vis_utils.show_weights(W, CLASSES, "Weights"),
        "confusion": lambda: vis_utils.plot_confusion(labels, predictions, CLASSES, "Confusion"),
        "mistakes": lambda: vis_utils.show_mistakes(images, scores, labels, predictions, CLASSES, "Mistakes"),
        "margins": lambda: vis_utils.show_margins(images[:3], scores[:3], labels[:3], CLASSES, "Margins"),
        "gradient_row": lambda: vis_utils.show_gradient_row(images[1] - mean, scores[1], labels[1], CLASSES, "Row"),
        "hinge": lambda: vis_utils.plot_hinge(
            shifts, 4 + np.maximum(0, shifts), np.clip((shifts + 0.1) / 0.2, 0, 1), 0.1, "Hinge"
        ),
    }


def _templates(sample, mean):
    """Weights that know something: of each class the mean image, less that of all, and a bias that is left out."""
    means = [sample.train_images[sample.train_labels == label].mean(axis=0) - mean for label in range(10)]
    return np.vstack([np.reshape(means, (10, -1)).T / 1e5, np.ones(10)])


def _wrong_samples(figure):
    grid = figure.axes[0].images[0]
    grid.set_data(np.roll(grid.get_array(), 32, axis=1))  # each image under the next class's name


def _wrong_mean(figure):
    figure.axes[1].images[0].autoscale()  # a scale of its own


def _wrong_loss(figure):
    line = figure.axes[0].lines[1]
    line.set_ydata(line.get_ydata() + 0.3)


def _wrong_tuning(figure):
    for ax in figure.axes[:2]:  # the tile at the lower left framed in place of the best
        tile, frames = ax.patches[0], [patch for patch in ax.patches if not patch.get_fill()]
        for frame in frames:
            frame.set_xy(tile.get_xy())


def _wrong_weights(figure):
    for ax in figure.axes:  # each stretched by itself
        data = ax.images[0].get_array()
        ax.images[0].set_data((data - data.min()) / np.ptp(data))


def _wrong_confusion(figure):
    for text in figure.axes[0].texts:
        text.set_position(text.get_position()[::-1])  # rows for columns
    figure.axes[0].images[0].set_data(figure.axes[0].images[0].get_array().T)


def _wrong_mistakes(figure):
    first, second = (ax.images[0] for ax in figure.axes[:2])
    shown = first.get_array()
    first.set_data(second.get_array())
    second.set_data(shown)


def _wrong_margins(figure):
    for line in figure.axes[3].lines[:1]:
        line.set_visible(False)  # where the margin begins
    for patch in figure.axes[3].patches:
        patch.set_color("tab:red")


def _wrong_gradient_row(figure):
    for ax in figure.axes:
        ax.images[0].set_data(1 - ax.images[0].get_array())  # added for subtracted


def _wrong_hinge(figure):
    for ax in figure.axes:
        ax.axvspan(-0.2, 0.2, color="0.9", zorder=0)  # the grey zone twice as wide as h makes it


WRONG = {name.removeprefix("_wrong_"): spoil for name, spoil in list(globals().items()) if name.startswith("_wrong_")}
