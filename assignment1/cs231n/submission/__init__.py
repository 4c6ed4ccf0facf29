"""Handing in: what goes into the zip, what is still missing, and proof of both. ``python -m cs231n.submission``."""

import sys

from ..doctor import numpy_needed  # noqa: F401, first of all

# nbformat imports jsonschema, which spends a second on the grammar of internationalized addresses where JupyterLab has
# brought this package along. No notebook has such addresses, and jsonschema does without the package.
sys.modules.setdefault("rfc3987_syntax", None)
