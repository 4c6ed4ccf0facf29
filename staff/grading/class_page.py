"""The page about a whole class: its points, what it has not understood, time and memory; nothing a student wrote."""

import math
from array import array
from collections import Counter, defaultdict

import numpy as np
from matplotlib.ticker import LogLocator, MaxNLocator

from cs231n.assignments import REGIONS
from cs231n.checks.findings import say
from cs231n.languages import DEFAULT
from cs231n.sentences import cause, claim, speaking

from .pages import number, page
from .report import title_of

_FIRST, _MISTAKES, _REASONS = 10, 40, 20  # the most frequent: mistakes shown at once, mistakes in all, and reasons
_PEOPLE = ("awaits", "marked", "blank")
_WORST_FIRST = ("fail", "checker fault", "not run", "not started", "pass")
_COUNTED = {"for people": "awaits", "marked": "marked", "blank": "blank", "not started": "not started"}


class Summary:
    """Counts over results: a million need little more room than ten. A student counts once for each thing."""

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
        for key, found in outcomes.items():
            self.claims[key][min(found, key=_WORST_FIRST.index)] += 1
        self.mistakes.update(mistakes.keys())
        for name, regions in mistakes.items():
            self.mistake_places[name].update(regions)
        found = set().union(*outcomes.values())
        self.all_right += found == {"pass"}
        self.faults += "checker fault" in found
        self.unexplained += any(f["outcome"] == "fail" and not f["cause"] for f in findings)


def class_page(summary):
    """The text of the page about the `Summary` of all results, complete in itself."""
    with speaking(DEFAULT):
        mistakes = [_mistake(*item, summary) for item in _most_frequent(summary.mistakes, _MISTAKES)]
        regions = [_region(name, summary) for name in _in_order(summary.regions)]
        return page(
            "class.html",
            language=DEFAULT,
            summary=summary,
            share=lambda count: _share(count, summary.graded),
            mistakes=mistakes[:_FIRST],
            rarer_mistakes=mistakes[_FIRST:],
            checked=[region for region in regions if not region["is_for_people"]],
            people=[region for region in regions if region["is_for_people"]],
            claims=_claims(summary),
            reasons=_most_frequent(summary.reasons, _REASONS),
            points=_points(summary) if summary.graded else None,
            costs=_costs(summary) if summary.graded else [],
        )


def _region(name, summary):
    counts = summary.regions[name]
    return {
        "name": name,
        "title": title_of(name).capitalize(),
        "max": summary.maxima[name],
        "mean": None if counts["awaits"] else counts["earned"] / summary.graded,
        "counts": counts,
        "is_for_people": any(counts[state] for state in _PEOPLE),
    }


def _mistake(name, count, summary):
    places = summary.mistake_places[name]
    return {"sentence": cause(name), "count": count, "places": [(name, places[name]) for name in _in_order(places)]}


def _claims(summary):
    """Claims by region, in the order in which they are checked: how many pass, fail, and have not come so far."""
    groups = {name: [] for name in _in_order(set(summary.claim_regions.values()))}
    for key, counts in summary.claims.items():
        passed, failed = counts["pass"], counts["fail"]
        counted = (passed, failed, summary.graded - passed - failed)
        groups[summary.claim_regions[key]].append({"text": claim(key[1]), "counts": counted})
    return [{"name": name, "title": title_of(name).capitalize(), "rows": rows} for name, rows in groups.items()]


def _points(summary):
    low, median, high = np.percentile(summary.points, (25, 50, 75))
    said = f"Half of the class has between {number(low)} and {number(high)} points;"
    said = f"{said} the median, dashed here, is {number(median)}."
    return {"median": median, "said": said, "picture": _histogram(summary.points, np.linspace(0, summary.most, 21))}


def _costs(summary):
    """Time and memory: a sentence and a picture each."""
    costs, seconds, megabytes = [], np.asarray(summary.seconds), np.asarray(summary.memory) / 1e6
    for what, unit, values in (("Time", "s", seconds), ("Memory", "MB", megabytes)):
        median, most_of_all, most = np.percentile(values, (50, 95, 100))
        said = f"median {median:.3g} {unit}, 95% below {most_of_all:.3g} {unit}, at most {most:.3g} {unit}"
        positive = values[values > 0]
        low, high = (positive.min(), positive.max()) if positive.size else (1, 1)
        wide = high > 10 * low
        edges = np.geomspace(0.9 * low, 1.1 * high, 25) if wide else np.linspace(0, 1.1 * high, 25)
        costs.append({"what": what, "unit": unit, "said": said, "picture": _histogram(values, edges, wide)})
    return costs


def _histogram(values, edges, is_log=False):
    """What the template draws, in percent of the sides: bars, ticks with what they say, and the median."""
    low, high = edges[0], edges[-1]

    def place(value):
        return 100 * (math.log(value / low) / math.log(high / low) if is_log else (value - low) / (high - low))

    values = np.clip(values, low, high)  # what lies outside counts in the first bin or the last
    counts, _ = np.histogram(values, edges)
    up = MaxNLocator(4, steps=(1, 2, 5, 10), integer=True).tick_values(0, counts.max())
    along = (LogLocator(subs=(1, 2, 5)) if is_log else MaxNLocator(7, steps=(1, 2, 5, 10))).tick_values(low, high)
    return {
        "bars": [(100 * number / len(counts), 100 * count / up[-1]) for number, count in enumerate(counts)],
        "width": 94 / len(counts),
        "median": place(np.median(values)),
        "along": [(place(tick), f"{tick:g}") for tick in along if low <= tick <= high],
        "up": [(100 * tick / up[-1], f"{tick:,.0f}") for tick in up],
    }


def _share(count, total):
    """Percent as people read it: neither none nor all where it is not."""
    rounded = round(100 * count / total)
    if count and not rounded:
        return "<1%"
    return ">99%" if rounded == 100 and count < total else f"{rounded}%"


def _in_order(names):
    """Names of regions in the order of the table, and any others behind them."""
    order = {name: number for number, name in enumerate(REGIONS)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def _most_frequent(counter, most):
    """The most frequent, those of equal number by name, so that the order of the results does not matter."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:most]
