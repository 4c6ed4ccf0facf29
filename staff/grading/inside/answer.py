"""The process in which a student's code runs: questions come in, and bytes of a known length go out.

Run as ``python -I -S answer.py SETTINGS``, and imported by nothing. SETTINGS is a JSON object with ``path``, the
folders to import from, perhaps ``root``, the folder that becomes the root of the file system, and the arguments of
`wait_for_work`. The process loads NumPy, says that it is ready, and waits. With each message
on the socket come three pipes: a copy of the process gives up all but these and what reading needs, runs one student's
code, and ends. Questions come on its standard input: the length of a JSON header in four bytes, the header, and the
bytes of the arrays that it lists. Answers go to its standard output, what student code prints to its standard error.
"""

import json
import os
import struct
import sys

settings = json.loads(sys.argv[1])
if settings.get("root"):  # a folder with all that is needed from here on, at the same paths; only root can ask for it
    os.chroot(settings["root"])
    os.chdir("/")
settings.pop("root", None)
sys.path[:] = settings.pop("path")
sys.argv[:] = [""]

import builtins  # noqa: E402  these and what they import once for all copies
import gc  # noqa: E402
import importlib.abc  # noqa: E402
import importlib.util  # noqa: E402
import socket  # noqa: E402
import traceback  # noqa: E402

import confine  # noqa: E402
import numpy as np  # noqa: E402
import numpy.random  # noqa: E402
import probe  # noqa: E402
import wire  # noqa: E402

PACKAGE = "cs231n.classifiers"
LOSSES = ("svm_loss_naive", "svm_loss_vectorized")


class Sources(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the kit and the student's files from memory."""

    def __init__(self, files):
        self.files = files

    def find_spec(self, name, path=None, target=None):
        stem = name.replace(".", "/")
        for file, is_package in ((f"{stem}/__init__.py", True), (f"{stem}.py", False)):
            if file in self.files:
                return importlib.util.spec_from_loader(name, self, origin=file, is_package=is_package)
        return None

    def get_source(self, name):
        return self.files[self.find_spec(name).origin]

    def get_code(self, name):
        origin = self.find_spec(name).origin
        return compile(self.files[origin], origin, "exec", dont_inherit=True)


class Work:
    """What the student handed in, each file imported once, and what came of it."""

    def __init__(self, files):
        self.given = {}
        folder = PACKAGE.replace(".", "/")
        files[f"{folder}/__init__.py"] = ""  # ours imports both of the student's files
        files.setdefault(f"{folder}/softmax.py", "")  # the classic linear_classifier.py imports all that is in it
        sys.meta_path.insert(0, Sources(files))
        importlib.import_module(f"{PACKAGE}._past")
        builtins.xrange = range
        for name in ("int", "float", "bool", "object", "str"):  # NumPy's names for them, until 2022
            if name not in vars(np):
                setattr(np, name, getattr(builtins, name))

    def get(self, name):
        """A function or class of the student's; raises what its file raises."""
        module = "linear_svm" if name in LOSSES else "linear_classifier"
        if name not in LOSSES:
            self._stand_in()
        found = getattr(self._import(module), name, None)
        if found is None:
            raise NotImplementedError(f"{module}.py has no {name}")
        return found

    def _import(self, module):
        if module not in self.given:
            try:
                self.given[module] = importlib.import_module(f"{PACKAGE}.{module}"), None
            except BaseException as error:  # SystemExit, too
                self.given[module] = None, error
        found, error = self.given[module]
        if error is not None:
            raise error
        return found

    def _stand_in(self):
        """The classifier's checks bring a loss of their own: they do not wait for that of `linear_svm.py`."""
        try:
            self._import("linear_svm")
        except BaseException:  # said where the losses are asked for
            module = sys.modules[f"{PACKAGE}.linear_svm"] = type(sys)(f"{PACKAGE}.linear_svm")
            module.__dict__.update(dict.fromkeys(LOSSES))


def answer_loss(work, question, W, X, y):
    """Loss and gradient, and which of the inputs were changed or are shared with the gradient."""
    function, kept = work.get(question["name"]), [array.copy() for array in (W, X, y)]
    if question["seed"] is not None:
        np.random.seed(question["seed"])
    result = function(W, X, y, question["reg"])
    flags = sum(1 << place for place, pair in enumerate(zip((W, X, y), kept)) if not np.array_equal(*pair))  # noqa: B905
    loss, gradient = pair(result)
    if isinstance(gradient, np.ndarray) and any(np.shares_memory(gradient, array) for array in (W, X, y)):
        flags |= 8
    return wire.pack(loss, 1) + wire.pack(gradient, W.size) + struct.pack("<B", flags)


def pair(result):
    """Loss and gradient."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise ReturnedError(type(result).__name__)
    return result


def answer_steps(work, question, W, X, y):
    """How many lines Python goes through, and the result."""
    steps, result = probe.count_steps(work.get(question["name"]), W, X, y, question["reg"])
    loss, gradient = pair(result)
    return struct.pack("<q", steps) + wire.pack(loss, 1) + wire.pack(gradient, W.size)


def answer_training(work, question, X, y, gradients):
    """All that was observed of `train`."""
    _, D, C = gradients.shape
    runs = probe.observe(work.get("LinearClassifier"), X, y, gradients, question["times"], **question["options"])
    reply = b""
    for run in runs:
        missing = wire.MOST_CALLS - len(run.calls)
        reply += wire.RUN.pack(len(run.calls), run.seeded, run.failure is not None)
        reply += wire.pack_failure(run.failure or probe.Failure("", "", None))
        reply += wire.pack(_as_array(run.history), wire.FULL_HISTORY) + wire.pack(run.W, D * C)
        for W, X_batch, y_batch in [*run.calls[: wire.MOST_CALLS], *[(None, None, None)] * missing]:
            reply += wire.pack(W, D * C) + wire.pack(X_batch, 2 * X.size) + wire.pack(y_batch, 2 * y.size)
    return reply


def answer_prediction(work, question, W, X):
    """What was predicted."""
    found = probe.predict(work.get("LinearClassifier"), W, X)
    if isinstance(found, probe.Failure):
        raise CaughtError(found)
    return wire.pack(_as_array(found), X.size)


def _as_array(value):
    return np.asarray(value) if isinstance(value, list | tuple) else value


class ReturnedError(Exception):
    """A result of another type."""


class CaughtError(Exception):
    """A failure that was caught already."""


ANSWERS = {
    "loss": answer_loss,
    "steps": answer_steps,
    "train": answer_training,
    "predict": answer_prediction,
}


def fail(error, files):
    """The failure that an exception is, with the last line in a file of the student's."""
    if isinstance(error, CaughtError):
        return error.args[0]
    if isinstance(error, ReturnedError):
        return probe.Failure("returns", error.args[0], None)
    if isinstance(error, SyntaxError):
        return probe.Failure(type(error).__name__, str(error.msg), error.lineno)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename in files]
    text = " ".join(str(error).split()) or "no message"
    return probe.Failure(type(error).__name__, text[:200], lines[-1] if lines else None)


