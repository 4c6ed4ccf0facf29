"""From findings to points: what each claim is worth within its region."""

from cs231n.checks import REGIONS
from cs231n.checks.findings import FAIL, FAULT, NOT_RUN, NOT_STARTED, PASS

__all__ = ["score"]

# Weights within a region; what is not listed weighs 1.
_WEIGHTS = {
    "loss, data term": 3,
    "loss, regularizer": 2,
    "gradient, data term": 3,
    "gradient, regularizer": 2,
    "train, batch": 3,
    "train, update": 3,
    "predict": 3,
    "no loop": 0,
    "cost": 0,
}
# Claims that only right values can pass. A region in which none of them does earns nothing: code that merely runs,
# gives the same result twice and changes no input has shown nothing yet.
_EARNING = {
    *("loss, data term", "loss, regularizer", "gradient, data term", "gradient, regularizer"),
    *("train, batch", "train, update", "predict"),
}
_LOOPS = {"no loop", "cost"}  # where one of them fails, all that its function earns is halved
# Causes with which nothing in their region was worked out: next to the hinge alone a derivative shows what it is.
_WORTHLESS = {"gradient.numerical", "gradient.next-to-hinge"}
_BORROWED = "vectorized.naive"  # the cause with which nothing in a function was


def score(findings):
    """Points by region, and by finding.

    Parameters
    ----------
    findings : sequence of Finding

    Returns
    -------
    regions : dict of str to dict
        For each region that is written in Python: ``earned`` (None where the checker itself failed), ``max`` and
        ``state``: "graded", "not started" or "checker fault".
    shares : list of (float, float)
        For each finding the points that it earned, and those it could have earned.
    """
    looping = {finding.subject for finding in findings if finding.claim in _LOOPS and finding.outcome == FAIL}
    borrowing = {finding.subject for finding in findings if finding.cause == _BORROWED}
    regions, shares = {}, [(0.0, 0.0)] * len(findings)
    for name, region in REGIONS.items():
        if not region.points or region.file.endswith(".ipynb"):
            continue
        own = [number for number, finding in enumerate(findings) if finding.region == name]
        outcomes = {findings[number].outcome for number in own}
        if not own or FAULT in outcomes:
            regions[name] = {"earned": None, "max": region.points, "state": FAULT}
            continue
        if outcomes <= {NOT_STARTED, NOT_RUN}:
            regions[name] = {"earned": 0.0, "max": region.points, "state": NOT_STARTED}
            continue
        weights = {number: _weight(findings[number]) for number in own}
        earns = any(
            findings[number].outcome == PASS and findings[number].claim in _EARNING and weights[number] > 1
            for number in own
        ) and _WORTHLESS.isdisjoint(findings[number].cause for number in own)
        for number, weight in weights.items():
            finding = findings[number]
            most = region.points * weight / sum(weights.values())
            passes = earns and finding.outcome == PASS and finding.subject not in borrowing
            part = (0.5 if finding.subject in looping else 1) if passes else 0
            shares[number] = part * most, most
        earned = sum(shares[number][0] for number in own)
        regions[name] = {"earned": round(earned, 2), "max": region.points, "state": "graded"}
    return regions, [(round(earned, 2), round(most, 2)) for earned, most in shares]


def _weight(finding):
    if finding.region == "svm-naive-gradient" and finding.claim.startswith("loss"):  # given: it earns nothing by itself
        return 1
    if finding.claim == "train, seed" and finding.outcome == NOT_RUN:  # files of the classic kit take no seed
        return 0
    return _WEIGHTS.get(finding.claim, 1)
