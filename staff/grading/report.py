"""What one student is told: a page of feedback, and Gradescope's results file. Nothing here shows a hidden input."""

import json

from cs231n.assignments import REGIONS
from cs231n.checks.findings import say, summary
from cs231n.sentences import cause, claim, speaking, title, word

from .pages import number, page

_INSTEAD = {"checker fault": "fault for nothing", "not run": "needs more"}  # what is said of these outcomes
_MARKS = {"pass": ("✓", "right"), "fail": ("✗", "wrong"), "checker fault": ("!", "none"), "not run": ("-", "none")}


def report_files(result, language="en"):
    """``report.json`` and ``feedback.html`` of a submission in a language: bytes by name."""
    results, shown = gradescope_results(result, language), feedback(result, language)
    return {"report.json": to_json(results), "feedback.html": shown.encode()}


def to_json(value):
    """JSON as bytes of ASCII, in which no tag of HTML stands; a ValueError for NaN, which is not JSON."""
    return (json.dumps(value, indent=1, allow_nan=False) + "\n").replace("<", "\\u003c").encode("ascii")


def title_of(region):
    """What to call a region; an older result may hold one that is in the table no more."""
    return title(region) if region in REGIONS else region


def feedback(result, language="en"):
    """The text of the page for the student, complete in itself."""
    with speaking(language):
        return page(
            "feedback.html",
            word=word,
            language=language,
            result=result,
            summary=summary([finding["outcome"] for finding in result["findings"]]) if result["findings"] else "",
            reason=say(result["reason"]),
            remarks=_remarks(result),
            regions=[_region(name, result) for name in result["regions"]],
        )


def gradescope_results(result, language="en"):
    """Gradescope's ``results.json`` as data: a test a finding, then one for each answer that people mark."""
    with speaking(language):
        refused = result["status"] == "refused"
        said = [word("refused", reason=say(result["reason"])) if refused else word("how graded")]
        said += [word("unsafe")] if result["isolation"] == "unsafe" else []
        said += _remarks(result)
        said += [word("open points", open=number(result["open"]))] if result["open"] else []
        tests = [_test(finding) for finding in result["findings"]]
        regions = result["regions"]
        told = {name: _people_text(regions[name]) for name in result["written"] if name in regions}
        told |= dict.fromkeys(regions if refused else (), said[0])
        tests += [_region_test(name, regions[name], text) for name, text in told.items()]
        causes = dict.fromkeys(finding["told"] for finding in result["findings"] if finding["told"])
        return {
            "score": result["points"],
            "execution_time": round(result["cost"]["seconds"]),  # to tell what was asked by sleeping takes long
            "output": "\n".join(said),
            "output_format": "text",
            "test_output_format": "text",
            "test_name_format": "text",
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "tests": tests,
            "extra_data": {"causes": list(causes), "open": result["open"], "isolation": result["isolation"]},
        }


def _test(finding):
    outcome, most = finding["outcome"], finding["max"]
    is_fault = outcome == "checker fault"  # what the checker could not judge costs nothing
    return {
        "name": ": ".join((finding["region"], finding["subject"], claim(finding["claim"]))),
        "score": most if is_fault else finding["earned"],
        "max_score": most,
        "status": "passed" if is_fault or outcome == "pass" else "failed",
        "output": _text(finding) or word(outcome),
        "visibility": "visible",
        "extra_data": {"outcome": outcome, "cause": finding["told"]},
    }


def _people_text(region):
    """What is said of an answer that people mark."""
    return "\n".join(filter(None, (word(f"state {region['state']}"), region.get("comment"))))


def _region_test(name, region, said):
    """A region as a whole; without a score, which would read as failed, as long as nobody has given one."""
    test = {"name": f"{name}: {title_of(name)}", "output": said, "visibility": "visible", "max_score": region["max"]}
    return test if region["earned"] is None else test | {"score": region["earned"]}


def _region(name, result):
    """A region as the page shows it."""
    written = result["written"].get(name)
    findings = [finding for finding in result["findings"] if finding["region"] == name]
    failed = any(finding["outcome"] == "fail" for finding in findings)
    return (
        {"comment": ""}
        | result["regions"][name]
        | {
            "name": name,
            "title": title_of(name),
            "passed": [_finding(finding) for finding in findings if finding["outcome"] == "pass"],
            "others": [_finding(finding) for finding in findings if finding["outcome"] != "pass"],
            "hint": word("ask", region=name) if failed and name in REGIONS else "",
            "answer": None if written is None or "unread" in written else "" if written["blank"] else written["text"],
            "outside": written and written.get("outside"),
            "is_code": name in REGIONS and REGIONS[name].is_code,
        }
    )


def _finding(finding):
    mark, kind = _MARKS.get(finding["outcome"], ("○", "none"))
    shown = {key: finding[key] for key in ("outcome", "earned", "max", "subject")}
    return shown | {"claim": claim(finding["claim"]), "mark": mark, "kind": kind, "text": _text(finding)}


def _text(finding):
    """What a finding says to the student, in the language that is spoken; never what was measured."""
    if finding["outcome"] in _INSTEAD:
        return word(_INSTEAD[finding["outcome"]])
    if finding["outcome"] != "fail":
        return ""
    said = [cause(finding["told"]) if finding["told"] else "", say(finding["public"])]
    return " ".join(filter(None, said))


def _remarks(result):
    """Remarks on the files, and what became of the notebook where it was executed."""
    said, notebook = [say(remark) for remark in result["remarks"]], result["notebook"]
    if notebook and notebook["executed"]:
        said.append(word("notebook executed", seconds=f"{notebook['seconds']:.0f}"))
    elif notebook:
        said.append(word("notebook stopped", cell=notebook["cell"], reason=say(notebook["reason"])))
    return said
