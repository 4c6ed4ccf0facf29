"""Every picture that the notebook shows, each returned as a figure, and the grid of images of the classic kit."""

from .pictures.images import show_mean_image, show_samples, show_weights, visualize_grid
from .pictures.loss import plot_hinge, show_gradient_row, show_margins
from .pictures.results import plot_confusion, show_mistakes
from .pictures.training import plot_loss_history, plot_tuning

__all__ = [
    "plot_confusion",
    "plot_hinge",
    "plot_loss_history",
    "plot_tuning",
    "show_gradient_row",
    "show_margins",
    "show_mean_image",
    "show_mistakes",
    "show_samples",
    "show_weights",
    "visualize_grid",
]
