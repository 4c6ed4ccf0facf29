"""Attacks on what is asked and answered: forged, replaced, strange, late and early results, and hidden inputs shown."""

from cs231n.assignments.svm import ASSIGNMENT as SVM

from . import CARRIED, LOST, LOST_OR_SLOW, Attack, act

# What finds the request that is being answered, and the modules that answer it.
_FIND = """
import os, sys
def request():
    frame = sys._getframe()
    while frame.f_code.co_name != "answer_requests":
        frame = frame.f_back
    return frame.f_locals, frame.f_globals
"""
_FORGED = "something other than the answer"
_NUMBERS = "return 1.5, np.ones_like(W)"


def _inside(*lines):
    """Code in whose `act` the request's ``nonce``, ``calls``, pipe and sizes of answers are known, and our modules."""
    start = (
        "local, inside = request()",
        "nonce, channel, calls, wire = bytes.fromhex(local['header']['nonce']), local['channel'], inside['calls'], inside['wire']",
        "sizes = [wire.reply_size(call) for call in local['asked']]",
    )
    return act(*start, *lines, before=_FIND)


def _numerical(point, step=1e-5, decay=2, before="pass"):
    """The loss's right value, and the gradient by differences around a point; only the regularizer's is worked out."""
    return f"""
_given = svm_loss_naive
def svm_loss_naive(W, X, y, reg):
    {before}
    dW = np.zeros_like(W)
    for index in np.ndindex(*W.shape):
        step = np.zeros_like(W)
        step[index] = {step}
        high, low = (_given({point} + sign * step, X, y, 0.0)[0] for sign in (1, -1))
        dW[index] = (high - low) / (2 * {step})
    return _given(W, X, y, reg)[0], dW + {decay} * reg * W
"""


_NAIVE, _VECTORIZED = (subject.regions for subject in SVM.subjects[:2])
_MEMO = """
import numpy as np
SEEN = {}
_right = svm_loss_naive
def _key(*given):
    return tuple(np.asarray(part, float).tobytes() for part in given)
def svm_loss_naive(W, X, y, reg):
    result = SEEN[_key(W, X, y, reg)] = _right(W, X, y, reg)
    return result
def svm_loss_vectorized(W, X, y, reg):
    return SEEN.get(_key(W, X, y, reg), (1.0, np.ones_like(W)))
"""

_RECORDED = """
import numpy as np
def act(self, X, y, learning_rate=1e-3, reg=0, num_iters=100, batch_size=200, verbose=False, seed=None):
    rng = np.random.default_rng(seed)
    self.W = np.zeros((X.shape[1], int(max(y)) + 1), X.dtype)
    for _ in range(num_iters):
        rows = rng.choice(len(X), batch_size)
        self.calls.append((self.W.copy(), X[rows], y[rows]))
    return [float(number + 1) for number in range(num_iters)]
"""

