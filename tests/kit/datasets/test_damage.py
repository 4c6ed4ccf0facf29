"""Sets that are damaged, disks that are full, and folders of other people's: found, said, and repaired where asked."""

import shutil

import numpy as np
import pytest

from cs231n import layouts
from cs231n.datasets import fetch, place, repair, verify
from cs231n.datasets.official import write_official_layout
from cs231n.errors import DatasetError

from .helpers import HASTE, is_whole, source, visible


def test_a_full_set_is_recognised_without_being_read(host, folder, small_set, monkeypatch):
    fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    said = []
    monkeypatch.setattr(place, "damaged_files", None)  # reading it would fail
    fetch(folder, [], said.append)
    assert said == [f"datasets: {folder / 'cifar10'} is there already."]


def damages():
    def a_wrong_pixel(target):
        array = np.load(target / "train_images.npy")
        array[0, 0, 0, 0] ^= 1
        np.save(target / "train_images.npy", array)

    def a_missing_file(target):
        (target / "test_labels.npy").unlink()

    def a_short_file(target):
        path = target / "test_images.npy"
        path.write_bytes(path.read_bytes()[:-1000])

    def another_type(target):
        np.save(target / "train_labels.npy", np.load(target / "train_labels.npy").astype(int))

    return [a_wrong_pixel, a_missing_file, a_short_file, another_type]


@pytest.mark.parametrize("damage", damages(), ids=lambda damage: damage.__name__)
def test_damage_is_found_and_repaired(host, folder, small_set, damage):
    fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    damage(folder / "cifar10")
    kept = {path.name: path.stat().st_ino for path in (folder / "cifar10").iterdir()}
    with pytest.raises(DatasetError, match=r"--repair|get the data again"):
        verify(folder / "cifar10")
    replaced = repair(folder, [source(host, "404"), source(host, "good")], lambda sentence: None, HASTE)
    assert len(replaced) == 1
    assert is_whole(folder, small_set)
    now = {path.name: path.stat().st_ino for path in (folder / "cifar10").iterdir()}
    assert all(now[name] == kept[name] for name in kept if name not in replaced)
    assert repair(folder, [], lambda sentence: None) == []


def test_a_repair_that_gets_no_data_changes_nothing(host, folder, small_set):
    fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    (folder / "cifar10" / "test_labels.npy").unlink()
    with pytest.raises(DatasetError, match="nothing was changed"):
        repair(folder, [source(host, "404")], lambda sentence: None, HASTE)
    assert len(list((folder / "cifar10").iterdir())) == 3


def test_too_little_disk_is_said_before_anything_is_fetched(host, folder, small_set, monkeypatch):
    usage = shutil.disk_usage(folder)._replace(free=10 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DatasetError, match="expected 450 MB of free disk, found 10"):
        fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    assert host.asked == []
    assert visible(folder) == []


def test_a_set_that_is_not_there_is_repaired_in_one_step(host, folder, small_set, monkeypatch):
    monkeypatch.setattr("cs231n.datasets.obtain.replace_files", None)  # file by file would fail
    assert len(repair(folder, [source(host, "good")], lambda sentence: None, HASTE)) == 4
    assert is_whole(folder, small_set)


def test_a_disk_that_fills_up_during_a_repair_replaces_nothing(host, folder, small_set, monkeypatch):
    fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    for name in ("train_images.npy", "test_labels.npy"):
        (folder / "cifar10" / name).write_bytes(b"damaged")
    save = place._save

    def full_at_the_second(path, array):
        if path.name == "test_labels.npy":
            raise OSError(28, "No space left on device")
        save(path, array)

    monkeypatch.setattr(place, "_save", full_at_the_second)
    with pytest.raises(OSError, match="No space left"):
        repair(folder, [source(host, "good")], lambda sentence: None, HASTE)
    assert (folder / "cifar10" / "train_images.npy").read_bytes() == b"damaged"


def test_other_images_in_the_official_layout_are_not_taken_for_the_set(small_set, folder):
    images = layouts.ImageSet("small", *small_set)
    assert write_official_layout(folder, images) == write_official_layout(folder, images)
    others = images._replace(test_images=images.test_images ^ 1)
    with pytest.raises(DatasetError, match="cifar-10-batches-py: expected CIFAR-10, found other images"):
        write_official_layout(folder, others)
