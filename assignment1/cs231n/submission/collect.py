"""The steps of handing in, from the files to the receipt; one that fails is said, and stops only what needs it."""

import contextlib
import hashlib
import json
import tempfile
import time
from pathlib import Path

from ..assignments import REGIONS, SOURCES
from ..checks.assignment import filled_regions, notebook_cells
from ..checks.findings import FAIL, shown_findings, summary
from ..checks.source import source_text
from ..doctor import PackageError
from ..languages import notebook_language
from ..sentences import word
from .archive import LIMIT, too_large, write_whole, zip_bytes
from .contents import find_contents
from .digests import edited, outside
from .execute import StoppedError, execute_cells, open_kernel
from .opening import Refused
from .page import notebook_to_html
from .pdf import make_pdf
from .reading import check_files
from .receipt import RECEIPT, make_receipt
from .stakes import at_stake, only_here, run_checks, with_shown

ZIP, PAGE, PDF = "a1_code_submission.zip", "a1_inline_submission.html", "a1_inline_submission.pdf"
RUN_SECONDS = 600
_STEPS = ("files", "checks", "notebook", "run", "page", "pdf", "zip", "receipt")


class HandInError(Exception):
    """No zip was made; the message says why, and what to do."""


class Submission:
    """What is handed in, and the steps that make it.

    `path` is the zip and `files` are the bytes in it, by name; `incomplete` and `remarks` are sentences, `points` are
    at stake, and the answers to regions in `outside` stand elsewhere.
    """

    def __init__(self, folder, out, say):
        self.folder, self.out, self.path, self.say = folder, out, out / ZIP, say
        self.files, self.incomplete, self.points, self.remarks, self.outside = {}, [], 0, [], set()

    def done(self, name, text, **options):
        line = word("step", number=_STEPS.index(name) + 1, total=len(_STEPS), name=word(name), text=text)
        self.say(line, **options)

    def failed(self, name, text):
        """A step that leaves something incomplete."""
        self.incomplete.append(text)
        self.done(name, text)

    def find_files(self):
        contents = find_contents(self.folder)
        if contents.missing:
            links = {name for name in contents.missing if (self.folder / name).is_symlink()}
            names = [f"{name} ({word('a link')})" if name in links else name for name in contents.missing]
            raise HandInError(word("files missing", folder=self.folder, names=", ".join(names)))
        with _or_no_zip("not read"):
            _measure({name: (self.folder / name).stat().st_size for name in contents.sources})
            for name in (*contents.notebooks, *contents.sources):
                self.files[name] = (self.folder / name).read_bytes()
        _accept(self.files)
        with _or_no_zip("not written"):  # said now rather than after the notebook's run
            self.out.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self.out).close()
        if contents.left_out:
            self.remarks.append(word("left out", names=", ".join(contents.left_out)))
        self.done("files", word("files found", notebooks=", ".join(contents.notebooks), count=len(contents.sources)))
        return contents

    def check(self):
        """What the checks find in the files alone, and what of it they find otherwise in the student's folder."""
        findings, reason = run_checks(self.folder, check_files(self.files | {RECEIPT: b""}))
        if not findings:
            self.failed("checks", word("checks silent", reason=reason))
            return findings, {}
        outcomes = [finding["outcome"] for finding in findings]
        self.done("checks", summary(outcomes))
        return findings, only_here(findings, run_checks(self.folder)[0]) if FAIL in outcomes else {}

    def look_at(self, contents):
        """Compare with what was given; returns the notebook that is filled most, None where none can be read."""
        filled, within = {}, set()
        for name in contents.notebooks:
            try:
                found, cells = filled_regions(self.folder / name), notebook_cells(self.files[name].decode("utf-8-sig"))
                changed = edited(name, cells)
            except (ValueError, RecursionError) as error:
                self.failed("notebook", word("broken", name=name, error=error.__cause__ or error))
                continue
            filled[name] = sum(found.values())
            self.outside |= {region for region in REGIONS if not found.get(region) and outside(name, cells, region)}
            within |= {region for region, is_there in found.items() if is_there}
            places = {"filled": filled[name], "all": len(found), "names": ", ".join(changed)}
            text = word("edited" if changed else "as given", **places)
            self.done("notebook", f"{name}: {text}")
        self.outside -= within
        changed = [name for name in sorted(SOURCES) if edited(name, [(name, source_text(self.files[name]))])]
        if changed:
            self.remarks.append(word("given lines", names=", ".join(changed)))
        return max(filled, key=filled.get) if filled else None

    def execute(self, name, run, seconds):
        """Execute a copy, which is handed in; returns it, None where that fails, and what the receipt says of it."""
        said = {"name": name, "executed": False}
        if name is None or not run:
            self.done("run", word("no run" if name else "nothing to run"))
            if name and not _is_in_order(self.files[name]):
                self.incomplete.append(word("not in order"))
            return None, said
        start = time.monotonic()
        try:
            notebook, stopped = _execute(self.files[name], self.folder, seconds, self._running)
        except Exception as error:  # whatever keeps a kernel from starting: then it is handed in as it was saved
            reason = _brief(error) if isinstance(error, PackageError) else f"{_brief(error)}. {word('ask the doctor')}"
            self.failed("run", word("cannot run", error=reason))
            return None, said
        self.files[name] = _to_bytes(notebook)
        if stopped:
            self.failed("run", word("stopped", **stopped))
            self.remarks.append(word("as saved"))
            return notebook, said | {"stopped": stopped}
        count = sum(cell.cell_type == "code" for cell in notebook.cells)
        self.done("run", word("ran", total=count, seconds=time.monotonic() - start))
        return notebook, said | {"executed": True}

    def _running(self, number, total, cell, seconds):
        self.done("run", word("running", number=number, total=total, cell=cell), end="\r")

    def render(self, name, notebook):
        """Make page and PDF of the notebook that is handed in."""
        if name is None:
            self.done("page", word("nothing to run"))
            self.done("pdf", word("nothing to run"))
            return
        page, pdf = self.out / PAGE, self.out / PDF
        try:
            shown = notebook or _from_bytes(self.files[name])
            text = notebook_to_html(shown, Path(name).stem, notebook_language(name)).encode()
            self.files[f"{name.partition('.')[0]}.html"] = text
            write_whole(page, lambda stream: stream.write(text))
            self.done("page", str(page))
        except Exception as error:  # whatever a notebook holds: the zip does not wait for the page
            self.failed("page", word("no page", error=_brief(error)))
            self.done("pdf", word("nothing to print"))
            return
        try:
            pages = make_pdf(page, self.files[name], pdf)
            said = word("pdf made", path=pdf, pages=pages) if pages else word("no pdf", path=page)
        except Exception as error:  # likewise for the PDF
            pages, said = 0, word("no pdf either", error=_brief(error))
        if not pages:
            self.remarks.append(said)
        self.done("pdf", said)

    def zip(self, findings, executed):
        self.files[RECEIPT] = make_receipt(self.files, findings, executed, self.incomplete)
        _accept(self.files)
        with _or_no_zip("not written"):
            zip_bytes(self.files, self.path)
            content = self.path.read_bytes()
        self.done("zip", word("zip made", path=self.path, count=len(self.files), size=len(content) / 1e6))
        self.done("receipt", word("receipt made", digest=hashlib.sha256(content).hexdigest()))