RESULTS = (
    # Replaced: whoever judged in the same process would be deceived.
    Attack("training written into the record", _RECORDED),
    Attack("replaced np.allclose", act("np.allclose = np.array_equal = np.isclose = lambda *a, **k: True", _NUMBERS)),
    Attack("replaced np.array", act("np.array = np.asarray = np.zeros = lambda *a, **k: W", _NUMBERS)),
    Attack("replaced builtins", act("import builtins", "builtins.isinstance = builtins.all = lambda *a: True", _NUMBERS)),
    Attack("replaced time", act("import time", "time.time = time.monotonic = time.perf_counter = lambda: 0", _NUMBERS)),
    Attack("replaced wire, calls and struct", _inside("import struct", "wire._pack = lambda v, room: bytes(93 + 8 * room)", "calls._DO['cost'] = lambda *a, **k: calls.Answer((1.5, W))", "struct.pack = lambda *a: bytes(8)", _NUMBERS)),
    Attack("modules of the main program imported", act("found = []", "for name in ('calls', 'wire', 'confine', 'answer'):\n        try:\n            found.append(__import__(name))\n        except ImportError:\n            pass", "import __main__", "assert found or vars(__main__).get('Work'), 'nothing there'", _NUMBERS), ("nothing there",)),
    Attack("replaced os.write", act("keep = os.write", "os.write = lambda fd, data: keep(fd, bytes(len(data)))", _NUMBERS), (_FORGED,)),
    Attack("replaced answers of the main program", _inside("calls._DO.update(dict.fromkeys(calls._DO, lambda *a, **k: calls.Answer((1.5, W))))", "inside['Work'].answer = lambda *a: calls.Answer((1.5, W))", _NUMBERS)),
    Attack("equal to everything", act("return Same(1), np.ones_like(W)", before="class Same(int):\n    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = lambda *a: True\n    __hash__ = int.__hash__")),
    Attack("trace functions", act("sys.settrace(lambda *a: sys.exit(0))", "len.__self__", _NUMBERS)),
    # Walked through for the answer.
    Attack("frames walked", _inside("found = [sorted(f.f_locals) for f in sys._current_frames().values()]", f"raise ValueError('{CARRIED}', found, local['asked'][-1])"), ("ValueError",)),
    Attack("gc walked", act("import gc", "found = [o for o in gc.get_objects() if isinstance(o, dict) and ('expected' in o or 'hinge' in o)]", f"raise KeyError('{CARRIED}', found)"), ("KeyError",)),
    Attack("sys.modules walked", act("found = [n for n in sys.modules if any(part in n for part in ('staff', 'questions', 'judging', 'reference', 'mistakes'))]", "assert found, 'nothing there'", "return found, found"), ("nothing there",)),
    Attack("hidden input in an exception", act(f"raise ValueError('{CARRIED}', X.tolist())"), ("ValueError",)),
    Attack("hidden input in an exception called ended", act(f"raise type('ended', (Exception,), {{}})('{CARRIED}', X.tolist())"), ("Exception: ",)),
    Attack("hidden input in a failure at import", _inside(f"failure = calls.Failure('ValueError', '{CARRIED}' + str(X.tolist()), 1, True)", "inside['Work'].answer = lambda *a: calls.Answer(failure=failure)", "raise OSError"), ("ValueError",)),
    Attack("hidden input in the name of what is missing", _inside(f"failure = calls.Failure('missing', '{CARRIED}' + str(X.tolist()), None, True)", "inside['Work'].answer = lambda *a: calls.Answer(failure=failure)", "raise OSError"), ("Exception: ",)),
    Attack("hidden input in an exception called returns", act(f"raise type('returns', (Exception,), {{}})('{CARRIED}', X.tolist())"), (CARRIED,)),
    Attack("hidden input in an exception called prints", act(f"raise type('prints', (Exception,), {{}})('{CARRIED}', X.tolist())"), (CARRIED,)),
    Attack("hidden input in an exception's name", act(f"raise type('{CARRIED}' + str(X.ravel().tolist()), (Exception,), {{}})()"), ("carried-out",)),
    Attack("hidden input in a type's name", act(f"return type('{CARRIED}' + str(X.ravel().tolist()), (), {{}})(), W"), (CARRIED,)),
    Attack("hidden input printed", act(f"print('{CARRIED}', X, file=sys.stderr)", f"print('{CARRIED}', X)", _NUMBERS)),
    Attack("hidden input in a factor", act("return float('1' + str(abs(int(8 * X[0, 0])))), W")),
    Attack("exception with a name of a megabyte", act("raise type('E' * 1_000_000, (Exception,), {})('x' * 1_000_000)"), ("EEEE",)),
    Attack("exception whose text raises", act("raise Bad", before="class Bad(Exception):\n    def __str__(self):\n        raise self"), (LOST,)),
    Attack("exception whose text never ends", act("raise Bad", before="class Bad(Exception):\n    def __str__(self):\n        while True:\n            pass"), (LOST_OR_SLOW,)),
    Attack("exception with lines of another file", act("exec(compile('\\n' * 900_000 + 'raise ValueError', 'cs231n/classifiers/linear_svm.py', 'exec'))"), ("ValueError",)),
    Attack("exception in a chain without an end", act("error = ValueError('round')", "error.__cause__ = error.__context__ = error", "raise error"), ("round",)),
    # Forged.
    Attack("right nonce, too short", _inside("os.write(channel, nonce + b'\\0'); os._exit(0)"), (LOST,)),
    Attack("right nonce, too long", _inside("os.write(channel, nonce + bytes(sum(sizes) + 7))"), (_FORGED,)),
    Attack("right nonce, answered twice", _inside("os.write(channel, nonce + bytes(sum(sizes)))"), (_FORGED,)),
    Attack("right nonce, no such status", _inside("os.write(channel, nonce + b'\\7' * sum(sizes)); os._exit(0)")),
    Attack("right nonce, noise of the right length", _inside("os.write(channel, nonce + b''.join(b'\\0' + b'\\xff' * (size - 1) for size in sizes)); import time; time.sleep(60)"), ()),
    Attack("right nonce, random answers", _inside("os.write(channel, nonce + b''.join(b'\\0' + os.urandom(size - 1) for size in sizes)); import time; time.sleep(60)"), ()),
    Attack("answered before the question", "import os\nfor number in range(3, 64):\n    try:\n        os.write(number, bytes(5000))\n    except OSError:\n        pass\ndef act(W, X, y, reg):\n    return 1.5, W\n", (_FORGED,)),
    Attack("questions read ahead", act("os.set_blocking(0, False)", "ahead = os.read(0, 1 << 20)", f"raise ValueError('{CARRIED}', ahead)"), ("BlockingIOError | its process ended",)),
    Attack("answers after the answer", act("import signal", "def late(*a):\n        for n in range(3, 64):\n            try:\n                os.write(n, b'late')\n            except OSError:\n                pass", "signal.signal(signal.SIGALRM, late)", "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)", _NUMBERS), (_FORGED,)),
    Attack("forged on every descriptor", act("for n in range(256):\n        try:\n            os.write(n, b'{\"score\": 100}' * 500)\n        except OSError:\n            pass", _NUMBERS), (_FORGED,)),
    Attack("forged on stdout", act("print('{\"score\": 100, \"points\": 100}')", "sys.__stdout__.write('PASS\\n')", _NUMBERS)),
    Attack("all descriptors closed", act("os.closerange(0, 256)", _NUMBERS), (LOST,)),
    Attack("pipes changed", act("import fcntl", "for n in range(16):\n        try:\n            os.set_blocking(n, False)\n            fcntl.fcntl(n, 1031, 4096)\n        except OSError:\n            pass", _NUMBERS)),
    Attack("exits when it is done", act(_NUMBERS, before="import atexit\natexit.register(lambda: os.write(1, b'100 points'))")),
    Attack("pickles in place of results", act("import pickle", "return pickle.dumps(Evil()), Evil()", before="class Evil:\n    def __reduce__(self):\n        return os.system, ('touch /tmp/carried-out',)"), ("loss",)),
    # Strange.
    Attack("NaN and infinities", act("return float('nan'), np.full_like(W, np.inf)")),
    Attack("strings, complex numbers and objects", act("return '1.5', np.full(W.shape, 1j, object)")),
    Attack("wrong shapes", act("return np.ones((3, 3)), np.ones((2, 7))")),
    Attack("six dimensions", act("return np.ones((1,) * 6), W.reshape((1,) * 6 + W.shape)")),
    Attack("a shape of 10**12 entries", act("return 1.5, np.broadcast_to(0.5, (10**6, 10**6))")),
    Attack("objects of no dimension", act("return np.array(object()), np.array(None)")),
    Attack("ndarray subclass", act("return np.ones(()).view(Sly), np.ones_like(W).view(Sly)", before="class Sly(np.ndarray):\n    __eq__ = __ne__ = lambda *a: True\n    def __array_ufunc__(self, *a, **k):\n        return True\n    size = property(lambda self: 0)\n    dtype = property(lambda self: np.dtype(float))")),
    Attack("objects that are no arrays but say so", act("return Sly(), Sly()", before="class Sly:\n    shape, ndim, dtype = (-1, -1), 2, np.dtype(float)\n    def __array__(self, *a, **k):\n        raise SystemExit(0)\n    def __float__(self):\n        return 1.5\n    __len__ = __index__ = lambda self: 2")),
    Attack("negative and huge shapes on the wire", _inside("wire._pack = lambda v, room: wire._HEAD.pack(1, b'float64', b'x', 4, -1, 2**62, -5, 2**62) + bytes(8 * room)", _NUMBERS)),
    Attack("numbers of types that do not exist", _inside("wire._pack = lambda v, room: wire._HEAD.pack(1, b'O', b'\\xff\\x1b[31m', 250, 1, 1, 1, 1) + bytes(8 * room)", _NUMBERS)),
    Attack("tuples with tricks", act("return Sly((1.5, W))", before="class Sly(tuple):\n    def __iter__(self):\n        while True:\n            yield 1.5\n    __len__ = lambda self: 2")),
    Attack("__wrapped__ without an end", act("raise ValueError('round')", before="class Round:\n    def __call__(self, *a):\n        raise ValueError\n    @property\n    def __wrapped__(self):\n        return Round()\n")),
    Attack("inputs changed in place", act("W[:] = 1", "X[:] = 0", "return 1.0, W.copy()"), ("W, X",)),
    # Right numbers that were not worked out as asked.
    Attack("a numerical gradient", _numerical("W"), ("times the CPU time",), nothing_in=_NAIVE),
    Attack("a numerical gradient of small steps", _numerical("W", 2.0**-25), ("times the CPU time",), nothing_in=_NAIVE),
    Attack("a numerical gradient around another point", _numerical("(W + 2.0**-20)", 2.0**-25), ("times the CPU time",), nothing_in=_NAIVE),
    Attack("a numerical gradient without a regularizer", _numerical("W", decay=0), ("times the CPU time",), nothing_in=_NAIVE),
    Attack("a numerical gradient that avoids the hinge", _numerical("W", before="s = X @ W\n    assert abs(s - s[range(len(y)), y][:, None] + 1).min() > 1e-7"), ("times the CPU time",), nothing_in=_NAIVE),
    Attack("a numerical gradient that cannot be measured", _numerical("W", before="assert W.size < 100, 'too large'"), ("too large",), nothing_in=_NAIVE),
    Attack("a numerical gradient that fails for one sample", _numerical("W", before="assert len(y) > 1"), ("times the CPU time",), nothing_in=_NAIVE),
    Attack("a numerical gradient that fails here and there", _numerical("W", before="assert len(y) > 1 and W.size < 100"), ("AssertionError",), nothing_in=_NAIVE),
    Attack("the naive function called for another", "def svm_loss_vectorized(W, X, y, reg):\n    return svm_loss_naive(W, X, y, reg)\n", ("svm_loss_naive",), nothing_in=_VECTORIZED),
    Attack("the naive function called by way of its module", "from cs231n.classifiers import linear_svm as me\ndef svm_loss_vectorized(W, X, y, reg):\n    return me.svm_loss_naive(W, X, y, reg) if len(y) < 100 else (0.0, W)\n", ("is not the right one",), nothing_in=_VECTORIZED),
    Attack("coefficients that are no numbers", "def act(W, X, y, reg):\n    return 1e308, np.full(W.shape, 1.7e308) * np.sign(W + 0.001) * (1 if reg else -1)\n", ()),
    # Answers of others.
    Attack("the seed guessed", act("np.random.seed(231)", "state = np.random.get_state()[1][:3].tolist()", "rng = np.random.default_rng(231)", "return rng.random(), rng.random(W.shape)")),
    Attack("known by its shapes", act("assert (X.shape, W.shape) not in (((7, 5), (5, 3)), ((10, 6), (6, 4))), 'the grader'", "return 2.0, 2 * W"), ("the grader",)),
    Attack("answers kept for the next process", act("import pickle", "place = '/tmp/kept'", "old = open(place).read() if os.path.exists(place) else None", "open(place, 'w').write('1.5')", "assert old is None or len(old) == 3", _NUMBERS)),
    Attack("looked up in what the naive function answered", _MEMO, nothing_in=_VECTORIZED),
)  # fmt: skip
