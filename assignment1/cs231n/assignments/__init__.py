"""All assignments of the kit: one line each, and what their tables hold together."""

from importlib import import_module

NAMES = (
    "svm",  # the multiclass linear SVM
)

ASSIGNMENTS = tuple(import_module(f".{name}", __name__).ASSIGNMENT for name in NAMES)
REGIONS = {name: region for assignment in ASSIGNMENTS for name, region in assignment.regions.items()}
SUBJECTS = {subject.name: subject for assignment in ASSIGNMENTS for subject in assignment.subjects}
# Each subject once, with the first assignment that lists it.
WORK = tuple((next(a for a in ASSIGNMENTS if subject in a.subjects), subject) for subject in SUBJECTS.values())
SOURCES = tuple(dict.fromkeys(file for assignment in ASSIGNMENTS for file in assignment.sources))
NOTEBOOKS = tuple(name for assignment in ASSIGNMENTS for name in assignment.notebooks)
FOLDERS = (f"{__name__}.linear_classifier", *(f"{__name__}.{name}" for name in NAMES))  # each with its sentences
