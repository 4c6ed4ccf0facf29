"""Images that are damaged, half there, or not there."""

import shutil

import pytest

from cs231n.doctor import BAD, GOOD, kit
from staff.authoring.paths import ROOT

from .asking import ask, found


def shorten(path):
    path.write_bytes(path.read_bytes()[:-1000])


def spoil(path):
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)


@pytest.fixture
def datasets(tmp_path, monkeypatch):
    """A copy of the sample, in a folder that the kit is told of."""
    shutil.copytree(ROOT / "datasets" / "cifar10-sample", tmp_path / "datasets" / "cifar10-sample")
    monkeypatch.setenv("CS231N_DATA", str(tmp_path / "datasets"))
    return tmp_path / "datasets"


def half_a_folder(datasets):
    import numpy as np

    (datasets / "cifar10").mkdir()
    np.save(datasets / "cifar10" / "train_labels.npy", np.zeros(50000, np.uint8))


def truncated(datasets):
    half_a_folder(datasets)
    path = datasets / "cifar10" / "train_images.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00v\x00{'descr': '|u1'")


@pytest.mark.parametrize(
    ("damage", "said", "advice"),
    [
        (half_a_folder, "train_images.npy: expected uint8 of shape (50000, 32, 32, 3), found no such file", "--repair"),
        (truncated, "train_images.npy: expected uint8 of shape (50000, 32, 32, 3), found a truncated", "--repair"),
        (
            lambda datasets: shorten(datasets / "cifar10-sample/train.webp"),
            "train.webp is damaged: SHA-256",
            "datasets/",
        ),
        (lambda datasets: spoil(datasets / "cifar10-sample/test.webp"), "test.webp is damaged: SHA-256", "datasets/"),
        (lambda datasets: shutil.rmtree(datasets), "found none of them", "datasets/"),
    ],
    ids=["half a folder", "truncated file", "truncated sample", "sample with another digest", "nothing"],
)
def test_broken_images(datasets, damage, said, advice):
    assert kit.examine_data()[0] == GOOD
    damage(datasets)
    verdict, text, what_to_do = kit.examine_data()
    assert verdict == BAD
    assert said in text
    assert advice in what_to_do


def test_the_repair_is_named_with_the_folder_that_is_in_the_way(datasets):
    half_a_folder(datasets)
    assert str(datasets / "cifar10") in kit.examine_data()[2]
    shutil.rmtree(datasets / "cifar10")
    assert kit.examine_data()[0] == GOOD


@pytest.mark.long
def test_the_exit_status_with_broken_images(untouched):
    truncated(untouched / "datasets")
    done = ask(untouched, "--json")
    assert {name for name, row in found(done).items() if row["verdict"] != GOOD} == {"data"}
    assert done.returncode == 1
