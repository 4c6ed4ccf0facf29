"""Notebooks of the reference: read, taken apart by language and region, and rendered for the student.

In the reference each Markdown cell is followed by its twins in the other languages, whose ids end in ``-ko`` and the
like; code cells are there once. From that comes a notebook for each language; they share the code and the ids.
"""

import copy
import warnings

import nbformat
from nbformat.warnings import DuplicateCellId

from cs231n.languages import DEFAULT, LANGUAGES

from .regions import MARKDOWN, PYTHON, BuildError, render, split

__all__ = ["editions", "read_notebook", "render_notebook", "split_notebook", "to_text"]

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def read_notebook(path):
    """Read a notebook of format 4.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    BuildError
        If there is none at `path`, or what is there is no valid notebook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DuplicateCellId)  # nbformat would give the second cell an id of its own
            notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        if notebook.nbformat != 4:
            raise ValueError(f"it is of format {notebook.nbformat}")
        nbformat.validate(notebook)
    except Exception as error:  # whatever a file holds that is no notebook
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise BuildError(f"{path}:1: expected a notebook of format 4, found none to be read ({reason}).") from error
    return notebook


def editions(notebook, where):
    """The notebooks of each language that a notebook of the reference holds.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    where : str
        Path for error messages; the cell is added.

    Returns
    -------
    dict of str to nbformat.NotebookNode
        By language.

    Raises
    ------
    BuildError
        If a Markdown cell has not exactly one twin in each language, right after it.
    """
    texts = [cell.id for cell in notebook.cells if cell.cell_type == "markdown"]
    others = [language for language in LANGUAGES if language != DEFAULT]
    while texts:
        name, *texts = texts
        if _language_of(name) != DEFAULT:
            raise BuildError(f"{where}:cell {name}: expected its twin in {LANGUAGES[DEFAULT]} before it, found none.")
        for language in others:
            twin = f"{name}-{language}"
            if twin not in texts[: len(others)]:
                expected = f"expected Markdown cell {twin} after it, in {LANGUAGES[language]}"
                raise BuildError(f"{where}:cell {name}: {expected}; found none.")
        texts = texts[len(others) :]
    found = {}
    for language in LANGUAGES:
        edition = found[language] = copy.deepcopy(notebook)
        edition.cells = [
            cell for cell in edition.cells if cell.cell_type != "markdown" or _language_of(cell.id) == language
        ]
        for cell in edition.cells:
            cell.id = _without_language(cell.id)
    return found


def _language_of(name):
    ending = name.rpartition("-")[2]
    return ending if ending in LANGUAGES and ending != name else DEFAULT


def _without_language(name):
    return name if _language_of(name) == DEFAULT else name.rpartition("-")[0]


def split_notebook(notebook, where):
    """Split all cells of a notebook into blocks, in order.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    where : str
        Path for error messages; cell and line are added.

    Returns
    -------
    list of Block
    """
    return [block for cell in notebook.cells for block in _split_cell(cell, where)]


def render_notebook(notebook, where, solved):
    """Render a notebook of the reference for the student.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    where : str
        Path for error messages; cell and line are added.
    solved : bool
        True keeps solutions and outputs; False puts the stubs in and clears outputs and execution counts.

    Returns
    -------
    str
        The file's text. Of the metadata it holds the kernel's name, the cells' tags, and whose source is folded away.
    """
    notebook = copy.deepcopy(notebook)
    notebook.metadata = nbformat.from_dict({**METADATA, "built_by": "python -m staff build"})
    for cell in notebook.cells:
        cell.source = render(_split_cell(cell, where), solved, _language(cell))
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in ("tags", "jupyter") if key in cell.metadata}
        )
        if cell.cell_type == "code" and not solved:
            cell.outputs, cell.execution_count = [], None
    return to_text(notebook)


def to_text(notebook):
    """A notebook as the text of its file."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def _split_cell(cell, where):
    return split(cell.source, f"{where}:cell {cell.get('id', '?')}", _language(cell))


def _language(cell):
    return PYTHON if cell.cell_type == "code" else MARKDOWN
