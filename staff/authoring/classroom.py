"""The workflow of GitHub Classroom that comes with the handout: a test for each region that the checks can judge."""

from cs231n.assignments import REGIONS
from cs231n.languages import DEFAULT
from cs231n.sentences import speaking, title

__all__ = ["WORKFLOW", "classroom_workflow"]

WORKFLOW = ".github/workflows/classroom.yml"
_BEGINNING = """\
# Built by "python -m staff handout". GitHub Classroom runs this at each push and shows the points.
# A student can change what runs here, so these points are for the student; grades come from "python -m staff grade".
name: Autograding Tests
on: [push, workflow_dispatch, repository_dispatch]
permissions:
  actions: read
  checks: write
  contents: read

jobs:
  run-autograding-tests:
    runs-on: ubuntu-latest
    if: github.actor != 'github-classroom[bot]'
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
          cache: pip
      - run: python -m pip install -r requirements.txt
"""
_TEST = """\
      - name: {title}
        id: {name}
        uses: classroom-resources/autograding-command-grader@v1
        with:
          test-name: {title}
          setup-command: ""
          command: cd assignment1 && python -m cs231n.checks --region {name}
          timeout: 5
          max-score: {points}
"""
_END = """\
      - name: Autograding Reporter
        uses: classroom-resources/autograding-grading-reporter@v1
        env:
{results}
        with:
          runners: {names}
"""


def classroom_workflow():
    """The text of ``.github/workflows/classroom.yml``."""
    regions = {name: region for name, region in REGIONS.items() if region.points and not region.is_in_notebook}
    with speaking(DEFAULT):
        tests = [_TEST.format(name=name, title=title(name), points=row.points) for name, row in regions.items()]
    results = [f'          {name.upper()}_RESULTS: "${{{{ steps.{name}.outputs.result }}}}"' for name in regions]
    return "".join([_BEGINNING, *tests, _END.format(results="\n".join(results), names=",".join(regions))])
