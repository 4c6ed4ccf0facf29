"""The types of which an assignment's table is made; the engine reads everything particular from there."""

from types import MappingProxyType
from typing import NamedTuple

from ..languages import LANGUAGES, notebook_ending

__all__ = ["ARRAYS", "CLASSIFIER", "LOOPS", "Assignment", "Region", "Subject"]

# Kinds of subject: a loss and its gradient with loops, the same without, and a classifier that trains and predicts.
LOOPS, ARRAYS, CLASSIFIER = "loops", "arrays", "classifier"


class Region(NamedTuple):
    """A place where a student writes. Its title and its hints are in the assignment's files of sentences.

    Attributes
    ----------
    file : str
        Relative to ``assignment1/``; of a notebook the one in the default language.
    points : int
        0 for practice.
    weights : mapping of str to int
        By claim of the checks, its share of the points relative to the others. One above 1 is for a claim that only
        right values pass: where none of these does, the region earns nothing. Empty where people give the points.
    is_code : bool
        Whether it holds code and no text.
    """

    file: str
    points: int
    weights: MappingProxyType = MappingProxyType({})
    is_code: bool = True

    @property
    def is_in_notebook(self):
        """Whether it is in the notebook, and not in a Python file."""
        return self.file.endswith(".ipynb")


class Subject(NamedTuple):
    """Something of a student's that is checked.

    Attributes
    ----------
    name : str
        Of the function or class.
    file : str
        Where it is defined, relative to ``assignment1/``.
    kind : str
        `LOOPS`, `ARRAYS` or `CLASSIFIER`.
    regions : tuple of str
        Those that it fills; of a loss first the region of the loss and last that of the gradient, which may be one.
    """

    name: str
    file: str
    kind: str
    regions: tuple

    @property
    def module(self):
        """Name of the file's module."""
        return self.file.removesuffix(".py").replace("/", ".")


class Assignment(NamedTuple):
    """What tells one assignment from another.

    Attributes
    ----------
    name : str
        That of its folder, and of its notebook without the ending.
    subjects : tuple of Subject
    regions : dict of str to Region
        By id, in the order in which a student meets them.
    loss, gradient : model.Model
        What losses and gradients, right and wrong, are made of.
    no_work : frozenset of str
        Causes with which nothing in their region was worked out, so that it earns nothing.
    targets : dict of (int or None) to float
        Validation accuracy to reach in tuning, by the number of training images below which it holds.
    ceiling : float
        Validation accuracy that nobody comes to who does not train on validation images.
    """

    name: str
    subjects: tuple
    regions: dict
    loss: object
    gradient: object
    no_work: frozenset
    targets: dict
    ceiling: float = 1.0

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
