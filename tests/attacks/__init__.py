"""Submissions that try to cheat or to break the grader, each with what must happen to it."""

from collections.abc import Callable
from typing import NamedTuple

CARRIED = "carried-out"  # stands before all that an attack tries to show to its author; nobody may see it
PLANTED = "/planted/folder"  # stands for a folder with a secret in it, beside the submissions
LOST = "its process ended"
SLOW = "there was no answer within"
LOST_OR_SLOW = f"{LOST} | {SLOW}"  # on a busy machine the second limit comes first


class Attack(NamedTuple):
    """A submission, and what must become of it; in no case does it earn a point."""

    name: str  # what it tries, in words
    content: str | bytes | Callable  # code that defines `act`, which replaces all of the student's functions; or a zip
    must: tuple = ()  # what the staff must read in reason, remarks or measurements; of texts between ` | ` one
    student: str = ""  # name of the zip without its ending; made of `name` by default
    nothing_in: tuple = ()  # regions that must earn nothing where all else is solved; else the scaffold earns nothing
    share: float = 0  # of these regions' points that it may have after all


def act(*lines, before=""):
    """Code of an `act` with these lines; what is `before` it runs at import."""
    return "\n".join([f"import os, sys\n{before}\ndef act(W, X, y, reg):", *(f"    {line}" for line in lines)]) + "\n"
