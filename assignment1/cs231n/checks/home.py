"""Student code, called at home: a call that does not come back is ended and named, and what is printed is counted."""

import bdb
import builtins
import contextlib
import ctypes
import faulthandler
import io
import itertools
import os
import sys
import threading

import numpy as np

from .calls import PrintsError, Sink, StoppedError, quiet
from .findings import note, say

SECONDS = float(os.environ.get("CS231N_SECONDS", 20))  # limit on one call, and on importing a file
_AGAIN = 0.5  # seconds until what caught its end is ended again
_LINES = 200  # of what is printed, those that are shown
_is_process_ours = False


def end_the_process():
    """From now on, end this process where a call cannot be ended otherwise: one long call in C."""
    global _is_process_ours
    _is_process_ours = True


class Attendant:
    """What attends the calls of one subject: called, it gives the context of a call."""

    def __init__(self, is_own):
        self.is_own, self.lines, self.printing, self.stopped = is_own, 0, None, None

    @contextlib.contextmanager
    def __call__(self):
        if self.stopped:  # the next call would not come back either
            raise self.stopped
        try:
            with _Limit(self), quiet(_Shown(self)), self._without_debugger():
                yield
        except (StoppedError, PrintsError) as error:
            self.stopped = error
            raise

    @contextlib.contextmanager
    def _without_debugger(self):
        """Raise where student code would wait for somebody's input."""

        def stop(*_, **__):
            raise StoppedError(_at(self.place(sys._getframe(1)), "waits"))

        places = (builtins, "input"), (sys, "breakpointhook"), (bdb.Bdb, "set_trace"), (sys, "stdin")
        before = [getattr(*place) for place in places]
        try:
            for place, value in zip(places, (stop, stop, stop, io.StringIO()), strict=True):
                setattr(*place, value)
            yield
        finally:
            for place, value in zip(places, before, strict=True):
                setattr(*place, value)

    def place(self, frame):
        """Line and function of the innermost frame of a student's file; nothing if there is none."""
        while frame and not self.is_own(frame.f_code.co_filename):
            frame = frame.f_back
        return {"line": frame.f_lineno, "name": frame.f_code.co_name} if frame else {}

    def tell(self):
        """Say where and how much was printed."""
        if self.printing is not None:
            key = "printed" if self.lines <= _LINES else "printed more"
            print(say(_at(self.printing, key, count=max(1, self.lines), shown=_LINES)), file=sys.stderr)


@contextlib.contextmanager
def random_state_kept():
    """Leave NumPy's global random state as it was."""
    state = np.random.get_state()
    try:
        yield
    finally:
        np.random.set_state(state)


def _at(place, key, **values):
    """A note on what happened at a place."""
    return note("in function", **place, what=note(key, **values)) if place else note(key, **values)


class _End(BaseException):
    """Raised in the midst of student code."""


class _Limit:
    """A context in which student code that takes longer than the limit is ended, by a StoppedError."""

    def __init__(self, attendant):
        self.attendant, self.thread, self.said = attendant, threading.get_ident(), None
        self.lock, self.over = threading.Lock(), threading.Event()

    def __enter__(self):
        with contextlib.suppress(RuntimeError):  # in a browser's Python there are no threads
            threading.Thread(target=self._wait, daemon=True).start()
        if _is_process_ours:
            faulthandler.dump_traceback_later(SECONDS + 20 * _AGAIN, exit=True, file=sys.__stderr__)

    def __exit__(self, kind, error, trace):
        try:
            with self.lock:
                self.over.set()
            self._raise(None)
            if _is_process_ours:
                faulthandler.cancel_dump_traceback_later()
        except _End:  # just now
            self.__exit__(kind, error, trace)
        if self.said and kind is not KeyboardInterrupt:
            raise StoppedError(self.said) from None

    def _raise(self, kind):
        """Have an exception raised in the thread, or no longer."""
        given = ctypes.py_object(kind) if kind else None
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), given)

    def _wait(self):
        if any(self.over.wait(SECONDS / 20) for _ in range(20)):  # a computer that sleeps meanwhile adds one part
            return
        self.said = _at(self.attendant.place(sys._current_frames().get(self.thread)), "no end", seconds=SECONDS)
        for number in itertools.count():
            with self.lock:
                if self.over.is_set():
                    return
                self._raise(_End)
            self.over.wait(_AGAIN)
            if number == 10 and not self.over.is_set():  # it waits in C, or computes there
                print(say(self.said), file=sys.stderr, flush=True)
                if _is_process_ours:
                    os._exit(1)


class _Shown(Sink):
    """Shows the first lines, on the standard error as they are no results, and counts all."""

    def __init__(self, attendant):
        self.attendant = attendant

    def write(self, text):
        if self.attendant.printing is None:
            self.attendant.printing = self.attendant.place(sys._getframe(1))
        if self.attendant.lines < _LINES:
            sys.stderr.write(text[:1000])
        self.attendant.lines += text.count("\n")
        return super().write(text)
