"""Whether there should be a sandbox here, by what is installed: one that fails in spite of it is no reason to skip."""

import os
import shutil
import sys

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CAN_ISOLATE = sys.platform == "linux" and (IS_ROOT or shutil.which("bwrap") is not None)
