"""Processes of this machine that grade."""

import multiprocessing
import os
import signal
import tempfile
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import util

from pebble import ProcessExpired, ProcessPool

from .batch import outputs

__all__ = ["Pool"]

_PATIENCE = 600  # seconds for one submission; its limits end it long before, so this is for what nobody thought of


class Pool:
    """Processes of this machine that grade; one that dies or hangs takes nothing with it but a submission's turn.

    Leaving its context ends them: at once after an error, else when they have nothing more to do.
    """

    deaths = (BrokenProcessPool, ProcessExpired)  # the process failed, and not the grading

    def __init__(self, workers):
        self.room = 2 * workers  # submissions that are handed over at a time
        self._workers = workers
        self._scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # a killed process removes nothing
        os.chmod(self._scratch.name, 0o711)  # other users, as student code runs, reach what is theirs in it
        self._open()

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        self._pool.stop() if error else self._pool.close()
        self._pool.join()
        self._scratch.cleanup()

    def _open(self):
        # Processes are copies of one that has imported everything, and holds nothing else.
        context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
        context.set_forkserver_preload([__name__])
        folder = self._scratch.name
        self._pool = ProcessPool(self._workers, context=context, initializer=_prepare, initargs=(folder,))

    def submit(self, submission, settings):
        """A future of `batch.outputs`."""
        arguments = submission.path, submission.student, settings
        try:
            return self._pool.schedule(outputs, arguments, timeout=_PATIENCE)
        except RuntimeError:  # it broke, as when its last process dies while it waits
            self._open()
            return self._pool.schedule(outputs, arguments, timeout=_PATIENCE)


def _prepare(folder):
    """Use a folder for all that is temporary; on its way out, let sandboxes end first, whoever asks it to hurry."""
    tempfile.tempdir = folder
    end = signal.getsignal(signal.SIGTERM)  # the pool's own
    signal.signal(signal.SIGTERM, lambda *given: util.is_exiting() or end(*given))
