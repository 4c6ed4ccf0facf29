"""The process in which a student's code runs: requests come in, and bytes of a known length go out.

Run as ``python -I -S answer.py SETTINGS``, and imported by nothing. SETTINGS is a JSON object with ``path``, the
folders to import from, perhaps ``root``, the folder that becomes the root of the file system, and the arguments of
`wait_for_work`. The process loads NumPy, says that it is ready, and waits. With each message on the socket come three
pipes: a copy of the process gives up all but these and what reading needs, runs one student's code, and ends. Requests
come on its standard input: the length of a JSON header in four bytes, the header, and the bytes of the arrays that it
lists. Replies go to its standard output, what student code prints to its standard error.
"""

import json
import os
import struct
import sys

settings = json.loads(sys.argv[1])
root = settings.pop("root", None)
if root:  # a folder with all that is needed from here on, at the same paths; only root can ask for it
    os.chroot(root)
    os.chdir("/")
sys.path[:] = settings.pop("path")
sys.argv[:] = [""]

import contextlib  # noqa: E402  these and what they import once for all copies
import gc  # noqa: E402
import importlib.abc  # noqa: E402
import importlib.util  # noqa: E402
import io  # noqa: E402
import itertools  # noqa: E402
import math  # noqa: E402
import site  # noqa: E402
import socket  # noqa: E402
import threading  # noqa: E402

import calls  # noqa: E402
import confine  # noqa: E402
import loading  # noqa: E402
import numpy as np  # noqa: E402
import numpy.random  # noqa: E402
import wire  # noqa: E402


