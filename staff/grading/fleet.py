"""A cluster that grades: dask.distributed, and nowhere else is it known."""

import tempfile
from pathlib import Path

from distributed import Client, as_completed
from distributed.scheduler import KilledWorker

from ..errors import ClassError
from .batch import outputs

__all__ = ["Fleet"]

SECONDS = 30  # to find the scheduler
AHEAD = 4  # submissions a thread of the cluster is handed ahead; more fill memory, fewer let it wait


class Fleet:
    """Workers of a cluster, each started in a checkout of this repository: ``dask worker ADDRESS --nthreads 1``.

    Parameters
    ----------
    address : str
        Of the scheduler.

    Raises
    ------
    ClassError
        If there is no scheduler at the address.
    """

    def __init__(self, address):
        try:
            self.client = Client(address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClassError(f"expected a dask scheduler at {address}, found none: {error}") from error

    @property
    def room(self):
        """Submissions that are handed over at a time; grows with the cluster."""
        return AHEAD * max(1, sum(self.client.nthreads().values()))

    def submit(self, submission, settings):
        """A future of `batch.outputs`; the files travel with the task, so that nothing but the network is shared."""
        path = submission.path
        inside = (
            [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()] if path.is_dir() else [path]
        )
        content = {file.relative_to(path.parent).as_posix(): file.read_bytes() for file in inside}
        name = submission.student
        return self.client.submit(
            _outputs_of_bytes, content, path.name, name, settings, key=f"grade-{submission.place.name}", pure=False
        )

    def first_done(self, futures):
        """Those of some futures that are done, one at least."""
        return [next(iter(as_completed(futures, loop=self.client.loop)))]

    def has_died(self, error):
        """Whether it was a worker that failed, time and again, and not the grading."""
        return isinstance(error, KilledWorker)

    def close(self, at_once=True):
        """Leave the cluster; what is at work there is given up."""
        self.client.close()


def _outputs_of_bytes(content, name, student, settings):
    with tempfile.TemporaryDirectory() as folder:
        for place, data in content.items():
            path = Path(folder, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return outputs(Path(folder, name), student, settings)
