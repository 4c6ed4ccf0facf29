"""A wrong solution that runs: an edit of the right one, with the causes that the checks must name."""

from typing import NamedTuple


class Mistake(NamedTuple):
    """An edit of a reference file, and what the checks must say of it."""

    name: str  # what is wrong, in words
    causes: tuple  # ids of all causes that must be named, and no others
    edits: tuple  # pairs: a text that occurs once in the function, and what stands there instead

    def apply(self, text, function):
        """A file's text with one function edited; a ValueError where the row is malformed or an edit does not fit."""
        self._check()
        before, begin, rest = text.partition(f"def {function}(")
        indent = begin and before[before.rfind("\n") + 1 :]
        body, end, after = rest.partition(f"\n{indent}def ")
        for old, new in self.edits:
            if (count := body.count(old)) != 1:
                raise ValueError(f"mistake {self.name!r}: {old!r} occurs {count} times in {function}, expected once.")
            body = body.replace(old, new)
        return before + begin + body + end + after

    def _check(self):
        """Raise a ValueError where causes or edits are not of the types above, as after a forgotten comma."""
        if not _are_texts(self.causes):
            raise ValueError(f"mistake {self.name!r}: expected a tuple of causes, found {self.causes!r}.")
        if not (isinstance(self.edits, tuple) and all(_are_texts(edit) and len(edit) == 2 for edit in self.edits)):
            raise ValueError(f"mistake {self.name!r}: expected edits as pairs (old, new), found {self.edits!r}.")


def _are_texts(values):
    return isinstance(values, tuple) and all(isinstance(value, str) for value in values)
