"""What a function's source tells without running it: the loops in it, and whether a student has written anything."""

import ast
import inspect

from .questions import Distant

__all__ = ["Source", "read_source"]

_LOOPS = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}
_LOOPING_CALLS = {
    "map",
    "filter",
    "vectorize",
    "apply_along_axis",
    "apply_over_axes",
    "frompyfunc",
    "fromiter",
    "nditer",
}
# What hides code from being read here, or its lines from being counted: no solution needs it anywhere in its file.
_HIDING = {
    *("exec", "eval", "compile", "__import__", "runstring"),
    *("settrace", "setprofile", "monitoring", "start_new_thread", "Thread"),
    *("getattr", "setattr", "delattr", "globals", "locals", "vars", "__dict__", "__getattribute__", "__builtins__"),
    *("ctypes", "ctypeslib", "gc", "importlib", "inspect", "operator", "pickle", "runpy", "timeit"),
}


class Source:
    """The syntax tree of a file, and a function in it.

    Parameters
    ----------
    text : str
    name : str
        Of the function.
    """

    def __init__(self, text, name):
        self.tree = tree = ast.parse(text)
        self.functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
        self.globals = {target.id: node for node in assigned for target in node.targets if isinstance(target, ast.Name)}
        self.name = name

    def loops(self):
        """Loops in the function and in what it uses of the same file: functions, and variables outside of them.

        A ``for`` over ``range`` with a step goes through blocks of rows and is none. What could hide a loop counts as
        one, wherever in the file it stands.

        Returns
        -------
        list of (int, str)
            Line and kind of each, in order.
        """
        known = self.globals | self.functions
        waiting, seen = [self.name], {self.name}
        found = {(node.lineno, name) for node in ast.walk(self.tree) for name in _names(node) & _HIDING}
        while waiting:
            for node in ast.walk(known[waiting.pop()]):
                kind = _kind(node)
                if kind:
                    found.add((node.lineno, kind))
                if isinstance(node, ast.Name) and node.id not in seen and node.id in known:
                    seen.add(node.id)
                    waiting.append(node.id)
        return sorted(found)

    def is_filled(self, position):
        """Tell whether the function does more to one of the two variables that it returns than to set it up.

        Parameters
        ----------
        position : int
            0 for the loss, 1 for the gradient.

        Returns
        -------
        bool
        """
        returned = [node.value for node in ast.walk(self.functions[self.name]) if isinstance(node, ast.Return)]
        tuples = [node for node in returned if isinstance(node, ast.Tuple) and len(node.elts) == 2]
        if not tuples or not isinstance(tuples[-1].elts[position], ast.Name):
            return True
        variable = tuples[-1].elts[position].id
        return any(_changes(node, variable) for node in ast.walk(self.functions[self.name]))


def read_source(function):
    """Source of the file in which a function stands, or of its cell.

    Parameters
    ----------
    function : callable or Distant

    Returns
    -------
    Source or None
        None where there is no source to read.
    """
    if isinstance(function, Distant):
        return function.source
    function = inspect.unwrap(function)
    try:
        lines, _ = inspect.findsource(function)
        source = Source("".join(lines), function.__name__)
    except (OSError, TypeError, SyntaxError, AttributeError):
        return None
    return source if source.name in source.functions else None


def _kind(node):
    """How a node loops, in words; None where it does not."""
    if isinstance(node, ast.For) and _goes_by_blocks(node.iter):
        return None
    return next(iter(_names(node) & _LOOPING_CALLS), None) or _LOOPS.get(type(node))


def _names(node):
    """The names that a node uses or imports."""
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, ast.Attribute):
        return {node.attr}
    if isinstance(node, ast.Import | ast.ImportFrom):
        modules = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
        return {part for module in modules for part in module.split(".")}
    return set()


def _goes_by_blocks(iterable):
    if not (isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name) and len(iterable.args) == 3):
        return False
    step = iterable.args[2]
    return iterable.func.id in ("range", "xrange") and not (isinstance(step, ast.Constant) and step.value == 1)


def _changes(node, variable):
    """Whether a statement gives a variable a value other than its first one."""
    if isinstance(node, ast.AugAssign):
        return _root(node.target) == variable
    if not isinstance(node, ast.Assign):
        return False
    for target in node.targets:
        if _root(target) == variable:
            if isinstance(target, ast.Subscript):
                return True
            call = node.value.func if isinstance(node.value, ast.Call) else None
            empty = isinstance(call, ast.Attribute) and call.attr in ("zeros", "zeros_like")
            return not empty and not isinstance(node.value, ast.Constant)
        if isinstance(target, ast.Tuple) and variable in [_root(part) for part in target.elts]:
            return True
    return False


def _root(target):
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return getattr(target, "id", None)
