"""The pictures of training: what they show, read off the figures."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from cs231n import vis_utils
from cs231n.pictures import ink_on

TUNED = {
    (1e-7, 1e3): (0.40, 0.31),
    (1e-7, 1e4): (0.42, 0.38),
    (1e-6, 1e3): (0.5, 0.35),
    (1e-4, 2.5e4): (0.1, 0.1),
}


def numbers(ax):
    return [text.get_text() for text in ax.texts]


def tiles(ax, hatched):
    """Corners and sizes of the tiles, those that diverged or the others; frames are no tiles."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_fill()]
    return [
        (*patch.get_xy(), patch.get_width(), patch.get_height())
        for patch in found
        if bool(patch.get_hatch()) == hatched
    ]


def framed(ax):
    """The middle of the tile that is framed in black."""
    (frame,) = [patch for patch in ax.patches if not patch.get_fill() and patch.get_edgecolor()[:3] == (0, 0, 0)]
    return tuple(10 ** np.array(frame.get_center()))


def test_loss_history(rng):
    losses = np.linspace(10, 1, 200) + rng.uniform(0, 0.1, 200)
    figure = vis_utils.plot_loss_history(losses, "title", window=21)
    raw, smooth = figure.axes[0].lines
    assert len(raw.get_ydata()) == 200
    assert smooth.get_xdata().tolist() == list(range(190))
    np.testing.assert_allclose(smooth.get_ydata()[50], losses[40:61].mean())
    np.testing.assert_allclose(smooth.get_ydata()[:3], [losses[0], losses[:3].mean(), losses[:5].mean()])
    np.testing.assert_allclose(smooth.get_ydata()[-1], losses[179:].mean())
    assert len(vis_utils.plot_loss_history(losses[:5], "title", window=21).axes[0].lines) == 1


@pytest.mark.parametrize(("first", "scale"), [(9.0, "linear"), (790.0, "log")])
def test_the_axis_of_losses_is_logarithmic_where_they_fall_far(first, scale):
    figure = vis_utils.plot_loss_history(np.geomspace(first, 5, 100), "title")
    assert figure.axes[0].get_yscale() == scale


def test_tuning_marks_the_best_and_the_diverged():
    training, validation = vis_utils.plot_tuning(TUNED, "title").axes[:2]
    assert numbers(training) == ["0.40", "0.42", "0.50"]
    assert numbers(validation) == ["0.31", "0.38", "0.35"]
    for ax in (training, validation):
        np.testing.assert_allclose(framed(ax), (1e-7, 1e4))
        assert len(tiles(ax, hatched=True)) == 1


def test_tiles_lie_at_their_logarithms_and_touch_where_the_steps_are_even():
    training, validation = vis_utils.plot_tuning(TUNED, "title").axes[:2]
    width, height = 1, np.log10(2.5)  # the smallest steps
    np.testing.assert_allclose(
        tiles(validation, hatched=False),
        [(x - width / 2, y - height / 2, width, height) for x, y in ((-7, 3), (-7, 4), (-6, 3))],
    )
    assert [label.get_text() for label in validation.get_xticklabels()] == ["1e-7", "1e-6", "1e-4"]
    assert [label.get_text() for label in training.get_yticklabels()] == ["1000", "10000", "25000"]


def test_a_search_at_random_is_shown_in_tiles_of_a_size_that_can_be_seen(rng):
    pairs = 10 ** rng.uniform((-8, 2), (-5, 5), (40, 2))
    figure = vis_utils.plot_tuning({tuple(pair): (0.3, 0.3) for pair in pairs}, "title")
    spans = np.ptp(np.log10(pairs), axis=0)
    np.testing.assert_allclose([tile[2:] for tile in tiles(figure.axes[0], hatched=False)], [spans / 12] * 40)
    assert {"1e-8", "1e-7", "1e-6"} <= {label.get_text() for label in figure.axes[0].get_xticklabels()}


@pytest.mark.parametrize(
    ("pair", "accuracies", "diverged"),
    [
        ((1e-7, 1e3), (np.nan, 0.1), True),  # W overflowed, whatever made it
        ((1e-7, 1e3), (0.1, np.inf), True),
        ((1e-4, 2.5e4), (0.1, 0.12), True),  # the factor is -4, and all images got one class
        ((1e-4, 2.5e4), (0.37, 0.36), False),  # the factor alone is no proof: the rate fell while it trained
        ((1e-10, 1e3), (0.1, 0.1), False),  # hardly trained, which is something else
    ],
)
def test_a_run_that_diverged_is_told_by_its_values_too(pair, accuracies, diverged):
    figure = vis_utils.plot_tuning({pair: accuracies, (5e-7, 5e3): (0.4, 0.39)}, "title")
    assert len(tiles(figure.axes[1], hatched=True)) == diverged
    assert len(numbers(figure.axes[1])) == 2 - diverged


def test_tuning_where_all_runs_diverged():
    figure = vis_utils.plot_tuning({(1e-3, 1e4): (np.nan, np.nan)}, "title", num_val=500)
    assert numbers(figure.axes[1]) == []
    assert len(figure.axes[1].patches) == 1  # hatched, and nothing framed


def test_the_standard_error_is_said():
    figure = vis_utils.plot_tuning(TUNED, "title", num_val=1000)
    said = [text.get_text() for text in figure.legends[0].get_texts()]
    assert said == ["diverged", "best on validation", "standard error of 1,000 validation images: \u00b11.5%"]
    low, high = figure.axes[3].collections[-1].get_segments()[0][:, 1]
    np.testing.assert_allclose([low, high], 0.38 + np.array([-1, 1]) * np.sqrt(0.38 * 0.62 / 1000))


@pytest.mark.parametrize(("color", "ink"), [("white", "black"), ("#21918c", "black"), ("#440154", "white")])
def test_ink(color, ink):
    assert ink_on(to_rgb(color)) == ink
