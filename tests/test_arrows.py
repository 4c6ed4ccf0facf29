"""Who may import whom, read off the syntax trees."""

import ast
import sys

import pytest

from staff.assignments import MATERIALS
from staff.assignments.svm import REFERENCE
from staff.authoring.paths import KIT, ROOT

STUDENTS = "cs231n.classifiers"
# A module, or all modules of a package, and what of the packages that are installed it may import.
NUMPY, PICTURES = {"numpy"}, {"numpy", "matplotlib"}
MAY_IMPORT = {
    "cs231n.classifiers": (NUMPY, {"cs231n.classifiers"}),
    "cs231n.languages": (set(), set()),
    "cs231n.processes": (set(), set()),
    "cs231n.assignments": (NUMPY, {"cs231n.assignments", "cs231n.languages"}),
    "cs231n.sentences": (set(), {"cs231n.sentences", "cs231n.languages", "cs231n.assignments"}),
    "cs231n.checks": (
        NUMPY,
        {"cs231n.checks", "cs231n.assignments", "cs231n.doctor", "cs231n.languages", "cs231n.sentences"},
    ),
    "cs231n.doctor": (
        set(),  # it runs without NumPy; what needs it is imported late
        {
            "cs231n.doctor",
            "cs231n.sentences",
            "cs231n.processes",
            "cs231n.data_utils",
            "cs231n.errors",
            "cs231n.layouts",
        },
    ),
    "cs231n.gradient_check": (NUMPY, {"cs231n.sentences"}),
    "cs231n.vis_utils": (set(), {"cs231n.pictures"}),
    "cs231n.pictures": (PICTURES, {"cs231n.pictures"}),
    "cs231n.derivation": (PICTURES, {"cs231n.derivation"}),
    "cs231n": (NUMPY, {"cs231n"}),
}
# Imported inside a function or a try only, so that the module can be imported without them.
LATER = {
    "cs231n.classifiers._past": {"past"},
    "cs231n.classifiers.linear_classifier": {"tqdm"},
    "cs231n.checks.__main__": {"watchfiles"},
    "cs231n.checks.loading": {"calls"},  # of the kit itself, in the sandbox
    "cs231n.doctor.machine": {"psutil"},
    "cs231n.doctor.tools": {"latex2mathml", "matplotlib", "nbconvert", "nbformat", "pypandoc", "typst"},
    "cs231n.doctor.kit": {"jupyter_client"},
    "cs231n.layouts": {"PIL"},
    "cs231n.datasets.download": {"requests", "tqdm"},
    "cs231n.datasets.obtain": {"filelock"},
    "cs231n.datasets.sources": {"PIL"},
    "cs231n.submission.collect": {"nbformat"},
    "cs231n.submission.execute": {"nbclient"},
    "cs231n.submission.page": {"jinja2", "latex2mathml", "nbconvert"},
    "cs231n.submission.pdf": {"pypandoc", "pypdf", "typst"},
}
DASK = "staff.grading.cluster"
# What is particular to an assignment; the engine reaches it by the table alone.
PARTICULAR = [f"{top}.assignments.{name}" for top in ("cs231n", "staff") for name in (*MATERIALS, "linear_classifier")]


def modules():
    """Name, path and root of every module of the kit, the reference and the staff."""
    for path in sorted([*KIT.rglob("*.py"), *(ROOT / "staff").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]):
        base = next(base for base in (REFERENCE, KIT, ROOT) if path.is_relative_to(base))
        name = ".".join(path.relative_to(base).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imports(name, path):
    """What a module imports: absolute names, each with whether that happens when the module is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Try)]
    inside = {id(node) for block in blocks for node in ast.walk(block)}
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            found = [source, *(f"{source}.{alias.name}" for alias in node.names)]
        else:
            continue
        for target in found:
            yield target, id(node) not in inside


def is_in(name, package):
    return name == package or name.startswith(f"{package}.")


def forbidden(name, path):
    """Imports of a module that the arrows do not allow."""
    found = []
    for target, at_import in imports(name, path):
        top = target.split(".")[0]
        if top in sys.stdlib_module_names:
            continue
        if is_in(name, "cs231n"):
            rule = next(MAY_IMPORT[package] for package in MAY_IMPORT if is_in(name, package))
            allowed = top in rule[0] or any(is_in(target, package) for package in rule[1])
            allowed = allowed or (top in LATER.get(name, ()) and not at_import)
            if STUDENTS in (target, *(target.rsplit(".", 1)[:1])) and not is_in(name, STUDENTS):
                allowed = False
        elif is_in(name, "staff"):
            allowed = not is_in(target, STUDENTS) and top != "tests" and (top != "dask" or name == DASK)
        else:
            allowed = True
        own = ("cs231n.assignments", "cs231n.derivation", "staff.assignments", "tests")
        is_engine = not name.startswith(own)
        if not allowed or (is_engine and any(is_in(target, package) for package in PARTICULAR)):
            found.append(target)
    return found


@pytest.mark.parametrize(("name", "path"), [*modules()], ids=lambda value: value if isinstance(value, str) else "")
def test_arrows(name, path):
    assert forbidden(name, path) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("staff.grading.judge", "from cs231n.classifiers import LinearSVM"),
        ("staff.grading.judge", "import cs231n.classifiers.linear_svm"),
        ("staff.authoring.build", "def build():\n    from cs231n import classifiers"),
        ("staff.authoring.build", "from tests import conftest"),
        ("staff.authoring.build", "import dask.distributed"),
        ("cs231n.checks.loss", "from ..classifiers import linear_svm"),
        ("cs231n.checks.loss", "from cs231n import data_utils"),
        ("cs231n.checks.loss", "import matplotlib.pyplot"),
        ("cs231n.classifiers.linear_svm", "import matplotlib"),
        ("cs231n.classifiers.linear_classifier", "from tqdm import tqdm"),
        ("cs231n.data_utils", "from .classifiers import LinearSVM"),
        ("cs231n.data_utils", "import scipy"),
        ("cs231n.submission", "import staff"),
        ("cs231n.checks.losses", "from ..assignments.svm import ASSIGNMENT"),
        ("cs231n.assignments.svm.model", "from ...checks import decomposition"),
        ("cs231n.languages", "from . import sentences"),
        ("staff.grading.judge", "from ..assignments.svm import draw"),
        ("staff.authoring.build", "from cs231n.assignments import svm"),
    ],
)
def test_a_wrong_arrow_is_found(tmp_path, name, source):
    path = tmp_path / "module.py"
    path.write_text(source)
    assert forbidden(name, path)
