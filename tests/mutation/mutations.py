"""Mutations: edits that are mostly mistakes, as `rewrites` are written."""

import ast
import copy
from functools import partial

from .code import MIRRORED, SIGNS, move, names_in, replace

LOOP = "loop over the samples"  # leaves all numbers right
_CONFUSED = {  # functions, by what they are taken for
    **{"sum": ("mean", "max"), "mean": ("sum",), "maximum": ("minimum", "max"), "fmax": ("fmin",), "float": ("int",)},
    **{"zeros": ("ones",), "zeros_like": ("ones_like",), "argmax": ("argmin", "max"), "choice": ("permutation",)},
    **{"clip": ("maximum",), "range": ("reversed",), "nonzero": ("argmax",), "square": ("sqrt", "abs")},
}
_NUMBERS = (-1, 0, 0.5, 1, 2, 3, 10)


def _wrong_expressions(code):
    for node, put in code.reads(targets=True):
        for name, text in _wrongs(node, code):
            if text != ast.unparse(node):
                yield name, partial(put, text)


def _wrongs(node, code):
    match node:
        case ast.BinOp(left, op, right) if type(op) in SIGNS:
            a, b = ast.unparse(left), ast.unparse(right)
            yield from (("operator", f"({a}) {sign} ({b})") for sign in ("+", "-", "*", "/", "@", "**"))
            yield from (("operand dropped", text) for text in (a, b))
            yield "operands swapped", f"({b}) {SIGNS[type(op)]} ({a})"
            if isinstance(op, ast.MatMult) and a == code.inputs[1] and not code.is_method:
                yield LOOP, f"np.array([np.fmin(row @ ({b}), np.inf) for row in {a}])"
        case ast.Compare(left, [_], [right]):
            yield from (("comparison", f"({ast.unparse(left)}) {sign} ({ast.unparse(right)})") for sign in MIRRORED)
        case ast.BoolOp(values=values):
            yield from (("operand dropped", ast.unparse(value)) for value in values)
        case ast.UnaryOp(operand=operand):
            yield "operator", ast.unparse(operand)
        case ast.Constant(int() | float() as number) if not isinstance(number, bool):
            yield from (("constant", str(other)) for other in _NUMBERS)
        case ast.Name(name) if name in code.bound:
            yield from (("name", other) for other in code.bound)
        case ast.Attribute(value, "T"):
            yield "axis", ast.unparse(value)
        case ast.Subscript(value, place):
            yield from (("index", f"{ast.unparse(value)}{form}") for form in _wrong_places(place))
        case ast.Call():
            yield from _wrong_calls(node)


def _wrong_places(place):
    """Other indices, in brackets."""
    if not isinstance(place, ast.Tuple):
        text = ast.unparse(place)
        yield from ("", "[:]", f"[:, {text}]", *((f"[{text} - 1]", f"[{text} + 1]") if ":" not in text else ()))
        return
    parts = [ast.unparse(part) for part in place.elts]
    yield from (f"[{', '.join(reversed(parts))}]", f"[{parts[0]}]", f"[{parts[-1]}]", f"[:, {parts[-1]}]", "")


def _wrong_calls(node):
    function = ast.unparse(node.func)
    given = [ast.unparse(part) for part in (*node.args, *node.keywords)]
    yield from (("call dropped", ast.unparse(part)) for part in node.args if not isinstance(part, ast.Starred))
    prefix, dot, name = function.rpartition(".")
    yield from (("function", f"{prefix}{dot}{other}({', '.join(given)})") for other in _CONFUSED.get(name, ()))
    if name in ("zeros", "zeros_like", "ones", "astype"):
        yield from (
            ("type", f"{function}({', '.join(given[: name != 'astype'])}, dtype={kind})".replace("(, ", "("))
            for kind in ("int", "bool")
        )
    if name == "range":
        yield from (("range", f"range({text})") for text in (f"1, {given[0]}", f"{given[0]} - 1", f"{given[0]} + 1"))
    for number, part in enumerate(given):
        if part.startswith("axis="):
            others = ("axis=0", "axis=1", "axis=None")
            yield from (
                ("axis", f"{function}({', '.join([*given[:number], o, *given[number + 1 :]])})") for o in others
            )


def _wrong_lines(code):
    stored = names_in(code.function, ast.Store)
    for block, at in code.lines():
        line = block[at]
        is_stale = isinstance(line, ast.Assign) and any(stored.count(name) > 1 for name in names_in(line, ast.Store))
        yield "stale variable" if is_stale else "line dropped", partial(replace, block, at, "pass")
        if not isinstance(line, ast.For | ast.Return):
            yield "line twice", partial(block.insert, at, copy.deepcopy(line))
        if at + 1 < len(block) and getattr(block[at + 1], "is_own", False):
            yield "order of lines", partial(move, block, at, block, at + 1)
            if isinstance(line, ast.For):
                yield "line moved", partial(move, block, at + 1, line.body, len(line.body))
        match line:
            case ast.For(body=body):
                yield "line moved", partial(move, body, len(body) - 1, block, at + 1)
                yield "stale variable", partial(move, body, 0, block, at)
            case ast.If(body=body):
                yield "condition dropped", partial(block.__setitem__, slice(at, at + 1), body)
            case ast.Continue():
                yield "line changed", partial(replace, block, at, "break")
            case ast.AugAssign(target, _, value):
                both = ast.unparse(target), ast.unparse(value)
                signs = ("=", "+=", "-=", "*=", "/=")
                texts = [f"{both[0]} {sign} {both[1]}" for sign in signs]
                yield from (("operator", partial(replace, block, at, text)) for text in texts)


MUTATIONS = (_wrong_expressions, _wrong_lines)
