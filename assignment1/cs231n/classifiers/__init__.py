"""The classifiers of this assignment; the student writes in `linear_svm` and `linear_classifier`."""

from . import _past  # noqa: F401  before the student's files, which may ask for it

__all__ = ["LinearClassifier", "LinearSVM"]


def __getattr__(name):  # when they are asked for: where one of the files cannot be imported, the other can
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import linear_classifier

    return getattr(linear_classifier, name)
