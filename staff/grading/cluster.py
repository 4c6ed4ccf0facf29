"""A cluster that grades: dask.distributed, and nowhere else is it known."""

import tempfile
from pathlib import Path

from distributed import Client
from distributed.scheduler import KilledWorker

from ..errors import ClassError
from .batch import outputs
from .grade import files_of

__all__ = ["Cluster"]

_SECONDS = 30  # to find the scheduler
_AHEAD = 4  # submissions a thread of the cluster is handed ahead; more fill memory, fewer let it wait


class Cluster:
    """Workers of a cluster, each started in a checkout of this repository: ``dask worker ADDRESS --nthreads 1``.

    A ClassError if there is no scheduler at the address. Leaving its context gives up what is at work there.
    """

    deaths = KilledWorker  # a worker failed, time and again, and not the grading

    def __init__(self, address):
        try:
            self._client = Client(address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClassError(f"expected a dask scheduler at {address}, found none: {error}") from error
        self._executor = self._client.get_executor(pure=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._client.close()

    @property
    def room(self):
        """Submissions that are handed over at a time; grows with the cluster."""
        return _AHEAD * max(1, sum(self._client.nthreads().values()))

    def submit(self, submission, settings):
        """A future of `batch.outputs`; the files travel with the task, so that nothing but the network is shared."""
        path = submission.path
        content = {file.relative_to(path.parent).as_posix(): file.read_bytes() for file in files_of(path)}
        return self._executor.submit(_outputs_of_bytes, content, path.name, submission.student, settings)


def _outputs_of_bytes(content, name, student, settings):
    with tempfile.TemporaryDirectory() as folder:
        for place, data in content.items():
            path = Path(folder, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return outputs(Path(folder, name), student, settings)
