"""A cluster grades as one machine does, also when one of its workers is killed in the middle."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

from staff.__main__ import main
from staff.authoring.paths import ROOT
from staff.errors import ClassError
from staff.grading.course import grade_course

from .test_course import results

distributed = pytest.importorskip("distributed")
pytest.importorskip("cryptography")
COMMANDS = re.findall(r"^python -m (dask .*)$", (ROOT / "docs" / "staff.md").read_text(encoding="utf-8"), re.MULTILINE)


class Cluster:
    """Started as docs/staff.md says, on this machine alone."""

    def __init__(self, folder):
        self.key, self.started, told = folder / "cluster.pem", [], folder / "scheduler.json"
        assert main(["key", str(self.key)]) == 0
        scheduler, worker = COMMANDS
        self._start(f"{scheduler} --host 127.0.0.1 --port 0 --scheduler-file {told}")
        while not told.exists() or not told.stat().st_size:
            time.sleep(0.05)
        self.address = json.loads(told.read_text())["address"]
        for _ in range(2):
            self._start(worker.replace("tls://HOST:8786", self.address) + " --nthreads 1")

    def _start(self, words):
        words = words.replace("cluster.pem", str(self.key)).split()
        self.started.append(subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stderr=subprocess.DEVNULL))

    def stop(self):
        for process in reversed(self.started):  # a worker that leaves tells the scheduler
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.mark.long
def test_a_worker_is_killed_in_the_middle(cluster, course, tmp_path, finished):
    """And a submission ends the process that judges it, which costs nobody else anything."""
    local = tmp_path / "local"
    grade_course(course, local, seed=7)
    out = tmp_path / "grades"

    def kill():
        while len(list(out.glob("*/result.json"))) < 2:
            time.sleep(0.005)
        cluster.started[1].send_signal(signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    summary = grade_course(course, out, seed=7, scheduler=cluster.address, key=cluster.key)
    thread.join()
    assert (summary.failed, summary.graded) == ({}, len(results(local)))
    assert results(out) == results(local)
    assert (out / "grades.csv").read_bytes() == (local / "grades.csv").read_bytes()
    assert json.loads((out / "run.json").read_text()) == {"seed": 7}
    assert cluster.key.stat().st_mode & 0o077 == 0


@pytest.mark.long
def test_what_is_too_large_to_be_read_is_not_sent(cluster, finished, tmp_path):
    for name, content in {**finished, "zeros.bin": b""}.items():
        path = tmp_path / "submissions" / "kim" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    os.truncate(path, 120 << 30)
    for out, options in (("local", {}), ("grades", {"scheduler": cluster.address, "key": cluster.key})):
        assert grade_course(tmp_path / "submissions", tmp_path / out, seed=7, **options).failed == {}
    assert results(tmp_path / "grades") == results(tmp_path / "local")


@pytest.mark.long
def test_nobody_without_the_key_is_answered(cluster, course, tmp_path, monkeypatch):
    monkeypatch.setattr("staff.grading.cluster._SECONDS", 2)
    for address in (cluster.address, cluster.address.replace("tls://", "tcp://")):
        with pytest.raises((OSError, TypeError, RuntimeError)):
            distributed.Client(address, timeout=2, set_as_default=False)
    assert main(["key", str(tmp_path / "other.pem")]) == 0
    with pytest.raises(ClassError, match="expected a dask scheduler at"):
        grade_course(course, tmp_path / "out", scheduler=cluster.address, key=tmp_path / "other.pem")


def test_no_scheduler(course, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("staff.grading.cluster._SECONDS", 1)
    words = ["grade", str(course), "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"]
    for more, said in (
        ([], "expected the key of the cluster at tcp://127.0.0.1:9, found none"),
        (["--key", str(tmp_path / "nowhere")], "expected a key, as `python -m staff key` writes it, found no file"),
        (["--open-scheduler"], "expected a dask scheduler at tcp://127.0.0.1:9, found none"),
    ):
        assert main([*words, *more]) == 1
        assert said in capsys.readouterr().err
