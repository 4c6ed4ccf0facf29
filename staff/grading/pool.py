"""Processes of this machine that grade."""

import multiprocessing
import os
import signal
import tempfile
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import util

from pebble import ProcessExpired, ProcessPool

from .batch import outputs

__all__ = ["Pool"]

PATIENCE = 600  # seconds for one submission; its limits end it long before, so this is for what nobody thought of


class Pool:
    """Processes of this machine that grade; one that dies or hangs takes nothing with it but a submission's turn."""

    def __init__(self, workers, patience=PATIENCE):
        self.workers, self.patience = workers, patience
        self.room = 2 * self.workers  # submissions that are handed over at a time
        self.scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # who is ended removes nothing
        os.chmod(self.scratch.name, 0o711)  # other users, as student code runs, reach what is theirs in it
        self._open()

    def _open(self):
        # Processes are copies of one that has imported everything, and holds nothing else.
        context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
        context.set_forkserver_preload([__name__])
        self.pool = ProcessPool(self.workers, context=context, initializer=_prepare, initargs=(self.scratch.name,))

    def submit(self, submission, settings):
        """A future of `outputs`."""
        arguments = submission.path, submission.student, settings
        try:
            return self.pool.schedule(outputs, arguments, timeout=self.patience)
        except RuntimeError:  # it broke, as when its last process dies while it waits
            self._open()
            return self.pool.schedule(outputs, arguments, timeout=self.patience)

    def first_done(self, futures):
        """Those of some futures that are done, one at least."""
        return wait(futures, return_when=FIRST_COMPLETED).done

    def has_died(self, error):
        """Whether it was the process that failed, and not the grading."""
        return isinstance(error, BrokenProcessPool | ProcessExpired)

    def close(self, at_once=True):
        """End all processes, at once or when they have nothing more to do."""
        self.pool.stop() if at_once else self.pool.close()
        self.pool.join()
        self.scratch.cleanup()


def _prepare(folder):
    """Use a folder for all that is temporary; on its way out, let sandboxes end first, whoever asks it to hurry."""
    tempfile.tempdir = folder
    end = signal.getsignal(signal.SIGTERM)  # the pool's own
    signal.signal(signal.SIGTERM, lambda *given: util.is_exiting() or end(*given))
