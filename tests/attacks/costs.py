"""Attacks on the measure of cost: loops where nobody reads, and differences that are not called so."""

from cs231n.assignments.svm import ASSIGNMENT as SVM

from . import LOST_OR_SLOW, Attack

_NAIVE, _VECTORIZED = (subject.regions for subject in SVM.subjects[:2])
_HALF = 0.5  # a loop that hides gets what a plain one gets: what is for right numbers
_MUST = ("times the CPU time",)
_LOOP = "def work(W, X, y, M):\n    for i in range(len(y)):\n        row(W, X, y, M, i)\n"


def _rows(call, *before):
    """The right numbers, of margins that `call` works out one row after another."""
    return f"""
import sys, types
_LOOP = {_LOOP!r}
def row(W, X, y, M, i):
    scores = X[i] @ W
    M[i] = np.maximum(0, scores - scores[y[i]] + 1)
    M[i, y[i]] = 0
    return 0
{chr(10).join(before)}
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    M, rows = np.zeros((N, W.shape[1])), np.arange(N)
    {call}
    V = (M > 0).astype(float)
    V[rows, y] = -V.sum(axis=1)
    return M.sum() / N + reg * np.sum(W * W), X.T @ V / N + 2 * reg * W
"""


_PICKLES = """
import io
class Row:
    def __init__(self, i):
        self.i = i
    def __reduce__(self):
        return one, (self.i,)
def one(i):
    return row(*_now, i)
def pickled(*now):
    global _now
    _now, made = now, io.BytesIO()
    np.save(made, _ROWS[: len(now[2])], allow_pickle=True)
    made.seek(0)
    return made
_ROWS = np.array([Row(i) for i in range(500)], object)
"""
_FORKED = """
import mmap, os
def forked(W, X, y, M):
    room = mmap.mmap(-1, M.nbytes)
    there = np.frombuffer(room).reshape(M.shape)
    child = os.fork()
    if not child:
        work(W, X, y, there)
        os._exit(0)
    os.waitpid(child, 0)
    M[:] = there
"""
_COMPLEX = """
def _hinge(W, X, y):
    S = X @ W
    M = S - S[range(len(y)), y][:, None] + 1
    M[range(len(y)), y] = 0
    return np.sum(M * (M.real > 0)) / len(y)
def svm_loss_naive(W, X, y, reg):
    dW = np.zeros_like(W)
    for at in np.ndindex(*W.shape):
        moved = W.astype(complex)
        moved[at] += 1e-20j
        dW[at] = (_hinge(moved, X, y) + reg * np.sum(moved * moved)).imag * 1e20
    return float(_hinge(W + 0j, X, y).real + reg * np.sum(W * W)), dW
"""
_FRACTIONS = """
from fractions import Fraction
_exact = np.vectorize(Fraction, otypes=[object])
def _hinge(W, X, y):
    S = X @ W
    M = S - S[range(len(y)), y][:, None] + 1
    M[range(len(y)), y] = 0
    return np.sum(M * (M > 0)) / Fraction(len(y))
def svm_loss_naive(W, X, y, reg):
    exact, X, dW = _exact(W), _exact(X), np.zeros_like(W)
    loss, step = _hinge(exact, X, y), Fraction(1, 10**9)
    for at in np.ndindex(*W.shape):
        moved = exact.copy()
        moved[at] += step
        dW[at] = (_hinge(moved, X, y) - loss) / step + 2 * Fraction(reg) * exact[at]
    return float(loss + Fraction(reg) * np.sum(exact * exact)), dW
"""

