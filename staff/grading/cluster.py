"""A cluster that grades: dask.distributed, and nowhere else is it known."""

import functools
import os
import pickle
import tempfile
from pathlib import Path

from distributed import Client, Security, get_worker
from distributed.scheduler import KilledWorker

from ..errors import ClassError
from .grade import files_of
from .pool import Pool

_SECONDS = 30  # to find the scheduler
_AHEAD = 4  # submissions a thread of the cluster is handed ahead; more fill memory, fewer let it wait


class Cluster:
    """Workers of a cluster, started in a checkout of this repository as docs/staff.md says.

    `key` is the file of `write_key`, without which anybody who reaches the scheduler could read the seed; `is_open`
    lets that be. A ClassError if there is no such scheduler at the address. Leaving its context gives up what is at
    work there.
    """

    deaths = KilledWorker  # a worker failed, time and again, and not the grading

    def __init__(self, address, key=None, is_open=False):
        if key is None and not is_open:
            raise ClassError(
                f"expected the key of the cluster at {address}, found none: whoever reaches an open scheduler can read "
                "the seed. Make a key with `python -m staff key FILE`, as docs/staff.md says, or say --open-scheduler."
            )
        try:
            security = None if key is None else _security(key)
            self._client = Client(address, timeout=_SECONDS, set_as_default=False, security=security)
        except (OSError, ValueError, RuntimeError) as error:
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
        """A future of `Pool.grade`; the files travel with the task, so that nothing but the network is shared."""
        path = submission.path
        content = {
            file.relative_to(path.parent).as_posix(): (file.read_bytes() if is_read else b"", size)
            for file, size, is_read in files_of(path)
        }
        # As bytes: what carries the task need not know how to write each name.
        return self._executor.submit(_grade, pickle.dumps((content, path.name, submission.student, settings)))


def write_key(path):
    """Write a new key to a file that others cannot read: certificate and private key, as one PEM, good for a year.

    An OSError if the file is there, or cannot be written.
    """
    made = Security.temporary()
    with open(path, "x", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream:
        stream.write(made.tls_ca_file + made.tls_client_key)


def _security(key):
    if not Path(key).is_file():
        raise ClassError(f"{key}: expected a key, as `python -m staff key` writes it, found no file.")
    roles = {f"tls_{role}_{part}": str(key) for role in ("client", "scheduler", "worker") for part in ("cert", "key")}
    return Security(require_encryption=True, tls_ca_file=str(key), **roles)


def _grade(given):
    content, name, student, settings = pickle.loads(given)
    with tempfile.TemporaryDirectory() as folder:
        for place, (data, size) in content.items():
            path = Path(folder, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            os.truncate(path, size)  # what is too large to be read is not sent, and takes no room
        return _pool(get_worker().state.nthreads).grade(Path(folder, name), student, settings)


@functools.cache
def _pool(workers):
    """The processes of this worker: what a submission does to one of them does nothing to the worker."""
    return Pool(workers)
