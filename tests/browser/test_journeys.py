"""What students do in JupyterLab and what they see: each journey ends in pictures and in assertions."""

import json
import re

import pytest
from playwright.sync_api import expect

from cs231n.sentences import table
from staff.authoring.solve import lay_out, solve
from tests.test_notebooks import NOT_STARTED

# As a student may write it first: the derivative of reg * W**2 lacks its 2.
HALVED = "    dW = dW / num_train + reg * W"
WRONG = f"""\
    dW = np.zeros_like(W)
    for i in range(num_train):
        scores = X[i] @ W
        for j in range(num_classes):
            if j != y[i] and scores[j] - scores[y[i]] + 1 > 0:
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
{HALVED}"""
STUB = "    dW = None"
# Every number that the progress bar in a node has shown, as the page changes.
WATCH_PROGRESS = """node => {
    node.progress = [];
    new MutationObserver(() => {
        for (const found of node.textContent.matchAll(/(\\d+)%\\|/g))
            if (node.progress.at(-1) !== Number(found[1])) node.progress.push(Number(found[1]));
    }).observe(node, {childList: true, subtree: true, characterData: true});
}"""
# What is wider than the place that it has, in a cell: code, text, tables and pictures.
WIDER = """cell => [...cell.querySelectorAll('.cm-scroller, .jp-OutputArea-output, .jp-OutputArea-output *')]
    .filter(node => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0
        || node.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1)
    .map(node => `${node.tagName} ${node.className}: ${node.scrollWidth} in ${node.clientWidth}`)"""


def code_cells(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "code"}


def assert_no_traceback(notebook):
    errors = notebook.cells.locator('[data-mime-type="application/vnd.jupyter.error"], :text("Traceback")')
    assert errors.all_text_contents() == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("application", "name", "title", "language"),
    [
        ("lab/tree", "svm.ipynb", "The multiclass linear support vector machine", 0),
        ("lab/tree", "svm.ko.ipynb", "다중 클래스 선형 서포트 벡터 머신", 1),
        ("notebooks", "svm.ipynb", "The multiclass linear support vector machine", 0),
    ],
    ids=["lab", "lab-korean", "notebook-7"],
)
def test_the_untouched_notebook(open_notebook, server, screenshot, request, application, name, title, language):
    shown = request.node.callspec.id
    folder = lay_out(server.root / shown) / "assignment1"
    notebook = open_notebook(f"{shown}/assignment1/{name}", application)
    expect(notebook.page.get_by_role("heading", name=title)).to_be_in_viewport()
    expect(notebook.cell("title").locator("table tr")).to_have_count(10)
    screenshot(notebook.page, f"{shown}-first-screen")

    first_region = notebook.cell("gradient-text").locator(".jp-RenderedMarkdown")
    expect(first_region.locator("mjx-container")).not_to_have_count(0)
    expect(first_region).not_to_contain_text("$", use_inner_text=True)
    screenshot(notebook.page, f"{shown}-first-region")

    notebook.run_all()
    assert_no_traceback(notebook)
    cells = {cell: notebook.cell(cell).locator(".jp-OutputArea").text_content() for cell in code_cells(folder / name)}
    not_started = re.compile(("Not started: ", "시작 전[:(]")[language])
    assert [cell for cell, text in cells.items() if not_started.search(text)] == list(NOT_STARTED)
    expect(notebook.cell("gradient-check").get_by_text("svm-naive-gradient (")).to_be_in_viewport()
    screenshot(notebook.page, f"{shown}-not-started")


def test_a_wrong_gradient_is_named_and_mended(open_notebook, server, screenshot):
    folder = lay_out(server.root / "mended") / "assignment1"
    module = folder / "cs231n" / "classifiers" / "linear_svm.py"
    notebook = open_notebook("mended/assignment1/svm.ipynb")
    check = notebook.cell("check-naive")
    notebook.run_all_above(check)
    notebook.run(check)
    expect(check.get_by_text(table("WORDS", "en")["not started"]).first).to_be_visible()

    open_module(notebook.page)
    paste_over(notebook.page, module, STUB, WRONG)
    notebook.page.get_by_role("tab", name="svm.ipynb").click()
    notebook.run(check)
    named = table("CAUSES", "en")["gradient.regularizer.factor-1"]
    expect(check.get_by_text(named)).to_be_visible()
    expect(check).to_contain_text("1 failed")
    screenshot(notebook.page, "mended-1-wrong")

    ask_for_hints(notebook, screenshot)

    notebook.page.get_by_role("tab", name="linear_svm.py").click()
    paste_over(notebook.page, module, HALVED, HALVED.replace("reg * W", "2 * reg * W"))
    notebook.page.get_by_role("tab", name="svm.ipynb").click()
    notebook.run(check)
    expect(check).to_contain_text(" 0 failed, 0 not reached")
    expect(check.get_by_text(named)).to_have_count(0)
    notebook.cell("check-naive")  # the table is shorter now, and what is below moved up
    screenshot(notebook.page, "mended-2-right")

    follow_edits(notebook, module, check)
    screenshot(notebook.page, "mended-3-syntax-error")
    notebook.page.get_by_role("tab", name="linear_svm.py").click()
    paste_over(notebook.page, module, "    loss = (0.0", "    loss = 0.0")
    notebook.page.get_by_role("tab", name="svm.ipynb").click()

    notebook.restart_and_run_all()
    assert_no_traceback(notebook)
    expect(check).to_contain_text(" 0 failed, 0 not reached")
    expect(notebook.cell("gradient-check-reg")).to_contain_text("10 of 10 entries agree.")
    number = list(code_cells(folder / "svm.ipynb")).index("check-naive") + 1
    expect(check.locator(".jp-InputPrompt")).to_have_text(f"[{number}]:")


