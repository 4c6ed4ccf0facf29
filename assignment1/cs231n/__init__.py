"""CS231n assignment 1: the multiclass linear SVM on CIFAR-10."""

__version__ = "2026.1"
