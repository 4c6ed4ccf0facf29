"""A finding: what was claimed, what came out, what was measured, and the cause where the numbers prove it."""

import html
import json
import textwrap
import unicodedata
from typing import NamedTuple

from ..sentences import CLAIMS, cause, claim, word
from .regions import REGIONS

__all__ = ["FAIL", "FAULT", "NOT_RUN", "NOT_STARTED", "PASS", "Finding", "Findings"]

PASS, FAIL, NOT_STARTED, NOT_RUN, FAULT = "pass", "fail", "not started", "not run", "checker fault"


class Finding(NamedTuple):
    """Outcome of one claim.

    Attributes
    ----------
    subject : str
        The function or object that the claim is about.
    claim : str
        Key of `cs231n.sentences.CLAIMS`.
    region : str
        Whose points are at stake.
    outcome : str
        "pass", "fail", "not started", "not run" (something it needs failed), or "checker fault".
    measured : str
        What was called, what came, what was expected; empty where it passes.
    cause : str or None
        Stable id of the mistake, only where the numbers prove it.
    """

    subject: str
    claim: str
    region: str
    outcome: str
    measured: str = ""
    cause: str | None = None

    @property
    def name(self):
        """Subject and claim, in English: the same in every language."""
        return f"{self.subject}: {CLAIMS[self.claim][0]}"

    @property
    def message(self):
        """One sentence for the reader: the cause where there is one, else what was measured."""
        return cause(self.cause) if self.cause else self.measured

    @property
    def hint(self):
        """How to ask for the next hint; empty unless it failed."""
        return word("ask", region=self.region) if self.outcome == FAIL and REGIONS[self.region].hints else ""

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
        passed = sum(finding.outcome == PASS for finding in self)
        failed = sum(finding.outcome == FAIL for finding in self)
        return word("summary", passed=passed, failed=failed, rest=len(self) - passed - failed)

    def to_json(self):
        """One JSON object a line and finding."""
        return "\n".join(json.dumps(finding.as_dict(), ensure_ascii=False) for finding in self)

    def __str__(self):
        lines = []
        for finding in self:
            title = f"{finding.subject}: {claim(finding.claim)}"
            lines.append(f"{title}{' ' * (72 - _width(title))}  {word(finding.outcome)}")
            if finding.measured:
                lines += _aside("", finding.measured)
            if finding.cause:
                lines += _aside(word("cause"), finding.message)
            if finding.hint:
                lines += _aside(word("hint"), finding.hint)
        return "\n".join([*lines, self.summary()])

    def _repr_pretty_(self, printer, cycle):
        printer.text(str(self))

    def _repr_html_(self):
        one = len({finding.subject for finding in self}) == 1  # then the caption names it, once
        head = _row("th", html.escape(word("outcome")), html.escape(word("claim")))
        body = "\n".join(_row("td", _outcome(finding), _claim(finding, with_subject=not one)) for finding in self)
        caption = (f"<code>{html.escape(self[0].subject)}</code>: " if one else "") + html.escape(self.summary())
        return (
            "<table style='min-width:min(100%,34em)'>"
            f"<caption style='text-align:left;color:inherit'>{caption}</caption>\n"
            f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table>"
        )


def _width(text):
    """Columns of a terminal that a text takes; Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _aside(name, text):
    """Text under a claim, wrapped, behind its name."""
    lead = f"  {name}{' ' * (8 - _width(name))}"
    return textwrap.wrap(text, 100, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False)


# Marks and words tell the outcomes apart without colour. Where a mark has one, it is white on it: no green and no red
# can be read both on white and on the black of dark notebooks.
_MARKS = {PASS: ("✓", "#16803c"), FAIL: ("✗", "#c62828"), NOT_STARTED: ("○", None), NOT_RUN: ("-", None)}


def _outcome(finding):
    mark, colour = _MARKS.get(finding.outcome, ("!", None))
    badge = f"background:{colour};color:white;" if colour else ""
    weight = "bold" if finding.outcome == FAIL else "normal"
    return (
        f"<span style='white-space:nowrap;font-weight:{weight}'><b style='{badge}display:inline-block;width:1.4em;"
        f"text-align:center;border-radius:3px'>{mark}</b> {html.escape(word(finding.outcome))}</span>"
    )


def _claim(finding, with_subject):
    """The claim, and under it what was measured, the cause and the hint, as far as there are any."""
    lines = [claim(finding.claim), finding.measured, finding.message if finding.cause else "", finding.hint]
    title, measured, reason, hint = map(html.escape, lines)
    subject = f"<code>{html.escape(finding.subject)}</code>: " if with_subject else ""
    notes = {"measured": measured, "cause": reason, "hint": hint and f"<code>{hint}</code>"}
    shown = [f"<br><b>{html.escape(word(key))}</b>: {text}" for key, text in notes.items() if text]
    return f"{subject}{title}{''.join(shown)}"


def _row(tag, outcome, text):
    style = "text-align:left;vertical-align:top;white-space:normal"
    return f"<tr><{tag} style='{style};width:1%'>{outcome}</{tag}><{tag} style='{style}'>{text}</{tag}></tr>"
