"""The notebooks, executed: the reference against its stored outputs, the student's as it ships."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SANITIZE = Path(__file__).with_name("nbval_sanitize.cfg")
TRAINING = ["svm-vectorized-loss", "svm-vectorized-gradient", "train-sample", "train-update"]
NOT_STARTED = {
    "gradient-check": ["svm-naive-gradient"],
    "gradient-check-reg": ["svm-naive-gradient"],
    "vectorized-loss": ["svm-vectorized-loss"],
    "vectorized-gradient": ["svm-naive-gradient"],
    "train": TRAINING,
    "loss-curve": TRAINING,
    "accuracy": TRAINING,
    "tune": ["tune"],
    "tune-picture": ["tune"],
    "test": ["tune"],
    "weights": ["tune"],
}


def nbval(notebook, *options):
    """Run pytest with nbval on a notebook, as anybody would, away from this repository's settings."""
    command = [sys.executable, "-m", "pytest", "--rootdir", ".", "-c", "pytest.ini", "--nbval-current-env"]
    (notebook.parent / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [*command, "--nbval-cell-timeout", "300", *options, notebook.name],
        cwd=notebook.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def execute(path):
    """Run a notebook from the top in a fresh kernel."""
    return run_through(path, nbformat.read(path, 4))


def run_through(path, notebook):
    """Run a notebook as if it lay at a path."""
    arguments = ["--IPKernelApp.log_level=ERROR"]
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook, timeout=300, coalesce_streams=True, extra_arguments=arguments, resources=resources
    )
    return client.execute()


def strict(notebook):
    return nbval(notebook, "--nbval", "--nbval-sanitize-with", str(SANITIZE))


def test_the_reference_gives_its_stored_outputs(solved):
    done = strict(solved / "assignment1" / "svm.ipynb")
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_a_number_that_changed_is_noticed(solved):
    path = solved / "assignment1" / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    end = next(number for number, cell in enumerate(notebook.cells) if cell.id == "naive-loss") + 1
    stored = notebook.cells[end - 1].outputs[0]
    assert re.fullmatch(r"loss: [89]\.\d{4}\n", stored.text)
    stored.text = "loss: 8.0000\n"
    notebook.cells = notebook.cells[:end]
    nbformat.write(notebook, path)
    done = strict(path)
    assert done.returncode == 1
    assert "1 failed" in done.stdout


@pytest.mark.parametrize("name", ["svm_derivation.ipynb", "svm_derivation.ko.ipynb"])
def test_the_derivation_gives_its_stored_outputs(solved, name):
    done = strict(solved / "assignment1" / name)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_an_identity_that_does_not_hold_is_noticed(solved):
    path = solved / "assignment1" / "svm_derivation.ipynb"
    notebook = nbformat.read(path, 4)
    end = next(number for number, cell in enumerate(notebook.cells) if cell.id == "pick") + 1
    notebook.cells = notebook.cells[:end]
    notebook.cells[-1].source = notebook.cells[-1].source.replace("(S(e) * Y(e)) @ ones(e)", "ones(e) @ S(e)")
    with pytest.raises(CellExecutionError, match="the correct score of each row, repeated: relative difference"):
        run_through(path, notebook)


def test_the_students_notebook_runs_as_it_ships(untouched):
    done = nbval(untouched / "assignment1" / "svm.ipynb", "--nbval-lax")
    assert done.returncode == 0, done.stdout


def test_the_students_notebook_says_what_is_not_started(untouched):
    notebook = execute(untouched / "assignment1" / "svm.ipynb")
    printed = {
        cell.id: "".join(output.text for output in cell.outputs if output.get("name") == "stdout")
        for cell in notebook.cells
        if cell.cell_type == "code"
    }
    said = {name: text for name, text in printed.items() if "Not started" in text}
    assert {name: re.findall(r"([a-z-]+) \(.*, in .*\)", text) for name, text in said.items()} == NOT_STARTED
    assert "loss: " in printed["naive-loss"]
    assert not any(re.search(r"wrong|\bdiffers?\b|error|agree", text, re.IGNORECASE) for text in printed.values())
    assert not any(output.output_type == "error" for cell in notebook.cells for output in cell.get("outputs", []))


def test_any_cell_can_be_run_twice(solved):
    path = solved / "assignment1" / "svm.ipynb"
    notebook = nbformat.read(path, 4)
    twice = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            twice += [cell, nbformat.from_dict({**cell, "id": f"{cell.id}-again"})]
    notebook.cells = twice
    nbformat.write(notebook, path)
    twice = execute(path).cells
    for cell, again in zip(twice[::2], twice[1::2], strict=True):
        assert outputs(cell) == outputs(again), cell.id


def outputs(cell):
    """A cell's outputs without what differs from run to run, pictures included."""
    kept = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            kept.append(re.sub(r"\d+\.\d ms|\d+ times", "", output.text))
        elif output.output_type == "display_data":
            kept.append(output.data["image/png"])
    return kept
