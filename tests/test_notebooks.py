"""The notebooks, executed: the reference against its stored outputs, the student's as it ships."""

import os
import re
import subprocess
import sys
import types
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from staff.authoring.paths import KIT, ROOT, handed_out

from .machines import machines

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
    "confusion": ["tune"],
    "mistakes": ["tune"],
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


@pytest.mark.long
@pytest.mark.parametrize("name", ["svm.ipynb", "svm_derivation.ipynb"])
def test_the_stored_outputs_are_those_of_other_processors_too(solved, monkeypatch, name):
    """On the plainest that this one can stand for: sums come in another order, and roots and powers from elsewhere."""
    for variable, value in machines()[-1].items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # beside other tests two would wait for each other
    done = strict(solved / "assignment1" / name)
    assert done.returncode == 0, done.stdout


def test_the_reference_gives_its_stored_outputs(solved):
    done = strict(solved / "assignment1" / "svm.ipynb")
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


@pytest.mark.long
def test_the_readmes_command_works_in_this_repository_too():
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "svm.ipynb", "--collect-only", "-q"]
    done = subprocess.run(command, cwd=KIT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "svm.ipynb::Cell 0" in done.stdout


@pytest.mark.long
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


@pytest.mark.parametrize("name", ["svm.ipynb", "svm.ko.ipynb"])
def test_the_notebook_needs_no_front_end_of_its_own(solved, name):
    """VS Code and Notebook 7 show what every Jupyter shows: Markdown, text, HTML and PNG; no widget, no metadata."""
    notebook = nbformat.read(solved / "assignment1" / name, 4)
    assert {*notebook.metadata} == {"kernelspec", "language_info", "built_by"}
    folded = {"jupyter": {"source_hidden": True}}  # only looks: whoever does not know it shows the cell
    assert {cell.id for cell in notebook.cells if cell.metadata} == {"colab"}
    assert all(cell.metadata in ({}, folded) and not cell.get("attachments") for cell in notebook.cells)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    kinds = [{*output.get("data", {})} for output in outputs]
    ours = {
        kind for shown in kinds if "text/html" in shown for kind in shown if kind.startswith("application/vnd.cs231n")
    }
    assert set().union(*kinds) - ours == {"text/plain", "text/html", "image/png"}
    assert "<script" not in str(outputs)
    magics = {word for cell in notebook.cells for word in re.findall(r"(?m)^[%!]\S+", cell.source)}
    assert magics == {"%reload_ext", "%autoreload", "%matplotlib"}  # the kernel's own, not the front end's


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
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


STAND_IN = """
import sys, types
colab = types.ModuleType("google.colab")
colab.drive = types.SimpleNamespace(mount=lambda path: __import__("os").makedirs(path + "/MyDrive", exist_ok=True))
sys.modules.update({"google": types.ModuleType("google"), "google.colab": colab})
"""


@pytest.fixture
def colab(tmp_path, monkeypatch):
    """What the cell for Colab does where /content is a folder of the test's, as a function of what KIT is set to."""
    content = tmp_path / "content"
    content.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name in ("google", "google.colab"):  # undone with the rest
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    exec(STAND_IN)
    source = colab_source(content)

    def run(kit=""):
        exec(source.replace('KIT = ""', f"KIT = {str(kit)!r}"), {})
        return Path.cwd()

    run.content, run.drive = content, content / "drive" / "MyDrive"
    run.drive.mkdir(parents=True)
    return run


def colab_source(content):
    cells = nbformat.read(KIT / "svm.ipynb", 4).cells
    return next(cell.source for cell in cells if cell.id == "colab").replace("/content", content.as_posix())


def kit_zip(path, prefix=""):
    """The kit as a zip, as a course would hand it out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name in handed_out():
            archive.write(ROOT / name, f"{prefix}{name.as_posix()}")
    return path


@pytest.mark.parametrize(
    ("place", "prefix", "kit"),
    [
        ("handout.zip", "", ""),  # the file pane
        ("drive/MyDrive/a1.zip", "", ""),
        ("drive/MyDrive/Colab Notebooks/a1.zip", "cs231n-2026/", ""),
        ("drive/MyDrive/deep/down/here.zip", "", "deep/down/here.zip"),
        ("elsewhere/kit.zip", "", "ADDRESS"),
    ],
)
def test_colab_unpacks_the_kit_into_the_drive(colab, place, prefix, kit):
    with zipfile.ZipFile(colab.content / "another.zip", "w") as other:
        other.writestr("assignment1/cs231n/vis_utils.py", "# a classic kit")
    path = kit_zip(colab.content / place, prefix)
    folder = colab(path.as_uri() if kit == "ADDRESS" else kit)
    assert folder == colab.drive / "cs231n-svm" / prefix / "assignment1"
    assert sys.path[0] == str(folder)
    assert (folder.parent / "datasets" / "cifar10-sample" / "train.webp").is_file()


def test_colab_goes_on_with_what_was_written_before(colab):
    kit_zip(colab.content / "a1.zip")
    work = colab() / "cs231n" / "classifiers" / "linear_svm.py"
    work.write_text("# mine")
    path = [*sys.path]
    assert colab() == work.parents[2]
    assert work.read_text() == "# mine"
    assert sys.path == path


def test_colab_takes_a_folder_that_is_unpacked(colab):
    (colab.drive / "a" / "b").mkdir(parents=True)
    with zipfile.ZipFile(kit_zip(colab.content / "elsewhere" / "a1.zip")) as archive:
        archive.extractall(colab.drive / "a" / "b")
    assert colab("a/b") == colab.drive / "a" / "b" / "assignment1"


@pytest.mark.parametrize("kit", ["", "no/such.zip", "file:///no/such.zip"])
def test_colab_without_the_kit_says_what_to_do(colab, kit):
    with pytest.raises(Exception, match="No zip with this kit in") as caught:
        colab(kit)
    assert type(caught.value).__name__ == "KitNotFoundError"
    english, korean = caught.value._render_traceback_()[0].splitlines()
    assert "put the zip of your course into your Drive, or write its address into KIT" in english
    assert "이 과제의 zip이 없습니다" in korean
    assert not (colab.drive / "cs231n-svm").exists()


@pytest.mark.long
def test_the_notebook_begins_on_colab(tmp_path):
    """The notebook alone, in an empty folder, as Colab opens it; the kit's zip is in the Drive."""
    content = tmp_path / "content"
    kit_zip(content / "drive" / "MyDrive" / "a1.zip")
    notebook = nbformat.read(KIT / "svm.ipynb", 4)
    cells = {cell.id: cell for cell in notebook.cells}
    cells["colab"].source = colab_source(content)
    notebook.cells = [nbformat.v4.new_code_cell(STAND_IN), cells["colab"], cells["setup"], cells["load"]]
    done = run_through(content / "svm.ipynb", notebook).cells
    assert "the sample of CIFAR-10" in done[-1].outputs[0].text
    assert (
        done[1].outputs[0].text.strip()
        == f"Write in {content / 'drive/MyDrive/cs231n-svm/assignment1/cs231n/classifiers'}"
    )


def test_elsewhere_the_cell_for_colab_does_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before, modules = [*sys.path], {*sys.modules}
    exec(colab_source(tmp_path / "content"), {})
    assert (Path.cwd(), sys.path, {*sys.modules}) == (tmp_path, before, modules)
    assert not os.listdir(tmp_path)


def test_where_a_package_is_missing_the_notebook_names_the_doctor(untouched):
    notebook = nbformat.read(untouched / "assignment1" / "svm.ipynb", 4)
    setup = next(cell for cell in notebook.cells if cell.id == "setup")
    hide = (
        "import importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name: None if name == 'numpy' else find(name)"
    )
    notebook.cells = [nbformat.v4.new_code_cell(hide), setup]
    with pytest.raises(CellExecutionError) as caught:
        run_through(untouched / "assignment1" / "svm.ipynb", notebook)
    assert "missing: numpy" in str(caught.value)
    (output,) = setup.outputs
    assert output.traceback == [f"PackageError: {output.evalue}"]
    assert "python -m cs231n.doctor" in output.evalue
