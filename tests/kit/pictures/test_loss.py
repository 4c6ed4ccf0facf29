"""The pictures of the loss: what they show, read off the figures."""

import numpy as np
import pytest

from cs231n import vis_utils


def test_margins():
    images = np.zeros((2, 4, 4, 3), np.uint8)
    scores = np.array([[3.0, 2.5, -1.0], [5.0, 1.0, 0.0]])
    figure = vis_utils.show_margins(images, scores, np.array([0, 0]), ["a", "b", "c"], "title")
    titles, bars = [ax.get_title() for ax in figure.axes[:2]], figure.axes[2:]
    assert titles == ["a: 1 too close, loss 0.50", "a: 0 too close, loss 0.00"]
    assert [text.get_text().strip() for text in bars[0].texts if text.get_text()] == ["0.50"]
    assert [text.get_text() for text in bars[1].texts] == []
    assert bars[0].lines[0].get_xdata()[0] == 2.0  # the correct score less 1
    assert [patch.get_width() for patch in bars[0].patches[:3]] == [3.0, 2.5, -1.0]
    colors = [patch.get_facecolor() for patch in bars[0].patches[:3]]
    assert len({*colors}) == 3


@pytest.mark.parametrize(
    ("scores", "label", "expected"),
    [
        ([3.0, 2.5, 2.1], 0, ["-2", "+1", "+1"]),
        ([3.0, 2.5, -1.0], 1, ["+1", "-1", "0"]),
        ([9.0, 2.5, -1.0], 0, ["0", "0", "0"]),
        ([3.0, 2.5, 2.0], 0, ["-1", "+1", "0"]),  # a margin of 0 is none
    ],
)
def test_a_row_of_the_gradient(scores, label, expected):
    image = np.full((4, 4, 3), 10.0)
    figure = vis_utils.show_gradient_row(image, np.array(scores), label, ["a", "b", "c"], "title")
    assert [ax.get_xlabel() for ax in figure.axes] == expected
    brightness = [np.mean(ax.images[0].get_array()) for ax in figure.axes]
    assert [int(np.sign(np.round(value - 0.5, 6))) for value in brightness] == [np.sign(int(n)) for n in expected]


def test_a_hinge():
    shifts = np.linspace(-1, 1, 21)
    differences = np.clip((shifts + 0.5) / 1.0, 0, 1)
    figure = vis_utils.plot_hinge(shifts, 3 + np.maximum(0, shifts), differences, 0.5, "title")
    top, bottom = figure.axes
    assert [line.get_label() for line in top.lines] == ["loss", "slope 0, from the left", "slope 1, from the right"]
    labels = [line.get_label() for line in bottom.lines if not line.get_label().startswith("_")]
    assert labels == ["slope of the loss", "central difference, h = 0.5"]
    left, right = bottom.lines[:2]
    assert set(left.get_ydata()) == {0.0}
    np.testing.assert_allclose(right.get_ydata(), 1)
    assert max(left.get_xdata()) < 0 < min(right.get_xdata())
