"""What strangers write, made harmless where it enters a result; HTML and tables escape it where they are written."""

import re

_LONGEST = {"student": 300, "written": 20_000, "printed": 20_000}  # characters of a text in these parts of a result
# Control characters but tab and line feed, marks that turn the direction of the text around them, halves of surrogate
# pairs, and code points that are no characters.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def clean(value, longest=2_000):
    """A text, or every text in a value as JSON has it: harmful characters spelt out, as ``[U+202E]``, and cut."""
    if isinstance(value, dict):
        return {clean(key, longest): clean(part, longest) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean(part, longest) for part in value)
    if not isinstance(value, str):
        return value
    text = value if len(value) <= longest else f"{value[:longest]}… ({len(value):,} characters)"
    return _HARMFUL.sub(lambda match: f"[U+{ord(match[0]):04X}]", text.replace("\r\n", "\n"))


def clean_result(result):
    """A result of which whatever is made may show every text."""
    return {key: clean(value, _LONGEST.get(key, 2_000)) for key, value in result.items()}
