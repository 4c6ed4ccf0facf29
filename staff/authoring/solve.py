"""Copies of the kit elsewhere: as students get it, or solved, as a student has it who has finished."""

import shutil
from pathlib import Path

from .build import built_files, write
from .paths import KIT, ROOT, handed_out
from .regions import BuildError


def lay_out(folder):
    """Copy what a student gets into a folder, which is returned; a BuildError where that holds something already."""
    folder = Path(folder)
    if folder.resolve().is_relative_to(KIT):
        raise BuildError(f"{folder}: expected a folder outside of {KIT}, which is what students get.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BuildError(f"{folder}: expected a new or an empty folder, found something in it; nothing was written.")
    for relative in handed_out():
        (folder / relative).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / relative, folder / relative)
    return folder


def solve(folder):
    """As `lay_out`, with the solutions; a BuildError if a reference is wrong."""
    texts = built_files(solved=True)
    folder = lay_out(folder)
    write(texts, folder / "assignment1")
    return folder


def finished(names):
    """Texts of built files by name, as a student has them who has finished."""
    texts = built_files(solved=True)
    return {name: texts[Path(name)] for name in names}
