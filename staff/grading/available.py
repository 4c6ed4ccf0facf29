"""Which sandbox works on this machine; where none does, why not, and what can be done about it."""

import functools
import os
import re
import shutil
import sys

from ..errors import SandboxError
from .inside.confine import filter_program
from .isolation import BUBBLEWRAP, LIMITS, UNSAFE, USER
from .sandbox import lend, take_back

_APPARMOR = "/etc/apparmor.d/bwrap"
# What bubblewrap says where it may not make a user namespace, or not configure a network in one.
_DENIED = re.compile(r"uid map|gid map|namespace|RTM_NEWADDR|Operation not permitted|Permission denied")
_PROFILE = """\
# Lets bubblewrap make user namespaces, which Ubuntu denies to programs without a profile since 23.10.
abi <abi/4.0>,
include <tunables/global>

profile bwrap {program} flags=(unconfined) {{
  userns,
}}
"""
_INSTALL = "install bubblewrap (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap)"
_ALLOW = (
    "let bubblewrap make user namespaces, which this system denies to it (Ubuntu by AppArmor: python -m staff sandbox "
    f"--apparmor | sudo tee {_APPARMOR}, then sudo apparmor_parser -r {_APPARMOR}; in a container its runtime decides)"
)
_ROOT = "grade as root: student code then runs as a user without any rights"


@functools.cache
def find_isolation(unsafe=False):
    """The strongest kind of sandbox that works on this machine; `isolation.UNSAFE` only where that is accepted.

    Raises
    ------
    SandboxError
        If there is none; it names the cause and what to do.
    """
    reasons = {}
    for kind in (BUBBLEWRAP, USER, *([UNSAFE] if unsafe else [])):
        reasons[kind] = _reason_against(kind)
        if reasons[kind] is None:
            return kind
    tried = "; ".join(f"{kind}: {reason}" for kind, reason in reasons.items())
    advice = "; or ".join(_advice(reasons[BUBBLEWRAP]))
    raise SandboxError(
        f"expected a sandbox for student code, found none that works ({tried}). What to do: {advice}. If you trust all "
        "of this code, --unsafe runs it as yourself."
    )


def apparmor_profile():
    """The text of a profile of AppArmor that lets bubblewrap make user namespaces."""
    return _PROFILE.format(program=os.path.realpath(shutil.which("bwrap") or "/usr/bin/bwrap"))


def _advice(reason):
    """What can be done where bubblewrap fails for a reason; best first."""
    if sys.platform != "linux":
        return ["grade on Linux, for which a virtual machine or a container serves"]
    if not shutil.which("bwrap"):
        return [_INSTALL, _ROOT]
    if _DENIED.search(reason):
        return [_ALLOW, _ROOT]
    return ["see whether bwrap --ro-bind / / true works, and mend what it says", _ROOT]


def _reason_against(kind):
    """Why a kind of sandbox fails here; None where it works: a process was started and has given up what it should."""
    if not hasattr(os, "fork"):
        return "this system cannot copy a process"
    if kind == BUBBLEWRAP and not shutil.which("bwrap"):
        return "not installed"
    if kind == USER and os.geteuid() != 0:
        return "only root can change the user"
    if kind == USER and filter_program() is None:
        return "system calls of this machine cannot be filtered"
    try:
        take_back(kind, LIMITS, lend(kind))
    except SandboxError as error:
        return str(error.__cause__)  # in the words of whoever could not start it
    return None
