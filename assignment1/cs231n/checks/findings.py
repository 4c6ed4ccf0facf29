"""A finding: what was claimed, what came out, what was measured, and the cause where the numbers prove it.

It is data until somebody reads it: what was measured is a note, the key of a sentence with what fills its blanks, which
`say` turns into the reader's language.
"""

import json
from typing import NamedTuple

from ..sentences import cause, hints, table, word
from . import show
from .outcomes import FAIL, PASS

__all__ = ["Finding", "Findings", "note", "say"]


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
    """Outcome of one claim.

    Attributes
    ----------
    subject : str
        The function or object that the claim is about.
    claim : str
        Its key in the table ``CLAIMS`` of `sentences`.
    region : str
        Whose points are at stake.
    outcome : str
        As in `outcomes`.
    measurement : note or None
        What was called, what came, what was expected.
    cause : str or None
        Stable id of the mistake, only where the numbers prove it.
    public : note or None
        What of the measurement tells nothing of the inputs, for those who must not know them.
    """

    subject: str
    claim: str
    region: str
    outcome: str
    measurement: tuple | None = None
    cause: str | None = None
    public: tuple | None = None

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
        return show.as_text(self)

    def _repr_pretty_(self, printer, cycle):
        printer.text(str(self))

    def _repr_html_(self):
        return show.as_html(self)
