"""A file's syntax tree in which one function is edited at random."""

import ast
import re
from functools import cached_property, partial

import numpy as np

from cs231n.checks.source import Source

SIGNS = {
    **{ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"},
    **{ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!="},
}
MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
_HAS_VARIABLES = ast.Lambda | ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp


class Code:
    """A file's syntax tree; `edit` changes the function of a name in it, a method only where students write."""

    def __init__(self, text, name, rng):
        source = Source(text, name)
        self.tree, self.function, self.rng = source.tree, source.function, rng
        self.inputs = [node.arg for node in self.function.args.args]
        self.is_method = "self" in self.inputs
        parts = re.split(r"# (?:BEGIN|END) SOLUTION", text) if self.is_method else ["", text]
        ends = np.cumsum([part.count("\n") for part in parts])
        for node in ast.walk(self.function):
            is_line = isinstance(node, ast.stmt) and node is not self.function and not _is_text(node)
            node.is_own = is_line and np.searchsorted(ends, node.lineno - 1) % 2 == 1

    def edit(self, kinds):
        """Make one edit of one of these kinds; returns its name, or None if there was none to make."""
        found = {}
        for kind in kinds:
            for name, change in kind(self):
                found.setdefault(name, []).append(change)
        if not found:
            return None
        name = sorted(found)[self.rng.integers(len(found))]
        found[name][self.rng.integers(len(found[name]))]()
        vars(self).pop("bound", None)
        return name

    @property
    def text(self):
        """The whole file."""
        return ast.unparse(ast.fix_missing_locations(self.tree)) + "\n"

    @cached_property
    def bound(self):
        """Names that the function gives values to, its arguments first."""
        return list(dict.fromkeys([*self.inputs, *names_in(self.function, ast.Store)]))

    def lines(self):
        """Each line that may be edited, as a block and a place in it."""
        for node in ast.walk(self.function):
            for _, block in ast.iter_fields(node):
                if isinstance(block, list):
                    yield from [(block, at) for at, line in enumerate(block) if getattr(line, "is_own", False)]

    def reads(self, targets):
        """Each expression in these lines, with a call that puts a text in its place; those in `targets` as well?"""
        for block, at in self.lines():
            yield from reads_in(block[at], () if targets else ("targets", "target"))


def reads_in(node, left_out=()):
    for field, value in ast.iter_fields(node):
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.stmt | ast.JoinedStr) or field in left_out:
                continue
            if isinstance(child, ast.expr) and not isinstance(getattr(child, "ctx", None), ast.Store):
                yield child, partial(put_in, node, field, place)
            yield from reads_in(child)


def put_in(node, field, place, text):
    new = ast.parse(text.strip(), mode="eval").body
    if place is None:
        setattr(node, field, new)
    else:
        getattr(node, field)[place] = new


def lines_of(text):
    """Lines from their text, which may be edited further."""
    module = ast.parse(text)
    for node in ast.walk(module):
        node.is_own = isinstance(node, ast.stmt)
    return module.body


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def names_in(node, context=ast.Load):
    return [name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, context)]


def free_in(node, code):
    """Local variables that an expression reads, as a text."""
    read = {*names_in(node)}
    return ", ".join(name for name in code.bound if name in read)


def has_variables(node):
    """Whether part of a node has variables of its own."""
    return any(isinstance(part, _HAS_VARIABLES) for part in ast.walk(node))


def replace(block, at, text):
    block[at : at + 1] = lines_of(text)


def move(block, at, other, place):
    """Move a line, and leave none of the blocks empty."""
    other.insert(place, block.pop(at))
    if not block:
        block += lines_of("pass")
