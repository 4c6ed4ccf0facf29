"""The PDF: by a browser, by pandoc and typst, or not at all, and then it is said how to print the page."""

import pytest
from pypdf import PdfReader

from cs231n.submission.pdf import count_pages, make_pdf

from .handed import POSIX


@pytest.mark.long
def test_without_a_browser_pandoc_and_typst_make_the_pdf(handed):
    done = handed.run("--no-run")
    reader = PdfReader(handed.folder / "a1_inline_submission.pdf")
    assert f"a1_inline_submission.pdf, {len(reader.pages)} pages" in done.out
    # typst before 0.14 lists all pictures with each page.
    assert len({image.data for page in reader.pages for image in page.images}) == 10
    assert "Stochastic gradient descent" in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.long
def test_without_either_it_says_how_to_print(handed, without_typst):
    (handed.folder / "a1_inline_submission.pdf").write_bytes(b"an older one")
    done = handed.run("--no-run")
    assert "no PDF was made: neither Chrome, Edge nor Chromium could be used. Open " in done.out
    assert "a1_inline_submission.html in any browser and print it to a PDF" in done.out
    assert (handed.folder / "a1_inline_submission.html").is_file()
    assert (handed.folder / "a1_inline_submission.pdf").read_bytes() == b"an older one"


@POSIX
@pytest.mark.parametrize(
    "program", ["exit 0", "sleep 100", 'for a; do case $a in --print-to-pdf=*) echo no >"${a#*=}";; esac; done']
)
def test_a_browser_that_makes_no_pdf(tmp_path, monkeypatch, without_typst, program):
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n{program}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("CS231N_BROWSER", str(browser))
    monkeypatch.setattr("cs231n.submission.pdf.SECONDS", 1)
    page = tmp_path / "page.html"
    page.write_text("<p>page</p>")
    assert make_pdf(page, b"{}", tmp_path / "made.pdf") == 0
    assert not (tmp_path / "made.pdf").exists()


def test_pages_are_counted_in_a_real_pdf_only(tmp_path):
    assert count_pages(tmp_path / "none.pdf") == 0
    (tmp_path / "text.pdf").write_text("%PDF-1.4 and no more")
    assert count_pages(tmp_path / "text.pdf") == 0
