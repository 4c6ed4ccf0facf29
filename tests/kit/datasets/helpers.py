"""What the tests of the datasets share."""

import numpy as np

from cs231n import layouts
from cs231n.datasets import Archive, verify
from cs231n.datasets.download import Limits

HASTE = Limits(connect=2, stall=1.5, rate=0, window=0.2, attempts=3, pause=0.01)


def source(host, behaviour):
    return Archive(host.url(behaviour), host.sha256, len(host.content))


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def is_whole(folder, small_set):
    verify(folder / "cifar10")
    for name, array in zip(layouts.FULL_SHAPES, small_set, strict=True):
        np.testing.assert_array_equal(np.load(folder / "cifar10" / name), array)
    return visible(folder) == ["cifar10"] and not list(folder.glob(".fetching-*"))
