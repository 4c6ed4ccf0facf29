"""Notebooks of the reference: read, split into regions cell by cell, and rendered for the student."""

import copy
import warnings

import nbformat
from nbformat.warnings import DuplicateCellId

from .regions import MARKDOWN, PYTHON, BuildError, render, split

__all__ = ["read_notebook", "render_notebook", "split_notebook", "to_text"]

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
        The file's text. Of the metadata it holds the kernel's name and the cells' tags.
    """
    notebook = copy.deepcopy(notebook)
    notebook.metadata = nbformat.from_dict({**METADATA, "built_by": "python -m staff build"})
    for cell in notebook.cells:
        cell.source = render(_split_cell(cell, where), solved, _language(cell))
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in ("tags",) if key in cell.metadata})
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