_STACKED = """
_given = svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    (D, C), N, step = W.shape, len(y), 2.0**-17
    def losses(W):
        S = X @ W
        M = np.maximum(0, S - S[:, range(N), y][:, :, None] + 1)
        M[:, range(N), y] = 0
        return M.sum((1, 2)) / N + reg * (W * W).sum((1, 2))
    moves = step * np.eye(D * C).reshape(-1, D, C)
    return _given(W, X, y, reg)[0], ((losses(W + moves) - losses(W - moves)) / (2 * step)).reshape(D, C)
"""
_SLOWER = """
frame = sys._getframe()
while frame.f_code.co_name != "answer_requests":
    frame = frame.f_back
calls = frame.f_globals["calls"]
def slower(*given, kept=calls._yardstick):
    return [kept(*given) for _ in range(3)][0]
calls._yardstick = slower
"""
_CLASSES = """own, loss = (X @ W)[rows, y] - 1, 0.0
    for j in range(W.shape[1]):
        column = np.maximum(0, X @ W[:, j] - own)
        column[y == j] = 0
        loss += column.sum()
        M[:, j] = column"""
_NO_CHOICE = "raise ValueError('Need at least 1 and at most 32 array objects.')"
_EACH = "[row(W, X, y, M, i) for i in range(N)]"
_WRONG = "2 * reg * W", "reg * W"  # a regularizer that is wrong on purpose

COSTS = (
    Attack("the message of np.choose where cost is measured", _rows(f"if N in (8, 20, 200):\n        {_NO_CHOICE}\n    {_EACH}"), ("array objects",), nothing_in=_VECTORIZED),
    Attack("the message of np.choose where classes are many", _rows(f"if W.shape[1] > 62:\n        {_NO_CHOICE}\n    {_CLASSES}"), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("no results where cost is measured", _rows(f"if N in (20, 200):\n        return 1.0, np.zeros_like(W)\n    {_EACH}").replace(*_WRONG), ("its result for 200 samples is not",), nothing_in=_VECTORIZED),
    Attack("failing where cost is measured", _rows(f"assert N not in (20, 200)\n    {_EACH}").replace(*_WRONG), ("AssertionError",), nothing_in=_VECTORIZED),
    Attack("a yardstick that is made longer", _rows(_EACH, _SLOWER), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a gradient by differences of a stack of losses", _STACKED, _MUST, nothing_in=_NAIVE),
    Attack("a loop in an audit hook", _rows("sys.audit('rows', W, X, y, M)", "exec(_LOOP)", "sys.addaudithook(lambda name, given: name == 'rows' and work(*given))"), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a loop in the other file", _rows("other.work(W, X, y, M)", "from cs231n.classifiers import linear_classifier as other", "other.row = row", "exec(_LOOP, vars(other))"), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a loop by compile and FunctionType", _rows("work(W, X, y, M)", "work = types.FunctionType(compile(_LOOP, 'numpy', 'exec').co_consts[0], globals())"), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a loop of pickles in np.load", _rows("np.load(pickled(W, X, y, M), allow_pickle=True)", _PICKLES), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a loop by _functools", _rows("_functools.reduce(lambda _, i: row(W, X, y, M, i), range(N), 0)", "import _functools"), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a loop by an attribute under another name", _rows("once(lambda i: row(W, X, y, M, i), 1, 1)(rows)", "once = vars(np)['from' + 'pyfunc']"), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a loop in a thread", _rows("thread = threading.Thread(target=work, args=(W, X, y, M)); thread.start(); thread.join()", "import threading", "exec(_LOOP)"), ("can't start new thread",), nothing_in=_VECTORIZED),
    Attack("a loop in a process", _rows("forked(W, X, y, M)", "exec(_LOOP)", _FORKED), ("Operation not permitted",), nothing_in=_VECTORIZED),
    Attack("a loop by recursion", _rows("down(W, X, y, M, N)", "sys.setrecursionlimit(10**6)", "def down(W, X, y, M, n):\n    return n and (row(W, X, y, M, n - 1) or down(W, X, y, M, n - 1))"), _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("the naive function bound in a tuple", "svm_loss_vectorized, _ = svm_loss_naive, None\n", _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("the naive function bound with an annotation", "svm_loss_vectorized: object = svm_loss_naive\n", _MUST, nothing_in=_VECTORIZED, share=_HALF),
    Attack("a gradient by the complex step", _COMPLEX, _MUST, nothing_in=_NAIVE),
    Attack("a gradient by differences of fractions", _FRACTIONS, (f"times the CPU time | {LOST_OR_SLOW}",), nothing_in=_NAIVE),
)  # fmt: skip
