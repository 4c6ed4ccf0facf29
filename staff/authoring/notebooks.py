"""Notebooks of the reference: read, taken apart by language and region, and rendered for the student.

In the reference each Markdown cell is followed by its twin in Korean, whose id has ``-ko`` at the end; code cells are
there once. From that come two notebooks, which share the code and the ids.
"""

import copy
import warnings

import nbformat
from nbformat.warnings import DuplicateCellId

from .regions import MARKDOWN, PYTHON, BuildError, render, split

__all__ = ["ENDINGS", "editions", "read_notebook", "render_notebook", "split_notebook", "to_text"]

ENDINGS = {"en": ".ipynb", "ko": ".ko.ipynb"}
_KOREAN = "-ko"

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
        By language, as in `ENDINGS`.

    Raises
    ------
    BuildError
        If a Markdown cell and its Korean twin do not follow each other.
    """
    texts = [cell.id if cell.cell_type == "markdown" else None for cell in notebook.cells]
    for name, following in zip(texts, [*texts[1:], None], strict=True):
        if name and not name.endswith(_KOREAN) and following != name + _KOREAN:
            raise BuildError(
                f"{where}:cell {name}: expected Markdown cell {name}{_KOREAN} after it, in Korean; found none."
            )
    for before, name in zip([None, *texts], texts, strict=False):
        if name and name.endswith(_KOREAN) and name != f"{before}{_KOREAN}":
            raise BuildError(f"{where}:cell {name}: expected its English twin before it, found none.")
    found = {}
    for language in ENDINGS:
        edition = found[language] = copy.deepcopy(notebook)
        spoken = [bool(name) and name.endswith(_KOREAN) == (language == "ko") for name in texts]
        pairs = zip(edition.cells, texts, spoken, strict=True)
        edition.cells = [cell for cell, name, is_spoken in pairs if name is None or is_spoken]
        for cell in edition.cells:
            cell.id = cell.id.removesuffix(_KOREAN)
    return found


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
