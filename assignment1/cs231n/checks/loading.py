"""The files that a student writes in, each imported once, and what came of it: here and in the grader's sandbox."""

import importlib
import sys
from contextlib import nullcontext

try:
    from .calls import Failure, as_failure
except ImportError:  # in the sandbox, where it lies beside this module
    from calls import Failure, as_failure


class Modules:
    """The modules of a student; `is_own` tells a file to which a failure is put down, by its name.

    Each is imported `within` a context.
    """

    def __init__(self, is_own, in_sandbox=False, within=nullcontext):
        self.is_own, self.in_sandbox, self.within, self.imported = is_own, in_sandbox, within, {}

    def code(self, name, module, others):
        """A function or class of a module, or the Failure that stands in its place.

        `others` has names by module: those stand for nothing where they are not to be had.
        """
        file = f"{module.rpartition('.')[2]}.py"
        try:
            for other, names in others.items():  # which its own file may import
                self._stand_in(other, names)
            code = getattr(self._import(module), name, None)
        except BaseException as error:  # SystemExit, too
            if isinstance(error, KeyboardInterrupt) and not self.in_sandbox:
                raise
            failure = as_failure(error, self.is_own, at_import=True)
            return failure if failure.file else failure._replace(file=file)
        return code if callable(code) else Failure("missing", name, None, True, file)

    def _import(self, module):
        if module not in self.imported:
            try:
                with self.within():
                    self.imported[module] = importlib.import_module(module), None
            except BaseException as error:
                self.imported[module] = None, error
        found, error = self.imported[module]
        if error is not None:
            raise error
        return found

    def _stand_in(self, module, names):
        """Put nothing behind names of a module that are not there, and behind all where it cannot be imported."""
        try:
            found = self._import(module)
        except BaseException:  # said where it is asked for itself
            found = sys.modules[module] = type(sys)(module)
        for name in names:
            if not hasattr(found, name):
                setattr(found, name, None)
