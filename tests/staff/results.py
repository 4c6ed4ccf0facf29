"""Results of grading, written by hand, as the tests of everything that is made of them need them."""

from cs231n.checks import REGIONS

__all__ = ["HOSTILE", "PEOPLE", "finding", "hand_written", "refused"]

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
PEOPLE = ("tune", "inline-1", "inline-2")


def finding(claim, region, outcome="pass", earned=0, most=0, cause=None, shown="", measured=""):
    """A finding; what it measured is for the staff only."""
    return {
        "claim": claim,
        "region": region,
        "outcome": outcome,
        "measured": measured,
        "cause": cause,
        "message": measured,
        "shown": shown,
        "earned": earned,
        "max": most,
    }


def hand_written(student="kim_minsu", **changes):
    """A result with a mistake, a claim that was not run, a region that is not started, and three written answers."""
    regions = {name: {"earned": 0, "max": row.points, "state": "graded"} for name, row in REGIONS.items() if row.points}
    regions["svm-naive-gradient"]["earned"] = 15
    regions["svm-vectorized-loss"]["earned"] = 15
    regions["svm-vectorized-gradient"]["earned"] = 12.5
    regions["predict"]["state"] = "not started"
    for name in PEOPLE:
        regions[name] |= {"earned": None, "state": "for people"}
    regions["inline-2"] |= {"earned": 0, "state": "blank"}
    written = {name: {"text": f"what they wrote for {name}", "blank": False} for name in PEOPLE}
    written["inline-2"] = {"text": "", "blank": True}
    cause, secret = "gradient.regularizer.factor-1", "dW[5, 3]: yours 0.3750, expected 0.7531"
    return {
        "student": student,
        "zip": f"{student}.zip",
        "sha256": "0" * 64,
        "status": "graded",
        "reason": "",
        "isolation": "bubblewrap",
        "regions": regions,
        "points": 42.5,
        "max": 100,
        "open": 20,
        "findings": [
            finding("svm_loss_naive: runs on every valid input", "svm-naive-gradient", earned=15, most=15),
            finding("svm_loss_naive: gradient, regularizer", "svm-naive-gradient", "fail", 0, 5, cause, "...", secret),
            finding("svm_loss_vectorized: loss, data term", "svm-vectorized-loss", earned=15, most=15),
            finding("svm_loss_vectorized: gradient, data term", "svm-vectorized-gradient", earned=12.5, most=12.5),
            finding(
                "svm_loss_vectorized: float32 input",
                "svm-vectorized-gradient",
                "fail",
                0,
                7.5,
                shown="line 31: ValueError",
                measured=f"ValueError: {secret}",
            ),
            finding("LinearClassifier: train: each update", "train-update", "not run", 0, 5, measured=secret),
            finding("LinearClassifier: predict: one class a sample", "predict", "not started", 0, 5),
        ],
        "written": written,
        "remarks": ["Lines outside of your regions are not as given in linear_svm.py."],
        "notebook": None,
        "cost": {"seconds": 0.35, "cpu": 0.21, "memory": 61_234_567},
    } | changes


def refused(student="lee_jieun", reason="The zip unpacks to more than 50 MB."):
    """A submission that was not taken."""
    regions = {n: {"earned": 0, "max": row.points, "state": "not started"} for n, row in REGIONS.items() if row.points}
    return hand_written(
        student,
        status="refused",
        reason=reason,
        regions=regions,
        points=0,
        open=0,
        findings=[],
        written={},
        remarks=[],
        cost={"seconds": 0, "cpu": 0, "memory": 0},
    )
