"""Whether the assignments' tables, the references and what is told to students agree: what is half done is an error."""

import json
import re
from collections import defaultdict
from pathlib import Path

from cs231n.assignments import ASSIGNMENTS, FOLDERS, REGIONS
from cs231n.languages import DEFAULT, LANGUAGES, notebook_ending
from cs231n.sentences import table

from .paths import KIT
from .regions import BuildError

_BLANK = re.compile(r"\{points:([a-z0-9-]+)\}")
_ROW = re.compile(r"^\| *`([a-z0-9-]+)` *\|.*\| *(\d+) *\|$")  # of a notebook's table: region, file, points
_OF_REGIONS = ("TITLES", "HINTS")


def check_tables(blocks):
    """Raise a BuildError where the tables, the texts and the blocks of `build.reference_blocks` do not agree."""
    _check_texts()
    _check_subjects()
    _check_regions(blocks)
    _check_points(blocks)


def fill_points(notebook, where):
    """Put points into the text of a notebook of a reference, where it says ``{points:ID}``; changes it in place."""
    for cell in notebook.cells:
        for name in set(_BLANK.findall(cell.source)) - set(REGIONS):
            raise BuildError(f"{where}:cell {cell.id}: expected the id of a region, found {{points:{name}}}.")
        cell.source = _BLANK.sub(lambda match: str(REGIONS[match[1]].points), cell.source)


def without_dropped():
    """By path in the kit, languages' files with a title or hints of a region that is no longer there: without them."""
    texts = {}
    for folder in FOLDERS:
        for language in LANGUAGES:
            path = Path(*folder.split("."), f"{language}.json")
            tables = json.loads((KIT / path).read_text(encoding="utf-8"))
            kept = {
                name: {key: said for key, said in found.items() if key in REGIONS or name not in _OF_REGIONS}
                for name, found in tables.items()
            }
            if kept != tables:
                texts[path] = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
    return texts


def _check_texts():
    """Each language has each text, three hints a region; texts of regions that are not there go with the next build."""
    for language in LANGUAGES:
        try:
            found = {name: table(name, language) for name in ("WORDS", "CLAIMS", "CAUSES", *_OF_REGIONS)}
        except FileNotFoundError as error:
            raise BuildError(f"{LANGUAGES[language]}: expected the file {error.filename}, found none.") from error
        for name, texts in found.items():
            of_regions = name in _OF_REGIONS
            expected = set(REGIONS) if of_regions else set(table(name, DEFAULT))
            for key in sorted(expected - set(texts) if of_regions else expected ^ set(texts)):
                what = "has no text for" if key in expected else "has a text for what is not there:"
                raise BuildError(f"{LANGUAGES[language]}: the table {name} {what} {key}.")
        for name in REGIONS:
            if not found["TITLES"][name] or len(found["HINTS"][name]) != 3:
                raise BuildError(f"{LANGUAGES[language]}: region {name} needs a title and three hints.")


def _check_subjects():
    """Subjects fill regions of the table, each region in code has a subject, and each checked one a weight."""
    for assignment in ASSIGNMENTS:
        checked = {name for subject in assignment.subjects for name in subject.regions}
        for name in checked - set(assignment.regions):
            raise BuildError(f"{assignment.name}: a subject fills region {name}, which is not in the table's regions.")
        for name, region in assignment.regions.items():
            if name in checked and not any(region.weights.values()):
                raise BuildError(f"{assignment.name}: a subject fills region {name}, which has no claim with a weight.")
            if name not in checked and region.points and not region.is_in_notebook:
                raise BuildError(f"{assignment.name}: region {name} has no check: no subject of the table fills it.")


def _check_regions(blocks):
    """Each region is in its file once, or once in the notebook of each language, and no other region is there."""
    missing = set()
    for name, region in REGIONS.items():
        endings = map(notebook_ending, LANGUAGES) if region.is_in_notebook else [".py"]
        missing |= {(name, Path(region.file).with_suffix(ending)) for ending in endings}
    for path, block in blocks:
        if block.region and (block.region, path) not in missing:
            listed = "not listed for this file in the table of cs231n.assignments"
            raise BuildError(f"{block.place}: region {block.region} is there twice, or {listed}.")
        missing.discard((block.region, path))
    for region, file in sorted(missing):
        raise BuildError(f"{file.as_posix()}:1: expected region {region}, which the table lists, found none.")


def _check_points(blocks):
    """Each notebook tells students the points that the table has."""
    told = defaultdict(set)
    for path, block in blocks:
        for match in filter(None, map(_ROW.match, block.lines)):
            name, points = match[1], int(match[2])
            if name not in REGIONS or REGIONS[name].points != points:
                listed = REGIONS[name].points if name in REGIONS else "no such region"
                raise BuildError(f"{block.place}: says {points} points for {name}; the table has {listed}.")
            told[path].add(name)
    for assignment in ASSIGNMENTS:
        for notebook in assignment.notebooks:
            untold = {name for name, region in assignment.regions.items() if region.points} - told[Path(notebook)]
            if untold:
                names = ", ".join(sorted(untold))
                raise BuildError(f"{notebook}: the points of {names} are not in its table of regions.")
