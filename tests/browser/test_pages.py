"""The pages that people get outside of Jupyter: read offline, light and dark, on any screen, and printed."""

import re
import shutil
import subprocess
import sys

import numpy as np
import pypdfium2
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from nbformat import v4

from cs231n import checks
from cs231n.checks.findings import FAULT, NOT_RUN, NOT_STARTED, Findings
from cs231n.submission.page import notebook_to_html
from staff.authoring.notebooks import read_notebook
from staff.authoring.paths import KIT
from staff.authoring.run import NOTEBOOKS
from staff.authoring.solve import solve

from .conftest import SCREENSHOTS

WIDTHS = {"desk": 1280, "telephone": 390}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# A digit and a mark are read as well: axe would leave out what is one letter long, or no letter.
STRICT = """axe.configure({checks: [{id: 'color-contrast', options: {
    ignoreLength: true, ignoreUnicode: false, ignorePseudo: false, boldValue: 700, boldTextPt: 14, largeTextPt: 18,
    contrastRatio: {normal: {expected: 4.5}, large: {expected: 3}},
    pseudoSizeThreshold: 0.25, shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03,
}}]});"""
# What scrolls sideways within the page; only formulas and tables that say so may.
SCROLLS = """() => [...document.querySelectorAll('body *:not(.wide, .wide *)')]
    .filter(node => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'visible')
    .map(node => `${node.tagName} ${node.className}: ${node.scrollWidth} in ${node.clientWidth}`)"""


@pytest.fixture(scope="package")
def solved_copy(tmp_path_factory):
    """A solved copy of the kit, its notebooks with outputs."""
    return solve(tmp_path_factory.mktemp("pages") / "solved") / "assignment1"


@pytest.fixture(scope="package")
def submission(tmp_path_factory):
    """What a student hands in who has finished the Korean notebook, in the same folder."""
    folder = solve(tmp_path_factory.mktemp("pages") / "submission") / "assignment1"
    shutil.copy(KIT / "svm.ipynb", folder)
    command = [sys.executable, "-m", "cs231n.submission", "--no-run"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def executed(solved_copy):
    """What `python -m staff run` leaves in build/svm.html."""
    return notebook_to_html(read_notebook(solved_copy / "svm.ipynb"), NOTEBOOKS["svm"][0])


def derivation(solved_copy):
    return notebook_to_html(read_notebook(solved_copy / "svm_derivation.ipynb"), NOTEBOOKS["svm_derivation"][0])


def mistakes(solved_copy):
    """A notebook of mistakes: each outcome of a check, a traceback in all colours of a terminal, a link."""

    def without_gradient(W, X, y, reg):
        return 0.0, np.zeros_like(W)

    findings = checks.svm_loss_naive(without_gradient)
    others = Findings(findings[0]._replace(outcome=outcome) for outcome in (NOT_STARTED, NOT_RUN, FAULT))
    shown = {"text/html": Findings(findings + others)._repr_html_()}
    colours = "".join(f"\x1b[{code}mcolour {code}\x1b[0m " for code in (*range(30, 38), *range(90, 98), 43))
    traceback = [colours, "\x1b[38;5;28;01mraise\x1b[39;00m ValueError(\x1b[33m'no'\x1b[39m)", "ValueError: no"]
    outputs = [
        v4.new_output("display_data", data=shown),
        v4.new_output("stream", name="stderr", text="warning: " + 40 * "a_long_name_" + "\n"),
        v4.new_output("error", ename="ValueError", evalue="no", traceback=traceback),
    ]
    code = "@property\ndef half(x: float = 1e-3):\n    'Doc.'  # why\n    return not x or f'{x!r}' + str(0x1F)\n%time x"
    text = "A [link](https://example.com).\n\n> A quotation, `code`.\n\n| $W$ | b |\n|--|--|\n| $\\frac{1}{N}$ | 1 |\n"
    cells = [v4.new_markdown_cell(text), v4.new_code_cell(code, execution_count=1, outputs=outputs)]
    return notebook_to_html(v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}}), "Mistakes")


def handed_in(submission):
    return (submission / "a1_inline_submission.html").read_text(encoding="utf-8")


# A page a row: what makes it, of which fixture.
PAGES = {
    "svm": (executed, "solved_copy"),
    "derivation": (derivation, "solved_copy"),
    "mistakes": (mistakes, "solved_copy"),
    "submission": (handed_in, "submission"),
}
SHORT = [("mistakes", "dark")]


