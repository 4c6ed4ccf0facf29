"""Bad days of hosts, disks and users: in each the full set is there, verified, or all is as it was, and it says why."""

import io
import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import numpy as np
import pytest

from cs231n import layouts
from cs231n.datasets import Archive, fetch, given_source, place, repair, verify
from cs231n.datasets.download import Limits
from cs231n.datasets.sources import read_package
from cs231n.errors import DatasetError
from staff.authoring.paths import KIT

from .hosts import BEHAVIOURS

DRIVER = Path(__file__).with_name("driver.py")
HASTE = Limits(connect=2, stall=0.5, rate=0, window=0.2, attempts=3, pause=0.01)
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the signals and permissions of POSIX")

# Behaviour of the one host; whether the set arrives in the end; what is said where the host fails.
ONE_HOST = [
    ("good", True, ""),
    ("404", False, "HTTP 404"),
    ("403", False, "HTTP 403"),
    ("500", False, "HTTP 500"),
    ("503-then-fine", True, ""),
    ("page", False, "ended after 27 of"),
    ("empty", False, "ended after 0 of"),
    ("flipped", False, "is damaged: SHA-256 begins"),
    ("truncated-0.0", True, ""),
    ("truncated-0.01", True, ""),
    ("truncated-0.3", True, ""),
    ("truncated-0.7", True, ""),
    ("truncated-0.99", True, ""),
    ("truncated-no-ranges", False, "the connection was lost|ended after|no connection"),
    ("truncated-unsaid", False, "ended after"),
    ("stall", False, "it stalled for 0.5 s"),
    ("silence", False, "it stalled for 0.5 s"),
    ("ignoring-ranges", True, ""),
    ("wrong-range", True, ""),
    ("unsaid-range", True, ""),
    ("wrong-bytes-in-range", True, ""),
    ("changed", True, ""),
    ("no-more-ranges", True, ""),
    ("loop", False, "it redirects without end"),
    ("detour", True, ""),
    ("reset", True, ""),
    ("more", False, "more came than the"),
]


def source(host, behaviour):
    return Archive(host.url(behaviour), host.sha256, len(host.content))


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def is_whole(folder, small_set):
    verify(folder / "cifar10")
    for name, array in zip(layouts.FULL_SHAPES, small_set, strict=True):
        np.testing.assert_array_equal(np.load(folder / "cifar10" / name), array)
    return visible(folder) == ["cifar10"] and not list(folder.glob(".fetching-*"))


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "datasets"
    path.mkdir()
    return path


@pytest.mark.parametrize(("behaviour", "arrives", "said"), ONE_HOST, ids=[row[0] for row in ONE_HOST])
def test_one_host(host, folder, small_set, behaviour, arrives, said):
    sentences = []
    if arrives:
        fetch(folder, [source(host, behaviour)], sentences.append, HASTE)
        assert is_whole(folder, small_set)
        assert not (folder / ".partial").exists()
        return
    with pytest.raises(DatasetError, match="no source delivered CIFAR-10, and nothing was changed"):
        fetch(folder, [source(host, behaviour)], sentences.append, HASTE)
    assert visible(folder) == []
    (sentence,) = sentences
    assert re.search(rf"^datasets: cifar-10-python.tar.gz from 127.0.0.1:\d+.*({said})", sentence), sentence
    # What is left does not harm: the next run, with a host that is well, delivers.
    fetch(folder, [source(host, "good")], sentences.append, HASTE)
    assert is_whole(folder, small_set)


def test_every_behaviour_is_in_the_table():
    assert {row[0] for row in ONE_HOST} == set(BEHAVIOURS) - {"trickle", "slow-but-whole"}


@pytest.mark.parametrize("bad", [name for name, arrives, _ in ONE_HOST if not arrives])
def test_the_next_host_takes_over(host, folder, small_set, bad):
    said = []
    fetch(folder, [source(host, bad), source(host, "good")], said.append, HASTE)
    assert is_whole(folder, small_set)
    assert said[0].endswith("Trying the next source.")


def test_a_host_that_is_not_there(host, folder, small_set):
    nobody = Archive("http://127.0.0.1:9/cifar-10-python.tar.gz", host.sha256)
    said = []
    fetch(folder, [nobody, source(host, "good")], said.append, HASTE)
    assert said[0] == "datasets: cifar-10-python.tar.gz from 127.0.0.1:9: no connection. Trying the next source."
    assert is_whole(folder, small_set)


def test_a_crawling_host_is_left_and_what_came_is_used(host, folder, small_set):
    said, limits = [], HASTE._replace(rate=50_000)
    fetch(folder, [source(host, "trickle"), source(host, "good")], said.append, limits)
    assert re.search(r"it delivers \d+ kB/s, and less than 50 is slow", said[0])
    assert host.asked[-1][0] == "good"
    assert host.asked[-1][1].startswith("bytes=")  # the rest only, of the same file from another host
    assert is_whole(folder, small_set)


