"""A wrong solution that runs: an edit of the right one, with the causes that the checks must name."""

from typing import NamedTuple

__all__ = ["Mistake"]


class Mistake(NamedTuple):
    """An edit of a reference file, and what the checks must say of it."""

    name: str  # what is wrong, in words
    causes: tuple  # ids of all causes that must be named, and no others
    edits: tuple  # pairs: a text that occurs once in the function, and what stands there instead

    def apply(self, text, function):
        """A file's text with one function edited; a ValueError if a text to be replaced does not occur exactly once."""
        before, begin, rest = text.partition(f"def {function}(")
        indent = begin and before[before.rfind("\n") + 1 :]
        body, end, after = rest.partition(f"\n{indent}def ")
        for old, new in self.edits:
            if body.count(old) != 1:
                raise ValueError(
                    f"mistake {self.name!r}: {old!r} occurs {body.count(old)} times in {function}, expected once."
                )
            body = body.replace(old, new)
        return before + begin + body + end + after
