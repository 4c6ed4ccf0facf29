"""Code clones: what code does whatever its names are, as patterns with a hole for each variable.

A pattern is a nested tuple, an operation before its operands: ``np.argmax(X @ self.W, axis=1)`` is
``("argmax()", ("MatMult", "_", "_"), ("1",))``. What two pieces of code share is the largest pattern of which both are
cases, their anti-unification (G. D. Plotkin, "A note on inductive generalization", Machine Intelligence 5, 1970).
"""

import ast
import functools
import itertools
import warnings
from collections import Counter

HOLE = "_"
_LEVELS = 8  # of a pattern; what lies deeper is a hole
_WEIGHTS = {"Add": 1, "Sub": 1, "Mult": 1, "Div": 1, "USub": 1, "MatMult": 4, "tuple": 0}
_CALL, _OTHER = 5, 2  # a function's name says most, arithmetic least
_TRANSPARENT = {"float", "int", "reshape"}  # calls that stand for their argument
_SCOPES = ast.Module, ast.ClassDef, ast.FunctionDef


def weight(pattern):
    """How much a pattern tells; 0 for a hole."""
    if pattern == HOLE:
        return 0
    own = _CALL if pattern[0].endswith("()") else _WEIGHTS.get(pattern[0], _OTHER)
    return own + sum(map(weight, pattern[1:]))


def shared(one, other):
    """The largest pattern of which both are cases."""
    if one == other:
        return one
    if HOLE in (one, other) or one[0] != other[0] or len(one) != len(other):
        return HOLE
    return one[0], *map(shared, one[1:], other[1:])


@functools.lru_cache(maxsize=2**12)
def patterns(code):
    """Patterns of all expressions and assignments, each with a node that it comes from; none where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what prose has between backticks
            tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return {}
    found = {}
    for scope in ast.walk(tree):
        if isinstance(scope, _SCOPES):
            own = [scope, *_own(scope)]
            # Each as it stands, and with the values of variables.
            for node, values in itertools.product(own, ({}, _values(own))):
                found |= {pattern: origin for pattern, origin in _stated(node, values) if pattern not in found}
    found.pop(HOLE, None)
    return found


def _own(scope):
    """All nodes below a scope, without those of scopes within it."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)


def _values(own):
    """What stands for a variable, by name, where it is bound only once."""
    bound = Counter(node.id for node in own if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    bound.update(node.arg for node in own if isinstance(node, ast.arg))
    values = {}
    for node in own:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=parts)):
                pairs = zip(names, parts, strict=False)
            case ast.Assign(targets=[name], value=value):
                pairs = [(name, value)]
            case _:
                continue
        values |= {name.id: value for name, value in pairs if isinstance(name, ast.Name) and bound[name.id] == 1}
    return values


def _stated(node, values):
    """Patterns of a node itself, and of what is added in one statement of its body and subtracted in the next."""
    is_read = isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    fills = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)
    if (is_read and not isinstance(node, ast.Name)) or fills or isinstance(node, ast.AugAssign):
        yield _pattern(node, values), node
    for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
        for pair in itertools.pairwise(body if isinstance(body, list) else ()):
            if all(isinstance(statement, ast.AugAssign) for statement in pair):
                yield ("pair", *(_pattern(statement, values) for statement in pair)), ast.Module([*pair], [])


def _pattern(node, values, levels=_LEVELS):
    """The pattern of an expression or assignment, with the values of variables put in."""
    if isinstance(node, ast.Name) and node.id in values:
        others = {name: value for name, value in values.items() if name != node.id}
        return _pattern(values[node.id], others, levels - 1)
    operation, operands = _taken_apart(node)
    if operation == HOLE:
        return _pattern(operands[0], values, levels) if operands else HOLE
    return (operation, *(_pattern(operand, values, levels - 1) for operand in operands)) if levels > 0 else HOLE


def _taken_apart(node):
    """Operation and operands; a hole for a variable, and with an operand for what stands for that."""
    match node:
        case ast.Constant(value=int() | float()):
            return repr(node.value), []
        case ast.Attribute(value=array, attr="T"):
            return "T", [array]
        case ast.Call(func=ast.Name(id="len")) | ast.Subscript(value=ast.Attribute(attr="shape")):
            return HOLE, []  # a number that is at hand
        case ast.Call():
            return _called(node)
        case ast.Subscript(value=array, slice=index):
            places = index.elts if isinstance(index, ast.Tuple) else [index]
            picked = [place for place in places if not _takes_all(place)]
            return "[]" if picked else HOLE, [array, *picked]
        case ast.BinOp(left=left, op=operator, right=right):
            return type(operator).__name__, [left, right]
        case ast.UnaryOp(op=operator, operand=operand):
            return type(operator).__name__, [operand]
        case ast.Compare(left=left, ops=operators, comparators=others):
            return " ".join(type(operator).__name__ for operator in operators), [left, *others]
        case ast.BoolOp(op=operator, values=operands):
            return type(operator).__name__, operands
        case ast.Tuple(elts=parts):
            return "tuple", parts
        case ast.Assign(targets=[target, *_], value=value):
            return "=", [target, value]
        case ast.AugAssign(target=target, op=operator, value=value):
            return f"{type(operator).__name__}=", [target, value]
    return HOLE, []


def _called(call):
    """The same of a call: an array's method is NumPy's function of that name, and keywords stand where they stand."""
    operands = [*call.args, *(keyword.value for keyword in call.keywords)]
    match call.func:
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=name) | ast.Name(id=name):
            pass
        case ast.Attribute(value=owner, attr=name):
            operands = [owner, *operands]
        case _:
            return HOLE, []
    if name in _TRANSPARENT:
        return HOLE, operands[:1]
    return "MatMult" if name == "dot" else f"{name}()", operands


def _takes_all(index):
    """Whether an index is a colon or a new axis."""
    match index:
        case ast.Slice(lower=None, upper=None, step=None) | ast.Constant(value=None) | ast.Attribute(attr="newaxis"):
            return True
    return False
