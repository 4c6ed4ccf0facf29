"""What came out: a line a measurement in the terminal and in results.json, and tables in README.md."""

import json
from pathlib import Path

from .measuring import Row

HERE = Path(__file__).parent
_BEGIN, _END = "<!-- BEGIN measured -->", "<!-- END measured -->"


def to_json(parts):
    """All parts as JSON, a measurement a line."""
    texts = []
    for name, part in parts.items():
        about = "".join(f" {json.dumps(key)}: {json.dumps(part[key])},\n" for key in ("title", "machine", "notes"))
        rows = ",\n".join(f"  {json.dumps(row)}" for row in part["rows"])
        texts.append(f'{json.dumps(name)}: {{\n{about} "rows": [\n{rows}\n ]\n}}')
    return "{" + ",\n".join(texts) + "}\n"


def from_json(content):
    """The parts that `to_json` wrote."""
    parts = json.loads(content)
    return {name: part | {"rows": [Row(*row) for row in part["rows"]]} for name, part in parts.items()}


def number(value):
    """Three figures that count, without an exponent."""
    exponent = int(f"{value:e}".split("e")[1])
    return f"{value:,.{max(0, 2 - exponent)}f}"


def _spread(deciles, unit=""):
    """Median with its unit, and the deciles in brackets where they differ from it."""
    median, low, high = map(number, deciles)
    return f"{median}{unit}" + ("" if low == median == high else f" ({low} to {high})")


def text(part):
    """A part for the terminal."""
    lines = [part["title"]]
    for row in part["rows"]:
        ratio = f", ratio {_spread(row.ratio)}" if row.ratio else ""
        lines.append(f"  {row.case}: {row.way}: {_spread(row.value, f' {row.unit}')}{ratio}")
    return "\n".join([*lines, *part["notes"], ""])


def markdown(parts):
    """All parts for README.md: a case and unit a line, a way a column."""
    lines = []
    for part in parts.values():
        ways = list(dict.fromkeys(row.way for row in part["rows"]))
        cells = {}
        for row in part["rows"]:
            is_compared = row.ratio and row.ratio != [1, 1, 1]
            cell = _spread(row.ratio, "x") if is_compared else _spread(row.value)
            cells.setdefault(f"{row.case}, {row.unit}", {})[row.way] = cell
        lines += [f"### {part['title']}", "", f"Measured on {part['machine']}.", ""]
        lines += [_line(["", *ways]), "|---" * (1 + len(ways)) + "|"]
        lines += [_line([case, *(found.get(way, "") for way in ways)]) for case, found in cells.items()]
        lines += ["", *(f"- {note}" for note in part["notes"]), *([""] if part["notes"] else [])]
    return "\n".join(lines)


def _line(cells):
    return f"| {' | '.join(cells)} |"


def write_readme(parts, path):
    """Put the tables into README.md, between their markers; where these are not there, it is an error."""
    old = path.read_text(encoding="utf-8")
    if old.count(_BEGIN) != 1 or old.count(_END) != 1 or old.index(_BEGIN) > old.index(_END):
        raise ValueError(f"{path}: expected {_BEGIN} and, after it, {_END}, once each.")
    before, after = old.split(_BEGIN)[0], old.split(_END)[1]
    path.write_text(f"{before}{_BEGIN}\n{markdown(parts)}\n{_END}{after}", encoding="utf-8")
