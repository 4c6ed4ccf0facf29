"""The pictures: what they show, read off the figures."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cs231n import vis_utils
from cs231n.data_utils import CLASSES


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_visualize_grid():
    Xs = np.arange(5 * 2 * 3 * 3, dtype=float).reshape(5, 2, 3, 3)
    grid = vis_utils.visualize_grid(Xs, ubound=1.0, padding=2)
    assert grid.shape == (3 * 4 - 2, 3 * 5 - 2, 3)
    first, last = grid[:2, :3], grid[4:6, 5:8]  # images 0 and 4
    for image in (first, last):
        np.testing.assert_allclose(image, np.arange(18).reshape(2, 3, 3) / 17)
    assert not grid[2:4].any()
    assert not vis_utils.visualize_grid(np.ones((1, 2, 2, 3))).any()


def test_samples_of_each_class_and_their_names(sample):
    figure = vis_utils.show_samples(sample.train_images, sample.train_labels, CLASSES, "title", per_class=3, seed=1)
    assert [ax.get_title() for ax in figure.axes[:10]] == list(CLASSES)
    images = sample.train_images.reshape(4000, -1)
    for position, ax in enumerate(figure.axes):
        shown = ax.images[0].get_array().reshape(-1)
        (row,) = np.flatnonzero((images == shown).all(axis=1))
        assert sample.train_labels[row] == position % 10


def test_samples_of_a_class_with_few_images():
    figure = vis_utils.show_samples(
        np.zeros((3, 4, 4, 3), np.uint8), np.array([0, 0, 1]), ["a", "b"], "title", per_class=3
    )
    assert [len(ax.images) for ax in figure.axes] == [1, 1, 1, 0, 0, 0]


def test_mean_image(rng):
    figure = vis_utils.show_mean_image(rng.uniform(0, 255, (8, 8, 3)), "title")
    assert [ax.get_title().split(",")[0] for ax in figure.axes[:4]] == ["in colour", "red", "green", "blue"]


def test_loss_history(rng):
    losses = np.linspace(10, 1, 200) + rng.uniform(0, 0.1, 200)
    figure = vis_utils.plot_loss_history(losses, "title", window=20)
    raw, smooth = figure.axes[0].lines
    assert len(raw.get_ydata()) == 200
    np.testing.assert_allclose(smooth.get_ydata()[0], losses[:20].mean())
    np.testing.assert_allclose(smooth.get_xdata()[0], 9.5)
    assert len(vis_utils.plot_loss_history(losses[:5], "title", window=20).axes[0].lines) == 1


@pytest.mark.parametrize(("first", "scale"), [(9.0, "linear"), (790.0, "log")])
def test_the_axis_of_losses_is_logarithmic_where_they_fall_far(first, scale):
    figure = vis_utils.plot_loss_history(np.geomspace(first, 5, 100), "title")
    assert figure.axes[0].get_yscale() == scale


def test_tuning_marks_the_best_and_the_diverged():
    results = {
        (1e-7, 1e3): (0.40, 0.31),
        (1e-7, 1e4): (0.42, 0.38),
        (1e-6, 1e3): (0.5, 0.35),
        (1e-4, 2.5e4): (0.1, 0.99),
    }
    figure = vis_utils.plot_tuning({**results, (1e-4, 2.5e4): (0.1, 0.1)}, "title")
    training, validation = figure.axes[:2]
    assert texts(training) == ["0.400", "0.420", "0.500", "diverged"]
    assert texts(validation) == ["0.310", "0.380", "0.350", "diverged"]
    frame = [patch for patch in validation.patches if patch.get_edgecolor()[:3] == (1, 0, 0)]
    assert len(frame) == 1
    assert (round(frame[0].get_center()[0]), round(frame[0].get_center()[1])) == (0, 1)  # learning rate 1e-7, reg 1e4
    table = validation.images[0].get_array()
    np.testing.assert_allclose(table[1, 0], 0.38)
    assert np.ma.getmaskarray(np.ma.masked_invalid(table)).sum() == 9 - 3  # not tried, or diverged


def test_tuning_where_all_runs_diverged():
    figure = vis_utils.plot_tuning({(1e-3, 1e4): (np.nan, np.nan)}, "title")
    assert texts(figure.axes[1]) == ["diverged"]


def test_weights_share_one_scale_with_grey_at_zero():
    W = np.zeros((3073, 10))
    W[:1000, 2], W[:1000, 7], W[-1] = 1.0, -1.0, 50.0  # the bias is left out
    figure = vis_utils.show_weights(W, CLASSES, "title")
    assert [ax.get_title() for ax in figure.axes] == list(CLASSES)
    plane, bird, horse = (figure.axes[index].images[0].get_array() for index in (0, 2, 7))
    assert (plane == 0.5).all()
    assert (bird.min(), bird.max()) == (0.5, 1.0)
    assert (horse.min(), horse.max()) == (0.0, 0.5)
