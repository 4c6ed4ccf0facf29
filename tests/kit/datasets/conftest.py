"""A small set that stands for CIFAR-10, its archive, and hosts that serve it."""

import hashlib
import io
import tarfile

import numpy as np
import pytest

from cs231n import layouts
from cs231n.datasets import place
from cs231n.datasets.official import write_official_layout
from cs231n.layouts import ImageSet

from .hosts import serve


@pytest.fixture
def small_set(monkeypatch, rng):
    """Four small arrays, with shapes and digests to match."""
    arrays = []
    for number in (20, 10):
        arrays.append(rng.integers(256, size=(number, 32, 32, 3), dtype=np.uint8))
        arrays.append(rng.integers(10, size=number, dtype=np.uint8))
    shapes = {name: array.shape for name, array in zip(layouts.FULL_SHAPES, arrays, strict=True)}
    digests = {name: hashlib.sha256(array).hexdigest() for name, array in zip(shapes, arrays, strict=True)}
    for module in (layouts, place):
        monkeypatch.setattr(module, "FULL_SHAPES", shapes)
    monkeypatch.setattr(place, "ARRAY_SHA256", digests)
    return arrays


@pytest.fixture
def archive(small_set, tmp_path):
    """The small set as its authors would publish it: the bytes of a tar.gz."""
    write_official_layout(tmp_path, ImageSet("small", *small_set))
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        tar.add(tmp_path / "cifar-10-batches-py", "cifar-10-batches-py")
    return stream.getvalue()


@pytest.fixture
def host(archive):
    with serve(archive) as server:
        yield server


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "datasets"
    path.mkdir()
    return path
