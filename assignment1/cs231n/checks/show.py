"""How findings show themselves: as text in a terminal, as a table in Jupyter."""

import html
import textwrap

from ..sentences import claim, pad, word
from .outcomes import FAIL, NOT_RUN, NOT_STARTED, PASS

__all__ = ["as_html", "as_text"]


def as_text(findings):
    """Findings, a few lines each, and a summary."""
    lines = []
    for finding in findings:
        lines.append(f"{pad(f'{finding.subject}: {claim(finding.claim)}', 72)}  {word(finding.outcome)}")
        if finding.measured:
            lines += _aside("", finding.measured)
        if finding.cause:
            lines += _aside(word("cause"), finding.message)
        if finding.hint:
            lines += _aside(word("hint"), finding.hint)
    return "\n".join([*lines, findings.summary()])


def as_html(findings):
    """The same as a table."""
    one = len({finding.subject for finding in findings}) == 1  # then the caption names it, once
    head = _row("th", html.escape(word("outcome")), html.escape(word("claim")))
    body = "\n".join(_row("td", _outcome(finding), _claim(finding, with_subject=not one)) for finding in findings)
    caption = (f"<code>{html.escape(findings[0].subject)}</code>: " if one else "") + html.escape(findings.summary())
    return (
        "<table style='min-width:min(100%,34em)'>"
        f"<caption style='text-align:left;color:inherit'>{caption}</caption>\n"
        f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table>"
    )


def _aside(name, text):
    """Text under a claim, wrapped, behind its name."""
    lead = f"  {pad(name, 8)}"
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
