"""What a function's source tells without running it: where its loops stand, and whether a student has written anything.

Whether there is a loop is decided by what the function costs; where it has one, the source tells a call of the function
with loops from a loop of the function's own.
"""

import ast
import importlib.util
import inspect

_LOOPS = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.ListComp: "list comprehension",
    ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}
# Characters of a file that is read. Those of students have ten thousand; a syntax tree takes a thousand times as much.
_LONGEST = 100_000
_DEFINITIONS = ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
_LOOPING = {  # names of what goes through an array step by step
    *("map", "filter", "reduce", "accumulate", "starmap", "sorted", "exec", "eval"),
    *("vectorize", "apply_along_axis", "apply_over_axes", "frompyfunc", "fromiter", "fromfunction", "nditer"),
}


class Source:
    """The syntax tree of a file, and the function in it that a name stands for in the end (or None)."""

    def __init__(self, text, name):
        self.tree = ast.parse(text)
        self.known = {}  # by name: definitions inside of others, then all that is bound outside, in order
        outside = set(self.tree.body)
        inside = [node for node in ast.walk(self.tree) if isinstance(node, _DEFINITIONS) and node not in outside]
        for node in [*inside, *self.tree.body]:
            for bound in _bound(node):
                self.known.setdefault(bound, []).append(node)
        self.function = self._resolve(name)

    def _resolve(self, name):
        for _ in range(10):  # names that stand for names
            node = self.known.get(name, [None])[-1]
            if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Name):
                return node if isinstance(node, ast.FunctionDef) else None
            name = node.value.id
        return None

    def loops(self, naive=()):
        """Pairs of line and kind, in order: loops and the functions `naive` in what it uses of the same file."""
        known, waiting, seen, found = dict(self.known), [self.function] if self.function else [], set(), set()
        looping = _LOOPING - set(map(_own_name, ast.walk(self.tree)))  # a variable may have any name
        while waiting:
            node = waiting.pop()
            if node in seen:  # a definition within another is a part of that, and is used by its name as well
                continue
            seen.add(node)
            names = _names(node)
            kinds = names & (looping | set(naive)) | ({_LOOPS[type(node)]} if type(node) in _LOOPS else set())
            found |= {(node.lineno, kind) for kind in kinds}
            waiting += [*ast.iter_child_nodes(node), *(used for name in names for used in known.pop(name, ()))]
        return sorted(found)

    def fills(self, position):
        """Whether the function does more than set up the loss (position 0) or the gradient (1) that it returns."""
        if self.function is None:
            return True
        returned = [node.value for node in ast.walk(self.function) if isinstance(node, ast.Return)]
        tuples = [node for node in returned if isinstance(node, ast.Tuple) and len(node.elts) == 2]
        if not tuples or not isinstance(tuples[-1].elts[position], ast.Name):
            return True
        variable = tuples[-1].elts[position].id
        return any(_changes(node, variable) for node in ast.walk(self.function))


def source_text(content):
    """The text of a Python file's bytes, as Python reads it; where it cannot, signs stand for what is no UTF-8."""
    try:
        return importlib.util.decode_source(content)
    except (SyntaxError, ValueError, LookupError):
        return content.decode("utf-8", "replace")


def source_of(text, name):
    """The `Source` of a function in the text of a file; None where that cannot be read, or is far too long."""
    try:
        return Source(text, name) if len(text) <= _LONGEST else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def read_source(function):
    """The `Source` of a function, from its file or its cell; None where there is none to read."""
    function = inspect.unwrap(function)
    try:
        lines, _ = inspect.findsource(function)
    except (OSError, TypeError, SyntaxError, AttributeError, IndexError):
        return None
    source = source_of("".join(lines), function.__name__)
    return source if source and source.function else None


def _bound(node):
    """The names that a statement defines, assigns or imports."""
    if isinstance(node, _DEFINITIONS):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    return set()


def _own_name(node):
    """The name of a parameter or of a variable that gets a value; None if it is neither."""
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else None


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


def _changes(node, variable):
    """Whether a statement gives a variable, or an entry of it, a value other than a stub's constant or zeros."""
    if isinstance(node, ast.AugAssign):
        return _root(node.target) == variable
    if not isinstance(node, ast.Assign):
        return False
    for target in node.targets:
        if isinstance(target, ast.Name) and target.id == variable:
            made = getattr(getattr(node.value, "func", None), "attr", None)
            return made not in ("zeros", "zeros_like") and not isinstance(node.value, ast.Constant)
        if variable in map(_root, getattr(target, "elts", [target])):
            return True
    return False


def _root(target):
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return getattr(target, "id", None)