class Sources(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Imports the kit and the student's files, bytes by path, from memory as if they were on the disk."""

    def __init__(self, files):
        self.files, self.paths = files, {}

    def find_spec(self, name, path=None, target=None):
        for folder in sys.path if path is None else path:
            stem = os.path.abspath(os.path.join(folder, name.rpartition(".")[2]))
            for file, inside in ((f"{stem}/__init__.py", [stem]), (f"{stem}.py", None)):
                if file in self.files:
                    self.paths[name] = file
                    return importlib.util.spec_from_file_location(
                        name, file, loader=self, submodule_search_locations=inside
                    )
        if name.startswith("cs231n."):  # on the disk there are stubs
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

    def get_filename(self, name):
        return self.paths[name]

    def get_data(self, path):
        return self.files[path]


def read_kit(folder, left_out):
    """The modules and sentences of the kit, bytes by name, but those that a student writes in."""
    names = [os.path.relpath(os.path.join(path, name), folder) for path, _, names in os.walk(folder) for name in names]
    kit = {}
    for name in names:
        if name.endswith((".py", ".json")) and name not in left_out:
            with open(os.path.join(folder, name), "rb") as stream:
                kit[name] = stream.read()
    return kit


class Work:
    """What the student handed in beside the kit; both are bytes by name below `root`, where they seem to lie."""

    def __init__(self, files, kit, root, sources):
        files = kit | files
        # The classic linear_classifier.py imports all that is in it.
        files.setdefault("cs231n/classifiers/softmax.py", b"")
        sys.path[0] = root  # in place of the folder of this module
        sys.meta_path.insert(0, Sources({f"{root}/{name}": content for name, content in files.items()}))
        self.is_own = {f"{root}/{name}" for name in sources}.__contains__
        folders = {os.path.dirname(f"{root}/{name}") for name in sources}  # a helper of the student's lies there, too
        self.modules = loading.Modules(lambda name: os.path.dirname(name) in folders, in_sandbox=True)

    def answer(self, subject, call):
        """Make one call; what importing raises is an answer, too."""
        if call.do in ("idle", "yardstick"):  # ours; asked for while no student code has been imported
            return calls.perform(None, call, self.is_own, in_sandbox=True)
        code = self.modules.code(**subject)
        if type(code) is calls.Failure:  # student code may have replaced isinstance
            return calls.Answer(failure=code)
        return calls.Answer() if call.do == "import" else calls.perform(code, call, self.is_own, in_sandbox=True)


def read(count, source=os.read):
    """So many bytes of standard input; ends the process where they end."""
    parts = []
    while count:
        parts.append(source(0, count))
        count -= len(parts[-1])
        if not parts[-1]:
            os._exit(0)
    return b"".join(parts)


def read_header():
    """What a request begins with."""
    (length,) = struct.unpack("<I", read(4))
    return json.loads(read(length))


def read_array(dtype, shape):
    """The array whose bytes are next."""
    data = read(np.dtype(dtype).itemsize * math.prod(shape))
    return np.frombuffer(data, dtype).reshape(shape).copy()


def wait_for_work(control, kit, left_out, tmp=None, user=None, **limits):
    """Run the code of one student after another, each in a copy of this process.

    `control` is the number of the socket, `kit` the folder of the kit, of which files are `left_out`, `tmp` the folder
    that is written to, where what is left is told, `user` the first of a thousand users that copies become in turn.
    `limits` are the other arguments of `confine`.
    """
    confine.die_with_parent()
    root, kit = kit, read_kit(kit, left_out)
    channel, count = socket.socket(fileno=control), 0
    places = ((place, *(os.path.join(place, name) for name in names)) for place, _, names in os.walk(tmp or ""))
    kept = [*itertools.chain.from_iterable(places)]
    before = changed(kept)
    channel.sendall(wire.READY)
    while True:
        message, pipes, _, _ = socket.recv_fds(channel, 1, 3)
        if not message:
            return
        copy = os.fork()
        if not copy:
            channel.sendall(wire.BEGUN)  # from which the system tells the other side this process's number
            channel.close()
            for number, pipe in enumerate(pipes):
                os.dup2(pipe, number)
                os.close(pipe)
            confine.confine(user=None if user is None else user + count % 1000, **limits)
            answer_requests(kit, root, left_out)
        for pipe in pipes:
            os.close(pipe)
        _, status, used = os.wait4(copy, 0)
        unit = 1 if sys.platform == "darwin" else 1024
        is_clean = changed(kept) == before
        channel.sendall(wire.END.pack(status, is_clean, used.ru_utime + used.ru_stime, used.ru_maxrss * unit))
        count += 1


def changed(paths):
    """When each was changed last, or names in it, its mode, its times, its attributes: no process can set that."""
    return [os.path.lexists(path) and os.lstat(path).st_ctime_ns for path in paths]


def answer_requests(*kit):
    """Answer requests until there are no more, and end the process."""
    channel = os.dup(1)
    os.dup2(2, 1)
    os.write(channel, wire.READY)
    work = Work({name: read(size) for name, size in read_header()["files"].items()}, *kit)
    _hide()
    while True:
        header = read_header()
        asked = [
            calls.Call(do, tuple(itertools.starmap(read_array, arrays)), options)
            for do, arrays, options in header["calls"]
        ]
        reply = bytes.fromhex(header["nonce"])
        for call in asked:
            if call.do == "train":
                write(channel, reply)
                reply = wire.ANSWER
            answer = work.answer(header["subject"], with_losses(call, channel))
            try:
                reply += wire.pack_answer(call, answer)
            except BaseException as error:  # whatever an object of the student's does when it is looked at
                failure = calls.as_failure(error, work.is_own)
                reply += wire.pack_answer(call, calls.Answer(failure=failure))
        write(channel, reply)


def write(channel, data):
    """Write all of the bytes."""
    view = memoryview(data)
    while view:
        view = view[os.write(channel, view) :]


def with_losses(call, channel):
    """A call of `train` that asks the other side for losses; any other one as it is."""
    if call.do != "train":
        return call

    def ask(run, *values):
        write(channel, wire.pack_question(call, run, *values))
        loss, *gradient = np.frombuffer(read(wire.loss_size(call)))
        return loss, np.reshape(gradient, call.arrays[3].shape[1:])

    return call._replace(options=call.options | {"ask": ask})


def _hide():
    """Let student code that imports one of these modules find none, or an empty one, and nothing where it reads."""
    for module in (calls, confine, loading, wire):
        del sys.modules[module.__name__]
    sys.stdin = io.StringIO()
    site.setquit()  # exit() and quit()
    sys.modules["__main__"] = type(sys)("__main__")


if __name__ == "__main__":
    threading.Timer.start = lambda _: None  # no threads here; Matplotlib has one that would tell of slow fonts
    for module in settings.pop("imported"):
        with contextlib.suppress(Exception):  # what student code will be told when it imports it
            importlib.import_module(module)
    gc.freeze()  # what all copies share is not copied for being looked at
    wait_for_work(**settings)
