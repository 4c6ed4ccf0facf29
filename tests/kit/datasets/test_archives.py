"""Archives of a user's own: everything is looked at before anything is believed."""

import io
import os
import pickle
import re
import tarfile
from pathlib import Path

import pytest

from cs231n.datasets import fetch, given_source, place
from cs231n.datasets.sources import read_package
from cs231n.errors import DatasetError

from .helpers import HASTE, is_whole, visible


def tar_bytes(change):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        change(tar)
    return stream.getvalue()


class Evil:
    def __reduce__(self):
        return os.system, ("touch /tmp/this-must-not-be",)


def add(tar, name, content=b"", **fields):
    member = tarfile.TarInfo(name)
    member.size = len(content)
    for field, value in fields.items():
        setattr(member, field, value)
    tar.addfile(member, io.BytesIO(content))


def bad_archives():
    batches = [f"cifar-10-batches-py/{name}" for name in ("test_batch", *(f"data_batch_{n}" for n in range(1, 6)))]

    def climbing(tar):
        add(tar, "../../escaped", b"x")
        add(tar, "/tmp/escaped", b"x")

    def links(tar):
        for name in batches:
            add(tar, name, type=tarfile.SYMTYPE, linkname="/etc/passwd")

    def code(tar):
        for name in batches:
            add(tar, name, pickle.dumps(Evil(), protocol=2))

    def missing_batch(tar):
        add(tar, batches[0], b"x")

    def huge(tar):
        for name in batches:
            add(tar, name, bytes((64 << 20) + 1))

    yield "climbing", tar_bytes(climbing), "package/data_batch_1.png"
    yield "links", tar_bytes(links), "is no file of at most 64 MB"
    yield "code", tar_bytes(code), "it asks for (posix|nt).system, which no batch needs"
    yield "missing batch", tar_bytes(missing_batch), "data_batch_1"
    yield "huge", tar_bytes(huge), "is no file of at most 64 MB"
    yield "no archive", b"hello", "expected an archive of CIFAR-10"
    yield "empty", b"", "expected an archive of CIFAR-10"


@pytest.mark.parametrize(("name", "content", "reason"), [*bad_archives()], ids=[row[0] for row in bad_archives()])
def test_a_bad_archive_of_ones_own(folder, small_set, tmp_path, name, content, reason):
    path = tmp_path / "own.tar.gz"
    path.write_bytes(content)
    said = []
    with pytest.raises(DatasetError, match="no source delivered"):
        fetch(folder, [given_source(str(path))], said.append)
    assert re.search(reason, said[0]), said
    assert visible(folder) == []
    assert not Path("/tmp/this-must-not-be").exists()
    assert not (tmp_path / "escaped").exists()


def test_a_truncated_archive_of_ones_own(archive, tmp_path):
    for part in (0.1, 0.5, 0.9, 0.999):
        (tmp_path / "own.tar.gz").write_bytes(archive[: int(len(archive) * part)])
        with pytest.raises(DatasetError, match=r"expected an archive of CIFAR-10|truncated or foreign"):
            read_package(tmp_path / "own.tar.gz")


def test_sources_of_ones_own(archive, host, tmp_path, folder, small_set):
    (tmp_path / "own.tar.gz").write_bytes(archive)
    for number, place_given in enumerate((tmp_path / "own.tar.gz", tmp_path / "cifar-10-batches-py", host.url("good"))):
        target = tmp_path / f"data-{number}"
        fetch(target, [given_source(str(place_given))], lambda sentence: None, HASTE)
        assert is_whole(target, small_set)


def test_pixels_of_another_set_are_refused(archive, small_set, tmp_path, folder, monkeypatch):
    digests = place.ARRAY_SHA256 | {"test_images.npy": "0" * 64}
    monkeypatch.setattr(place, "ARRAY_SHA256", digests)
    (tmp_path / "own.tar.gz").write_bytes(archive)
    said = []
    with pytest.raises(DatasetError):
        fetch(folder, [given_source(str(tmp_path / "own.tar.gz"))], said.append)
    assert "own.tar.gz: its test images are not those of CIFAR-10: SHA-256 of (10, 32, 32, 3) values begins" in said[0]