@pytest.mark.long
def test_the_solved_notebook(open_notebook, server, screenshot):
    folder = solve(server.root / "solved") / "assignment1"
    cells = code_cells(folder / "svm.ipynb")
    pictures = [name for name, cell in cells.items() if '"image/png"' in json.dumps(cell["outputs"])]
    notebook = open_notebook("solved/assignment1/svm.ipynb")
    notebook.choose("Edit", "Clear Outputs of All Cells")
    bars = [notebook.cell(name) for name in ("train", "tune")]
    for bar in bars:
        bar.evaluate(WATCH_PROGRESS)
    notebook.run_all()
    assert_no_traceback(notebook)
    expect(notebook.cells.get_by_text("Not started: ")).to_have_count(0)
    for bar in bars:
        shown = bar.evaluate("node => node.progress")
        assert len(shown) > 3, "the progress bar moves"
        assert shown == sorted(shown), "and never back"
        assert shown[-1] == 100, "and ends"

    for name in cells:
        cell = notebook.cell(name)
        assert cell.evaluate(WIDER) == [], name
        expect(cell.locator("img")).to_have_count(int(name in pictures))
        if name in pictures:
            assert cell.locator("img").evaluate("img => img.complete && img.naturalWidth > 300"), name
            screenshot(cell.locator("img"), f"solved-{list(cells).index(name) + 1:02}-{name}")

    training = notebook.cell("train")
    printed = training.locator('[data-mime-type="application/vnd.jupyter.stdout"]')
    before = printed.text_content()
    notebook.run(training)
    expect(printed).to_have_text(before)
    screenshot(notebook.page, "solved-a-cell-run-twice")


def open_module(page):
    """Open linear_svm.py beside the notebook, through the file browser."""
    for name in ("cs231n", "classifiers", "linear_svm.py"):
        page.locator(".jp-DirListing-item").get_by_text(name, exact=True).dblclick()
    page.locator(".jp-FileEditor .cm-line").first.wait_for()


def paste_over(page, path, line, text):
    """Select a line in the editor, the first of its like, paste a text in its place, save, and wait for the file."""
    page.locator(".jp-FileEditor .cm-line").filter(has_text=re.compile(f"^{re.escape(line)}$")).first.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.wait_for_function("line => getSelection().toString() === line", arg=line.strip())
    page.evaluate("text => navigator.clipboard.writeText(text)", text.strip())
    page.keyboard.press("ControlOrMeta+v")
    page.wait_for_selector(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty")
    page.keyboard.press("ControlOrMeta+s")
    page.wait_for_selector(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)")
    assert text in path.read_text(encoding="utf-8")


def follow_edits(notebook, module, check):
    """Lines that are told are those of the file, also below an edit; and no check passes while it cannot be read."""
    comments = "import numpy as np\n" + "\n".join(f"# comment {number}" for number in range(13))
    edits = {
        ("import numpy as np", comments): " 0 failed, 0 not reached",
        ("    loss = 0.0", "    loss = unknown"): "line {}: NameError",
        ("    loss = unknown", "    loss = (0.0"): "linear_svm.py line {}: SyntaxError",
    }
    for (old, new), said in edits.items():
        notebook.page.get_by_role("tab", name="linear_svm.py").click()
        paste_over(notebook.page, module, old, new)
        notebook.page.get_by_role("tab", name="svm.ipynb").click()
        number = module.read_text(encoding="utf-8").splitlines().index(new.splitlines()[-1]) + 1
        for _ in range(2):
            notebook.run(check)
            expect(check).to_contain_text(said.format(number))
    expect(check).to_contain_text("0 passed, 1 failed")


def ask_for_hints(notebook, screenshot):
    """Insert a cell below, ask in it for a hint, and run it twice."""
    notebook.page.keyboard.press("Escape")
    notebook.page.keyboard.press("a")
    asking = notebook.active_cell()
    notebook.page.keyboard.press("Enter")
    notebook.page.keyboard.insert_text('checks.hint("svm-naive-gradient")')
    for number in (1, 2):
        notebook.run(asking)
        expect(asking).to_contain_text(f"Hint {number} of 3 for svm-naive-gradient: ")
    screenshot(notebook.page, "hint")
    asking.locator(".jp-InputPrompt").click()
    notebook.page.keyboard.type("dd")
