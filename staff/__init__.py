"""Everything that a student must not have: the solutions, and the tools that make the kit from them."""

import sys
from pathlib import Path

# The kit's own modules are imported as they are, from where the students have them; `cs231n.classifiers` never is.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "assignment1"))

sys.modules.setdefault("rfc3987_syntax", None)  # as in `cs231n.submission`, where the reason is given
