"""A solved notebook, executed cell by cell: what came out, how long it took, and a page to look at."""

import os
import tempfile
from typing import NamedTuple

from jupyter_core.utils import run_sync

from cs231n.datasets import fetch
from cs231n.languages import notebook_ending
from cs231n.submission.archive import write_whole
from cs231n.submission.execute import StoppedError, execute_cells, open_kernel
from cs231n.submission.page import notebook_to_html

from ..assignments import NOTEBOOKS, REFERENCES
from ..grading.isolation import ONE_THREAD
from .notebooks import read_notebook, to_text
from .paths import ROOT
from .solve import solve

_SECONDS = 1800  # limit on a notebook's time
_DATA = "data.name"
_PEAK = (  # the most memory that the kernel ever held, in bytes
    "__import__('psutil').Process().memory_info().peak_wset if __import__('os').name == 'nt' else "
    "__import__('resource').getrusage(__import__('resource').RUSAGE_SELF).ru_maxrss"
    " * (1 if __import__('sys').platform == 'darwin' else 1024)"
)


class RunError(Exception):
    """A notebook that does not run to its end; the message says in which cell it stopped, and why."""


class NotebookRun(NamedTuple):
    """What came out of a run of a solved notebook."""

    data: str  # the set it ran on
    results: dict  # float by name, as `NOTEBOOKS` lists them
    seconds: float  # sum over the cells, without the start of the kernel
    peak: float  # most memory that the kernel held, in bytes


def run(name, data, language, out):
    """Execute a solved notebook on "sample" or "full"; leaves notebook and page in `out`, also at a RunError."""
    out.mkdir(parents=True, exist_ok=True)
    title, results = NOTEBOOKS[name]
    # Training takes four times as long where two threads wait for each other.
    environment = (ONE_THREAD if results else {}) | os.environ | {"CS231N_LANG": language}
    environment.pop("CS231N_DATA", None)
    if data == "full":
        environment["CS231N_DATA"] = str(fetch(ROOT / "datasets").parent)
    with tempfile.TemporaryDirectory(prefix="cs231n-run-") as scratch:
        path = solve(scratch) / "assignment1" / f"{name}{notebook_ending(language)}"
        notebook = read_notebook(path)
        try:
            return run_to_end(notebook, path.parent, environment, results)
        finally:
            write_whole(out / path.name, lambda stream: stream.write(to_text(notebook).encode()))
            page = notebook_to_html(notebook, title, language)
            write_whole(out / path.with_suffix(".html").name, lambda stream: stream.write(page.encode()))


def run_to_end(notebook, folder, environment, results):
    """Execute a notebook in place; a RunError if a cell fails, the kernel dies, or one of `results` has no value."""

    def report(number, total, cell, seconds):
        print(f"[{number:2}/{total}] {cell:32} {seconds:6.1f} s")

    with open_kernel(notebook, folder, environment) as client:
        try:
            seconds = execute_cells(client, notebook, _SECONDS, report)
        except StoppedError as stopped:
            raise RunError(str(stopped)) from stopped
        ask = run_sync(client.kc.execute_interactive)
        # Names, and the expressions that the kernel is asked for them.
        questions = {"data": _DATA, "peak": _PEAK, **results}
        answers = ask("", silent=True, user_expressions=questions, timeout=60)["content"]["user_expressions"]
    unanswered = [question for name, question in questions.items() if answers[name]["status"] != "ok"]
    if unanswered:
        raise RunError(f"the notebook ran, but left nothing to be had as {', '.join(unanswered)}")
    values = {name: answers[name]["data"]["text/plain"].strip("'\"") for name in questions}
    return NotebookRun(values["data"], {name: float(values[name]) for name in results}, seconds, float(values["peak"]))


def save_outputs(executed):
    """Store the outputs of an English notebook that `run` left in the reference of the same name, cell by cell."""
    reference = next(path for folder in REFERENCES.values() for path in folder.glob(executed.name))
    notebook, fresh = read_notebook(reference), read_notebook(executed)
    outputs = {cell.id: cell for cell in fresh.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = outputs[cell.id].outputs, outputs[cell.id].execution_count
    reference.write_text(to_text(notebook), encoding="utf-8")