class Reader:
    """Somebody who opens a page, and what their browser asked for and complained of."""

    def __init__(self, chromium, scheme):
        self.context = chromium.new_context(color_scheme=scheme, offline=True)
        self.page = self.context.new_page()
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path):
        """Open a page; returns what it asked for beside itself."""
        self.page.goto(path.as_uri())
        return [url for url in self.requests if url != path.as_uri() and not url.startswith("data:")]

    def too_wide(self, width):
        """By how much the page is too wide, and what in it scrolls sideways."""
        self.page.set_viewport_size({"width": width, "height": 900})
        return max(0, self.page.evaluate("document.documentElement.scrollWidth - innerWidth")), self.page.evaluate(
            SCROLLS
        )

    def unread(self):
        """What axe finds against WCAG 2.1, levels A and AA, as lines."""
        axe = Axe(AXE_SCRIPT + STRICT)
        found = axe.run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
        return [f"{rule['id']}: {node['html'][:120]}: {_why(node)}" for rule in found for node in rule["nodes"]]


def _why(node):
    return "; ".join(reason["message"] for reason in [*node["any"], *node["all"], *node["none"]])


@pytest.fixture
def read(chromium):
    """Open a browser on a light or a dark system."""
    opened = []

    def new(scheme):
        opened.append(Reader(chromium, scheme))
        return opened[-1]

    yield new
    for reader in opened:
        reader.context.close()


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        pytest.param(name, scheme, marks=[] if (name, scheme) in SHORT else pytest.mark.long)
        for name in PAGES
        for scheme in ("light", "dark")
    ],
)
def test_a_page_is_whole_and_readable(read, screenshot, request, tmp_path, name, scheme):
    make, fixture = PAGES[name]
    path = tmp_path / "page.html"
    path.write_text(make(request.getfixturevalue(fixture)), encoding="utf-8")
    reader = read(scheme)
    assert reader.open(path) == []
    assert reader.complaints == []
    for place, width in WIDTHS.items():
        assert reader.too_wide(width) == (0, [])
        assert_formulas(reader.page)
        top = {"x": 0, "y": 0, "width": width, "height": 4000}
        screenshot(reader.page, f"page-{name}-{scheme}-{place}", full_page=True, clip=top)
    ground = re.findall(r"\d+", reader.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (int(ground[0]) > 127) == (scheme == "light")
    assert reader.unread() == []


def assert_formulas(page):
    """Each formula has a size, and none is left as it was typed."""
    sizes = page.locator("math").evaluate_all("all => all.map(math => math.getBoundingClientRect().width)")
    assert sizes
    assert min(sizes) > 0
    typed = page.locator(".jp-RenderedMarkdown").evaluate_all(
        r"""all => all.map(cell => cell.innerText).filter(text => /\$|\\(frac|sum|mathbf|lambda)\b/.test(text))"""
    )
    assert typed == []


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        pytest.param(spoil, complaint, marks=[] if complaint == "unread" else pytest.mark.long)
        for complaint, spoil in {
            "requests": "<img alt='' src='https://example.com/a.png'>",
            "unread": "<p style='color: #999; background: #fff'>pale</p>",
            "width": "<p style='width: 500px'>wide</p>",
            "scrolls": "<div style='overflow: auto; width: 99px' tabindex='0'><p style='width: 200px'>wide</p></div>",
        }.items()
    ],
)
def test_a_spoilt_page_is_noticed(read, solved_copy, tmp_path, spoil, complaint):
    path = tmp_path / "page.html"
    content = re.sub("<meta http-equiv=[^>]*>", "", mistakes(solved_copy))  # which would keep the picture out
    path.write_text(content.replace("</main>", f"{spoil}</main>"), encoding="utf-8")
    reader = read("light")
    asked = reader.open(path)
    width, scrolls = reader.too_wide(WIDTHS["telephone"])
    noticed = {"requests": asked, "unread": reader.unread(), "width": width, "scrolls": scrolls}
    assert [name for name, found in noticed.items() if found] == [complaint]


@pytest.mark.long
def test_a_pdf_is_white_and_within_its_margins(read, submission, tmp_path):
    given = submission / "a1_inline_submission.pdf"
    printed_by_night = tmp_path / "dark.pdf"
    reader = read("dark")
    reader.open(submission / "a1_inline_submission.html")
    reader.page.pdf(path=printed_by_night, prefer_css_page_size=True)
    for path in (given, printed_by_night):
        with pypdfium2.PdfDocument(path) as document:
            pictures = [page.render(scale=1) for page in document]
        assert len(pictures) > 5
        for number, picture in enumerate(pictures, 1):
            if path == given:
                picture.to_pil().save(SCREENSHOTS / f"pdf-{number:02}.png")
            page = picture.to_numpy()
            height, width, _ = page.shape
            assert abs(height / width - 2**0.5) < 0.01  # A4
            margin = round(10 / 210 * width)
            assert page[:, :margin].min() == page[:, -margin:].min() == 255
            assert 0 < (page < 128).mean() < 0.5
