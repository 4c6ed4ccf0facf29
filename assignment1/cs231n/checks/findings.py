"""A finding: what was claimed, what came out, what was measured, and the cause where the numbers prove it.

It is data until somebody reads it: what was measured is a note, the key of a sentence with what fills its blanks, which
`say` turns into the reader's language.
"""

import contextlib
import html
import json
import sys
import textwrap
from typing import NamedTuple

from ..assignments import REGIONS
from ..sentences import cause, claim, hints, pad, table, word
from .calls import quiet

_MIME = "application/vnd.cs231n.findings+json"
_IN_NOTEBOOK = {name for name, region in REGIONS.items() if region.is_in_notebook}
# What can become of a claim. Not run: something that it needs failed. A checker fault is ours, and costs nobody points.
PASS, FAIL, NOT_STARTED, NOT_RUN, FAULT = "pass", "fail", "not started", "not run", "checker fault"
# Marks and words tell the outcomes apart without colour. Where a mark has one, it is white on it: no green and no red
# can be read both on white and on the black of dark notebooks.
_MARKS = {PASS: ("✓", "#16803c"), FAIL: ("✗", "#c62828"), NOT_STARTED: ("○", None), NOT_RUN: ("-", None)}


def note(key, **values):
    """A sentence of `sentences` and what fills its blanks: numbers, text, or further notes."""
    return key, values


def say(said):
    """A note in the reader's language; an empty text for None."""
    if said is None:
        return ""
    key, values = said
    return word(key, **{name: _said(value) for name, value in values.items()})


def _said(value):
    """What fills a blank: a note, several, or something that is said as it is."""
    if not isinstance(value, tuple | list):
        return value
    is_note = len(value) == 2 and isinstance(value[1], dict)
    return say(value) if is_note else "; ".join(map(say, value))


class Finding(NamedTuple):
    """Outcome of one claim."""

    subject: str  # the function or object that the claim is about
    claim: str  # a key of the table ``CLAIMS`` of `sentences`
    region: str  # whose points are at stake
    outcome: str
    measurement: tuple | None = None  # a note: what was called, what came, what was expected
    cause: str | None = None  # stable id of the mistake, only where the numbers prove it
    public: tuple | None = None  # a note: what of the measurement tells nothing of the inputs

    @property
    def name(self):
        """Subject and claim, in English: the same in every language."""
        return f"{self.subject}: {table('CLAIMS', 'en')[self.claim]}"

    @property
    def measured(self):
        """What was measured, in the reader's language; empty where it passes."""
        return say(self.measurement)

    @property
    def message(self):
        """One sentence for the reader: the cause where there is one, else what was measured."""
        return cause(self.cause) if self.cause else self.measured

    @property
    def hint(self):
        """How to ask for the next hint; empty unless it failed."""
        return word("ask", region=self.region) if self.outcome == FAIL and hints(self.region) else ""

    @property
    def remarks(self):
        """What is shown under the claim, by the key of its title."""
        shown = {"measured": self.measured, "cause": self.cause and self.message, "hint": self.hint}
        return {key: text for key, text in shown.items() if text}

    def as_dict(self):
        """What `--json` prints."""
        keys = ("outcome", "measured", "cause", "message", "region")
        return {"claim": self.name} | {key: getattr(self, key) for key in keys}


