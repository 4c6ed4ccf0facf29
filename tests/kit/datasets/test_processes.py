"""The command line in processes of its own: killed, twice at once, without permission, on a disk that fills up."""

import itertools
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cs231n import layouts
from cs231n.datasets import fetch, place, repair
from staff.authoring.paths import KIT

from .helpers import HASTE, is_whole, source, visible

DRIVER = Path(__file__).with_name("driver.py")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the signals and permissions of POSIX")


@pytest.fixture
def command(host, folder, small_set, tmp_path):
    """Start the command line with the small set in place of CIFAR-10."""
    numbers = itertools.count()

    def start(behaviour="good", *options, pause=0.0, kill=None, **more):
        plan = {
            "shapes": layouts.FULL_SHAPES,
            "digests": place.ARRAY_SHA256,
            "sources": [source(host, behaviour)],
            "limits": HASTE._asdict(),
            "pause": pause,
            "kill": kill,
        }
        path = tmp_path / f"plan-{next(numbers)}.json"  # one each: a run may read while the next is being written
        path.write_text(json.dumps(plan), encoding="utf-8")
        return subprocess.Popen(
            [*more.pop("wrapper", ()), sys.executable, str(DRIVER), str(path), "--folder", str(folder), *options],
            env=os.environ | {"PYTHONPATH": str(KIT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # A job in the background ignores Ctrl-C; a user's is in the foreground.
            **({"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)} if os.name == "posix" else {})
            | more,
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


@pytest.mark.long
def test_two_runs_at_once(command, folder, small_set):
    runs = [command(pause=0.3), command(pause=0.3), command(pause=0.3)]
    outs = [finished(run).out for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert sum("is complete and verified" in out for out in outs) == 1
    assert is_whole(folder, small_set)


# Function, its call of that number, before or after it; whether the set is in place by then.
MOMENTS = {
    "the lock is held": ("obtain", "_from_first", 1, "before", False),
    "first bytes": ("download", "_Pace.add", 1, "after", False),
    "middle of the download": ("download", "_Pace.add", 6, "after", False),
    "downloaded": ("sources", "read_package", 1, "before", False),
    "verified": ("obtain", "verify_arrays", 1, "after", False),
    "nothing written": ("place", "_save", 1, "before", False),
    "one array written": ("place", "_save", 1, "after", False),
    "all arrays written": ("place", "_save", 4, "after", False),
    "flushed": ("place", "_flush", 1, "after", False),
    "moved": ("place", "_flush", 2, "before", True),
    "to be tidied up": ("obtain", "put", 1, "after", True),
}


def kill_at(name, number):
    module, function, call, when, _ = MOMENTS[name]
    return {"module": module, "function": function, "call": call, "when": when, "signal": int(number)}


@POSIX
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if number % 3 else []) for number, name in enumerate(MOMENTS)]
)
def test_a_kill(command, host, folder, small_set, name):
    process = command(kill=kill_at(name, signal.SIGKILL))
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert (folder / "cifar10").exists() == MOMENTS[name][-1]
    fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    repair(folder, [source(host, "good")], lambda sentence: None, HASTE)  # takes what was left out of the way
    assert is_whole(folder, small_set)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize("name", ["middle of the download", "one array written", "moved"])
def test_an_interruption(command, folder, small_set, name, number):
    done = finished(command(kill=kill_at(name, number)))
    assert done.returncode == 130
    assert not list(folder.glob(".fetching-*"))
    if MOMENTS[name][-1]:
        assert "cifar10 was already complete and verified" in done.err
        assert is_whole(folder, small_set)
    else:
        assert "datasets: interrupted; nothing was changed. What has come so far is kept." in done.err
        assert visible(folder) == []


@POSIX
@pytest.mark.parametrize("call", [1, 2])
def test_a_kill_during_a_repair(command, host, folder, small_set, call):
    fetch(folder, [source(host, "good")], lambda sentence: None, HASTE)
    for name in ("train_images.npy", "test_labels.npy"):
        (folder / "cifar10" / name).write_bytes(b"damaged")
    kill = {"module": "place", "function": "_save", "call": call, "when": "after", "signal": int(signal.SIGKILL)}
    process = command("good", "--repair", kill=kill)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert (folder / "cifar10" / "train_images.npy").read_bytes() == b"damaged"  # replaced when all are written
    repair(folder, [source(host, "good")], lambda sentence: None, HASTE)
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


def test_half_a_folder_of_the_classic_script_is_not_taken_for_a_whole_one(
    command, folder, tmp_path, archive, small_set
):
    finished(command())
    half = folder / "cifar-10-batches-py"
    half.mkdir()
    shutil.copy(tmp_path / "cifar-10-batches-py" / "data_batch_1", half)
    done = finished(command("404", "--official-layout"))
    assert done.returncode == 1
    assert "data_batch_2: expected a batch of CIFAR-10, found no such file. Remove the folder" in done.err
    assert "official layout" not in done.out


def test_official_batches_that_are_there_need_no_download(command, host, folder, tmp_path, archive, small_set):
    shutil.copytree(tmp_path / "cifar-10-batches-py", folder / "cifar-10-batches-py")
    done = finished(command("404"))
    assert done.returncode == 0
    assert f"Source: {folder / 'cifar-10-batches-py'}." in done.out
    assert host.asked == []
    (folder / "cifar-10-batches-py" / "test_batch").unlink()  # half of them: passed over, and said
    shutil.rmtree(folder / "cifar10")
    done = finished(command())
    assert done.returncode == 0
    assert "test_batch: expected a batch of CIFAR-10, found no such file" in done.out
    assert "Source: cifar-10-python.tar.gz from 127.0.0.1" in done.out
