"""Jupyter's kernel, and the reloading of files in it. Each returns a verdict, what was found, and what to do."""

import sys
from importlib.util import find_spec

from ..sentences import word
from . import BAD, GOOD, UNKNOWN
from .machine import run_python

KERNEL = "python3"  # the one that the notebook names
_PREFIX = "import sys; print(sys.prefix)"
_AUTORELOAD = """
import os, pathlib, sys, tempfile
from IPython.core.interactiveshell import InteractiveShell

with tempfile.TemporaryDirectory() as folder:
    os.environ["IPYTHONDIR"] = folder
    sys.path.insert(0, folder)
    path = pathlib.Path(folder, "cs231n_doctor_saw.py")
    path.write_text("def value():\\n    return 1\\n")
    shell = InteractiveShell.instance()
    shell.run_cell("%reload_ext autoreload\\n%autoreload 2\\nfrom cs231n_doctor_saw import value").raise_error()
    path.write_text("def value():\\n    return 2\\n")
    os.utime(path, (2e9, 2e9))  # as if some time had passed
    shell.run_cell("seen = value()").raise_error()
    shell.history_manager.end_session()
    if shell.user_ns["seen"] != 2:
        sys.exit("the old code still runs")
"""


def examine_kernel():
    """Whether the kernel of the notebook is this Python."""
    for name in ("ipykernel", "jupyter_client"):
        if find_spec(name) is None:
            found = word("no kernel", error=word("not installed", name=name))
            return BAD, found, word("install", python=sys.executable)
    from jupyter_client.kernelspec import NoSuchKernel
    from jupyter_client.manager import KernelManager

    mend = word("kernel mend", python=sys.executable)
    try:
        python = KernelManager(kernel_name=KERNEL).format_kernel_cmd()[0]  # as Jupyter itself finds it
    except (NoSuchKernel, OSError, ValueError) as error:
        return BAD, word("no kernel", error=error), mend
    output, error = run_python(_PREFIX, python=python)
    if error:
        return BAD, word("kernel gone", found=python), mend
    if output.strip() != sys.prefix:
        return BAD, word("kernel elsewhere", found=python, expected=sys.executable), mend
    return GOOD, word("kernel here")


def examine_autoreload():
    """Whether code that is saved while a notebook runs is the code that its next cell calls."""
    if find_spec("IPython") is None:
        return UNKNOWN, word("needs package", name="IPython"), word("install", python=sys.executable)
    _, error = run_python(_AUTORELOAD)
    if error:
        return BAD, word("autoreload fails", error=error), word("autoreload mend", python=sys.executable)
    return GOOD, word("autoreload works")