class Findings(tuple):
    """Findings in the order of their claims; shows itself as a table in Jupyter and as text elsewhere."""

    __slots__ = ()

    def __add__(self, other):
        return Findings((*self, *other))

    @property
    def failed(self):
        """Whether any claim failed."""
        return any(finding.outcome == FAIL for finding in self)

    def summary(self):
        """How many passed, failed and were not reached, in the reader's language."""
        return summary([finding.outcome for finding in self])

    def to_json(self):
        """One JSON object a line and finding."""
        return "\n".join(json.dumps(finding.as_dict(), ensure_ascii=False) for finding in self)

    def __str__(self):
        lines = []
        for finding in self:
            lines.append(f"{pad(f'{finding.subject}: {claim(finding.claim)}', 72)}  {word(finding.outcome)}")
            for key, text in finding.remarks.items():
                lead = f"  {pad('' if key == 'measured' else word(key), 8)}"
                lines += textwrap.wrap(
                    text, 100, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False
                )
        return "\n".join([*lines, self.summary()])

    def _repr_mimebundle_(self, include=None, exclude=None):
        """What the hand-in reads in a notebook's outputs of what is checked there alone; people see the table."""
        rows = [finding.as_dict() for finding in self if finding.region in _IN_NOTEBOOK]
        return {_MIME: rows} if rows else {}

    def _repr_pretty_(self, printer, cycle):
        printer.text(str(self))

    def _repr_html_(self):
        one = len({finding.subject for finding in self}) == 1  # then the caption names it, once
        head = _row("th", html.escape(word("outcome")), html.escape(word("claim")))
        body = "\n".join(
            _row("td", _outcome_cell(finding), ("" if one else _code(finding.subject) + ": ") + _claim_cell(finding))
            for finding in self
        )
        caption = (_code(self[0].subject) + ": " if one else "") + html.escape(self.summary())
        return (
            "<table style='min-width:min(100%,34em)'>"
            f"<caption style='text-align:left;color:inherit'>{caption}</caption>\n"
            f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table>"
        )


def summary(outcomes):
    """How many outcomes are a pass, a failure, and neither, in the reader's language."""
    passed, failed = outcomes.count(PASS), outcomes.count(FAIL)
    return word("summary", passed=passed, failed=failed, rest=len(outcomes) - passed - failed)


def shown_findings(text, end=None):
    """By region, what the first `end` code cells of a notebook's text show of findings, in dicts as of `as_dict`."""
    found = {}
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):  # what is no notebook
        for cell in [cell for cell in json.loads(text)["cells"] if "outputs" in cell][:end]:
            for output in cell["outputs"]:
                rows = [row for row in output.get("data", {}).get(_MIME, ()) if is_row(row)]
                regions = {row["region"] for row in rows}
                found |= {region: [row for row in rows if row["region"] == region] for region in regions}
    return found


def is_row(value):
    """Whether a value that JSON had is a finding, as `Finding.as_dict` gives it."""
    texts = ("claim", "outcome", "region")
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in texts)


def judged(subject, claim, region, found=None):
    """A Finding of what was found: None where it passes, another outcome, or a fault.

    A fault is a tuple: measurement, cause and what is public, as far as they are there.
    """
    if isinstance(found, str):
        return Finding(subject, claim, region, found)
    return Finding(subject, claim, region, FAIL, *found) if found else Finding(subject, claim, region, PASS)


def guarded(subject, region, check, *given):
    """The findings of a check; if the check itself fails, a FAULT, which costs the student nothing."""
    try:
        with quiet(sys.stdout):
            return check(*given)
    except MemoryError:  # what is judged is too large
        raise
    except Exception as error:
        text = note("fault", error=f"{type(error).__name__}: {error}")
        return Findings([Finding(subject, "runs", region, FAULT, text)])


def _outcome_cell(finding):
    mark, colour = _MARKS.get(finding.outcome, ("!", None))
    badge = f"background:{colour};color:white;" if colour else ""
    weight = "bold" if finding.outcome == FAIL else "normal"
    return (
        f"<span style='white-space:nowrap;font-weight:{weight}'><b style='{badge}display:inline-block;width:1.4em;"
        f"text-align:center;border-radius:3px'>{mark}</b> {html.escape(word(finding.outcome))}</span>"
    )


def _claim_cell(finding):
    lines = [html.escape(claim(finding.claim))]
    for key, text in finding.remarks.items():
        lines.append(f"<b>{html.escape(word(key))}</b>: {_code(text) if key == 'hint' else html.escape(text)}")
    return "<br>".join(lines)


def _code(text):
    return f"<code>{html.escape(text)}</code>"


def _row(tag, outcome, text):
    style = "text-align:left;vertical-align:top;white-space:normal"
    return f"<tr><{tag} style='{style};width:1%'>{outcome}</{tag}><{tag} style='{style}'>{text}</{tag}></tr>"
