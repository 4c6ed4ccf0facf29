#!/bin/sh
# Makes the virtual environment $1 and installs all requirements into it, with uv where the machine has it.
set -eu
cd "$(dirname "$0")/.."
venv=$1
export PYTHONUTF8=1 # venv cannot write a path with Korean letters where a locale and PYTHONUTF8=0 rule UTF-8 out
for python in python3 python3.13 python3.12 python3.11 python3.10 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
        found=$python
        break
    fi
done
if [ -z "${found-}" ]; then
    echo "set-up: expected Python 3.10 or newer as python3, found $(python3 --version 2>&1 || true). Install it and try again." >&2
    exit 1
fi
echo "set-up: installing into $venv with $("$found" --version), once"
if command -v uv >/dev/null 2>&1; then
    "$found" -m venv --clear --without-pip "$venv"
    uv pip install --quiet --compile-bytecode --python "$venv/bin/python" -r staff/requirements.txt
else
    "$found" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r staff/requirements.txt
fi
touch "$venv/ready"
