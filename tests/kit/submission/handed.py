"""A folder of a student, and the tool run in it as a student runs it."""

import json
import os
import signal
import subprocess
import sys
import zipfile

import nbformat
import pytest

from cs231n.assignments import REGIONS
from cs231n.sentences import title, word

OLD = b"the zip of yesterday"
IN_NOTEBOOK = {name for name, row in REGIONS.items() if row.is_in_notebook}
IN_FILES = REGIONS.keys() - IN_NOTEBOOK
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the signals and permissions of POSIX")


def hide_typst(folder, patched):
    """As if typst were not installed, here and in processes that are started."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import sys\nsys.modules['typst'] = None\n")
    patched.setenv("PYTHONPATH", str(folder))
    patched.setitem(sys.modules, "typst", None)


def at_stake(regions=REGIONS):
    """What is said at the end where the points of some regions, by default all, are at stake."""
    lost, points = (sum(REGIONS[name].points for name in names) for names in (regions, REGIONS))
    return word("incomplete", points=lost, all=points, path="|").partition("|")[0]


def line(region, state):
    """What is said of one region."""
    return f"{region} ({title(region)}): {state}, {REGIONS[region].points} points"


class Handed:
    """A folder of a student, and the tool run in it."""

    def __init__(self, root):
        self.folder = root / "assignment1"
        self.zip = self.folder / "a1_code_submission.zip"
        self.zip.write_bytes(OLD)

    def start(self, *options, wrapper=(), **environment):
        environment = {"CS231N_BROWSER": "none", "PYTHONIOENCODING": "utf-8", **environment}
        return subprocess.Popen(
            [*wrapper, sys.executable, "-m", "cs231n.submission", *options],
            cwd=self.folder,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # A job in the background ignores Ctrl-C; a student's is in the foreground.
            preexec_fn=(lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) if os.name == "posix" else None,
        )

    def run(self, *options, **more):
        process = self.start(*options, **more)
        process.out, process.err = process.communicate(timeout=240)
        assert "Traceback" not in process.err
        left = [path.name for path in self.folder.iterdir() if path.name.startswith(".")]
        assert [name for name in left if name != ".pytest_cache"] == []
        return process

    def is_old(self):
        return self.zip.read_bytes() == OLD

    def files(self):
        with zipfile.ZipFile(self.zip) as opened:
            return {name: opened.read(name) for name in opened.namelist()}

    def receipt(self):
        return json.loads(self.files()["receipt.json"])

    def edit(self, name, change):
        path = self.folder / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def count_cells(self):
        """How many cells of code its notebook has."""
        cells = json.loads((self.folder / "svm.ipynb").read_bytes())["cells"]
        return sum(cell["cell_type"] == "code" for cell in cells)

    def insert_cell(self, source, before="load"):
        path = self.folder / "svm.ipynb"
        notebook = nbformat.read(path, 4)
        place = next(number for number, cell in enumerate(notebook.cells) if cell.id == before)
        notebook.cells.insert(place, nbformat.v4.new_code_cell(source, id="mine"))
        nbformat.write(notebook, path)
