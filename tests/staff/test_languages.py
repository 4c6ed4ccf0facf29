"""The notebooks and the README in both languages: complete, of the same code, formulas and links."""

import re
import shutil

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from staff.assignments import REFERENCES
from staff.assignments.svm import REFERENCE
from staff.authoring.build import build, built_files
from staff.authoring.paths import ROOT
from staff.authoring.regions import BuildError

NOTEBOOKS = sorted(path.stem for path in REFERENCE.glob("*.ipynb"))


@pytest.fixture(scope="module")
def pairs():
    """Cells of each notebook as built, an English one beside its Korean twin."""
    texts = {path.as_posix(): text for path, text in built_files(solved=True).items()}

    def cells(name):
        return nbformat.reads(texts[name], 4).cells

    return {name: [*zip(cells(f"{name}.ipynb"), cells(f"{name}.ko.ipynb"), strict=True)] for name in NOTEBOOKS}


def formulas(text):
    """Formulas without the words in them; a language may name a letter twice that the other names once."""
    found = re.findall(r"\$\$(.+?)\$\$|\$(.+?)\$", text, re.DOTALL)
    return {re.sub(r"\\text\{.+?\}|[\s.,]", "", display or inline) for display, inline in found}


def code_spans(text):
    return sorted(re.findall(r"`([^`\n]+)`", text))


def places(text):
    """Links and pictures."""
    return sorted(re.findall(r"\]\((.+?)\)", text))


def rendered(text):
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(text)


def without_code(page):
    return re.sub("<code>.*?</code>|<!--.*?-->", "", page)


def test_there_are_two_notebooks():
    assert NOTEBOOKS == ["svm", "svm_derivation"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_code_cells_are_identical(pairs, name):
    for english, korean in pairs[name]:
        assert english.id == korean.id
        assert english.cell_type == korean.cell_type
        if english.cell_type == "code":
            assert english == korean


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_text_is_there_in_both_languages(pairs, name):
    for english, korean in pairs[name]:
        if english.cell_type == "markdown":
            assert not re.search("[가-힣]", english.source), english.id
            assert re.search("[가-힣]", korean.source), english.id
            assert 0.25 < len(korean.source) / len(english.source) < 1.1, english.id


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_formulas_and_code_are_the_same_in_both_languages(pairs, name):
    for english, korean in pairs[name]:
        if english.cell_type == "markdown":
            assert formulas(english.source) == formulas(korean.source), english.id
            assert code_spans(english.source) == code_spans(korean.source), english.id


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_emphasis_is_left_as_asterisks(pairs, name):
    """Markdown takes ``**word(term)**`` before a Korean particle for no emphasis at all."""
    assert "**" in rendered("**기울기(gradient)**를")
    for cells in pairs[name]:
        for cell in cells:
            if cell.cell_type == "markdown":
                assert "**" not in without_code(rendered(cell.source)), cell.source


@pytest.mark.parametrize("name", ["README", "docs/staff"])
def test_what_people_read_is_the_same_in_both_languages(name):
    english, korean = ((ROOT / f"{name}{ending}.md").read_text(encoding="utf-8") for ending in ("", ".ko"))
    fences = [re.findall(r"```.*?```", text, re.DOTALL) for text in (english, korean)]
    for one, other in zip(*fences, strict=True):
        assert [line.split("#")[0].rstrip() for line in one.splitlines()] == [
            line.split("#")[0].rstrip() for line in other.splitlines()
        ]
    bodies = [re.sub(r"```.*?```", "", text, flags=re.DOTALL) for text in (english, korean)]
    assert code_spans(bodies[0]) == code_spans(bodies[1])
    switches = ("README.md", "README.ko.md")  # from one language to the other
    links = [[link.replace(".ko.md", ".md") for link in places(body) if link not in switches] for body in bodies]
    assert links[0] == links[1]
    assert [len(line.split()[0]) for line in bodies[0].splitlines() if line.startswith("#")] == [
        len(line.split()[0]) for line in bodies[1].splitlines() if line.startswith("#")
    ]
    assert "**" not in without_code(rendered(bodies[1]))


@pytest.mark.long
def test_a_text_that_was_changed_without_its_twin_is_named(tmp_path, monkeypatch):
    reference = shutil.copytree(REFERENCE, tmp_path / "reference", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setitem(REFERENCES, "svm", reference)
    path = reference / "svm.ipynb"

    def add(*names):
        notebook = nbformat.read(path, 4)
        for cell in notebook.cells:
            cell.source += "\n\nMore." if cell.id in names else ""
        nbformat.write(notebook, path)

    add("loss-text")
    with pytest.raises(BuildError, match="cell loss-text: was changed, and its twin loss-text-ko was not"):
        built_files()
    add("loss-text-ko")
    build(tmp_path / "kit")
    add("loss-text")
    build(tmp_path / "kit", accept_twins=True)
    add("loss-text-ko")
    assert built_files()
