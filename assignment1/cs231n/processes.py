"""A program in a process of its own, which may hang, die, or start others: none of them outlives the call."""

import contextlib
import os
import signal
import subprocess


def run_program(command, seconds, **options):
    """Run a program; a CompletedProcess with what it printed as text, or a TimeoutExpired. `options` are of Popen."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    text = {"encoding": "utf-8", "errors": "replace"}
    own_group = os.name == "posix"
    with subprocess.Popen(command, **(pipes | text | options), start_new_session=own_group) as process:
        try:
            printed, said = process.communicate(timeout=seconds)
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # the latter on a Mac, of what has ended
                os.killpg(process.pid, signal.SIGKILL) if own_group else process.kill()
    return subprocess.CompletedProcess(command, process.returncode, printed, said)
