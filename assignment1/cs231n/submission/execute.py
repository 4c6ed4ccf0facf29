"""A notebook, executed from the top in a fresh kernel, with a limit on its time."""

import asyncio
import contextlib
import os
import subprocess
import time

from ..doctor.tools import relying_on
from ..sentences import word

OUTPUT = 20 << 20  # characters of all outputs together; a finished notebook has about two million


class StoppedError(Exception):
    """A notebook that stopped in the cell with id `cell`, code cell `number` (from 1) of `total`, for a `reason`."""

    def __init__(self, cell, number, total, reason):
        super().__init__(f"cell {cell} ({number} of {total}) stopped the notebook: {reason}")
        self.cell, self.number, self.total, self.reason = cell, number, total, reason


@contextlib.contextmanager
def open_kernel(notebook, folder, environment=None):
    """Yield a notebook's client with a kernel in `folder`, ended whatever happens; a PackageError if packages fail."""
    with contextlib.ExitStack() as stack:
        with relying_on("kernel"):
            from nbclient import NotebookClient

            client = NotebookClient(
                notebook,
                kernel_name="python3",  # of this Python: a name that an editor left may be known to it alone
                record_timing=False,
                coalesce_streams=True,
                resources={"metadata": {"path": str(folder)}},
                extra_arguments=["--IPKernelApp.log_level=ERROR"],
            )
            client.output = _Limit(client)
            # What a kernel says outside of its cells, as when it is ended within one, is for nobody.
            silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            stack.enter_context(client.setup_kernel(env=environment or dict(os.environ), **silent))
        yield client


class _Limit:
    """Limits the outputs that a client keeps: a kernel that prints more is killed."""

    def __init__(self, client):
        self.client, self.output, self.held, self.killing = client, client.output, 0, None

    def __call__(self, outs, msg, display_id, cell_index):
        self.held += len(str(msg["content"]))
        if self.held < OUTPUT:
            return self.output(outs, msg, display_id, cell_index)
        if not self.killing:
            self.killing = asyncio.ensure_future(self.client.km.provisioner.kill())
        return None


def execute_cells(client, notebook, seconds, report):
    """Execute all code cells in place; returns the seconds spent, a StoppedError if one fails or `seconds` are over."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    code = [(position, cell) for position, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    total, spent = len(code), 0.0
    for number, (position, cell) in enumerate(code, start=1):
        name, start = cell.get("id", f"{number}"), time.perf_counter()
        client.timeout = max(1, int(seconds - spent))
        try:
            client.execute_cell(cell, position)
        except CellExecutionError as error:
            raise StoppedError(name, number, total, f"{error.ename}: {error.evalue}") from error
        except CellTimeoutError as error:
            raise StoppedError(name, number, total, word("longer than", seconds=seconds)) from error
        except DeadKernelError as error:
            reason = word("prints too much") if client.output.killing else word("kernel died")
            raise StoppedError(name, number, total, reason) from error
        elapsed = time.perf_counter() - start
        spent += elapsed
        report(number, total, name, elapsed)
    return spent
