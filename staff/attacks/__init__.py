"""Submissions that try to cheat or to break the grader, each with what must happen to it."""

from typing import NamedTuple

__all__ = ["CARRIED", "PLANTED", "Attack"]

CARRIED = "carried-out"  # stands before all that an attack tries to show to its author; nobody may see it
PLANTED = "/planted/folder"  # stands for a folder with a secret in it, beside the submissions


class Attack(NamedTuple):
    """A submission, and what must become of it; in no case does it earn a point.

    Attributes
    ----------
    name : str
        What it tries, in words.
    content : str or callable
        Code that defines ``act``, which then stands in for all functions of the student's; or a function that returns
        the bytes of a zip.
    must : tuple of str
        Each must occur in what the staff read of it: in the reason for which it was refused, in a remark, or in what
        was measured. Of several with `` | `` between them one must.
    student : str
        The zip's name without its ending; made of `name` by default.
    base : str
        Files that the code is added to: the "scaffold", or "solved", which earns points elsewhere.
    nothing_in : tuple of str
        Regions that must earn nothing; all of them by default.
    """

    name: str
    content: object
    must: tuple = ()
    student: str = ""
    base: str = "scaffold"
    nothing_in: tuple = ()
