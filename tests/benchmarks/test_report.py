"""Goals, tables, the plan, the picture, and the results that are stored."""

import json

import numpy as np
import pytest

from benchmarks import grading, loss, notebook, picture, report, scale
from benchmarks.__main__ import PARTS, _store, main
from benchmarks.machine import machine
from benchmarks.measuring import row

STORED = report.HERE / "results.json"


def line(case, way, ratio, measure="s"):
    return row(case, way, measure, [ratio], [1.0])


def losses(reference, blocks, torch):
    case = "N = 49,000, float32, 1 thread"
    ways = {loss.BOUND: 1.0, loss.REFERENCE: reference, loss.BLOCKS: blocks, loss.TORCH: torch}
    return [line(case, way, ratio) for way, ratio in ways.items()]


def test_goals_that_are_missed_name_their_cases():
    assert [goal["met"] for goal in loss.goals(losses(1.1, 0.7, 2.0))] == [True, True, True]
    missed = loss.goals(losses(1.2, 0.8, 0.7))
    assert [goal["met"] for goal in missed] == [False, False, False]
    assert missed[0]["missed"] == ["N = 49,000, float32, 1 thread"]
    rows = [line("full set", notebook.SAME_WAY, 0.4), line("full set", notebook.SAME_WAY, 0.3, "MB")]
    assert [goal["met"] for goal in notebook.goals(rows)] == [False, True]
    assert grading.goals([line("10 submissions", "this kit", 0.1, "CPU s each")])[0]["met"] is True
    assert grading.goals([line("10 submissions", "this kit", 0.2, "CPU s each")])[0]["met"] is False


def test_what_was_not_measured_is_no_goal_met():
    assert grading.goals([])[0]["met"] is None
    assert loss.goals([])[1]["met"] is None


@pytest.mark.parametrize(
    ("value", "text"), [(0.01234, "0.0123"), (1.5, "1.50"), (12.34, "12.3"), (1234.5, "1,234"), (0, "0")]
)
def test_three_figures(value, text):
    assert report.number(value) == text


def test_a_table_tells_each_case_once_and_what_was_missed_or_skipped():
    part = {"title": "Loss", "rows": losses(1.2, 0.7, 2.0), "notes": [], "skipped": ["No such thing."]}
    said = report.text(part | {"goals": loss.goals(part["rows"])})
    assert said.count("N = 49,000, float32, 1 thread  ") == 1
    assert "skipped: No such thing." in said
    assert "goal: reference at most 1.15 from N = 500 up: MISSED in: N = 49,000, float32, 1 thread" in said


def test_more_nodes_help_until_the_scheduler_decides():
    plans = [scale.plan(100_000, nodes, 0.1, 0.001, cores=8) for nodes in (1, 10, 100)]
    assert plans[0].hours == pytest.approx(100_000 * 0.1 / 8 / 3600)
    assert plans[1].hours == pytest.approx(plans[0].hours / 10)
    assert plans[2].hours == plans[2].scheduler > plans[2].workers
    assert scale.limit(0.1, 0.001, cores=8) == pytest.approx(12.5)


def test_readme_without_its_markers_is_left_alone(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("nothing\n")
    with pytest.raises(ValueError, match="expected <!-- BEGIN measured -->"):
        report.write_readme({"parts": {}}, readme)
    assert readme.read_text() == "nothing\n"


def test_stored_results_have_their_form_and_readme_has_their_tables():
    results = json.loads(STORED.read_text(encoding="utf-8"))
    assert set(results) == {"parts"}
    assert list(results["parts"]) == [part for part in PARTS if part in results["parts"]]
    for part in results["parts"].values():
        assert part["machine"]
        for found in part["rows"]:
            assert set(found) == {"case", "way", "measure", "value", "ratio"}
            for values in filter(None, (found["value"], found["ratio"])):
                assert values["low"] <= values["median"] <= values["high"]
                assert values["runs"] >= 1
        for goal in part["goals"]:
            assert goal["met"] in (True, False, None)
    assert report.markdown(results) in (report.HERE / "README.md").read_text(encoding="utf-8")


def test_a_part_that_is_kept_keeps_its_machine(tmp_path):
    (tmp_path / "README.md").write_text("<!-- BEGIN measured -->\n<!-- END measured -->\n", encoding="utf-8")
    kept, new = ({"title": name, "machine": name, "rows": [], "notes": [], "skipped": [], "goals": []} for name in "ab")
    (tmp_path / "results.json").write_text(json.dumps({"parts": {"loss": kept}}), encoding="utf-8")
    _store({"training": new | {"machine": machine(), "rows": losses(1.1, 0.7, 2.0)}}, tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "### a\n\nMeasured on a." in text
    assert f"Measured on {machine()}." in text
    assert f"numpy {np.__version__}" in machine()


def test_the_picture_has_a_bar_for_each_ratio_of_its_groups(tmp_path):
    results = {"parts": {"loss": {"rows": losses(1.1, 0.7, 2.0)}}}
    groups = picture.bars(results)
    assert [len(chosen) for _, chosen in groups] == [4]
    picture.draw(results, tmp_path / "results.png")
    assert (tmp_path / "results.png").stat().st_size > 10_000


def test_an_unknown_part_is_an_error(capsys):
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "expected parts of loss, training" in capsys.readouterr().err
