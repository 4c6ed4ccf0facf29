"""The types of which an assignment's table is made; the engine reads everything particular from there."""

from types import MappingProxyType
from typing import NamedTuple

from ..languages import LANGUAGES, notebook_ending

# Kinds of subject: a loss and its gradient with loops, the same without, and a classifier that trains and predicts.
LOOPS, ARRAYS, CLASSIFIER = "loops", "arrays", "classifier"


class Region(NamedTuple):
    """A place where a student writes. Its title and its hints are in the assignment's files of sentences."""

    file: str  # relative to assignment1/; of a notebook the one in the default language
    points: int  # 0 for practice
    # By claim of the checks, its share of the points relative to the others; empty where people give the points. One
    # above 1 is for a claim that only right values pass: where none of these does, the region earns nothing.
    weights: MappingProxyType = MappingProxyType({})
    is_code: bool = True  # or it holds text

    @property
    def is_in_notebook(self):
        """Whether it is in the notebook, and not in a Python file."""
        return self.file.endswith(".ipynb")


class Subject(NamedTuple):
    """A function or class of a student's that is checked."""

    name: str
    file: str  # relative to assignment1/
    kind: str  # LOOPS, ARRAYS or CLASSIFIER
    regions: tuple  # that it fills; of a loss first the region of the loss and last that of the gradient: two, or one

    @property
    def module(self):
        """Name of the file's module."""
        return self.file.removesuffix(".py").replace("/", ".")


class Assignment(NamedTuple):
    """What tells one assignment from another."""

    name: str  # of its folder, and of its notebook without the ending
    subjects: tuple
    regions: dict  # each Region by its id, in the order in which a student meets them
    loss: object  # the model.Model of what losses, right and wrong, are made of
    gradient: object  # the same of gradients
    no_work: frozenset  # causes with which nothing in their region was worked out, so that it earns nothing
    targets: dict  # validation accuracy to reach in tuning, by the training images below which it holds, last None
    ceiling: float = 1.0  # validation accuracy that is out of reach unless one trains on validation images

    @property
    def notebooks(self):
        """Names of its notebook in each language; a student works in one of them."""
        return tuple(f"{self.name}{notebook_ending(language)}" for language in LANGUAGES)

    @property
    def best(self):
        """What a notebook calls the best classifier of a search."""
        return f"best_{self.name}"

    @property
    def sources(self):
        """The Python files that a student writes in."""
        return tuple(dict.fromkeys(subject.file for subject in self.subjects))
