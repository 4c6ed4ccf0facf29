"""The staff's command line: ``python -m staff``."""

import argparse
import sys

from cs231n.doctor import PackageError
from cs231n.errors import DatasetError
from cs231n.sentences import make_streams_unicode_safe

from .authoring.regions import BuildError
from .commands import add_commands
from .errors import ClassError, SandboxError


def main(arguments=None):
    """Run the command line; returns the exit status."""
    make_streams_unicode_safe()
    parser = argparse.ArgumentParser(prog="python -m staff", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_commands(commands)
    options = vars(parser.parse_args(arguments))
    command, run = options.pop("command"), options.pop("run")
    try:
        return run(**options) or 0
    except (BuildError, ClassError, DatasetError, PackageError, SandboxError, OSError) as error:
        print(f"staff {command}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
