"""Attacks on what is read outside of the sandbox: notebooks, source files and receipts, as text."""

import json

from cs231n.assignments.svm import ASSIGNMENT as SVM
from cs231n.submission.receipt import RECEIPT

from . import CARRIED, Attack
from .archives import CODE, zip_of

_SVM = SVM.sources[0]
_BOOK = SVM.notebooks[0]
_HTML = "</pre></style><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"


def _cells(*sources):
    return json.dumps({"cells": [{"cell_type": "markdown", "source": source} for source in sources]})


def _region(name, body):
    return f"TODO({name})\n<!-- *****START OF YOUR ANSWER***** -->\n{body}\n<!-- *****END OF YOUR ANSWER***** -->\n"


def _book(text):
    return zip_of((_BOOK, text))


def _code(text):
    return zip_of((_SVM, text))


def _nested(depth):
    """A function of functions, each of which uses all names of the others."""
    names = [f"f{number}" for number in range(depth)]
    lines = [f"{' ' * at}def {name}(*a):" for at, name in enumerate(["svm_loss_vectorized", *names])]
    return "\n".join([*lines, f"{' ' * (depth + 1)}return {', '.join(names)}", f" return 1.5, {names[0]}"]) + "\n"


NOTEBOOKS = (
    Attack("a notebook nested without an end", _book("[" * 400_000), ()),
    Attack("a notebook of nested objects", _book('{"cells":' * 100_000), ()),
    Attack("a notebook of one cell of 100 MB", lambda: _book(_cells("a" * (100 << 20))), ("has more than 50 MB",)),
    Attack("a notebook of ten million values", lambda: _book('{"cells": [' + "[],a," * 5_000_000 + "]}"), ("is no notebook",)),
    Attack("a notebook whose regions begin without an end", lambda: _book(_cells("TODO(inline-1) " * 500_000))),
    Attack("a notebook whose answers begin without an end", lambda: _book(_cells("*****START OF YOUR x " * 400_000))),
    Attack("a notebook with lines of stars", lambda: _book(_cells("*" * 5_000_000 + "END OF YOUR"))),
    Attack("a notebook with its regions doubled", _book(_cells(*[_region("inline-1", "one"), _region("inline-1", "two")] * 500))),
    Attack("a notebook with HTML in its answers", _book(_cells(_region("inline-1", _HTML), _region("tune", _HTML), _region("inline-2", CARRIED[:3])))),
    Attack("a notebook with code that cannot be parsed", _book(_cells(_region("tune", "-" * 90_000 + "1")))),
    Attack("a notebook of other types", _book('{"cells": [{"source": {"a": 1}, "id": []}, {"source": [1, null]}, 5]}')),
    Attack("a notebook of surrogates", _book('{"cells": [{"source": "TODO(tune) \\ud800\\u0000"}]}')),
    Attack("a notebook of an enormous number", _book('{"cells": [' + "9" * 100_000 + "]}")),
    Attack("a notebook that is no UTF-8", _book(b"\xff\xfe" * 500)),
    Attack("a receipt of other types", zip_of((_SVM, CODE), (RECEIPT, json.dumps({"sha256": [[CARRIED]]})))),
    Attack("a receipt nested without an end", zip_of((_SVM, CODE), (RECEIPT, "[" * 300_000))),
    Attack("source nested without an end", _code("x = " + "(" * 400_000), ("SyntaxError",)),
    Attack("source of many signs", _code(CODE + "x = " + "-" * 400_000 + "1"), ()),
    Attack("source of a long sum", _code(CODE + "x = 1" + "+1" * 200_000), ()),
    Attack("source that names one name again and again", _code(f"a = [{'a, ' * 60_000}]\ndef svm_loss_vectorized(W, X, y, reg):\n    return [{'a, ' * 60_000}]\n")),
    Attack("source of many names", _code("".join(f"a{n} = b{n}\n" for n in range(20_000)) + CODE.replace("naive", "vectorized") + "    return [" + ", ".join(f"a{n}" for n in range(20_000)) + "]\n")),
    Attack("an answer of 47 MB of spaces", lambda: _book(_cells(_region("inline-1", " " * (47 << 20))))),
    Attack("a cell of twenty million lines", lambda: _book(_cells("a" + "\n" * 20_000_000 + "a"))),
    Attack("source of functions within functions", _code(_nested(97))),
    Attack("source of a million names", _code(CODE + "W\n" * 500_000)),
    Attack("source of two thousand additions", _code(CODE + f"if {'+'.join(['1'] * 2000)}:\n    pass\n")),
    Attack("source of ten thousand loops", _code("def svm_loss_vectorized(W, X, y, reg):\n" + "    for i in X: pass\n" * 10_000 + "    return 1.5, W\n")),
    Attack("source with NUL and bytes that are no text", _code(b"\xff\0\xfe" + CODE.encode()), ("SyntaxError | ValueError",)),
    Attack("source with the wrong encoding", _code("# coding: rot13\n" + CODE)),
    Attack("source with HTML for a name", _code(f"class E(Exception): pass\nE.__name__ = {_HTML!r}\nraise E({_HTML!r})\n"), ("<script>",)),
)  # fmt: skip
