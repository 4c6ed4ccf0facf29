"""Processes of this machine that grade, within limits for each submission."""

import multiprocessing
import os
import signal
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import util

from pebble import ProcessExpired, ProcessPool

from cs231n.checks.findings import note

from ..errors import ClassError
from .batch import outputs, outputs_without_grading
from .notebook import SECONDS
from .scratch import scratch_folder

try:
    import resource
except ImportError:  # Windows has none, and no sandbox
    resource = None

_WALL, _CPU, _MEMORY = 90, 60, 1 << 30  # for one submission: seconds, those of computing, and bytes of data
_ATTEMPTS = 3  # at grading one submission, where the process that graded it died
_SHORT = 70  # bytes of a folder's path; in it multiprocessing has a socket, whose path has 104 at most, on macOS
_NO_MEMORY = 77  # the status of a process that had too little; none of the system's
_SIGPROF = getattr(signal, "SIGPROF", 27)


class Pool:
    """Processes of this machine that grade; what is wrong with a submission ends as its own result.

    Leaving its context ends them: at once after an error, else when they have nothing more to do.
    """

    deaths = ()  # what the grading failed of when it was somebody else's fault: here `grade` tells that itself

    def __init__(self, workers):
        self.room = 2 * workers  # submissions that are handed over at a time
        self._workers, self._is_open, self._waiting = workers, True, set()
        self._lock = threading.Lock()
        self._scratch = tempfile.TemporaryDirectory(dir=scratch_folder(), ignore_cleanup_errors=True)
        os.chmod(self._scratch.name, 0o711)  # other users, as student code runs, reach what is theirs in it
        self._open()
        self._threads = ThreadPoolExecutor(self.room)  # they wait

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        self._is_open = not error
        if error:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for future in list(self._waiting):
                future.cancel()  # else a thread waits for what a pool that is stopped never begins
            self._pool.stop()
        else:
            self._pool.close()
        self._threads.shutdown()
        self._pool.join()
        self._scratch.cleanup()

    def _open(self):
        # Processes are copies of one that has imported everything, and holds nothing else.
        context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
        context.set_forkserver_preload([__name__])
        folder = self._scratch.name
        before = tempfile.tempdir
        if len(str(scratch_folder())) <= _SHORT:  # multiprocessing has a folder there, too
            tempfile.tempdir = str(scratch_folder())
        try:
            self._pool = ProcessPool(self._workers, context=context, initializer=_prepare, initargs=(folder,))
            self._pool.active  # noqa: B018  starts them
        except AssertionError as error:  # of multiprocessing, in a process that it made a daemon
            raise ClassError("expected a process that may start others, found a daemon: see docs/staff.md.") from error
        finally:
            tempfile.tempdir = before

    def submit(self, submission, settings):
        """A future of `grade`."""
        return self._threads.submit(self.grade, submission.path, submission.student, settings)

    def grade(self, path, student, settings):
        """`batch.outputs`, also where a limit or a death of its process ended it."""
        given = path, student, settings
        wall = _WALL + settings.run_notebook * SECONDS
        for attempt in range(_ATTEMPTS):
            try:
                return self._result(given, wall)
            except TimeoutError:
                return outputs_without_grading(*given, note("grading takes long", seconds=wall))
            except ProcessExpired as error:
                if not self._is_open:
                    raise
                if error.exitcode == -_SIGPROF:
                    return outputs_without_grading(*given, note("grading computes long", seconds=_CPU))
                if error.exitcode == _NO_MEMORY:
                    return outputs_without_grading(*given, note("grading takes memory", size=_MEMORY >> 20))
            except BrokenProcessPool:  # all of them are gone, which no submission can do
                if not self._is_open or attempt == _ATTEMPTS - 1:
                    raise
        return outputs_without_grading(*given, note("grading dies", count=_ATTEMPTS))

    def _result(self, given, wall):
        future = self._schedule(given, wall)
        self._waiting.add(future)
        try:
            if not self._is_open:  # it was closed meanwhile
                future.cancel()
            return future.result()
        finally:
            self._waiting.discard(future)

    def _schedule(self, given, wall):
        with self._lock:
            try:
                return self._pool.schedule(_outputs, given, timeout=wall)
            except RuntimeError:  # it broke, as when its last process dies while it waits
                if not self._is_open:
                    raise
                self._open()
                return self._pool.schedule(_outputs, given, timeout=wall)


def _prepare(folder):
    """Use a folder for all that is temporary; on its way out, let sandboxes end first, whoever asks it to hurry."""
    tempfile.tempdir = folder
    end = signal.getsignal(signal.SIGTERM)  # the pool's own
    signal.signal(signal.SIGTERM, lambda *given: util.is_exiting() or end(*given))
    if hasattr(resource, "RLIMIT_DATA"):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY if hard < 0 else min(_MEMORY, hard), hard))


def _outputs(*given):
    """`batch.outputs`; what takes too much computing or memory ends this process."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, _CPU)
    try:
        return outputs(*given)
    except MemoryError:
        os._exit(_NO_MEMORY)
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)
