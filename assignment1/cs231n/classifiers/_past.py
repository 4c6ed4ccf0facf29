"""What files of the classic kit use that is gone by now: `xrange`, and NumPy's own names for Python's types.

Solutions from 2017 to 2024 begin with ``from builtins import range`` and ``from past.builtins import xrange``. The
first is Python's own by now; the second is answered here where the package that has it is not installed.
"""

import builtins
import sys
import types

import numpy as np

builtins.xrange = range
for name in ("int", "float", "bool", "object", "str"):  # NumPy had them until 2022
    if name not in vars(np):
        setattr(np, name, getattr(builtins, name))

try:
    import past.builtins
except ImportError:
    past = types.ModuleType("past")
    past.builtins = types.ModuleType("past.builtins")
    past.builtins.xrange = past.builtins.range = range
    sys.modules.update({"past": past, "past.builtins": past.builtins})
