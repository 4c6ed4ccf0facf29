"""A cluster grades as one machine does, also when one of its workers is killed in the middle."""

import json
import os
import signal
import threading
import time

import pytest

from staff.authoring.paths import ROOT
from staff.errors import ClassError
from staff.grading.course import grade_course

from .test_course import results

distributed = pytest.importorskip("distributed")


@pytest.fixture
def cluster(monkeypatch):
    monkeypatch.chdir(ROOT)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        yield cluster


@pytest.mark.long
def test_a_worker_is_killed_in_the_middle(cluster, course, tmp_path):
    local = tmp_path / "local"
    grade_course(course, local, seed=7)
    out, killed = tmp_path / "grades", []

    def kill():
        while len(list(out.glob("*/result.json"))) < 2:
            time.sleep(0.005)
        with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
            pids = client.run(os.getpid)
        killed.append(next(iter(pids.values())))
        os.kill(killed[0], signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    summary = grade_course(course, out, seed=7, scheduler=cluster.scheduler_address)
    thread.join()
    assert killed
    assert (summary.failed, summary.graded) == ({}, len(results(local)))
    assert results(out) == results(local)
    assert (out / "grades.csv").read_bytes() == (local / "grades.csv").read_bytes()
    assert json.loads((out / "run.json").read_text()) == {"seed": 7}


def test_no_scheduler(course, tmp_path, monkeypatch):
    monkeypatch.setattr("staff.grading.cluster._SECONDS", 1)
    with pytest.raises(ClassError, match=r"expected a dask scheduler at tcp://127\.0\.0\.1:9"):
        grade_course(course, tmp_path, scheduler="tcp://127.0.0.1:9")