def test_where_all_are_slow_the_slow_one_delivers(host, folder, small_set):
    said, limits = [], HASTE._replace(rate=1e9, stall=2)
    fetch(folder, [source(host, "404"), source(host, "slow-but-whole")], said.append, limits)
    assert "no source is fast. Going on with the slow ones" in said[2]
    assert is_whole(folder, small_set)


def test_a_download_is_resumed_by_a_later_run(host, folder, small_set):
    with pytest.raises(DatasetError):
        fetch(folder, [source(host, "stall")], lambda sentence: None, HASTE)
    assert (folder / ".partial").is_dir()
    fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    assert host.asked[-1] == ("good", "bytes=16384-")
    assert is_whole(folder, small_set)


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


# Archives of a user's own: everything is looked at before anything is believed.


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
    assert "its test images are not those of CIFAR-10: SHA-256 of (10, 32, 32, 3) values begins" in said[0]


# In processes of their own.


@pytest.fixture
def command(host, folder, small_set, tmp_path):
    """Start the command line with the small set in place of CIFAR-10."""

    def start(behaviour="good", *options, pause=0.0, **more):
        plan = {
            "shapes": layouts.FULL_SHAPES,
            "digests": place.ARRAY_SHA256,
            "sources": [source(host, behaviour)],
            "limits": HASTE._asdict(),
            "pause": pause,
        }
        path = tmp_path / f"plan-{behaviour}-{pause}.json"
        path.write_text(json.dumps(plan), encoding="utf-8")
        return subprocess.Popen(
            [*more.pop("wrapper", ()), sys.executable, str(DRIVER), str(path), "--folder", str(folder), *options],
            env=os.environ | {"PYTHONPATH": str(KIT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **more,
        )

    return start


def finished(process):
    process.out, process.err = process.communicate(timeout=60)
    assert "Traceback" not in process.err
    return process


def test_the_command_line(command, folder, small_set):
    assert finished(command("404")).returncode == 1
    done = finished(command())
    assert done.returncode == 0
    assert "is complete and verified" in done.out
    assert "is there already" in finished(command()).out
    assert "is whole and verified" in finished(command("404", "--verify")).out
    (folder / "cifar10" / "test_labels.npy").write_bytes(b"")
    done = finished(command("404", "--verify"))
    assert (done.returncode, done.out) == (1, "")
    assert finished(command("good", "--repair")).returncode == 0
    assert is_whole(folder, small_set)
    done = finished(command("404", "--official-layout"))
    assert "is in the official layout" in done.out
    with (folder / "cifar-10-batches-py" / "data_batch_1").open("rb") as file:
        batch = pickle.load(file, encoding="bytes")
    assert set(batch) == {b"batch_label", b"labels", b"data"}
    images = layouts.read_images(folder / "cifar-10-batches-py")
    np.testing.assert_array_equal(images.train_images, small_set[0])


def test_verify_without_a_set(command):
    done = finished(command("good", "--verify"))
    assert done.returncode == 1
    assert "there is no full set to be verified" in done.err


def test_two_runs_at_once(command, folder, small_set):
    runs = [command(pause=0.3), command(pause=0.3), command(pause=0.3)]
    outs = [finished(run).out for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert sum("is complete and verified" in out for out in outs) == 1
    assert is_whole(folder, small_set)


@POSIX
@pytest.mark.parametrize("moment", [0.3, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.9])
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda kill: kill.name)
def test_a_kill_at_any_moment(command, folder, small_set, moment, kill):
    process = command(pause=0.2, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    time.sleep(moment)
    process.send_signal(kill)
    process.communicate(timeout=30)
    if (folder / "cifar10").exists():
        assert is_whole(folder, small_set)
    elif kill == signal.SIGINT and moment > 0.6:
        assert not list(folder.glob(".fetching-*"))
    assert finished(command()).returncode == 0
    assert is_whole(folder, small_set)


@POSIX
def test_a_kill_during_a_repair(command, folder, small_set):
    finished(command())
    for name in ("train_images.npy", "test_labels.npy"):
        (folder / "cifar10" / name).write_bytes(b"damaged")
    process = command("good", "--repair", pause=0.5)
    time.sleep(1.5)
    process.kill()
    process.communicate()
    assert finished(command("good", "--repair")).returncode == 0
    assert is_whole(folder, small_set)


@POSIX
def test_no_permission_to_write(command, folder):
    wrapper = []
    if os.geteuid() == 0:
        wrapper = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    folder.chmod(0o555)
    try:
        done = finished(command(wrapper=wrapper))
        assert done.returncode == 1
        assert "Permission denied" in done.err
        assert visible(folder) == []
    finally:
        folder.chmod(0o755)


@POSIX
def test_a_disk_that_fills_up_meanwhile(command, folder):
    def limited():
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = finished(command(preexec_fn=limited))
    assert done.returncode == 1
    assert "File too large" in done.err
    assert visible(folder) == []
