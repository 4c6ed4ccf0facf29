"""Whether the twins of a notebook's text, in other languages, were changed with it.

Each twin's metadata hold digests of its original and of itself, as they were when both were last right.
"""

import hashlib

from cs231n.languages import DEFAULT, LANGUAGES

from .notebooks import name_and_language, read_notebook, to_text
from .regions import BuildError

__all__ = ["check_twins", "record_twins"]

_KEY = "twin"


def check_twins(notebook, where):
    """Raise a BuildError at a cell that was changed while a twin of it was not."""
    for twin, digests in _twins(notebook):
        recorded = twin.metadata.get(_KEY, digests)
        if recorded["original"] != digests["original"] and recorded["own"] == digests["own"]:
            name, language = name_and_language(twin.id)
            raise BuildError(
                f"{where}:cell {name}: was changed, and its twin {twin.id} was not. Translate it into "
                f"{LANGUAGES[language]}; where there is nothing to translate, run `staff build --accept-twins`."
            )


def record_twins(path, accepted=False):
    """Write the digests of a reference's notebook anew, where twins were changed or are accepted as they are."""
    notebook = read_notebook(path)
    if not accepted:
        check_twins(notebook, path.name)
    stale = [(twin, digests) for twin, digests in _twins(notebook) if twin.metadata.get(_KEY) != digests]
    for twin, digests in stale:
        twin.metadata[_KEY] = digests
    if stale:
        path.write_bytes(to_text(notebook).encode())


def _twins(notebook):
    """Each Markdown cell that is a twin, and the digests of its original and of itself."""
    sources = {cell.id: cell.source for cell in notebook.cells}
    for cell in notebook.cells:
        original, language = name_and_language(cell.id)
        if cell.cell_type == "markdown" and language != DEFAULT and original in sources:
            yield cell, {"original": _digest(sources[original]), "own": _digest(cell.source)}


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]
