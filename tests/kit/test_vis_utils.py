"""The one place that has every picture."""

import ast
import json

from cs231n import vis_utils
from staff.assignments.svm import REFERENCE
from staff.authoring.paths import KIT


def test_all_that_the_pictures_define_is_there():
    defined = set()
    for path in (KIT / "cs231n" / "pictures").glob("*.py"):
        defined |= {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if hasattr(node, "name")}
    assert {name for name in defined if name.startswith(("plot_", "show_", "visualize_"))} == set(vis_utils.__all__)


def test_the_notebook_shows_all_but_the_grid_of_the_classic_kit():
    cells = json.loads((REFERENCE / "svm.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert {name for name in vis_utils.__all__ if f"vis_utils.{name}(" not in code} == {"visualize_grid"}
