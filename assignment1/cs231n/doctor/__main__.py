"""Say what is wrong with this machine, and what to do: ``python -m cs231n.doctor`` in the folder assignment1."""

import sys

from . import old_python

if __name__ == "__main__":
    sentence = old_python()
    if sentence:
        sys.exit(sentence)
    from .report import main

    sys.exit(main())
