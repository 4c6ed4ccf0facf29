"""Whether the assignments' tables, the references and what is told to students agree: what is half done is an error."""

import re
from pathlib import Path

from cs231n.assignments import ASSIGNMENTS, REGIONS
from cs231n.languages import DEFAULT, LANGUAGES, notebook_ending
from cs231n.sentences import table

from .regions import BuildError

__all__ = ["check_points", "check_regions", "check_texts", "fill_points"]

_BLANK = re.compile(r"\{points:([a-z0-9-]+)\}")
_ROW = re.compile(r"^\| *`([a-z0-9-]+)` *\|.*\| *(\d+) *\|$")  # of a notebook's table: region, file, points


def check_texts():
    """Raise a BuildError where a language lacks a file or a text, or has one for a region that is not there."""
    for language in LANGUAGES:
        try:
            found = {name: table(name, language) for name in ("WORDS", "CLAIMS", "CAUSES", "TITLES", "HINTS")}
        except ModuleNotFoundError as error:
            raise BuildError(f"{LANGUAGES[language]}: expected the module {error.name}, found none.") from error
        for name, texts in found.items():
            expected = set(REGIONS) if name in ("TITLES", "HINTS") else set(table(name, DEFAULT))
            for key in sorted(expected ^ set(texts)):
                what = "has no text for" if key in expected else "has a text for what is not there:"
                raise BuildError(f"{LANGUAGES[language]}: the table {name} {what} {key}.")


def check_regions(blocks):
    """Raise a BuildError where table, subjects and the blocks of `build.reference_blocks` name other regions."""
    for assignment in ASSIGNMENTS:
        checked = {name for subject in assignment.subjects for name in subject.regions}
        for name in checked - set(assignment.regions):
            raise BuildError(f"{assignment.name}: a subject fills region {name}, which is not in the table's regions.")
        for name, region in assignment.regions.items():
            if name in checked and not any(region.weights.values()):
                raise BuildError(f"{assignment.name}: a subject fills region {name}, which has no claim with a weight.")
            if not region.points or region.is_in_notebook:
                continue
            if name not in checked:
                raise BuildError(f"{assignment.name}: region {name} has no check: no subject of the table fills it.")
    missing = {(name, Path(region.file)) for name, region in REGIONS.items()}
    missing |= {
        (name, file.with_suffix(notebook_ending(language)))
        for name, file in missing
        for language in LANGUAGES
        if file.suffix == ".ipynb"
    }
    for path, block in blocks:
        if block.region and (block.region, path) not in missing:
            raise BuildError(
                f"{block.place}: region {block.region} is there twice, or not listed for this file in the table of "
                "cs231n.assignments."
            )
        missing.discard((block.region, path))
    for region, file in sorted(missing):
        raise BuildError(f"{file.as_posix()}:1: expected region {region}, which the table lists, found none.")


def fill_points(notebook, where):
    """Put points into the text of a notebook of a reference, where it says ``{points:ID}``; changes it in place."""
    for cell in notebook.cells:
        for name in set(_BLANK.findall(cell.source)) - set(REGIONS):
            raise BuildError(f"{where}:cell {cell.id}: expected the id of a region, found {{points:{name}}}.")
        cell.source = _BLANK.sub(lambda match: str(REGIONS[match[1]].points), cell.source)


def check_points(blocks):
    """Raise a BuildError where a notebook among the blocks tells students other points than the table has."""
    told = {}
    for path, block in blocks:
        for match in filter(None, map(_ROW.match, block.lines)):
            name, points = match[1], int(match[2])
            if name not in REGIONS or REGIONS[name].points != points:
                listed = REGIONS[name].points if name in REGIONS else "no such region"
                raise BuildError(f"{block.place}: says {points} points for {name}; the table has {listed}.")
            told.setdefault(path, set()).add(name)
    for assignment in ASSIGNMENTS:
        for notebook in assignment.notebooks:
            untold = {name for name, region in assignment.regions.items() if region.points}
            untold -= told.get(Path(notebook), set())
            if untold:
                raise BuildError(
                    f"{notebook}: the points of {', '.join(sorted(untold))} are not in its table of regions."
                )
