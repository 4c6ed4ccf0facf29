"""Results of grading, written by hand, as the tests of everything that is made of them need them."""

from cs231n.assignments import ASSIGNMENTS, REGIONS
from cs231n.checks.findings import note
from staff.grading.text import clean_result

# What must do no harm in a page, a table or JSON, wherever in a result it stands.
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'",
    "{{ 7 * 7 }}{% raw %}",
    '=HYPERLINK("http://example.org","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "'=1",
    "\t=1",
    "a\x00b\x1b[31mc\x7f\x85",
    "\u202egnp.exe\u2066\u200f",
    "\ud800 half a pair",
    'line\nbreak\r\nand, "comma"',
    "</style></title></pre></bdi>",
    "x" * 1_000_000,
)
MOST = sum(region.points for region in REGIONS.values())
AUTOMATIC = sum(region.points for region in REGIONS.values() if region.weights)  # points that no person gives
PEOPLE = tuple(name for name, region in REGIONS.items() if region.points and not region.weights)
MARKED = next(name for name in PEOPLE if not REGIONS[name].is_code)
_REST = [name for name in PEOPLE if name != MARKED]
OTHER, BLANK = _REST[0], _REST[-1]  # what waits for a mark, too, and what is blank; the same where there are only two
_NAIVE, _VECTORIZED, _CLASSIFIER = (subject.name for subject in ASSIGNMENTS[0].subjects)


def finding(subject, claim, region, outcome="pass", earned=0, most=0, cause=None, public=None, measurement=None):
    """A finding; what it measured is for the staff only."""
    return {
        "subject": subject,
        "claim": claim,
        "region": region,
        "outcome": outcome,
        "measurement": measurement,
        "cause": cause,
        "public": public,
        "told": cause,
        "earned": earned,
        "max": most,
    }


def hand_written(student="kim_minsu", **changes):
    """A result with a mistake, a claim that was not run, a region that is not started, and three written answers.

    Its text is cleaned, as that of each result is that grading returns.
    """
    naive, loss, gradient, update = (
        "svm-naive-gradient",
        "svm-vectorized-loss",
        "svm-vectorized-gradient",
        "train-update",
    )
    points = {name: region.points for name, region in REGIONS.items() if region.points}
    regions = {name: {"earned": 0, "max": most, "state": "graded"} for name, most in points.items()}
    for name, share in ((naive, 0.75), (loss, 1), (gradient, 0.5)):
        regions[name]["earned"] = share * points[name]
    regions["predict"]["state"] = "not started"
    for name in PEOPLE:
        regions[name] |= {"earned": None, "state": "for people"}
    regions[BLANK] |= {"earned": 0, "state": "blank"}
    written = {name: {"text": f"what they wrote for {name}", "blank": False} for name in PEOPLE}
    written[BLANK] = {"text": "", "blank": True}
    secret = note("compared", what="dW[5, 3]", yours="0.3750", expected="0.7531")
    raised = note("raised at", line=31, kind="ValueError", text="0.7531")
    half, place = "gradient.regularizer.factor-1", note("raised in", line=31, kind="ValueError")
    result = {
        "student": student,
        "zip": f"{student}.zip",
        "sha256": "0" * 64,
        "status": "graded",
        "reason": None,
        "isolation": "bubblewrap",
        "regions": regions,
        "points": sum(region["earned"] or 0 for region in regions.values()),
        "max": MOST,
        "open": sum(region["max"] for region in regions.values() if region["earned"] is None),
        "findings": [
            finding(_NAIVE, "runs", naive, "pass", 0.75 * points[naive], 0.75 * points[naive]),
            finding(_NAIVE, "gradient, regularizer", naive, "fail", 0, 0.25 * points[naive], half, None, secret),
            finding(_VECTORIZED, "loss, data term", loss, "pass", points[loss], points[loss]),
            finding(
                _VECTORIZED, "gradient, data term", gradient, "pass", 0.5 * points[gradient], 0.5 * points[gradient]
            ),
            finding(_VECTORIZED, "float32", gradient, "fail", 0, 0.5 * points[gradient], None, place, raised),
            finding(_CLASSIFIER, "train, update", update, "not run", 0, points[update], None, None, secret),
            finding(_CLASSIFIER, "predict", "predict", "not started", 0, points["predict"]),
        ],
        "written": written,
        "remarks": [note("lines edited", name="linear_svm.py", names="line 3")],
        "notebook": None,
        "cost": {"seconds": 0.35, "cpu": 0.21, "memory": 61_234_567},
    }
    return clean_result(result | changes)


def refused(student="lee_jieun", reason="The zip unpacks to more than 50 MB."):
    """A submission that was not taken."""
    regions = {
        name: {"earned": 0, "max": region.points, "state": "refused"}
        for name, region in REGIONS.items()
        if region.points
    }
    return hand_written(
        student,
        status="refused",
        reason=note("text", text=reason),
        regions=regions,
        points=0,
        open=0,
        findings=[],
        written={},
        remarks=[],
        cost={"seconds": 0, "cpu": 0, "memory": 0},
    )
