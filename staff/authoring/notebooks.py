"""Notebooks of the reference: read, taken apart by language and region, and rendered for the student.

In the reference each Markdown cell is followed by its twins in the other languages, whose ids end in ``-ko`` and the
like; code cells are there once. From that comes a notebook for each language; they share the code and the ids.
"""

import copy
import hashlib
import warnings

import nbformat
from nbformat.warnings import DuplicateCellId

from cs231n.languages import DEFAULT, LANGUAGES

from .regions import MARKDOWN, PYTHON, BuildError, render, split

_TWIN = "twin"  # in its metadata: digests of its original and of itself, when both were last right
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def read_notebook(path):
    """Read a notebook of format 4; a BuildError if `path` holds no valid one."""
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
    """Notebooks by language; a BuildError at `where` if a Markdown cell is not followed by a twin in each language."""
    texts = [cell.id for cell in notebook.cells if cell.cell_type == "markdown"]
    for start in range(0, len(texts), len(LANGUAGES)):
        name, *twins = texts[start : start + len(LANGUAGES)]
        if _name_and_language(name)[1] != DEFAULT:
            raise BuildError(f"{where}:cell {name}: expected its twin in {LANGUAGES[DEFAULT]} before it, found none.")
        for language in LANGUAGES:
            if language != DEFAULT and f"{name}-{language}" not in twins:
                expected = f"expected Markdown cell {name}-{language} after it, in {LANGUAGES[language]}"
                raise BuildError(f"{where}:cell {name}: {expected}; found none.")
    found = {}
    for language in LANGUAGES:
        edition = found[language] = copy.deepcopy(notebook)
        cells, edition.cells = edition.cells, []
        for cell in cells:
            cell.id, of_cell = _name_and_language(cell.id)
            if cell.cell_type != "markdown" or of_cell == language:
                edition.cells.append(cell)
    return found


def _name_and_language(cell_id):
    """An id without the ending of a language other than the default, and the language."""
    name, dash, language = cell_id.rpartition("-")
    is_twin = dash and language in LANGUAGES and language != DEFAULT
    return (name, language) if is_twin else (cell_id, DEFAULT)


def split_notebook(notebook, where):
    """The blocks of all cells, in order; `where` is the path that a BuildError names."""
    return [block for cell in notebook.cells for block in _split_cell(cell, where)]


def render_notebook(notebook, where, solved):
    """A notebook's text: with solutions and outputs, or with stubs and without outputs."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata = nbformat.from_dict({**_METADATA, "built_by": "python -m staff build"})
    for cell in notebook.cells:
        cell.source = render(_split_cell(cell, where), solved, _language(cell))
        kept = {key: cell.metadata[key] for key in ("tags", "jupyter") if key in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
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


def check_twins(notebook, where):
    """Raise a BuildError at a cell that was changed while a twin of it was not."""
    for twin, digests in _twins(notebook):
        recorded = twin.metadata.get(_TWIN, digests)
        if recorded["original"] != digests["original"] and recorded["own"] == digests["own"]:
            name, language = _name_and_language(twin.id)
            raise BuildError(
                f"{where}:cell {name}: was changed, and its twin {twin.id} was not. Translate it into "
                f"{LANGUAGES[language]}; where there is nothing to translate, run `staff build --accept-twins`."
            )


def record_twins(path, accepted=False):
    """Write the digests of a reference's notebook anew, where twins were changed or are accepted as they are."""
    notebook = read_notebook(path)
    if not accepted:
        check_twins(notebook, path.name)
    stale = [(twin, digests) for twin, digests in _twins(notebook) if twin.metadata.get(_TWIN) != digests]
    for twin, digests in stale:
        twin.metadata[_TWIN] = digests
    if stale:
        path.write_bytes(to_text(notebook).encode())


def _twins(notebook):
    """Each Markdown cell that is a twin, and the digests of its original and of itself."""
    sources = {cell.id: cell.source for cell in notebook.cells}
    for cell in notebook.cells:
        original, language = _name_and_language(cell.id)
        if cell.cell_type == "markdown" and language != DEFAULT and original in sources:
            yield cell, {"original": _digest(sources[original]), "own": _digest(cell.source)}


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]
