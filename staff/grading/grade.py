"""One submission: from what was handed in to a result, which holds all that reports are made of."""

import hashlib
import re
import textwrap
from pathlib import Path

from cs231n.assignments import NOTEBOOKS, REGIONS, SOURCES
from cs231n.checks.assignment import is_filled, notebook_cells, region_bodies
from cs231n.checks.findings import note
from cs231n.submission.given import edited
from cs231n.submission.reading import Refused, plain, read_hand_in
from cs231n.submission.receipt import RECEIPT, listed_digests

from .available import find_isolation
from .isolation import LIMITS
from .judge import judge_files
from .notebook import execute_notebook
from .points import score

__all__ = ["digest", "grade"]

ANSWER = 20_000  # characters of a written answer that are kept


def grade(path, *, seed, student=None, unsafe=False, run_notebook=False, isolation=None, limits=LIMITS):
    """Grade one submission.

    Parameters
    ----------
    path : path
        Of a zip, or of a folder into which one was unpacked.
    seed : int
        Decides on all inputs; it must stay with the staff.
    student : str, optional
        The name of the zip without its ending by default.
    unsafe : bool
        Whether student code may run unprotected where the machine offers no protection.
    run_notebook : bool
        Whether the notebook is executed as well.
    isolation : str, optional
        Way of keeping student code apart, in place of the strongest that works here.
    limits : isolation.Limits

    Returns
    -------
    dict
        The result; the same for the same submission and seed, but for ``cost`` and the notebook's seconds.

    Raises
    ------
    SandboxError
        If student code cannot be kept apart, and need not run unprotected.
    """
    path = Path(path)
    isolation = isolation or find_isolation(unsafe)
    result = {
        "student": student or path.name.removesuffix(".zip"),
        "zip": path.name,
        "sha256": digest(path),
        "status": "graded",
        "reason": "",
        "isolation": isolation,
    }
    try:
        hand_in = read_hand_in(path)
    except Refused as refusal:
        return result | _refused(str(refusal))
    files, ignored = hand_in.files, hand_in.others
    remarks = [note("ignored", names=_few([plain(name) for name in ignored]))] if ignored else []
    judgement = judge_files(files, isolation, seed, limits)
    regions, shares = score(judgement.findings)
    notebooks = _notebooks(files, remarks)
    written = _written(notebooks)
    for name, answer in written.items():
        state = "blank" if answer["blank"] else "for people"
        regions[name] = {"earned": 0.0 if answer["blank"] else None, "max": REGIONS[name].points, "state": state}
    absent = [name for name in SOURCES if name not in files]
    absent += [] if any(name in files for name in NOTEBOOKS) else NOTEBOOKS[:1]
    remarks += [note("not in zip", names=", ".join(absent))] if absent else []
    remarks += _edited(files, notebooks) + _receipt(files)
    regions = {name: regions[name] for name in REGIONS if name in regions}
    return result | {
        "regions": regions,
        **_totals(regions),
        "findings": [_finding(finding, *share) for finding, share in zip(judgement.findings, shares, strict=True)],
        "written": written,
        "remarks": remarks,
        "printed": judgement.printed.decode("utf-8", "replace"),
        "notebook": execute_notebook(files, isolation) if run_notebook else None,
        "cost": judgement.cost._asdict(),
    }


def digest(path):
    """SHA-256 of a zip, or of the names and contents of a folder's files."""
    if not path.is_dir():
        return _digest(path)
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and not file.is_symlink()]
    lines = [f"{file.relative_to(path).as_posix()}\0{_digest(file)}\n" for file in files]
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _digest(file):
    total = hashlib.sha256()
    with file.open("rb") as stream:
        for part in iter(lambda: stream.read(1 << 20), b""):
            total.update(part)
    return total.hexdigest()


def _refused(reason):
    regions = {
        name: {"earned": 0.0, "max": region.points, "state": "refused"}
        for name, region in REGIONS.items()
        if region.points
    }
    empty = {"findings": [], "written": {}, "remarks": [], "printed": "", "notebook": None}
    cost = {"seconds": 0.0, "cpu": 0.0, "memory": 0}
    return {"status": "refused", "reason": reason, "regions": regions, **_totals(regions), **empty, "cost": cost}


def _totals(regions):
    rows = regions.values()
    return {
        "points": round(sum(row["earned"] or 0 for row in rows), 2),
        "max": sum(row["max"] for row in rows),
        "open": sum(row["max"] for row in rows if row["earned"] is None),
    }


def _notebooks(files, remarks):
    """The cells of each notebook; one that cannot be read becomes a remark."""
    notebooks = {}
    for name in NOTEBOOKS:
        if name in files:
            try:
                notebooks[name] = notebook_cells(files[name].decode("utf-8-sig"))
            except ValueError:
                remarks.append(note("no notebook read", name=name))
    return notebooks


def _written(notebooks):
    """What notebooks hold in their regions, for people to mark."""
    bodies = {}
    for cells in notebooks.values():
        found = region_bodies(cells)
        bodies |= {key: body for key, body in found.items() if is_filled(body) or key not in bodies}
    written = {}
    for name, region in REGIONS.items():
        if region.points and region.is_in_notebook:
            body = bodies.get(name, "")
            written[name] = {"text": textwrap.dedent(body).strip()[:ANSWER], "blank": not is_filled(body)}
    return written


def _edited(files, notebooks):
    """Remarks on given lines that were edited."""
    sources = {name: [(name, files[name].decode("utf-8-sig", "replace"))] for name in SOURCES if name in files}
    changed = {name: edited(name, parts) for name, parts in (sources | notebooks).items()}
    return [note("lines edited", name=name, names=_few(names)) for name, names in changed.items() if names]


def _receipt(files):
    """A remark where the receipt was made for other files than those that are graded."""
    try:
        listed = listed_digests(files.get(RECEIPT, b""))
    except ValueError:
        return []
    graded = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != RECEIPT}
    other = [name for name, digest in graded.items() if listed.get(name) != digest]
    return [note("receipt says otherwise", names=", ".join(other))] if other else []


def _finding(finding, earned, most):
    """A finding with its points, as data; what of it may be told to the student is under ``public``, and its cause."""
    cause = _rounded(finding.cause) if finding.cause else None
    return finding._asdict() | {"told": cause, "earned": earned, "max": most}


def _rounded(name):
    """A cause with two digits of its number, if it has one: more could tell an input."""
    return re.sub(r"(?<=-)\d[\d.]*(?:e[+-]?\d+)?$", lambda number: f"{float(f'{float(number[0]):.2g}'):g}", name)


def _few(names):
    return ", ".join(names[:10]) + (f" (+{len(names) - 10})" if len(names) > 10 else "")
