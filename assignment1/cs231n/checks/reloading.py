"""Files of students in a running notebook: what is called is what was saved last, or it says why that cannot be.

IPython's autoreload keeps the old code where a file cannot be read, and since version 9 it patches functions one by
one, so that line numbers are those of an older text. What students write is imported here instead: all of it anew, from
its text, as soon as one text differs.
"""

import contextlib
import gc
import importlib
import linecache
import sys
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path
from types import FunctionType, ModuleType
from weakref import WeakSet

from ..sentences import word
from .calls import StoppedError
from .findings import say
from .home import Attendant
from .source import source_text

# Of the modules in cs231n those that are no student's; classifiers are.
KIT = {"assignments", "checks", "datasets", "derivation", "doctor", "pictures", "sentences", "submission"}
KIT |= {"cifar_batches", "data_utils", "errors", "gradient_check", "languages", "layouts", "processes", "vis_utils"}
_FOLDER = Path(__file__).resolve().parents[2]
_modules, _texts = {}, {}  # by name: the one object that stands for a module; its path, and the text that was imported
_known = {}  # by module and name: what can be called and it has stood for, as long as something keeps that


class _Loader(SourceFileLoader):
    """Imports what the text says now: times of bytecode files are too coarse for two saves within a second."""

    def create_module(self, spec):
        module = _modules.setdefault(spec.name, ModuleType(spec.name))
        vars(module).clear()  # functions of an older text look here for what they call
        return module

    def get_code(self, fullname):
        text = self.get_data(self.path)
        _texts[fullname] = self.path, text
        linecache.cache.pop(self.path, None)
        code = self.source_to_code(text, self.path)
        # Without a time, this stays what tracebacks show, whatever is saved while a cell runs.
        linecache.cache[self.path] = len(text), None, source_text(text).splitlines(keepends=True), self.path
        return code


class _Finder:
    """Finds what students write."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if path and not any(Path(place).resolve().is_relative_to(_FOLDER) for place in path):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or type(spec.loader) is not SourceFileLoader or not _is_own(name, spec.origin):
            return None
        spec.loader = _Loader(name, spec.origin)
        return spec


def _is_own(name, file):
    """Whether a student wrote a module: neither the kit's own nor one of a Python that is in the same folder."""
    top, part = f"{name}.".split(".")[:2]
    if not file or name == "__main__" or (top == "cs231n" and part in {"", *KIT}):
        return False
    path, python = Path(file).resolve(), Path(sys.prefix).resolve()
    is_installed = python.is_relative_to(_FOLDER) and path.is_relative_to(python)
    return path.is_relative_to(_FOLDER) and not is_installed


def read_texts():
    """From now on, import what students write from its text."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(sys.meta_path.index(PathFinder), _Finder)


def follow(shell):
    """From now on, look at the files before and after each cell of an IPython shell."""
    read_texts()
    for name, module in list(sys.modules.items()):
        if _is_own(name, getattr(module, "__file__", None)):  # imported earlier, from who knows which text
            _modules[name], _texts[name] = module, (module.__file__, None)
    for event in ("pre_run_cell", "post_run_cell"):
        shell.events.register(event, lambda *_: _look(shell))


def _look(shell):
    for callback in shell.events.callbacks["pre_run_cell"]:
        # IPython's autoreload leaves these alone: %aimport would tell only the last one that %reload_ext has made.
        method = getattr(callback, "__wrapped__", callback)  # before version 8.13 it may be wrapped
        if reloader := getattr(getattr(method, "__self__", None), "_reloader", None):
            for name in _texts:
                reloader.mark_module_skipped(name)
    _notice()
    if any(_read(path) != text for path, text in _texts.values()):
        _import_anew()


def _notice():
    """Remember the functions and classes that there are."""
    for name in _texts.keys() & sys.modules.keys():
        for key, value in _contents(name):
            with contextlib.suppress(TypeError):  # it has no hash, or nothing can refer to it weakly
                _known.setdefault((name, key), WeakSet()).add(value)


def _contents(name):
    """Names and values of what can be called in a module and is defined there, methods too."""
    for key, value in list(vars(_modules[name]).items()):
        if callable(value) and getattr(value, "__module__", None) == name:
            yield key, value
            methods = vars(value).items() if isinstance(value, type) else ()
            yield from ((f"{key}.{method}", code) for method, code in methods if isinstance(code, FunctionType))


def _read(path):
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def _import_anew():
    """Import all of them, and put what is new in place of the old; or let the old raise what the import raised."""
    for name in _texts:
        sys.modules.pop(name, None)
    importlib.invalidate_caches()
    errors, pairs = {name: _import(name) for name in list(_texts)}, []
    for (name, key), known in _known.items():
        new = None if errors[name] else dict(_contents(name)).get(key, vars(_modules[name]).get(key))
        gone = ImportError(word("no longer there", name=key, file=Path(_texts[name][0]).name), name=name)
        for old in list(known):
            found = _stand_in(old, errors[name] or gone) if new is None else new
            if isinstance(old, FunctionType) and isinstance(found, FunctionType):
                _become(old, found)
            if new is None and "." not in key:
                vars(_modules[name])[key] = found
                known.add(found)
            pairs.append((old, found))
    _replace(tuple(pairs))


def _import(name):
    """Import a module; returns what that raised."""
    path, _ = _texts[name]
    try:
        with Attendant(path.__eq__)():
            importlib.import_module(name)
    except BaseException as error:  # SystemExit, too
        if _read(path) is None:
            _texts[name] = path, None
        return ImportError(say(error.args[0]), name=name) if isinstance(error, StoppedError) else error
    return None


def _stand_in(old, error):
    """What raises an error when it is called, for a function; a class, whose methods do so, itself."""
    if isinstance(old, type):
        old.import_error = error
        return old

    def new(*_, error=error, trace=error.__traceback__, **__):
        raise error.with_traceback(trace)

    new.__name__, new.__module__, new.import_error = getattr(old, "__name__", "new"), old.__module__, error
    return new


def _become(old, new):
    """Let a function do what another does: something may keep it, as a partial or a bound method."""
    with contextlib.suppress(ValueError):  # one of them has a closure
        for name in ("__code__", "__defaults__", "__kwdefaults__", "__dict__"):
            setattr(old, name, getattr(new, name))


def _replace(pairs):
    """Put what is new in place of the old: where a name stands for it, and as the class of objects and of classes."""
    by_id = {id(old): new for old, new in pairs}
    for holder in gc.get_referrers(*(old for old, _ in pairs)):
        with contextlib.suppress(TypeError):  # classes whose objects cannot become each other's
            if isinstance(holder, dict) and "__module__" not in holder:  # no class: these forbid it
                holder.update({key: by_id[id(value)] for key, value in list(holder.items()) if id(value) in by_id})
            elif isinstance(holder, type):
                holder.__bases__ = tuple(by_id.get(id(base), base) for base in holder.__bases__)
            elif id(type(holder)) in by_id:
                holder.__class__ = by_id[id(type(holder))]
