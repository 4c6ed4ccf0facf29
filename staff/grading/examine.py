"""The other process: imports one student's file, checks what it defines, and writes findings as JSON lines.

Run as ``python -I examine.py KIT FILE CHANNEL``, and imported by nothing: KIT is the folder that holds cs231n, CHANNEL
the file to write to. Each line is an object with ``stage``, and with ``findings`` or ``cannot_run``.
"""

import builtins
import contextlib
import functools
import importlib.machinery
import importlib.util
import json
import os
import sys
import types

MEMORY = 4 << 30  # bytes of address space, of which NumPy's threads take a part
LOSSES = ("svm_loss_naive", "svm_loss_vectorized")


def main(kit, path, channel):
    """Examine one file.

    Parameters
    ----------
    kit, path, channel : str
    """
    with contextlib.suppress(ImportError, ValueError, OSError):  # neither Windows nor macOS has such a limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.path.insert(0, kit)
    from cs231n import checks

    def send(**message):
        with open(channel, "a", encoding="utf-8") as stream:
            stream.write(json.dumps(message) + "\n")

    send(stage="import")
    _offer_old_names(kit)
    sys.dont_write_bytecode = True  # nothing beside a student's file; the kit's modules are compiled once
    try:
        module = _load(path)
    except BaseException as error:  # SystemExit and whatever else a file may raise
        send(stage="import", cannot_run=_import_failure(error, path))
        return
    functions = {name: getattr(module, name) for name in LOSSES if _is_own(module, name)}
    jobs = {name: (getattr(checks, name), functions.get(name, _missing(name))) for name in LOSSES if functions}
    if _is_own(module, "LinearClassifier"):
        jobs["LinearClassifier"] = checks.linear_classifier, module.LinearClassifier
    if not jobs:
        send(stage="import", cannot_run="it defines neither svm_loss_naive nor svm_loss_vectorized.")
        return
    transposed = False
    for name, (check, subject) in jobs.items():
        send(stage=name)
        transposed = transposed or (name in functions and _is_transposed(subject, checks))
        if transposed and name in functions:
            subject = _as_we_call_it(subject)
        send(stage=name, findings=[finding.as_dict() for finding in check(subject)])
    send(stage="end", transposed=transposed)


def _is_own(module, name):
    """Whether a module defines something callable, and does not only import it."""
    found = getattr(module, name, None)
    return callable(found) and getattr(found, "__module__", module.__name__) == module.__name__


def _missing(name):
    """A function that a file does not have: as good as one that is not started."""

    def missing(W, X, y, reg):
        raise NotImplementedError

    missing.__name__ = name
    return missing


def _load(path):
    loader = importlib.machinery.SourceFileLoader("cs231n.classifiers.student", path)  # whatever the file is called
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _offer_old_names(kit):
    """What files of earlier years ask for: `xrange`, `past.builtins`, NumPy's aliases; and the kit's own modules."""
    import numpy as np

    package = types.ModuleType("cs231n.classifiers")  # without its __init__, which imports the student's files
    package.__path__ = [os.path.join(kit, "cs231n", "classifiers")]
    sys.modules[package.__name__] = package
    importlib.import_module("cs231n.classifiers._past")
    builtins.xrange = range
    for name in ("int", "float", "bool", "object", "str"):
        if name not in vars(np):
            setattr(np, name, getattr(builtins, name))


def _import_failure(error, path):
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    if isinstance(error, SystemExit):
        return f"it exits with status {error.code} when it is imported"
    lines, trace = [], error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return f"line {lines[-1] if lines else '?'}: {type(error).__name__}: {error}"


def _is_transposed(function, checks):
    """Whether a function raises for W (D, C) and X (N, D), and answers for W (C, D) and X (D, N), as in 2015."""
    question = checks.questions.questions()[1]
    return bool(
        checks.questions.ask(function, question).failure
        and not checks.questions.ask(_as_we_call_it(function), question).failure
    )


def _as_we_call_it(function):
    @functools.wraps(function)
    def turned(W, X, y, reg):
        loss, gradient = function(W.T, X.T, y, reg)
        return loss, getattr(gradient, "T", gradient)

    return turned


if __name__ == "__main__":
    main(*sys.argv[1:])
