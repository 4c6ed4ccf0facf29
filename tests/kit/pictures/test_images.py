"""The pictures made of images: what they show, read off the figures."""

import numpy as np
import pytest

from cs231n import vis_utils
from cs231n.data_utils import CLASSES


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
    (ax,) = figure.axes
    assert [label.get_text() for label in ax.get_xticklabels()] == list(CLASSES)
    np.testing.assert_allclose(ax.get_xticks(), 32 * np.arange(10) + 15.5)  # each name above the middle of its column
    grid = ax.images[0].get_array()
    assert grid.shape == (3 * 32, 10 * 32, 3)  # no gaps
    images = sample.train_images.reshape(4000, -1)
    for row in range(3):
        for column in range(10):
            shown = grid[32 * row : 32 * (row + 1), 32 * column : 32 * (column + 1)].reshape(-1)
            (index,) = np.flatnonzero((images == shown).all(axis=1))
            assert sample.train_labels[index] == column


def test_each_pixel_of_the_samples_is_shown_as_a_square(sample):
    figure = vis_utils.show_samples(sample.train_images, sample.train_labels, CLASSES, "title", seed=1)
    box = figure.axes[0].get_window_extent()
    np.testing.assert_allclose(box.width / 320, 3)  # dots
    np.testing.assert_allclose(box.height / 224, 3)


def test_samples_of_a_class_with_few_images():
    figure = vis_utils.show_samples(
        np.zeros((3, 4, 4, 3), np.uint8), np.array([0, 0, 1]), ["a", "b"], "title", per_class=3
    )
    grid = figure.axes[0].images[0].get_array()
    black = (grid == 0).all(axis=2)[::4, ::4]
    assert black.tolist() == [[True, True], [True, False], [False, False]]


def test_mean_image(rng):
    figure = vis_utils.show_mean_image(rng.uniform(0, 255, (8, 8, 3)), "title")
    assert [ax.get_title().split(",")[0] for ax in figure.axes[:4]] == ["in colour", "red", "green", "blue"]


def test_weights_share_one_scale_with_grey_at_zero():
    W = np.zeros((3073, 10))
    W[:1000, 2], W[:1000, 7], W[-1] = 1.0, -1.0, 50.0  # the bias is left out
    figure = vis_utils.show_weights(W, CLASSES, "title")
    assert [ax.get_title() for ax in figure.axes] == list(CLASSES)
    plane, bird, horse = (figure.axes[index].images[0].get_array() for index in (0, 2, 7))
    assert (plane == 0.5).all()
    assert (bird.min(), bird.max()) == (0.5, 1.0)
    assert (horse.min(), horse.max()) == (0.0, 0.5)


@pytest.mark.parametrize("W", [np.zeros((3073, 10)), np.eye(3073, 10)], ids=["all zero", "nearly all zero"])
def test_weights_without_a_reach_of_their_own(W):
    figure = vis_utils.show_weights(W, CLASSES, "title")
    shown = [ax.images[0].get_array() for ax in figure.axes]
    assert np.isfinite(shown).all()
    assert np.max(shown) == (1.0 if W.any() else 0.5)
