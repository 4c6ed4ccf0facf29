"""Which cases of a test are tried each time; the others are long."""

import pytest


def some(names, often):
    """Parameters, of which those in `often` are no long ones."""
    return [name if name in often else pytest.param(name, marks=pytest.mark.long) for name in names]