def collect(folder, out, run, seconds, say):
    """Check, execute and zip ``assignment1/``, whose files are only read; HandInError where no zip can be made."""
    made = Submission(folder, out, say)
    contents = made.find_files()
    findings, lost = made.check()
    name = made.look_at(contents)
    notebook, executed = made.execute(name, run, seconds)
    if name:  # what ran now, or was saved where nothing ran
        stopped = executed.get("stopped")
        findings = with_shown(findings, shown_findings(made.files[name], stopped and stopped["number"] - 1))
    stakes = at_stake(findings, made.outside, unread=name is None, lost=lost)
    made.incomplete[:0] = [text for text, _ in stakes]
    made.points = sum(points for _, points in stakes)
    _accept(made.files)
    made.render(name, notebook)
    made.zip(findings, executed)
    return made


@contextlib.contextmanager
def _or_no_zip(key):
    """Within the block an OSError means that no zip is made; `key` is the sentence that says so."""
    try:
        yield
    except OSError as error:
        raise HandInError(word(key, error=error)) from error


def _measure(sizes):
    """Stop where the files, whose sizes in bytes these are, are too large to be handed in."""
    large = too_large(sizes)
    if large:
        names = ", ".join(f"{name} ({size / 1e6:.0f} MB)" for name, size in large)
        raise HandInError(word("too large", limit=LIMIT >> 20, names=names))


def _accept(files):
    """Stop where the files are too large together, or would be refused by whoever reads the zip."""
    _measure({name: len(content) for name, content in files.items()})
    try:
        check_files(files)
    except Refused as refusal:
        raise HandInError(word("not accepted", reason=refusal)) from refusal


def _brief(error):
    """What an error says, in one line."""
    if isinstance(error, PackageError):
        return str(error)
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"


def _execute(content, folder, seconds, report):
    """The notebook, executed, and where and why it stopped before its end, as a dict; else None."""
    notebook = _from_bytes(content)
    with open_kernel(notebook, folder) as client:
        try:
            execute_cells(client, notebook, seconds, report)
        except StoppedError as stopped:
            return notebook, vars(stopped)
    return notebook, None


def _from_bytes(content):
    import nbformat

    return nbformat.reads(content.decode("utf-8-sig"), as_version=4)


def _to_bytes(notebook):
    import nbformat

    return (nbformat.writes(notebook) + "\n").encode()


def _is_in_order(content):
    """Whether the outputs that were saved come from one run from top to bottom."""
    code = [cell for cell in json.loads(content)["cells"] if cell.get("cell_type") == "code"]
    counts = [cell.get("execution_count") for cell in code if "".join(cell["source"]).strip()]
    return counts == list(range(1, len(counts) + 1))
