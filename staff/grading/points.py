"""From findings to points, by the weights of the table."""

from cs231n.assignments import ASSIGNMENTS
from cs231n.checks.findings import FAIL, FAULT, NOT_RUN, NOT_STARTED, PASS

__all__ = ["score", "totals"]


def totals(regions):
    """Points of all regions: those earned, those that can be earned, and those still open, which hang on people."""
    rows = regions.values()
    return {
        "points": round(sum(row["earned"] or 0 for row in rows), 6),
        "max": sum(row["max"] for row in rows),
        "open": sum(row["max"] for row in rows if row["earned"] is None),
    }


def score(findings):
    """Points of each region that is written in Python, and of each finding.

    Returns
    -------
    regions : dict of str to dict
        ``earned`` (None where the checker itself failed), ``max`` and ``state``: "graded", "not started" or
        "checker fault".
    shares : list of (float, float)
        For each finding the points that it earned, and those it could have earned.
    """
    looping, unmeasured = (
        {finding.subject for finding in findings if (finding.claim, finding.outcome) == ("cost", outcome)}
        for outcome in (FAIL, NOT_RUN)
    )
    regions, shares = {}, [(0.0, 0.0)] * len(findings)
    for assignment in ASSIGNMENTS:
        no_work = (f for f in findings if f.cause in assignment.no_work or f.subject in unmeasured)
        idle = {finding.region for finding in no_work}
        for name, region in assignment.regions.items():
            if not region.points or not region.weights:
                continue
            own = [number for number, finding in enumerate(findings) if finding.region == name]
            found = [findings[number] for number in own]
            state = _state(found)
            if state == "graded":
                for number, part in zip(own, _parts(region, found, name in idle, looping), strict=True):
                    shares[number] = part
            earned = None if state == FAULT else round(sum(shares[number][0] for number in own), 2)
            regions[name] = {"earned": earned, "max": region.points, "state": state}
    return regions, [(round(earned, 2), round(most, 2)) for earned, most in shares]


def _state(findings):
    outcomes = {finding.outcome for finding in findings}
    if not findings or FAULT in outcomes:
        return FAULT
    return NOT_STARTED if outcomes <= {NOT_STARTED, NOT_RUN} else "graded"


def _parts(region, findings, is_idle, looping):
    """For each finding on a region what it earned, and what it could have: a claim that fails twice counts once."""
    claims = {}
    for finding in findings:
        claims.setdefault(finding.claim, []).append(finding)
    weights = {claim: region.weights[claim] for claim in claims}
    if "train, seed" in claims and claims["train, seed"][0].outcome == NOT_RUN:
        weights["train, seed"] = 0  # files of the classic kit take no seed
    passed = {claim for claim, found in claims.items() if all(finding.outcome == PASS for finding in found)}
    earns = not is_idle and any(weights[claim] > 1 for claim in passed)
    parts = []
    for finding in findings:
        most = region.points * weights[finding.claim] / sum(weights.values()) / len(claims[finding.claim])
        factor = 0.5 if finding.subject in looping else 1
        parts.append((factor * most if earns and finding.claim in passed else 0.0, most))
    return parts
