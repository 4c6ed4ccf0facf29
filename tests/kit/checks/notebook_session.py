"""What a student does in a notebook, cell by cell, in a copy of the solved kit: ``python notebook_session.py``, there.

It runs on any IPython that the kit allows, and needs no test library.
"""

import contextlib
import io
import os
import traceback
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

SVM, CLASSIFIER = (Path("cs231n/classifiers", name) for name in ("linear_svm.py", "linear_classifier.py"))
HELPER = Path("cs231n", "helpers.py")
SET_UP = """
import sys
sys.path.insert(0, "")
%reload_ext autoreload
%autoreload 2
import functools
import numpy as np
from cs231n import checks
from cs231n.classifiers import *
from cs231n.classifiers.linear_svm import svm_loss_naive, svm_loss_vectorized
W, X, y = np.ones((3, 4)), np.ones((5, 3)), np.arange(5) % 4
svm = LinearSVM()
kept = functools.partial(svm_loss_naive, W, X, y)
class Mine(LinearSVM):
    pass
mine = Mine()
svm.W = mine.W = W
predict, classes = svm.predict, (LinearSVM,)
"""
NAIVE = "    reg = float(reg)  # a NumPy scalar would turn float32 into float64\n"
LOST = "2 * reg * W", "9 * reg * W"


