"""One submission: from what was handed in to a result, which holds all that reports are made of."""

import contextlib
import hashlib
import json
import re
import textwrap
from pathlib import Path, PurePosixPath

from cs231n.assignments import NOTEBOOKS, REGIONS, SOURCES
from cs231n.checks.assignment import is_filled, notebook_cells, region_bodies
from cs231n.checks.findings import note, shown_findings
from cs231n.checks.source import source_text
from cs231n.submission.digests import edited, outside
from cs231n.submission.opening import ZIP_SIZE, Refused, file_sizes, plain
from cs231n.submission.reading import read_hand_in
from cs231n.submission.receipt import RECEIPT, listed_digests

from .available import find_isolation
from .conversation import Usage
from .isolation import LIMITS
from .judge import judge_files
from .notebook import execute_notebook
from .points import score, totals
from .text import clean_result

_READ = 100_000  # characters of an answer, of which a fifth is shown at most


def grade(path, *, seed, student=None, unsafe=False, run_notebook=False, isolation=None, limits=LIMITS):
    """Grade one submission, a zip or a folder into which one was unpacked.

    Parameters
    ----------
    seed : int
        Decides on all inputs; it must stay with the staff.
    student : str, optional
        The name of the zip without its ending by default.
    unsafe : bool
        Whether student code may run unprotected where no sandbox works; else that is a SandboxError.
    isolation : str, optional
        The sandbox, in place of the strongest that works here.

    Returns
    -------
    dict
        The result; the same for the same submission and seed, but for ``cost`` and the notebook's seconds.
    """
    path = Path(path)
    isolation = isolation or find_isolation(unsafe)
    try:
        hand_in = read_hand_in(path)
    except Refused as refusal:
        return refused(path, student, refusal.args[0])
    found = _found(hand_in, seed, isolation, limits)
    found["notebook"] = execute_notebook(hand_in.files, isolation) if run_notebook else None
    return clean_result(_begun(path, student) | {"status": "graded", "reason": None, "isolation": isolation} | found)


def refused(path, student, reason):
    """The result of a submission that is not judged, for a reason, which is a note."""
    found = {"status": "refused", "reason": reason, "isolation": None, **_nothing()}
    return clean_result(_begun(path, student) | found)


def _begun(path, student):
    return {"student": student or path.name.removesuffix(".zip"), "zip": path.name, "sha256": digest(path)}


def digest(path):
    """SHA-256 of a zip, or of the names and contents of a folder's files; of what is too large, the size."""
    found = [(file, _digest(file) if is_read else str(size)) for file, size, is_read in files_of(path)]
    if not path.is_dir():
        return found[0][1]
    lines = [f"{file.relative_to(path).as_posix()}\0{value}\n" for file, value in found]
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def files_of(path):
    """Yield the zip itself, or a folder's files, small ones first: path, size, whether all so far keep `ZIP_SIZE`."""
    sizes = file_sizes(path)[0] if path.is_dir() else {"": path.stat().st_size}
    left = ZIP_SIZE
    for size, name in sorted((size, name) for name, size in sizes.items()):
        left -= size
        yield path / name, size, left >= 0


def _digest(file):
    total = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(1 << 20):
            total.update(part)
    return total.hexdigest()


def _nothing():
    """What is found in a submission that is refused."""
    points = {name: region.points for name, region in REGIONS.items() if region.points}
    regions = {name: {"earned": 0.0, "max": most, "state": "refused"} for name, most in points.items()}
    empty = {"findings": [], "written": {}, "remarks": [], "printed": "", "notebook": None}
    return {"regions": regions, **totals(regions), **empty, "cost": Usage()._asdict()}


def _found(hand_in, seed, isolation, limits):
    """What is found in a submission."""
    judgement = judge_files(hand_in.files, isolation, seed, limits)
    regions, shares = score(judgement.findings)
    notebooks = _notebooks(hand_in.files)
    written = _written(notebooks)
    for name, checked in _checked(hand_in.files).items():
        written[name]["checked"] = checked
    unread = _unread(hand_in, notebooks)
    for name, answer in written.items():
        if answer["blank"] and unread:
            answer |= {"blank": False, "unread": unread}
        earned, state = (0.0, "blank") if answer["blank"] else (None, "for people")
        regions[name] = {"earned": earned, "max": REGIONS[name].points, "state": state}
    regions = {name: regions[name] for name in REGIONS if name in regions}
    # What of a finding may be told to the student is under `public` and `told`.
    findings = [
        finding._asdict() | {"told": _rounded(finding.cause), "earned": earned, "max": most}
        for finding, (earned, most) in zip(judgement.findings, shares, strict=True)
    ]
    return {
        "regions": regions,
        **totals(regions),
        "findings": findings,
        "written": written,
        "remarks": [*_remarks(hand_in, notebooks, unread)],
        "printed": judgement.printed.decode("utf-8", "replace"),
        "cost": judgement.cost._asdict(),
    }


