"""A real browser, and a real Jupyter server on the loopback; screenshots are kept in build/browser/."""

import pytest
from playwright.sync_api import sync_playwright

from cs231n.submission.pdf import find_browser
from staff.authoring.paths import ROOT

from ..room import HAS_ROOM
from .jupyter import Notebook, serve

SCREENSHOTS = ROOT / "build" / "browser"
# No name but this machine's is ever looked up, whatever a page or the browser itself would like to fetch.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


# Of the package and not of the session: while Playwright is open, nothing else in this thread can run an event loop.
@pytest.fixture(scope="package")
def chromium():
    """A Chromium, Chrome or Edge that is running."""
    program = find_browser()
    if program and not HAS_ROOM:
        pytest.skip("no browser starts where the address space of a process is limited, as by ulimit -v")
    if program is None:
        pytest.skip("needs a browser, found no Chrome, Edge or Chromium; on Debian: apt-get install chromium")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)  # tests of another process may be keeping theirs there
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[OFFLINE])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server(chromium, tmp_path_factory):
    """A Jupyter server; `server.root` is the folder that it shows."""
    with serve(tmp_path_factory.mktemp("jupyter")) as running:
        yield running


@pytest.fixture(scope="package")
def student(chromium, server):
    """The browser of a student, who stays logged in from test to test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    yield context
    context.close()


@pytest.fixture
def open_notebook(student, server):
    """Open a notebook under `server.root` in JupyterLab, or in another application of the server."""
    page = student.new_page()
    yield lambda path, application="lab/tree": Notebook(page, server, path, application)
    page.close()
    server.shut_kernels_down()


@pytest.fixture(scope="session")
def screenshot():
    """Keep a picture of a page, or of a part of it, as build/browser/NAME.png."""
    return lambda target, name, **options: target.screenshot(path=SCREENSHOTS / f"{name}.png", **options)
