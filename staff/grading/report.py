"""What one student is told: a page of feedback, and Gradescope's results file. Nothing here shows a hidden input."""

import json

from cs231n.assignments import REGIONS
from cs231n.checks.findings import say
from cs231n.sentences import cause, claim, speaking, title, word

from .pages import clean, number, page

__all__ = ["feedback", "gradescope_results", "report_files", "to_json"]

LONGEST = 2_000  # characters of one sentence or remark
_MARKS = {"pass": ("✓", "right"), "fail": ("✗", "wrong"), "checker fault": ("!", "none"), "not run": ("-", "none")}


def report_files(result, language="en"):
    """``report.json`` and ``feedback.html`` of one submission.

    Parameters
    ----------
    result : dict
    language : str
        ``en`` or ``ko``.

    Returns
    -------
    dict of str to bytes
        By name of the file.
    """
    return {
        "report.json": to_json(gradescope_results(result, language)),
        "feedback.html": feedback(result, language).encode(),
    }


def to_json(value):
    """JSON of characters that every reader takes.

    Parameters
    ----------
    value : object

    Returns
    -------
    bytes
    """
    return (json.dumps(_cleaned(value), indent=1, allow_nan=False) + "\n").encode("ascii")


def feedback(result, language="en"):
    """The page for the student, complete in itself.

    Parameters
    ----------
    result : dict
    language : str
        ``en`` or ``ko``.

    Returns
    -------
    str
    """
    with speaking(language):
        return page(
            "feedback.html",
            word=word,
            language=language,
            student=clean(result["student"], 200),
            refused=result["status"] == "refused",
            reason=clean(result["reason"], LONGEST),
            points=result["points"],
            max=result["max"],
            open=result["open"],
            summary=_summary(result["findings"]),
            warnings=_warnings(result),
            remarks=[clean(say(remark), LONGEST) for remark in result["remarks"]],
            notebook=_notebook(result["notebook"]),
            regions=[_region(name, result) for name in result["regions"]],
        )


def gradescope_results(result, language="en"):
    """Gradescope's ``results.json``: a test a finding, then one for each answer that people mark.

    Parameters
    ----------
    result : dict
    language : str
        ``en`` or ``ko``.

    Returns
    -------
    dict
    """
    with speaking(language):
        refused = result["status"] == "refused"
        said = [word("refused", reason=result["reason"]) if refused else word("how graded")]
        said += [*_warnings(result), *map(say, result["remarks"]), *filter(None, [_notebook(result["notebook"])])]
        if result["open"]:
            said.append(word("open points", open=number(result["open"])))
        tests = [_test(finding) for finding in result["findings"]]
        tests += [_people_test(name, result) for name in result["written"] if name in result["regions"]]
        causes = dict.fromkeys(finding["told"] for finding in result["findings"] if finding["told"])
        return {
            "score": result["points"],
            "execution_time": round(result["cost"]["seconds"]),  # to tell what was asked by sleeping takes long
            "output": "\n".join(clean(text, LONGEST) for text in said),
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
    is_passed = outcome in ("pass", "checker fault")  # what the checker could not judge costs nothing
    return {
        "name": ": ".join((finding["region"], clean(finding["subject"], 200), claim(finding["claim"]))),
        "score": most if outcome == "checker fault" else finding["earned"],
        "max_score": most,
        "status": "passed" if is_passed else "failed",
        "output": _text(finding) or word(outcome),
        "visibility": "visible",
        "extra_data": {"outcome": outcome, "cause": finding["told"]},
    }


def _people_test(name, result):
    """An answer that people mark; without a score, which would read as failed, as long as nobody has."""
    region = result["regions"][name]
    comment = clean(region.get("comment", ""), LONGEST)
    test = {
        "name": f"{name}: {_title(name)}",
        "output": "\n".join(filter(None, [word(f"state {region['state']}"), comment])),
        "visibility": "visible",
    }
    if region["earned"] is None:
        return test
    return test | {"score": region["earned"], "max_score": region["max"]}


def _region(name, result):
    """A region as the page shows it."""
    region, written = result["regions"][name], result["written"].get(name)
    findings = [finding for finding in result["findings"] if finding["region"] == name]
    failed = any(finding["outcome"] == "fail" for finding in findings)
    return {
        "name": name,
        "title": _title(name),
        "state": region["state"],
        "earned": region["earned"],
        "max": region["max"],
        "comment": clean(region.get("comment", ""), LONGEST),
        "passed": [_finding(finding) for finding in findings if finding["outcome"] == "pass"],
        "others": [_finding(finding) for finding in findings if finding["outcome"] != "pass"],
        "hint": word("ask", region=name) if failed and name in REGIONS else "",
        "answer": None if written is None else written["text"] if not written["blank"] else "",
        "is_code": name in REGIONS and REGIONS[name].is_code,
    }


def _finding(finding):
    mark, kind = _MARKS.get(finding["outcome"], ("○", "none"))
    shown = {key: finding[key] for key in ("outcome", "earned", "max", "subject")}
    return shown | {"claim": claim(finding["claim"]), "mark": mark, "kind": kind, "text": _text(finding)}


def _text(finding):
    """What a finding says to the student, in the language that is spoken; never what was measured."""
    if finding["outcome"] == "checker fault":
        return word("fault for nothing")
    if finding["outcome"] == "not run":
        return word("needs more")
    if finding["outcome"] != "fail":
        return ""
    said = [cause(finding["told"]) if finding["told"] else "", say(finding["public"])]
    return clean(" ".join(filter(None, said)), LONGEST)


def _title(name):
    return title(name) if name in REGIONS else clean(name, 200)


def _summary(findings):
    """How many claims hold, fail, and were not reached; empty where there are none."""
    if not findings:
        return ""
    outcomes = [finding["outcome"] for finding in findings]
    passed, failed = outcomes.count("pass"), outcomes.count("fail")
    return word("summary", passed=passed, failed=failed, rest=len(outcomes) - passed - failed)


def _warnings(result):
    return [word("unsafe")] if result["isolation"] == "unsafe" else []


def _notebook(notebook):
    """What became of the notebook, where it was executed."""
    if not notebook:
        return ""
    if notebook["executed"]:
        return word("notebook executed", seconds=f"{notebook['seconds']:.0f}")
    return word("notebook stopped", cell=clean(str(notebook["cell"]), 200), reason=clean(notebook["reason"], LONGEST))


def _cleaned(value):
    """The same value, each string in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(part) for key, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list) else value
