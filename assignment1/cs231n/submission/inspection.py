"""What is in a zip that was handed in, ours or one of the classic kit: ``python -m cs231n.submission --check``."""

import hashlib
import json
from typing import NamedTuple

from ..assignments import NOTEBOOKS, SOURCES
from ..sentences import word
from .opening import plain
from .reading import read_digests, read_hand_in
from .receipt import RECEIPT, listed_digests


class Inspection(NamedTuple):
    """What was found: lines for the reader; whether nothing is missing and the receipt, if there is one, matches."""

    lines: list
    whole: bool


def inspect(path):
    """Say what is in a zip or folder, what is missing, and whether the receipt matches; Refused as by the grader."""
    hand_in = read_hand_in(path)
    lines = [word("holds", path=path, count=len(hand_in.sizes), size=sum(hand_in.sizes.values()) / 1e6)]
    lines += [f"  {name}" for name in _shown(sorted(hand_in.sizes))]
    missing = [] if hand_in.files.keys() & {*NOTEBOOKS} else [NOTEBOOKS[0]]
    missing += [name for name in SOURCES if name not in hand_in.files]
    lines.append(word("lacks", names=", ".join(missing)) if missing else word("lacks nothing"))
    listed, said = _read_receipt(hand_in.files.get(RECEIPT))
    known = {hand_in.root + name for name in listed or ()}
    extra = [name for name in hand_in.others if name not in known]
    lines += [word("more", names=", ".join(_shown(extra)))] if extra else []
    differing = _differing(path, hand_in, listed) if listed is not None else []
    if differing:
        said = [word("receipt differs", names=", ".join(_shown(differing)))]
    matches = RECEIPT not in hand_in.files or (listed is not None and not differing)
    return Inspection([*lines, *(plain(line, 5000) for line in said)], matches and not missing)


def _read_receipt(receipt):
    """Digests that a receipt lists, None where it cannot be read; and what it says where all of them match."""
    if receipt is None:
        return None, [word("no receipt")]
    try:
        listed = listed_digests(receipt)
        made = {key: json.loads(receipt).get(key) for key in ("time", "kit", "python", "numpy", "incomplete")}
        said = [word("receipt matches", count=len(listed), **made)]
        incomplete = "; ".join(made["incomplete"])
    except (ValueError, TypeError):
        return None, [word("receipt broken")]
    return listed, said + ([word("receipt incomplete", names=incomplete)] if incomplete else [])


def _differing(path, hand_in, listed):
    """Names of files with another digest than the receipt's, not in the zip, or asked for and not in the receipt."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in hand_in.files.items() if name != RECEIPT}
    rest = {hand_in.root + name for name in listed.keys() - digests.keys()} & hand_in.sizes.keys()
    more = read_digests(path, sorted(rest))
    digests |= {name.removeprefix(hand_in.root): digest for name, digest in more.items()}
    return sorted(name for name in {*listed, *digests} if listed.get(name) != digests.get(name))


def _shown(names, limit=60):
    """Names for a terminal, of very many only the first."""
    names = [plain(name) for name in names]
    if len(names) <= limit:
        return names
    return [*names[: limit - 1], word("and more", names=names[limit - 1], count=len(names) - limit)]