def read(count, source=os.read):
    """So many bytes of standard input; ends the process where they end."""
    data = b""
    while len(data) < count:
        part = source(0, count - len(data))
        if not part:
            os._exit(0)
        data += part
    return data


def read_question():
    """A question, and its arrays."""
    (length,) = struct.unpack("<I", read(4))
    question = json.loads(read(length))
    arrays = []
    for dtype, shape in question.get("arrays", ()):
        array = np.empty(shape, dtype)
        arrays.append(np.frombuffer(read(array.nbytes), dtype).reshape(shape).copy())
    return question, arrays


def wait_for_work(control, tmp=None, user=None, **limits):
    """Run the code of one student after another, each in a copy of this process.

    Parameters
    ----------
    control : int
        Number of the socket.
    tmp : path, optional
        The folder that is written to; what is left in it is told.
    user : int, optional
        The first of a thousand users that copies become in turn.
    **limits
        The other arguments of `confine`.
    """
    confine.die_with_parent()
    channel, count, before = socket.socket(fileno=control), 0, os.listdir(tmp) if tmp else []
    channel.sendall(b"ready")
    while True:
        message, pipes, _, _ = socket.recv_fds(channel, 1, 3)
        if not message:
            return
        copy = os.fork()
        if not copy:
            channel.close()
            for number, pipe in enumerate(pipes):
                os.dup2(pipe, number)
                os.close(pipe)
            confine.confine(user=None if user is None else user + count % 1000, **limits)
            answer_questions()
        for pipe in pipes:
            os.close(pipe)
        _, status, used = os.wait4(copy, 0)
        unit = 1 if sys.platform == "darwin" else 1024
        is_clean = not tmp or os.listdir(tmp) == before
        channel.sendall(wire.END.pack(status, is_clean, used.ru_utime + used.ru_stime, used.ru_maxrss * unit))
        count += 1


def answer_questions():
    """Answer questions until there are no more, and end the process."""
    channel = os.dup(1)
    os.dup2(2, 1)
    os.write(channel, b"ready")
    question, _ = read_question()
    files = question["files"]
    work = Work(dict(files))
    while True:
        question, arrays = read_question()
        failure, reply = None, b""
        try:
            reply = ANSWERS[question["do"]](work, question, *arrays)
        except BaseException as error:  # whatever the student's code raises is an answer
            failure = fail(error, files)
        reply = bytes.fromhex(question["nonce"]) + (
            b"\1" + wire.pack_failure(failure) + bytes(question["length"])
            if failure
            else b"\0" + bytes(wire.FAILURE.size) + reply
        )
        view = memoryview(reply)
        while view:
            view = view[os.write(channel, view) :]


if __name__ == "__main__":
    gc.freeze()  # what all copies share is not copied for being looked at
    wait_for_work(**settings)
