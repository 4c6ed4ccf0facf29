"""A Python that lacks everything."""

import os
import venv

import pytest


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """A Python without any package: no NumPy, no Jupyter."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"
