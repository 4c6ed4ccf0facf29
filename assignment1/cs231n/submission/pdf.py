"""A PDF of the notebook without TeX: printed by a browser, else set by pandoc and typst; opened and counted.

``python -m cs231n.submission.pdf FOLDER`` sets ``made.ipynb`` in a folder as ``made.pdf``: in a process of its own,
because pandoc and typst may take forever on a notebook with very long outputs.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from ..doctor.tools import relying_on, try_tool
from ..processes import run_program

SECONDS = 60  # limit on each means
_NAMES, _ENDINGS = ("google-chrome", "chromium", "microsoft-edge", "chrome", "msedge"), ("", "-stable", "-browser")
_MAC = ("Google Chrome", "Microsoft Edge", "Chromium")
_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")


def make_pdf(page, notebook, path):
    """Make a PDF of an HTML page or of the notebook's bytes, by the first means that works; returns its pages, or 0."""
    path = Path(path)
    # A browser may still hold its files for a moment; what cannot be removed then costs no PDF.
    with tempfile.TemporaryDirectory(prefix=".a1-pdf-", dir=path.parent, ignore_cleanup_errors=True) as folder:
        made = Path(folder, "made.pdf")
        for maker, source in ((_print, Path(page)), (_typeset, notebook)):
            maker(source, made)
            pages = count_pages(made)
            if pages:
                os.replace(made, path)
                return pages
    try_tool("typesetting")
    return 0


@relying_on("pdf")
def count_pages(path):
    """Pages of a PDF; 0 where it cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(path).pages)
    except (OSError, PyPdfError):
        return 0


def find_browser():
    """Path of a Chrome, Edge or Chromium, that of ``CS231N_BROWSER`` if set; None where there is none."""
    chosen = os.environ.get("CS231N_BROWSER")
    if chosen is not None:
        return shutil.which(chosen)
    found = [shutil.which(name + ending) for name in _NAMES for ending in _ENDINGS]
    if sys.platform == "darwin":
        found += [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in _MAC]
    if sys.platform == "win32":
        roots = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        found += [os.path.join(root, name) for root in roots if root for name in _WINDOWS]
    return next((path for path in found if path and os.path.isfile(path)), None)


def _print(page, made):
    """Let a browser print the page."""
    browser = find_browser()
    if browser:
        command = [browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"]
        command += ["--disable-background-networking", f"--user-data-dir={made.parent / 'profile'}"]
        command += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        _run([*command, "--no-pdf-header-footer", f"--print-to-pdf={made}", page.resolve().as_uri()])


def _typeset(notebook, made):
    """Let pandoc and typst set the notebook, where their wheels are installed."""
    if find_spec("pypandoc") and find_spec("typst"):
        made.with_suffix(".ipynb").write_bytes(notebook)
        path = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
        _run([sys.executable, "-m", "cs231n.submission.pdf", str(made.parent)], env=os.environ | {"PYTHONPATH": path})


def _run(command, **options):
    """Run a program that makes the PDF or does not; what it prints is for nobody."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        run_program(command, SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def _typeset_here(folder):
    import pypandoc
    import typst

    options = {"extra_args": ["--standalone", "--extract-media=."], "cworkdir": folder}
    pypandoc.convert_file("made.ipynb", "typst", format="ipynb", outputfile="made.typ", **options)
    typst.compile(os.path.join(folder, "made.typ"), output=os.path.join(folder, "made.pdf"), root=folder)


if __name__ == "__main__":
    _typeset_here(sys.argv[1])
