"""Goals, tables, the picture, and the results that are stored."""

import numpy as np
import pytest

from benchmarks import grading, loss, report
from benchmarks.__main__ import PARTS, main, store
from benchmarks.measuring import machine, make_row

CASE = "N = 49,000, float32, 1 thread"


def line(case, way, ratio, unit="s"):
    return make_row(case, way, unit, [ratio], [1.0])


def losses(reference, blocks, torch):
    ways = {loss.BOUND: 1.0, loss.REFERENCE: reference, loss.BLOCKS: blocks, loss.TORCH: torch}
    return [line(CASE, way, ratio) for way, ratio in ways.items()]


def part(name, rows):
    return {"title": name, "machine": name, "notes": [], "rows": rows}


def test_goals_that_are_missed_name_their_cases():
    assert [said.rsplit(": ", 1)[1] for said in loss.goals(losses(1.1, 0.7, 2.0))] == ["met"] * 3
    assert all(said.endswith(f"MISSED in {CASE}") for said in loss.goals(losses(1.2, 0.8, 0.7)))
    assert grading.goals([line("10 submissions", "this kit", 0.1, "CPU s each")])[0].endswith("met")
    assert grading.goals([line("10 submissions", "this kit", 0.2, "CPU s each")])[0].endswith("in 10 submissions")


def test_what_was_not_measured_is_no_goal_met():
    assert all(said.endswith("not measured") for said in [*grading.goals([]), *loss.goals([])])


@pytest.mark.parametrize(
    ("value", "text"), [(0.01234, "0.0123"), (1.5, "1.50"), (12.34, "12.3"), (1234.5, "1,234"), (0, "0.00")]
)
def test_three_figures(value, text):
    assert report.number(value) == text


def test_the_terminal_has_a_line_a_measurement_and_the_notes():
    rows = [make_row("case", "way", "s", [1.0, 2.0, 3.0], [1.0, 1.0, 1.0]), make_row("case", "other", "MB", [5.0])]
    said = report.text(part("Loss", rows) | {"notes": ["goal: small: met"]}).splitlines()
    assert said[0] == "Loss"
    assert said[1] == "  case: way: 2.00 s (1.20 to 2.80), ratio 2.00 (1.20 to 2.80)"
    assert said[2:] == ["  case: other: 5.00 MB", "goal: small: met"]


def test_the_table_has_what_stands_at_1_as_it_is_and_the_rest_as_ratios():
    said = report.markdown({"loss": part("Loss", losses(1.2, 0.7, 2.0))})
    assert f"| {CASE}, s | 1.00 | 1.20x | 0.700x | 2.00x |" in said


def test_readme_without_its_markers_is_left_alone(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("nothing\n")
    with pytest.raises(ValueError, match="expected <!-- BEGIN measured -->"):
        report.write_readme({}, readme)
    assert readme.read_text() == "nothing\n"


def test_stored_results_have_their_form_and_readme_has_their_tables():
    content = (report.HERE / "results.json").read_text(encoding="utf-8")
    parts = report.from_json(content)
    assert report.to_json(parts) == content
    assert list(parts) == list(PARTS)
    for name, found in parts.items():
        assert found["machine"]
        for row in found["rows"]:
            for median, low, high in filter(None, (row.value, row.ratio)):
                assert low <= median <= high
        if name != "loading":
            assert PARTS[name].goals(found["rows"]) == found["notes"]
    assert report.markdown(parts) in (report.HERE / "README.md").read_text(encoding="utf-8")


def test_a_part_that_is_kept_keeps_its_machine(tmp_path):
    (tmp_path / "README.md").write_text("<!-- BEGIN measured -->\n<!-- END measured -->\n", encoding="utf-8")
    kept, rows = part("a", losses(1.1, 0.7, 2.0)), losses(1.2, 0.7, 2.0)
    (tmp_path / "results.json").write_text(report.to_json({"loss": kept, "loading": kept}), encoding="utf-8")
    store({"loading": part("b", []), "grading": part("c", rows) | {"machine": machine()}}, tmp_path)
    assert report.from_json((tmp_path / "results.json").read_text(encoding="utf-8"))["loading"] == kept
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "### a\n\nMeasured on a." in text
    assert f"Measured on {machine()}." in text
    assert f"numpy {np.__version__}" in machine()


def test_an_unknown_part_is_an_error(capsys):
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "invalid choice: 'nothing'" in capsys.readouterr().err