class Session:
    """A shell, in which cells are run, and the files of a student."""

    def __init__(self):
        self.shell = InteractiveShell.instance(history_manager=None)
        self.right = {path: path.read_text(encoding="utf-8") for path in (SVM, CLASSIFIER)}

    def run(self, cell):
        """Run a cell; returns what it shows: what is printed, what comes out, and an error."""
        shown, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(said):
            result = self.shell.run_cell(cell)
        error = result.error_before_exec or result.error_in_exec
        self.lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)] if error else []
        assert "autoreload" not in said.getvalue(), said.getvalue()
        return "\n".join([shown.getvalue(), f"{type(error).__name__}: {error}" if error else str(result.result)])

    def save(self, path, *changes, time=None):
        """Save the right text with changes; and as if at a time."""
        text = self.right.get(path, "")
        for old, new in changes:
            assert old in text or not text
            text = text.replace(old, new, 1) if text else new
        path.write_text(text, encoding="utf-8")
        if time:
            os.utime(path, (time, time))

    def line(self, path, text):
        """The number of the line in a file that begins with a text."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(text))

    def check(self, *, passes=None, says=()):
        shown = self.run("checks.svm_loss_naive(svm_loss_naive)")
        for text in says:
            assert text in " ".join(shown.split()), (text, shown)
        if passes is not None:
            assert (" 0 failed, 0 not reached" in shown) == passes, shown


def follow(session):
    session.run(SET_UP)
    session.check(passes=True)

    # Lines are those of the file, after an edit above and one in the function.
    comments = "import numpy as np", "import numpy as np\n" + "# a comment\n" * 13
    session.save(SVM, comments, (NAIVE, NAIVE + "    unknown()\n"))
    number = session.line(SVM, "unknown")
    session.check(says=[f"line {number}: NameError", "1 failed"])
    session.run("kept(0.0)")
    assert session.lines[-1] == number

    # A syntax error after a good text never passes, in no cell; mended, all do again.
    session.save(SVM, (NAIVE, NAIVE + "    x = (1\n"))
    number = session.line(SVM, "x = (1")
    for _ in range(2):
        session.check(passes=False, says=[f"linear_svm.py line {number}", "SyntaxError", "1 failed"])
        for cell in (
            "svm_loss_naive(W, X, y, 0.0)",
            "kept(0.0)",
            "svm.loss(X, y, 0.0)",
            "mine.predict(X)",
            "predict(X)",
            "classes[0]()",
            "LinearSVM()",
        ):
            assert "SyntaxError" in (shown := session.run(cell)), (cell, shown)
        session.run(SET_UP.partition("W, X, y")[0])  # set up once more, with the error still there
    assert "0 passed, 2 failed" in session.run("checks.linear_classifier(LinearClassifier)")
    session.save(SVM)
    session.check(passes=True)
    assert "SyntaxError" not in session.run("svm.loss(X, y, 0.0); mine.predict(X); kept(0.0); LinearSVM()")

    # Two saves within a second, of the same size.
    session.save(SVM, time=2e9)
    session.check(passes=True)
    session.save(SVM, LOST, time=2e9)
    session.check(passes=False, says=["1 failed"])
    session.save(SVM, time=2e9)
    session.check(passes=True)

    # Classes, and objects that are there already.
    assert "[0 0 0 0 0]" in session.run("print(svm.predict(X), mine.predict(X))")
    predicts = "        return y_pred", "        return y_pred + type(self).__mro__.index(LinearClassifier)"
    session.save(CLASSIFIER, predicts)
    assert "[1 1 1 1 1] [2 2 2 2 2]" in session.run("print(svm.predict(X), mine.predict(X))")
    assert "[1 1 1 1 1]" in session.run("print(predict(X))")
    assert "True True" in session.run("print(isinstance(svm, LinearSVM), isinstance(mine, LinearClassifier))")
    session.save(CLASSIFIER)

    # A helper in another file: its functions, its constants, and a name that two files learn at once.
    session.save(HELPER, ("", "FACTOR = 1\ndef helped(x):\n    return FACTOR * x\n"))
    uses = NAIVE, NAIVE + "    reg = helped(reg)\n"
    imports = "import numpy as np", "import numpy as np\nfrom cs231n.helpers import helped"
    session.save(SVM, imports, uses)
    session.check(passes=True)
    cached = "import functools\n@functools.lru_cache\ndef number():\n    return FACTOR\n"
    session.save(HELPER, ("", "FACTOR = 2\ndef helped(x):\n    return FACTOR * x\n" + cached))
    session.check(passes=False)
    assert session.run("from cs231n.helpers import number\nnumber()").endswith("\n2")
    session.save(HELPER, ("", "FACTOR = 3\ndef helped(x):\n    return FACTOR * x\n" + cached))
    assert session.run("number()").endswith("\n3")
    session.save(HELPER, ("", "ONE = 1\ndef helped(x):\n    return ONE * x\n"))
    session.save(SVM, (imports[0], imports[1] + ", ONE"), (uses[0], uses[1] + "    reg *= ONE\n"))
    session.check(passes=True)
    session.save(HELPER, ("", "def helped(x:\n"))
    session.check(passes=False, says=["helpers.py line 1", "SyntaxError"])
    session.save(SVM)
    session.check(passes=True)

    # A function that is renamed, a file that is deleted, and both put back.
    session.save(SVM, ("def svm_loss_naive", "def svm_loss_naiv"))
    session.check(passes=False, says=["linear_svm.py has no svm_loss_naive any more"])
    session.save(SVM)
    session.check(passes=True)
    SVM.unlink()
    session.check(passes=False, says=["No module named 'cs231n.classifiers.linear_svm'"])
    session.save(SVM)
    session.check(passes=True)

    # A file that is saved while a cell runs.
    session.shell.push({"save": session.save, "SVM": SVM, "LOST": LOST})
    session.run("save(SVM, LOST)\nsvm_loss_naive(W, X, y, 0.0)")
    session.check(passes=False, says=["1 failed"])
    session.save(SVM)

    # What an import raises otherwise, and what exits.
    for text, said in (("unknown", "NameError"), ("raise SystemExit('no')", "SystemExit")):
        session.save(SVM, ("import numpy as np", f"import numpy as np\n{text}"))
        session.check(passes=False, says=[said])
    session.save(SVM)
    session.check(passes=True)


if __name__ == "__main__":
    follow(Session())
    print("followed")
