"""From findings to points, by the weights of the table."""

from collections import Counter
from itertools import accumulate, pairwise

from cs231n.assignments import ASSIGNMENTS
from cs231n.checks.findings import FAIL, FAULT, NOT_RUN, NOT_STARTED, PASS


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
    regions, shares = {}, {}
    for assignment in ASSIGNMENTS:
        no_work = (f for f in findings if f.cause in assignment.no_work or f.subject in unmeasured)
        idle = {finding.region for finding in no_work}
        for name, region in assignment.regions.items():
            if not region.points or not region.weights:
                continue
            own = [number for number, finding in enumerate(findings) if finding.region == name]
            found = [findings[number] for number in own]
            state, shown = _state(found), _shares(region, found, name in idle, looping)
            shares |= dict(zip(own, shown, strict=True))
            earned = None if state == FAULT else round(sum(part for part, _ in shown), 2)
            regions[name] = {"earned": earned, "max": region.points, "state": state}
    return regions, [shares.get(number, (0.0, 0.0)) for number in range(len(findings))]


def _state(findings):
    outcomes = {finding.outcome for finding in findings}
    if not findings or FAULT in outcomes:
        return FAULT
    return NOT_STARTED if outcomes <= {NOT_STARTED, NOT_RUN} else "graded"


def _shares(region, findings, is_idle, looping):
    """For each finding on a region what it earned, and what it could have; the latter add up to the region's points."""
    weights, claims = dict(region.weights), Counter(finding.claim for finding in findings)
    if any((finding.claim, finding.outcome) == ("train, seed", NOT_RUN) for finding in findings):
        weights["train, seed"] = 0  # files of the classic kit take no seed
    # A claim that fails twice counts once; where the checker failed, it had no claims.
    parts = [weights.get(finding.claim, 1) / claims[finding.claim] for finding in findings]
    most = _rounded([region.points * part / sum(parts) for part in parts])
    failed = {finding.claim for finding in findings if finding.outcome != PASS}
    if is_idle or not any(weights[claim] > 1 for claim in claims.keys() - failed):
        failed = claims.keys()  # nothing that matters is there
    factors = [(f.claim not in failed) * (0.5 if f.subject in looping else 1) for f in findings]
    return list(zip(_rounded([part * factor for part, factor in zip(most, factors, strict=True)]), most, strict=True))


def _rounded(amounts):
    """Amounts with two digits, whose sum is right to two digits as well."""
    ends = [round(100 * end) for end in accumulate(amounts, initial=0)]
    return [(end - begin) / 100 for begin, end in pairwise(ends)]
