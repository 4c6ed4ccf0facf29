"""The solved notebook, executed cell by cell: what came out, how long it took, and a page to look at."""

import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from cs231n.datasets import fetch

from .notebooks import read_notebook, to_text
from .page import notebook_to_html
from .paths import REFERENCE, ROOT
from .solve import solve

__all__ = ["RunError", "Summary", "execute", "run", "save_outputs"]

# What is asked of the kernel once all cells have run: results of the notebook, and the most memory it ever held.
_QUESTIONS = {
    "data": "data.name",
    "validation": "float(best_val)",
    "test": "float(test_accuracy)",
    "peak": "__import__('psutil').Process().memory_info().peak_wset if __import__('os').name == 'nt' else "
    "__import__('resource').getrusage(__import__('resource').RUSAGE_SELF).ru_maxrss"
    " * (1 if __import__('sys').platform == 'darwin' else 1024)",
}


class RunError(Exception):
    """A notebook that does not run to its end; the message says in which cell it stopped, and why."""


class Summary(NamedTuple):
    """What came out of a run of the solved notebook.

    Attributes
    ----------
    data : str
        The set it ran on.
    validation, test : float
        Accuracies of the tuned classifier.
    seconds : float
        Sum over the cells; the kernel's start is not in it.
    peak : float
        Most memory that the kernel held, in bytes.
    """

    data: str
    validation: float
    test: float
    seconds: float
    peak: float


def run(data="sample", out=ROOT / "build", report=print):
    """Execute the solved notebook in a folder of its own, and leave notebook and page in `out`.

    Parameters
    ----------
    data : str
        ``sample`` or ``full``; the full set is fetched where it is not there yet.
    out : path
    report : callable
        Is given a line for each cell.

    Returns
    -------
    Summary

    Raises
    ------
    RunError
        If a cell fails; the notebook and the page up to there are left in `out` all the same.
    cs231n.errors.DatasetError
        If the full set cannot be had.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if key != "CS231N_DATA"} | {"CS231N_LANG": "en"}
    if data == "full":
        environment["CS231N_DATA"] = str(fetch(ROOT / "datasets", report=report).parent)
    with tempfile.TemporaryDirectory(prefix="cs231n-run-") as scratch:
        path = solve(scratch) / "assignment1" / "svm.ipynb"
        notebook = read_notebook(path)
        try:
            return execute(notebook, path.parent, environment, report)
        finally:
            (out / "svm.ipynb").write_text(to_text(notebook), encoding="utf-8")
            (out / "svm.html").write_text(notebook_to_html(notebook, "Multiclass linear SVM"), encoding="utf-8")


def execute(notebook, folder, environment, report=print):
    """Execute a notebook in place, from the top, in a fresh kernel.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Its outputs are replaced.
    folder : path
        Where the kernel starts.
    environment : dict
        The kernel's environment variables.
    report : callable
        Is given a line for each cell.

    Returns
    -------
    Summary

    Raises
    ------
    RunError
        If a cell fails or the kernel dies.
    """
    client = NotebookClient(
        notebook,
        timeout=600,  # seconds a cell
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    )
    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    seconds, done = 0.0, 0
    with client.setup_kernel(env=environment):
        for position, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            start = time.perf_counter()
            try:
                client.execute_cell(cell, position)
            except (CellExecutionError, DeadKernelError) as error:
                reason = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else str(error)
                raise RunError(f"cell {cell.id} ({done + 1} of {total}) stopped the notebook: {reason}") from error
            elapsed = time.perf_counter() - start
            seconds, done = seconds + elapsed, done + 1
            report(f"[{done:2}/{total}] {cell.id:32} {elapsed:6.1f} s")
        ask = run_sync(client.kc.execute_interactive)
        answers = ask("", silent=True, user_expressions=_QUESTIONS, timeout=60)
    expressions = answers["content"]["user_expressions"]
    unanswered = [question for name, question in _QUESTIONS.items() if expressions[name]["status"] != "ok"]
    if unanswered:
        raise RunError(f"the notebook ran, but left nothing to be had as {', '.join(unanswered)}")
    values = {name: expressions[name]["data"]["text/plain"].strip("'\"") for name in _QUESTIONS}
    return Summary(values["data"], float(values["validation"]), float(values["test"]), seconds, float(values["peak"]))


def save_outputs(executed, reference=REFERENCE / "svm.ipynb"):
    """Store the outputs of an executed solved notebook in the reference, cell by cell.

    Parameters
    ----------
    executed : path
        What `run` left.
    reference : path
    """
    notebook, fresh = read_notebook(reference), read_notebook(executed)
    outputs = {cell.id: cell for cell in fresh.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = outputs[cell.id].outputs
            cell.execution_count = outputs[cell.id].execution_count
    Path(reference).write_text(to_text(notebook), encoding="utf-8")
