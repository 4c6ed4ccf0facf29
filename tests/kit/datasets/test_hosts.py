"""Bad days of hosts: in each the full set is there, verified, or all is as it was, and it says why."""

import re

import pytest

from cs231n.datasets import Archive, fetch
from cs231n.errors import DatasetError

from .helpers import HASTE, is_whole, source, visible
from .hosts import BEHAVIOURS

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
    ("stall", False, "it stalled for 1.5 s"),
    ("silence", False, "it stalled for 1.5 s"),
    ("ignoring-ranges", True, ""),
    ("wrong-range", True, ""),
    ("unsaid-range", True, ""),
    ("wrong-bytes-in-range", True, ""),
    ("changed", True, ""),
    ("no-more-ranges", True, ""),
    ("loop", False, "it redirects without end"),
    ("detour", True, ""),
    ("called-compressed", True, ""),
    ("reset", True, ""),
    ("more", False, "more came than the"),
]


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
    assert "Trying" not in sentence  # there is no other
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
    assert said[0].endswith(f" Trying cifar-10-python.tar.gz from 127.0.0.1:{host.server_port}.")
    assert said[-1].endswith(f"Source: cifar-10-python.tar.gz from 127.0.0.1:{host.server_port}.")


def test_a_host_that_is_not_there(host, folder, small_set):
    nobody = Archive("http://127.0.0.1:9/cifar-10-python.tar.gz", host.sha256)
    said = []
    fetch(folder, [nobody, source(host, "good")], said.append, HASTE)
    then = f"Trying cifar-10-python.tar.gz from 127.0.0.1:{host.server_port}."
    assert said[0] == f"datasets: cifar-10-python.tar.gz from 127.0.0.1:9: no connection. {then}"
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
