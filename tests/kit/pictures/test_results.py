"""The pictures of what is right and wrong: what they show, read off the figures."""

import numpy as np

from cs231n import vis_utils

CLASSES = ("a", "b", "c")


def test_confusion():
    labels, predictions = np.array([0, 0, 0, 0, 1, 1, 2]), np.array([0, 0, 0, 2, 1, 0, 0])
    ax, _ = vis_utils.plot_confusion(labels, predictions, CLASSES, "title").axes
    shown = {(int(text.get_position()[1]), int(text.get_position()[0])): text.get_text() for text in ax.texts}
    assert shown == {(0, 0): "75", (0, 2): "25", (1, 0): "50", (1, 1): "50", (2, 0): "100"}  # row, column: percent
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a (4)", "b (2)", "c (1)"]
    np.testing.assert_allclose(ax.images[0].get_array(), [[75, 0, 25], [50, 50, 0], [100, 0, 0]])


def test_confusion_where_a_class_is_missing():
    ax, _ = vis_utils.plot_confusion(np.array([0]), np.array([0]), CLASSES, "title").axes
    assert np.isfinite(ax.images[0].get_array()).all()


def test_the_mistakes_with_the_highest_lead_come_first():
    scores = np.array([[5.0, 1, 0], [2.0, 1, 3], [9.0, 1, 1], [0.0, 0.5, 0]])
    labels = np.array([0, 1, 2, 0])  # right; c for b, by 2; a for c, by 8; b for a, by 0.5
    images = np.arange(4, dtype=np.uint8)[:, None, None, None] * np.ones((4, 2, 2, 3), np.uint8)
    axes = vis_utils.show_mistakes(images, scores, labels, scores.argmax(axis=1), CLASSES, "title", count=2).axes
    assert [ax.get_title() for ax in axes] == ["a\nc\n8.0", "c\nb\n2.0"]
    assert [ax.images[0].get_array()[0, 0, 0] for ax in axes] == [2, 1]


def test_fewer_mistakes_than_asked_for():
    scores, labels = np.array([[5.0, 1, 0], [2.0, 1, 3]]), np.array([0, 1])
    images = np.zeros((2, 2, 2, 3), np.uint8)
    axes = vis_utils.show_mistakes(images, scores, labels, scores.argmax(axis=1), CLASSES, "title").axes
    assert [len(ax.images) for ax in axes] == [1] + [0] * 7
