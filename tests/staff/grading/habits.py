"""What students do in a file beside the task: edits of one that is right, which change neither loss nor gradient.

Those of `BROKEN` end the import, or take a function away.
"""

_IN_NAIVE = "    check_inputs(W, X, y)\n"  # the first line of each loss


def before(text):
    """Lines at the top of the file."""
    return lambda source: text + "\n" + source


def after(text):
    """Lines at its end."""
    return lambda source: source + "\n\n" + text + "\n"


def inside(text):
    """A line at the beginning of each loss."""
    return lambda source: source.replace(_IN_NAIVE, f"    {text}\n{_IN_NAIVE}")


COUNTER = "calls = 0\n"
DECORATED = """import functools
def logged(function):
    @functools.wraps(function)
    def wrapper(*given):
        return function(*given)
    return wrapper
svm_loss_naive, svm_loss_vectorized = logged(svm_loss_naive), logged(svm_loss_vectorized)"""


def returning(result):
    """A vectorized loss that returns its results in another form."""
    return after(
        "_right = svm_loss_vectorized\n"
        "def svm_loss_vectorized(W, X, y, reg):\n"
        "    loss, dW = _right(W, X, y, reg)\n"
        f"    return {result}"
    )


HARMLESS = {
    "a loss in an array of one": returning("np.array([[loss]]), dW"),
    "a loss of many digits": returning("np.longdouble(loss), dW"),
    "a gradient of many digits": returning("loss, dW.astype(np.longdouble) if W.dtype == float else dW"),
    "what NumPy imports late": inside("np.unique(y), np.median(X), np.ma.array(X)"),
    "a print at the top": before("print('here', __name__)"),
    "a main block": after("if __name__ == '__main__':\n    import sys\n    print(sys.argv[1], input())"),
    "the arguments": before("import sys\nprint(sys.argv, len(sys.argv))\nassert len(sys.argv) < 2"),
    "a figure": before("import matplotlib.pyplot as plt\nfigure = plt.figure()\nplt.plot([1, 2])\nplt.show()"),
    "figures saved nowhere": before("import io\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig(io.BytesIO())"),
    "a backend": before("import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = 9, 8"),
    "a backend of notebooks": before("import matplotlib\nmatplotlib.use('agg')\nfrom IPython import get_ipython\nget_ipython()"),
    "seeds": before("import random\nimport numpy as np\nrandom.seed(1)\nnp.random.seed(231)\nnp.random.randn(3)"),
    "annotations": lambda source: "from __future__ import annotations\n" + source.replace("(W, X, y, reg):", "(W: np.ndarray, X: np.ndarray, y: Labels, reg: float | None) -> tuple[float, Gradient]:"),
    "types of 3.10": before("from typing import TypeAlias\nArray: TypeAlias = 'int | None'\nx: int | str = 1\nmatch x:\n    case 1: pass"),
    "calls counted": lambda source: inside("global calls; calls += 1")(COUNTER + source),
    "floating point errors raised": before("import numpy as np\nnp.seterr(all='raise')"),
    "warnings raised": before("import warnings\nwarnings.simplefilter('error')"),
    "warnings raised, floating point errors warned of": before("import warnings\nimport numpy as np\nnp.seterr(all='warn')\nwarnings.filterwarnings('error')"),
    "a division by zero, with floating point errors raised": lambda source: before("import numpy as np\nnp.seterr(all='raise')")(inside("np.ones(1) / np.zeros(1)")(source)),
    "an overflow": inside("np.exp(np.array([1e4]))"),
    "print options": before("import numpy as np\nnp.set_printoptions(precision=2, suppress=True, threshold=5)"),
    "folders to import from": before("import sys\nsys.path.append('..')\nsys.path.insert(0, '.')"),
    "its own folder to import from": before("import os, sys\nsys.path.append(os.path.dirname(os.path.abspath(__file__)))\nimport validation"),
    "its own folder": before("import os\nos.chdir(os.path.dirname(os.path.abspath(__file__)))"),
    "the folder above": before("import os\nos.chdir('..')"),
    "its own folder listed": before("import os\nassert 'linear_svm.py' in os.listdir(os.path.dirname(os.path.abspath(__file__)))"),
    "relative imports": before("from . import validation\nfrom .. import data_utils\nfrom ..gradient_check import grad_check_sparse"),
    "absolute imports": before("from cs231n.classifiers.validation import check_inputs\nimport cs231n.classifiers.validation as v"),
    "the package": before("import cs231n.classifiers\nimport cs231n"),
    "the other file, late": inside("from .linear_classifier import LinearClassifier"),
    "the package's classes, late": inside("from cs231n.classifiers import LinearSVM"),
    "the checks": before("from cs231n import checks"),
    "logging": lambda source: before("import logging\nlogging.basicConfig(level=logging.DEBUG)\nlog = logging.getLogger(__name__)")(inside("log.debug('called')")(source)),
    "threads imported": before("import threading, multiprocessing, concurrent.futures, queue, asyncio\nlock = threading.Lock()"),
    "a decorator": after(DECORATED),
    "a cache": before("import functools\n@functools.lru_cache\ndef one(n):\n    return n\none(1)"),
    "Numba if it is there": before("try:\n    from numba import njit\nexcept ImportError:\n    def njit(function):\n        return function"),
    "CuPy if it is there": before("try:\n    import cupy as xp\nexcept Exception:\n    import numpy as xp"),
    "a class": after("class Margins:\n    delta = 1.0\n    def __init__(self, scores):\n        self.scores = scores"),
    "a data class": before("from dataclasses import dataclass\n@dataclass\nclass Options:\n    reg: float = 0.0\nOptions()"),
    "prints": inside("print('loss of', W.shape, X, y)"),
    "prints in loops": lambda source: source.replace("        for j in range(num_classes):\n", "        for j in range(num_classes):\n            print('class', j)\n"),
    "a bar": lambda source: "from tqdm.auto import tqdm\n" + source.replace("for i in range(num_train):", "for i in tqdm(range(num_train)):", 1),
    "time": lambda source: before("import time\nfrom datetime import datetime\nbegun = time.time(), datetime.now()")(inside("time.perf_counter()")(source)),
    "names of old packages": before("from __future__ import print_function\nfrom builtins import range\nfrom past.builtins import xrange\nimport numpy as np\nnp.float(1), np.int(2)"),
    "a debugger imported": before("import pdb, code, inspect, traceback"),
    "the requirements": before("import requests, nbformat, tqdm, matplotlib, IPython, PIL.Image, filelock"),
    "a file of its own": before("open('notes.txt', 'w').write('x')\nassert open('notes.txt').read() == 'x'"),
    "a temporary file": before("import tempfile\nwith tempfile.TemporaryFile() as f:\n    f.write(b'x')"),
    "the environment": before("import os\nos.environ['OMP_NUM_THREADS'] = '4'\nos.environ.get('HOME'), os.getcwd(), os.cpu_count()"),
    "recursion": before("import sys, gc\nsys.setrecursionlimit(5000)\ngc.collect()\ngc.disable()"),
    "names with letters of Korean": before("여백 = 1\ndef 더하기(가, 나):\n    return 가 + 나"),
    "tabs": after("def other():\n\treturn 1"),
    "semicolons": before("a = 1; b = 2; c = a + b"),
    "an old escape": before("pattern = '\\d'"),
    "assert": inside("assert X.shape[1] == W.shape[0], X.shape"),
    "a default": lambda source: source.replace("(W, X, y, reg):", "(W, X, y, reg=0.1, delta=1.0):"),
    "arguments by other names": lambda source: source.replace("def svm_loss_naive(W, X, y, reg):\n", "def svm_loss_naive(weights, X, y, reg):\n    W = weights\n"),
    "the functions as attributes": after("svm_loss_naive.note = 'mine'\nresults = {}"),
    "NumPy under another name": lambda source: "import numpy\nfrom numpy import *\nfrom numpy import linalg\n" + source,
    "star imports of the kit": before("from cs231n.data_utils import *\nfrom cs231n.vis_utils import *\nfrom cs231n.gradient_check import *"),
    "a test of its own": after("def _test():\n    W, X, y = np.ones((3, 2)), np.ones((4, 3)), np.zeros(4, int)\n    loss, grad = svm_loss_naive(W, X, y, 0.1)\n    assert loss > 0\n_test()"),
    "the numerical gradient in a test of its own": after("from cs231n.gradient_check import eval_numerical_gradient\n_W, _X, _y = np.ones((3, 2)), np.ones((4, 3)), np.zeros(4, int)\neval_numerical_gradient(lambda w: svm_loss_naive(w, _X, _y, 0.1)[0], _W, verbose=False)"),
}  # fmt: skip
BROKEN = {
    "a loss in a list": returning("[loss], dW"),
    "exit()": before("exit()"),
    "quit(0)": after("quit(0)"),
    "sys.exit": after("import sys\nsys.exit('done')"),
    "input()": before("name = input('who? ')"),
    "a line read": before("import sys\nassert sys.stdin.readline()"),
    "an argument": before("import sys\npath = sys.argv[1]"),
    "a magic": before("%matplotlib inline"),
    "a command of the shell": before("!pip install numpy"),
    "text of a merge": before("<<<<<<< HEAD"),
    "a name that is not there": after("print(lose)"),
    "a division by zero": after("1 / 0"),
    "NumPy is not there": lambda source: source.replace("import numpy as np\n", "import nunpy as np\n", 1),
    "a name that NumPy has not": before("from numpy import softmax_svm"),
    "a module of the kit that is not there": before("from cs231n.layers import *"),
    "an attribute": before("import numpy as np\nnp.asfarray_of('x')"),
    "not implemented": before("raise NotImplementedError"),
    "an exception of its own": before("class Lost(Exception):\n    pass\nraise Lost('here\\nand there')"),
    "an exception called missing": before("class missing(Exception):\n    pass\nraise missing('x')"),
    "a stop": before("raise KeyError"),
    "recursion without end": before("def f():\n    f()\nf()"),
    "a data file": before("import numpy as np\nX = np.loadtxt('mydata.txt')"),
    "a data file beside the notebook": before("X = open('../../svm_data.csv').read()"),
    "a helper of its own that is not there": before("from helper import hinge"),
    "a text without an end": before("text = 'never\n"),
    "a text of three without an end": after("'''never"),
    "a function deleted": lambda source: source.partition("def svm_loss_vectorized")[0],
    "a function renamed": lambda source: source.replace("def svm_loss_vectorized(", "def svm_loss_vectorised("),
    "the first function renamed": lambda source: source.replace("def svm_loss_naive(", "def svm_loss_native("),
    "both functions renamed": lambda source: source.replace("def svm_loss_", "def loss_"),
    "an empty file": lambda source: "",
    "a function overwritten": after("svm_loss_naive = None"),
    "a function overwritten by its result": after("svm_loss_vectorized = svm_loss_vectorized(np.ones((3, 2)), np.ones((4, 3)), np.zeros(4, int), 0.1)"),
    "all in a class": lambda source: "class SVM:\n" + "".join(f"    {line}" for line in source.splitlines(True)),
    "all in a function": lambda source: "def main():\n" + "".join(f"    {line}" for line in source.splitlines(True)),
    "all in a comment": lambda source: "".join(f"# {line}" for line in source.splitlines(True)),
}  # fmt: skip
