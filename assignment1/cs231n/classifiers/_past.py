"""`xrange` and `range` for files of the classic kit, which import them from packages that served Python 2.

Solutions from 2017 to 2024 begin with ``from builtins import range`` and ``from past.builtins import xrange``. The
first is Python's own by now; the second is answered here where the package that has it is not installed.
"""

import sys
import types

try:
    import past.builtins
except ImportError:
    past = types.ModuleType("past")
    past.builtins = types.ModuleType("past.builtins")
    past.builtins.xrange = past.builtins.range = range
    sys.modules.update({"past": past, "past.builtins": past.builtins})
