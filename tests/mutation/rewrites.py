"""Rewrites: edits that change nothing of what a function gives.

Each is a generator: of a `Code` it yields names and calls that make one edit each, somewhere in the function.
"""

import ast
import builtins
import keyword
from functools import partial

import numpy as np

from .code import MIRRORED, SIGNS, free_in, has_variables, lines_of, move, names_in, put_in, reads_in, replace

_NAMES = sorted(name for name in {*dir(builtins), *dir(np)} - {*keyword.kwlist} if not name.startswith("__"))
_FUNCTIONS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "@": "dot"}
_VALUE = ast.BinOp | ast.Call | ast.Compare | ast.Subscript


def _equal_expressions(code):
    for node, put in code.reads(targets=False):
        for name, text in _equals(node, code):
            yield name, partial(put, text)


def _equals(node, code):
    text, whole = ast.unparse(node), not code.is_method
    match node:
        case ast.BinOp(left, op, right) if type(op) in SIGNS:
            sign, a, b = SIGNS[type(op)], ast.unparse(left), ast.unparse(right)
            if sign in "+*":
                yield "order of operands", f"({b}) {sign} ({a})"
            if sign in _FUNCTIONS:
                yield "another form", f"np.{_FUNCTIONS[sign]}({a}, {b})"
            if sign == "/":
                yield "another form", f"({a}) * (1 / ({b}))"
            if sign == "*" and a == b:
                yield "another form", f"np.square({a})"
            yield from (("cast", form.format(text)) for form in ("np.asarray({})", "np.array({})", "0 + ({})"))
        case ast.Compare(left, [op], [right]) if type(op) in SIGNS:
            sign = SIGNS[type(op)]
            yield "order of operands", f"({ast.unparse(right)}) {MIRRORED[sign]} ({ast.unparse(left)})"
        case ast.Call(ast.Attribute(ast.Name("np"), "sum" | "mean" | "argmax" as name), [first, *_]):
            first = ast.unparse(first)
            yield "another form", f"np.asarray({first}).{name}({text.removeprefix(f'np.{name}({first}').lstrip(', ')}"
        case ast.Call(ast.Name("range"), [_]):
            yield from (("cast", form) for form in (f"list({text})", f"np.arange{text.removeprefix('range')}"))
        case ast.Name(name) if whole and name in code.inputs[:3]:
            forms = ("{0}.astype({0}.dtype)", "np.asarray({0})", "{0}.copy()", "{0}[:]", "np.array({0}, {0}.dtype)")
            yield from (("cast", form.format(name)) for form in forms)
        case ast.Name(name) if whole and name == code.inputs[3]:
            yield from (("cast", form.format(name)) for form in ("float({})", "1 * {}", "np.float64({})"))
    if isinstance(node, _VALUE) and not has_variables(node):
        names = free_in(node, code)
        yield "helper function", f"(lambda {names}: {text})({names})"


def _equal_lines(code):
    for block, at in code.lines():
        line = block[at]
        idle = (f"assert len({code.inputs[1]})", f"print('now', len({code.inputs[1]}))", "unused = None")
        if not {"len", "print", "unused"} & {*code.bound}:
            yield from (("idle line", partial(block.insert, at, *lines_of(text))) for text in idle)
        if not has_variables(line):
            for node, put in reads_in(line, ("targets", "target")):
                if isinstance(node, _VALUE):
                    yield "temporary", partial(_name_it, code, block, at, node, put)
        if isinstance(line, ast.Assign | ast.AugAssign | ast.Return) and not has_variables(line):
            yield "helper function", partial(_move_out, code, line)
        if at + 1 < len(block) and _are_independent(line, block[at + 1]):
            yield "order of lines", partial(move, block, at, block, at + 1)
        match line:
            case ast.Assign([ast.Name(name)], ast.BinOp(ast.BinOp() as left, op, right)) if name not in names_in(right):
                if type(op) in (ast.Add, ast.Sub, ast.Mult, ast.Div):
                    text = f"{name} = {ast.unparse(left)}\n{name} {SIGNS[type(op)]}= {ast.unparse(right)}"
                    yield "in place", partial(replace, block, at, text)
            case ast.AugAssign(target, op, value) if type(op) in SIGNS:
                to = ast.unparse(target)
                yield "in place", partial(replace, block, at, f"{to} = {to} {SIGNS[type(op)]} ({ast.unparse(value)})")


def _name_it(code, block, at, node, put):
    name = f"part_{len({*code.bound})}"
    put(name)
    block[at:at] = lines_of(f"{name} = {ast.unparse(node)}")


def _move_out(code, line):
    """Let a function of its own work out what a line assigns or returns."""
    name, names = f"_part_{len(code.tree.body)}", free_in(line.value, code)
    code.tree.body += ast.parse(f"def {name}({names}):\n    return {ast.unparse(line.value)}").body
    put_in(line, "value", None, f"{name}({names})")


def _are_independent(line, other):
    ends = ast.Return | ast.Continue | ast.Break | ast.Raise
    if any(isinstance(node, ends) for both in (line, other) for node in ast.walk(both)):
        return False
    return not (_changed(line) & {*names_in(other), *_changed(other)} or _changed(other) & {*names_in(line)})


def _changed(line):
    """Variables that a line may change: a call by itself any that it names."""
    changed = {*names_in(line, ast.Store)}
    for node in ast.walk(line):
        if isinstance(node, ast.Expr):
            changed |= {*names_in(node)}
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            changed |= {*names_in(node.value)}
    return changed


def _other_names(code):
    """Some variables called as what NumPy or Python has under that name."""
    used = {name for node in ast.walk(code.tree) for name in (getattr(node, "id", None), getattr(node, "name", None))}
    own = [name for name in code.bound if not (code.is_method and name in code.inputs)]
    unused = [name for name in _NAMES if name not in {*used, *code.bound}]
    if own:
        yield "names", partial(_rename, code, own, unused)


def _rename(code, own, unused):
    new = dict(zip(own, code.rng.choice(unused, len(own), replace=False).tolist(), strict=True))
    new = {name: new[name] for name in own if code.rng.integers(2)} or new
    for node in ast.walk(code.function):
        for field in ("id", "arg"):
            if isinstance(node, ast.Name | ast.arg) and getattr(node, field, None) in new:
                setattr(node, field, new[getattr(node, field)])


REWRITES, RENAMED = (_equal_expressions, _equal_lines), (_other_names,)
