"""CIFAR-10 as arrays: from each layout, and refused with a sentence where a file is not what it should be."""

import hashlib
import pickle
import re
import shutil
import warnings

import numpy as np
import pytest

from cs231n import data_utils, layouts
from cs231n.data_utils import center_and_add_bias, find_images, get_CIFAR10_data, load_CIFAR10, load_CIFAR_batch
from cs231n.datasets.official import pickle_of_2009
from cs231n.errors import DatasetError


@pytest.fixture
def full_folder(tmp_path, sample, monkeypatch):
    """The sample in the layout of the full set, whose sizes are made to fit."""
    folder = tmp_path / "cifar10"
    folder.mkdir()
    shapes = {}
    for name, array in zip(layouts.FULL_SHAPES, sample[1:], strict=True):
        np.save(folder / name, array.astype(np.uint8))
        shapes[name] = array.shape
    monkeypatch.setattr(layouts, "FULL_SHAPES", shapes)
    return folder


def assert_same_images(found, expected):
    for array, other in zip(found[1:], expected[1:], strict=True):
        np.testing.assert_array_equal(array, other)


def test_the_sample(sample):
    assert sample.name == "the sample of CIFAR-10 (4,000 training and 1,000 test images)"
    assert sample.train_images.shape == (4000, 32, 32, 3)
    assert sample.train_images.dtype == np.uint8
    assert 115 < sample.train_images.mean() < 125  # the full set's is 120.7
    for labels in (sample.train_labels, sample.test_labels):
        assert labels.dtype == np.int64
        np.testing.assert_array_equal(np.sort(labels.reshape(-1, 10)), np.tile(np.arange(10), (len(labels) // 10, 1)))


def test_the_sample_holds_no_image_twice(sample):
    rows = np.concatenate([sample.train_images, sample.test_images]).reshape(5000, -1)
    assert len(np.unique(rows, axis=0)) == 5000


def test_all_layouts_give_the_same_images(sample, full_folder, official_folder):
    for folder in (full_folder, official_folder):
        found = data_utils.read_images(folder)
        assert_same_images(found, sample)
        assert found.name.startswith("the full CIFAR-10")
    assert isinstance(data_utils.read_images(full_folder).train_images, np.memmap)


def test_the_full_set_is_preferred(tmp_path, sample, full_folder, official_folder, monkeypatch):
    shutil.copytree(official_folder.parent, tmp_path, dirs_exist_ok=True)
    assert isinstance(find_images(tmp_path).train_images, np.memmap)
    shutil.rmtree(full_folder)
    monkeypatch.setenv("CS231N_DATA", str(tmp_path))
    assert_same_images(find_images(), sample)


def test_load_cifar10_as_classic_notebooks_expect_it(sample, official_folder):
    X_train, y_train, X_test, y_test = load_CIFAR10(str(official_folder))
    assert X_train.shape == (4000, 32, 32, 3)
    assert X_train.dtype == np.float32
    X_train -= X_train.mean(axis=0, dtype=np.float64)  # in place, as they do
    np.testing.assert_array_equal(y_train, sample.train_labels)
    np.testing.assert_array_equal(X_test, sample.test_images)
    np.testing.assert_array_equal(y_test, sample.test_labels)


@pytest.mark.parametrize("bools", [b"I00\nI01\n", b"I0\nI1\n"], ids=["as we write them", "as their authors did"])
def test_official_batches_give_no_warning(sample, official_folder, tmp_path, bools):
    """The authors' batches have integers for `align` and `copy` of a dtype, of which NumPy 2.4 warns."""
    content = (official_folder / "data_batch_2").read_bytes()
    assert content.count(b"S'u1'\nI00\nI01\n") == 1
    (tmp_path / "batch").write_bytes(content.replace(b"S'u1'\nI00\nI01\n", b"S'u1'\n" + bools))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        X, y = load_CIFAR_batch(tmp_path / "batch")
    np.testing.assert_array_equal(X, sample.train_images[800:1600])
    np.testing.assert_array_equal(y, sample.train_labels[800:1600])


@pytest.mark.parametrize("encoding", ["latin1", "bytes"])
def test_batches_as_other_peoples_code_reads_them(sample, official_folder, encoding):
    kind = str if encoding == "latin1" else str.encode
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        batch = pickle.loads((official_folder / "data_batch_2").read_bytes(), encoding=encoding)
        about = pickle.loads((official_folder / "batches.meta").read_bytes(), encoding=encoding)
    data = batch.pop(kind("data"))
    assert (data.dtype, data.flags.c_contiguous, data.flags.writeable) == (np.uint8, True, True)
    np.testing.assert_array_equal(data, sample.train_images[800:1600].transpose(0, 3, 1, 2).reshape(800, 3072))
    labels = sample.train_labels[800:1600].tolist()
    assert batch == {kind("batch_label"): kind("training batch 2 of 5"), kind("labels"): labels}
    assert (about[kind("num_cases_per_batch")], about[kind("num_vis")]) == (800, 3072)
    assert about[kind("label_names")][:3] == [kind(name) for name in ("airplane", "automobile", "bird")]


def test_get_cifar10_data(sample, monkeypatch, tmp_path):
    shutil.copytree(data_utils.datasets_folder() / "cifar10-sample", tmp_path / "cifar10-sample")
    monkeypatch.setenv("CS231N_DATA", str(tmp_path))
    data = get_CIFAR10_data(3000, 400, 300)
    assert [data[f"X_{part}"].shape for part in ("train", "val", "test")] == [
        (3000, 3, 32, 32),
        (400, 3, 32, 32),
        (300, 3, 32, 32),
    ]
    np.testing.assert_allclose(data["X_train"].mean(axis=0), 0, atol=1e-3)
    np.testing.assert_array_equal(data["y_val"], sample.train_labels[3000:3400])
    plain = get_CIFAR10_data(subtract_mean=False)
    assert [len(plain[f"y_{part}"]) for part in ("train", "val", "test")] == [3500, 500, 1000]
    np.testing.assert_array_equal(plain["X_test"], sample.test_images.transpose(0, 3, 1, 2))
    with pytest.raises(ValueError, match=r"49000 training, 1000 validation.*Ask for fewer"):
        get_CIFAR10_data(49000, 1000, 1000)


def test_split_sizes_follow_from_what_is_there(sample):
    assert data_utils.split_sizes(sample) == (3500, 500, 500, 1000)
    full = sample._replace(train_images=np.empty((50000, 0)), test_images=np.empty((10000, 0)))
    assert data_utils.split_sizes(full) == (49000, 1000, 500, 1000)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_center_and_add_bias(rng, dtype, monkeypatch):
    monkeypatch.setattr(data_utils, "BLOCK", 4)  # so that ten rows are two blocks and a rest
    pixels, mean_image = rng.integers(256, size=(10, 6), dtype=np.uint8), rng.uniform(0, 255, 6)
    X = center_and_add_bias(pixels, mean_image, dtype)
    assert X.dtype == dtype
    np.testing.assert_allclose(X, np.hstack([pixels - mean_image, np.ones((10, 1))]), rtol=1e-5, atol=1e-4)
    with pytest.raises(ValueError, match=r"expected pixels of shape \(N, D\).*found \(10, 6\) and \(5,\)"):
        center_and_add_bias(pixels, mean_image[:5])


def truncate(path, size=1000):
    path.write_bytes(path.read_bytes()[:size])


def official_damage():
    def missing(folder):
        (folder / "data_batch_3").unlink()

    def foreign(folder):
        (folder / "data_batch_3").write_bytes(b"<html>503 Service Unavailable</html>")

    def other_pickle(folder):
        (folder / "data_batch_3").write_bytes(pickle_of_2009({"fine_labels": [1], "filenames": ["a"]}))

    def short_rows(folder):
        (folder / "data_batch_3").write_bytes(pickle_of_2009({"data": np.zeros((2, 30), np.uint8), "labels": [0, 1]}))

    def labels_out_of_range(folder):
        (folder / "data_batch_3").write_bytes(
            pickle_of_2009({"data": np.zeros((2, 3072), np.uint8), "labels": [0, 77]})
        )

    def runs_code(folder):
        (folder / "data_batch_3").write_bytes(pickle.dumps(print))

    yield missing, r"data_batch_3: expected a batch of CIFAR-10, found no such file"
    yield (
        lambda folder: truncate(folder / "data_batch_3"),
        r"data_batch_3: expected a batch .* truncated or foreign file",
    )
    yield lambda folder: truncate(folder / "data_batch_3", 0), r"data_batch_3: expected a batch .* truncated or foreign"
    yield foreign, r"data_batch_3: expected a batch of CIFAR-10, found a truncated or foreign file"
    yield other_pickle, r"data_batch_3: .*found a dict with 'fine_labels', 'filenames'"
    yield short_rows, r"data_batch_3: expected .* uint8 `data` of shape \(N, 3072\)"
    yield labels_out_of_range, "data_batch_3: .*N `labels` from 0 to 9, found a dict with .*labels such as 77"
    yield runs_code, r"data_batch_3: .*it asks for builtins.print, which no batch needs"


@pytest.mark.parametrize(("damage", "message"), [*official_damage()])
def test_a_damaged_official_folder_is_named(tmp_path, official_folder, damage, message):
    folder = shutil.copytree(official_folder, tmp_path / "batches")
    damage(folder)
    with pytest.raises(DatasetError, match=message):
        load_CIFAR10(folder)


def full_damage():
    yield lambda folder: (folder / "test_labels.npy").unlink(), r"test_labels.npy: expected uint8 .* found no such file"
    yield lambda folder: truncate(folder / "train_images.npy"), "train_images.npy: .* found a truncated or foreign file"
    yield lambda folder: truncate(folder / "train_images.npy", 0), "train_images.npy: .* found a truncated or foreign"
    yield lambda folder: np.save(folder / "test_labels.npy", np.zeros(5)), r"found float64 of shape \(5,\)"

    def label_out_of_range(folder):
        np.save(folder / "test_labels.npy", np.full(1000, 77, np.uint8))

    def archive_of_arrays(folder):
        with (folder / "test_labels.npy").open("wb") as file:
            np.savez(file, a=np.zeros(3))

    yield label_out_of_range, "expected a label from 0 to 9 for each of 1000 test images, found 1000 from 77 to 77"
    yield archive_of_arrays, "test_labels.npy: .* found a truncated or foreign file"


@pytest.mark.parametrize(("damage", "message"), [*full_damage()])
def test_a_damaged_full_set_is_named_and_not_passed_over(full_folder, damage, message):
    damage(full_folder)
    with pytest.raises(DatasetError, match=message):
        find_images(full_folder.parent)


def test_a_label_out_of_range_in_the_sample_is_named(tmp_path):
    folder = shutil.copytree(data_utils.datasets_folder() / "cifar10-sample", tmp_path / "cifar10-sample")
    labels = folder / "test.csv"
    kept = hashlib.sha256(labels.read_bytes()).hexdigest()
    labels.write_bytes(re.sub(rb",\d\n", b",77\n", labels.read_bytes(), count=1))
    listing = (folder / "sha256.txt").read_text()
    (folder / "sha256.txt").write_text(listing.replace(kept, hashlib.sha256(labels.read_bytes()).hexdigest()))
    with pytest.raises(DatasetError, match="expected a label from 0 to 9 for each of 1000 test images"):
        find_images(tmp_path)


def test_pages_are_given_back_only_where_they_can_be_read_again(tmp_path):
    np.save(tmp_path / "a.npy", np.ones((3, 4), np.uint8))
    changed = np.load(tmp_path / "a.npy", mmap_mode="c")
    changed += 5
    assert (center_and_add_bias(changed, np.zeros(4))[:, :-1] == 6).all()
    assert (changed == 6).all()


def test_a_damaged_sample_is_named(tmp_path):
    folder = shutil.copytree(data_utils.datasets_folder() / "cifar10-sample", tmp_path / "cifar10-sample")
    truncate(folder / "train.webp")
    with pytest.raises(DatasetError, match=r"train.webp is damaged: SHA-256 begins \w{6}, expected \w{6}. Take"):
        find_images(tmp_path)
    (folder / "sha256.txt").write_text("<html>busy</html>")
    with pytest.raises(DatasetError, match=r"sha256.txt: expected the digests of train.webp, train.csv"):
        find_images(tmp_path)
    shutil.copy(data_utils.datasets_folder() / "cifar10-sample" / "sha256.txt", folder)
    (folder / "train.webp").unlink()
    with pytest.raises(DatasetError, match=r"train.webp: expected a file of the sample, found no such file"):
        find_images(tmp_path)


def test_missing_data_are_named(tmp_path):
    with pytest.raises(DatasetError, match=r"expected CIFAR-10 in one of the folders .*bash get_datasets.sh"):
        find_images(tmp_path)
    with pytest.raises(DatasetError, match=r"found neither. Remove the folder if there is one. Get the full set"):
        load_CIFAR10(tmp_path)
    with pytest.raises(DatasetError, match=r"no_such_batch: .*cannot be read \(No such file or directory\)"):
        load_CIFAR_batch(tmp_path / "no_such_batch")
    assert DatasetError("a sentence")._render_traceback_() == ["DatasetError: a sentence"]
