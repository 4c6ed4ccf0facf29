"""The languages of the kit. A further one is an entry here, and its files: see docs/new-assignment.md."""

LANGUAGES = {"en": "English", "ko": "한국어"}  # what each calls itself; the first is the default
DEFAULT = next(iter(LANGUAGES))


def notebook_ending(language):
    """How the name of a notebook in a language ends: ``.ipynb`` for the default one, else as ``.ko.ipynb``."""
    return ".ipynb" if language == DEFAULT else f".{language}.ipynb"


def notebook_language(name):
    """The language of a notebook, by its file's name."""
    endings = {language: notebook_ending(language) for language in LANGUAGES if language != DEFAULT}
    return next((language for language, ending in endings.items() if name.endswith(ending)), DEFAULT)
