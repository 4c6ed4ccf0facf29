#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the container: Python and what the grader needs.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
if ! python3 -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
    apt-get update
    apt-get install -y --no-install-recommends python3 python3-venv
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || {
    echo "setup.sh: expected Python 3.10 or newer, found $(python3 --version). Choose Ubuntu 22.04 or newer as the base image." >&2
    exit 1
}
python3 -m venv "$root/venv"
"$root/venv/bin/python" -m pip install --disable-pip-version-check -r "$root/source/requirements.txt"
chmod -R go= "$root/source" # the seed and the grader's own files are for root only
