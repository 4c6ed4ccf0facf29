"""What the tests share. In their process the reference stands where the student's two files are."""

import importlib.util
import os
import shutil
import sys

import matplotlib
import numpy as np
import pytest

import cs231n.classifiers
from cs231n.data_utils import read_images
from cs231n.datasets.official import write_official_layout
from staff.assignments.svm import REFERENCE
from staff.authoring.paths import ROOT
from staff.authoring.solve import lay_out, solve
from staff.grading.isolation import ONE_THREAD

matplotlib.use("Agg")
os.environ.pop("CS231N_DATA", None)  # the tests are about the sample, wherever a user's own data lie
os.environ["CS231N_LANG"] = "en"
os.environ |= ONE_THREAD | os.environ  # for kernels that the tests start, beside other work


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One more than there are processors: tests wait for a fifth of their time, for limits, hosts and browsers."""
    return 1 + (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())


# What takes half a minute each: begun last, it would be waited for.
FIRST = ("test_notebooks.py", "test_verify.py", "test_journeys.py", "test_attacks.py", "test_places.py")


def pytest_collection_modifyitems(items):
    """The long ones first, so that none is left over at the end; a fixture's tests stay together."""
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, item.path.name not in FIRST))


def _put_reference_in_place():
    package = cs231n.classifiers
    for name in ("linear_svm", "linear_classifier"):
        full_name = f"{package.__name__}.{name}"
        spec = importlib.util.spec_from_file_location(full_name, REFERENCE / "cs231n" / "classifiers" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[full_name] = module
        spec.loader.exec_module(module)
        setattr(package, name, module)
    package.LinearClassifier, package.LinearSVM = module.LinearClassifier, module.LinearSVM


_put_reference_in_place()


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def sample():
    return read_images(ROOT / "datasets" / "cifar10-sample")


@pytest.fixture(scope="session")
def official_folder(sample, tmp_path_factory):
    """The sample as a folder of official batches: five of 800 training images and one of 1,000."""
    return write_official_layout(tmp_path_factory.mktemp("official"), sample)


@pytest.fixture
def untouched(tmp_path):
    """A copy of the kit as students get it, to be used and spoilt."""
    return lay_out(tmp_path / "untouched")


@pytest.fixture(scope="session")
def _solved(tmp_path_factory):
    return solve(tmp_path_factory.mktemp("kit") / "solved")


@pytest.fixture
def solved(_solved, tmp_path):
    """A solved copy of the kit, to be used and spoilt."""
    return shutil.copytree(_solved, tmp_path / "solved")
