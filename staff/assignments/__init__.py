"""What the staff have of each assignment; the same names as in `cs231n.assignments`."""

import json
from importlib import import_module

from cs231n.assignments import ASSIGNMENTS

# By name of the assignment: the package with `draw`, `shipped`, `REFERENCE` and the solutions that prove the checks.
MATERIALS = {assignment.name: import_module(f".{assignment.name}", __name__) for assignment in ASSIGNMENTS}
# By notebook: its title, and the results that are asked of the kernel once all cells have run.
NOTEBOOKS = {name: found for material in MATERIALS.values() for name, found in material.NOTEBOOKS.items()}
REFERENCES = {name: material.REFERENCE for name, material in MATERIALS.items()}


def render_questions(name):
    """Text of ``questions.json`` of an assignment, which ships."""
    cases = ",\n".join(map(_as_json, MATERIALS[name].shipped()))
    about = f"Built by python -m staff build; change staff/assignments/{name}/."
    return f'{{"about": "{about}",\n"cases": [\n{cases}\n]}}\n'


def _as_json(case):
    return json.dumps(case, separators=(",", ":"), default=lambda array: array.tolist())
