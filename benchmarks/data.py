"""Training and validation set as the notebook makes them."""

from staff.authoring.paths import ROOT

__all__ = ["arrays"]


def arrays(full=True):
    """Centred rows with a column of ones, in float32.

    Parameters
    ----------
    full : bool
        Whether to take the full set where it is there, rather than the sample.

    Returns
    -------
    X_train, y_train, X_val, y_val : ndarray
    name : str
        Of the set.
    """
    import numpy as np

    from cs231n import data_utils

    folder = ROOT / "datasets" / "cifar10"
    images = data_utils.read_images(folder if full and folder.is_dir() else ROOT / "datasets" / "cifar10-sample")
    train = data_utils.split_sizes(images).train
    pixels = images.train_images.reshape(len(images.train_images), -1)
    mean = np.mean(pixels[:train], axis=0)
    X, X_val = (data_utils.center_and_add_bias(part, mean, np.float32) for part in (pixels[:train], pixels[train:]))
    return X, images.train_labels[:train], X_val, images.train_labels[train:], images.name
