"""The workflow of GitHub Classroom that comes with the handout: a test for each region that the checks can judge."""

from pathlib import Path

from jinja2 import Template

from cs231n.assignments import REGIONS
from cs231n.languages import DEFAULT
from cs231n.sentences import speaking, title

__all__ = ["WORKFLOW", "classroom_workflow"]

WORKFLOW = ".github/workflows/classroom.yml"
# GitHub's own expressions stand in braces.
_MARKS = {
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "block_start_string": "<%",
    "block_end_string": "%>",
}


def classroom_workflow():
    """The text of the workflow."""
    text = Path(__file__).with_name("classroom.yml").read_text(encoding="utf-8")
    regions = {name: region for name, region in REGIONS.items() if region.points and not region.is_in_notebook}
    with speaking(DEFAULT):
        template = Template(text, **_MARKS, trim_blocks=True, keep_trailing_newline=True)
        return template.render(regions=regions, title=title)
