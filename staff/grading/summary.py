"""What a class has and has not understood, counted result by result: a million need little more room than ten."""

from array import array
from collections import Counter, defaultdict

from .pages import clean

__all__ = ["Summary"]

_WORST_FIRST = ("fail", "checker fault", "not run", "not started", "pass")


class Summary:
    """Counts over the results that were added. A student counts once for each thing, however often it was found.

    Attributes
    ----------
    graded, refused, unsafe, faults, stopped, all_right, unfinished, unexplained : int
        Submissions that were graded; that were not taken; that were graded without isolation; in which a check itself
        failed; whose notebook did not run to its end; that pass every claim; that have a region which is not started;
        that fail a claim whose cause the numbers do not name.
    points, seconds, memory : array of float
        Of each graded submission; seconds and bytes of its sandboxed work.
    most : float
        Points that can be had.
    regions : dict of str to Counter
        How many have "all" points of a region, "some", "none", "not started", and for those that people mark "awaits",
        "marked", "blank"; and under "earned" the sum of points.
    maxima : dict of str to float
        Points of each region.
    claims : dict of (str, str) to Counter
        Outcomes of each claim, by subject and claim.
    claim_regions : dict of (str, str) to str
        Whose points a claim is about.
    mistakes : Counter
        By cause.
    mistake_places : dict of str to Counter
        In which regions each mistake was made.
    reasons : Counter
        Why submissions were not taken.
    """

    def __init__(self):
        self.graded = self.refused = self.unsafe = self.faults = self.stopped = 0
        self.all_right = self.unfinished = self.unexplained = 0
        self.most = 0
        self.points, self.seconds, self.memory = array("d"), array("d"), array("d")
        self.regions, self.maxima = defaultdict(Counter), {}
        self.claims, self.claim_regions = defaultdict(Counter), {}
        self.mistakes, self.mistake_places = Counter(), defaultdict(Counter)
        self.reasons = Counter()

    def add(self, result):
        """Count one result.

        Parameters
        ----------
        result : dict
        """
        self.most = max(self.most, result["max"])
        self.unsafe += result["isolation"] == "unsafe"
        if result["status"] == "refused":
            self.refused += 1
            self.reasons[clean(result["reason"], 200)] += 1
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
        states = {"for people": "awaits", "marked": "marked", "blank": "blank", "not started": "not started"}
        if region["state"] in states:
            counts[states[region["state"]]] += 1
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
        for name, regions in mistakes.items():
            self.mistakes[name] += 1
            self.mistake_places[name].update(regions)
        found = set().union(*outcomes.values())
        self.all_right += found == {"pass"}
        self.faults += "checker fault" in found
        self.unexplained += any(f["outcome"] == "fail" and not f["cause"] for f in findings)
