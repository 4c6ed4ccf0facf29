"""What a class has and has not understood, counted result by result: a million need little more room than ten."""

from array import array
from collections import Counter, defaultdict

from cs231n.checks.findings import say

_WORST_FIRST = ("fail", "checker fault", "not run", "not started", "pass")
_COUNTED = {"for people": "awaits", "marked": "marked", "blank": "blank", "not started": "not started"}


class Summary:
    """Counts over the results that were added. A student counts once for each thing, however often it was found."""

    def __init__(self):
        self.graded = self.refused = self.unsafe = 0
        self.faults = 0  # submissions in which a check itself failed
        self.stopped = 0  # whose notebook did not run to its end
        self.all_right = self.unfinished = 0  # that pass every claim; that have a region which is not started
        self.unexplained = 0  # that fail a claim whose cause the numbers do not name
        self.most = 0  # points that can be had
        self.points, self.seconds, self.memory = array("d"), array("d"), array("d")  # of each graded submission
        # Of each region how many have "all" points, "some", "none", are "not started", "awaits" a mark, "marked" or
        # "blank"; and under "earned" the sum of points.
        self.regions, self.maxima = defaultdict(Counter), {}
        self.claims, self.claim_regions = defaultdict(Counter), {}  # outcomes, and a region, by subject and claim
        self.mistakes, self.mistake_places = Counter(), defaultdict(Counter)  # by cause; regions by cause
        self.reasons = Counter()  # why submissions were not taken

    def add(self, result):
        """Count one result."""
        self.most = max(self.most, result["max"])
        self.unsafe += result["isolation"] == "unsafe"
        if result["status"] == "refused":
            self.refused += 1
            self.reasons[say(result["reason"])] += 1
            return
        self.graded += 1
        self.points.append(result["points"])
        self.seconds.append(result["cost"]["seconds"])
        self.memory.append(result["cost"]["memory"])
        self.stopped += bool(result["notebook"] and not result["notebook"]["executed"])
        for name, region in result["regions"].items():
            self._add_region(name, region)
        self.unfinished += any(region["state"] == "not started" for region in result["regions"].values())
        self._add_findings(result["findings"])

    def _add_region(self, name, region):
        counts, earned, most = self.regions[name], region["earned"], region["max"]
        self.maxima[name] = most
        counts["earned"] += earned or 0
        if region["state"] in _COUNTED:
            counts[_COUNTED[region["state"]]] += 1
        elif earned is not None:  # where a check itself failed there is nothing to count
            counts["all" if earned >= most else "some" if earned else "none"] += 1

    def _add_findings(self, findings):
        outcomes, mistakes = defaultdict(set), defaultdict(set)
        for finding in findings:
            key = finding["subject"], finding["claim"]
            outcomes[key].add(finding["outcome"])
            self.claim_regions.setdefault(key, finding["region"])
            if finding["outcome"] == "fail" and finding["told"]:
                mistakes[finding["told"]].add(finding["region"])
        for claim, found in outcomes.items():
            self.claims[claim][min(found, key=_WORST_FIRST.index)] += 1
        self.mistakes.update(mistakes.keys())
        for name, regions in mistakes.items():
            self.mistake_places[name].update(regions)
        found = set().union(*outcomes.values())
        self.all_right += found == {"pass"}
        self.faults += "checker fault" in found
        self.unexplained += any(f["outcome"] == "fail" and not f["cause"] for f in findings)
