"""Set ``made.ipynb`` in a folder as ``made.pdf`` with pandoc and typst: ``python -m cs231n.submission.typeset FOLDER``.

A program of its own because either may take forever on a notebook with very long outputs.
"""

import sys
from pathlib import Path

__all__ = ["typeset"]


def typeset(folder):
    """Set ``made.ipynb`` of a folder as ``made.pdf``."""
    import pypandoc
    import typst

    options = {"extra_args": ["--standalone", "--extract-media=."], "cworkdir": str(folder)}
    pypandoc.convert_file("made.ipynb", "typst", format="ipynb", outputfile="made.typ", **options)
    typst.compile(str(Path(folder, "made.typ")), output=str(Path(folder, "made.pdf")), root=str(folder))


if __name__ == "__main__":
    typeset(sys.argv[1])
