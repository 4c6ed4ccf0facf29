"""The sample that ships: small, stratified, and drawn again from the full set where that is at hand."""

import numpy as np
import pytest

from cs231n import layouts
from cs231n.errors import DatasetError
from staff.authoring import sample as sample_module
from staff.authoring.paths import ROOT
from staff.authoring.sample import make_sample

FOLDER = ROOT / "datasets" / "cifar10-sample"


def test_it_is_at_most_nine_megabytes():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 9e6


def test_a_sample_is_drawn_from_a_full_set(tmp_path, sample, monkeypatch):
    monkeypatch.setattr(
        layouts, "FULL_SHAPES", dict(zip(layouts.FULL_SHAPES, (a.shape for a in sample[1:]), strict=True))
    )
    monkeypatch.setattr(sample_module, "PER_CLASS", {"train": 20, "test": 10})
    monkeypatch.setattr(sample_module, "EFFORT", 0)
    (tmp_path / "cifar10").mkdir()
    for name, array in zip(layouts.FULL_SHAPES, sample[1:], strict=True):
        np.save(tmp_path / "cifar10" / name, array.astype(np.uint8))
    drawn = layouts.read_images(make_sample(tmp_path))
    digests = (tmp_path / "cifar10-sample" / "sha256.txt").read_bytes()
    rows = np.loadtxt(tmp_path / "cifar10-sample" / "train.csv", dtype=int, delimiter=",", skiprows=1)
    np.testing.assert_array_equal(drawn.train_images, sample.train_images[rows[:, 0]])
    np.testing.assert_array_equal(drawn.train_labels, sample.train_labels[rows[:, 0]])
    np.testing.assert_array_equal(np.bincount(drawn.test_labels), 10)
    make_sample(tmp_path)
    assert (tmp_path / "cifar10-sample" / "sha256.txt").read_bytes() == digests


def test_without_the_full_set_it_says_so(tmp_path):
    with pytest.raises(DatasetError, match=r"expected CIFAR-10 as train_images.npy"):
        make_sample(tmp_path)


@pytest.mark.skipif(not (ROOT / "datasets" / "cifar10").is_dir(), reason="the full set is not here")
def test_each_image_is_the_one_its_row_number_names(sample):
    full = layouts.read_images(ROOT / "datasets" / "cifar10")
    for part in ("train", "test"):
        rows = np.loadtxt(FOLDER / f"{part}.csv", dtype=int, delimiter=",", skiprows=1)
        np.testing.assert_array_equal(getattr(sample, f"{part}_images"), getattr(full, f"{part}_images")[rows[:, 0]])
        np.testing.assert_array_equal(rows[:, 1], getattr(full, f"{part}_labels")[rows[:, 0]])
