"""What came out, as text: the tables of a run, in the terminal and in README.md."""

from pathlib import Path

from . import scale

__all__ = ["HERE", "table", "text", "write_readme"]

HERE = Path(__file__).parent
BEGIN, END = "<!-- BEGIN measured -->", "<!-- END measured -->"


def number(value):
    """Three figures that count, without an exponent."""
    if value == 0:
        return "0"
    digits = max(0, 2 - _exponent(value))
    return f"{value:,.{digits}f}"


def _exponent(value):
    return int(f"{value:e}".split("e")[1])


def _range(found):
    """Median, with the spread in brackets where there is one."""
    if found is None:
        return ""
    if found["runs"] == 1:
        return number(found["median"])
    return f"{number(found['median'])} ({number(found['low'])} to {number(found['high'])})"


def table(part):
    """Rows of a part's table, as lists of four texts.

    Parameters
    ----------
    part : dict
        A part of results.json.

    Returns
    -------
    list of list of str
        Case, way, value with its unit, ratio; the case only where it changes.
    """
    found, before = [], None
    for line in part["rows"]:
        case = line["case"] if line["case"] != before else ""
        before = line["case"]
        found.append([case, line["way"], f"{_range(line['value'])} {line['measure']}", _range(line["ratio"])])
    return found


def remarks(part):
    """Lines on goals, notes and what was skipped."""
    said = [f"skipped: {sentence}" for sentence in part["skipped"]] + part["notes"]
    for goal in part["goals"]:
        state = {True: "met", False: f"MISSED in: {'; '.join(goal['missed'])}", None: "not measured"}[goal["met"]]
        said.append(f"goal: {goal['goal']}: {state}")
    return said


def text(part):
    """A part for the terminal."""
    rows = [["", "", "median (deciles)", "ratio (deciles)"], *table(part)]
    widths = [max(len(line[column]) for line in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in rows]
    return "\n".join([part["title"], *lines, *remarks(part), ""])


def markdown(results):
    """All parts for README.md."""
    lines = []
    for part in results["parts"].values():
        lines += [f"### {part['title']}", "", f"Measured on {part['machine']}.", ""]
        lines += ["| | | median (deciles) | ratio (deciles) |", "|---|---|---|---|"]
        lines += ["| " + " | ".join(line) + " |" for line in table(part)]
        lines += ["", *(f"- {said}" for said in remarks(part)), ""]
    return "\n".join([*lines, *_scale(results["parts"].get("grading"))])


def _scale(grading):
    """The plan for a large class, from this kit's cost of a submission and the scheduler's of a task."""
    if not grading:
        return []
    ours = [
        row
        for row in grading["rows"]
        if row["way"] == "this kit" and row["measure"] == "CPU s each" and "mixed" not in row["case"]
    ]
    tasks = [row for row in grading["rows"] if row["case"].startswith("dask") and row["measure"] == "ms"]
    if not ours or not tasks:
        return [
            "### 100,000 submissions on paper",
            "",
            "Needs this kit's grader and dask, which were not measured.",
            "",
        ]
    cost, task = ours[-1]["value"]["median"], tasks[0]["value"]["median"] / 1000
    lines = [
        "### 100,000 submissions on paper",
        "",
        f"From {number(cost)} CPU s a submission and {number(1000 * task)} ms a task, with {scale.CORES} cores a node:",
        "",
        "| nodes | workers, hours | scheduler, hours | from start to end, hours |",
        "|---|---|---|---|",
    ]
    for nodes in (1, 10, 100):
        found = scale.plan(100_000, nodes, cost, task)
        lines.append(f"| {nodes} | {number(found.workers)} | {number(found.scheduler)} | {number(found.hours)} |")
    most = scale.limit(cost, task)
    return [*lines, "", f"From {number(most)} nodes on, the scheduler decides, and more nodes bring nothing.", ""]


def write_readme(results, path=HERE / "README.md"):
    """Put the tables of a run into README.md, between their markers.

    Parameters
    ----------
    results : dict
        What results.json holds.
    path : path

    Raises
    ------
    ValueError
        If the markers are not there, once each and in order.
    """
    old = Path(path).read_text(encoding="utf-8")
    if old.count(BEGIN) != 1 or old.count(END) != 1 or old.index(BEGIN) > old.index(END):
        raise ValueError(f"{path}: expected {BEGIN} and, after it, {END}, once each.")
    before, after = old.split(BEGIN)[0], old.split(END)[1]
    Path(path).write_text(f"{before}{BEGIN}\n{markdown(results)}\n{END}{after}", encoding="utf-8")