def _notebooks(files):
    """The cells of each notebook that can be read."""
    notebooks = {}
    for name in NOTEBOOKS:
        if name in files:
            with contextlib.suppress(ValueError):
                notebooks[name] = notebook_cells(files[name].decode("utf-8-sig"))
    return notebooks


def _unread(hand_in, notebooks):
    """Names of notebooks that are not read, in which answers may stand: of another format, name or folder."""
    found = [name for name in NOTEBOOKS if name in hand_in.files and name not in notebooks]
    for name in hand_in.others:
        path = PurePosixPath(name.lower())
        is_like = not notebooks or any(PurePosixPath(known).stem in path.stem for known in NOTEBOOKS)
        if path.suffix == ".ipynb" and is_like and not re.search(r"\.ipynb_checkpoints/|__MACOSX/|(^|/)\._", name):
            found.append(plain(name))
    return found


def _written(notebooks):
    """What notebooks hold in their regions, for people to mark."""
    bodies = region_bodies([cell for cells in notebooks.values() for cell in cells])
    written = {}
    for name, region in REGIONS.items():
        if region.points and region.is_in_notebook:
            body = bodies.get(name, "")
            is_there = is_filled(body)
            beside = "\n\n".join(filter(None, (outside(key, cells, name) for key, cells in notebooks.items())))
            text = textwrap.dedent(body[:_READ]).strip() if is_there or not beside else ""
            written[name] = {"text": text, "outside": beside, "blank": not (is_there or beside)}
    return written


def _checked(files):
    """What notebooks show of their checks of code that people mark: outcomes and causes, which anybody can forge."""
    shown, end = {}, None
    with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):  # no receipt, or none of a stop
        end = json.loads(files[RECEIPT])["notebook"]["stopped"]["number"] - 1  # what follows is as it was saved before
    for name in NOTEBOOKS:
        shown |= shown_findings(files.get(name, b""), end)
    regions = [name for name, row in REGIONS.items() if row.points and row.is_in_notebook and row.is_code]
    rows = {name: shown.get(name, ())[:20] for name in regions}
    return {name: [f"{row['outcome']} {row.get('cause') or ''}".strip() for row in rows[name]] for name in rows}


def _remarks(hand_in, notebooks, unread):
    """Notes on files that are missing, not read, edited where they were given, or other than the receipt says."""
    files = hand_in.files
    if hand_in.others:
        yield note("ignored", names=_few([plain(name) for name in hand_in.others]))
    for name in NOTEBOOKS:
        if name in files and name not in notebooks:
            yield note("no notebook read", name=name)
    if unread:
        yield note("answers unread", names=_few(unread))
    absent = [name for name in SOURCES if name not in files]
    if files.keys().isdisjoint(NOTEBOOKS):
        absent.append(NOTEBOOKS[0])
    if absent:
        yield note("not in zip", names=", ".join(absent))
    sources = {name: [(name, source_text(files[name]))] for name in SOURCES if name in files}
    for name, parts in (sources | notebooks).items():
        if names := edited(name, parts):
            yield note("lines edited", name=name, names=_few(names))
    if names := _unlike_receipt(files):
        yield note("receipt says otherwise", names=", ".join(names))


def _unlike_receipt(files):
    """Names of files with another digest than the receipt's; none where there is no receipt that can be read."""
    try:
        listed = listed_digests(files.get(RECEIPT, b""))
    except ValueError:
        return []
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != RECEIPT}
    return [name for name, value in found.items() if listed.get(name) != value]


def _rounded(cause):
    """A cause, if there is one, with two digits of its number, if it has one: more could tell an input."""
    number = r"(?<=-)\d[\d.]*(?:e[+-]?\d+)?$"
    return cause and re.sub(number, lambda found: f"{float(f'{float(found[0]):.2g}'):g}", cause)


def _few(names):
    return ", ".join(names[:10]) + (f" (+{len(names) - 10})" if len(names) > 10 else "")
