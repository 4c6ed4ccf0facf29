#!/bin/sh
# Makes the virtual environment $1 and installs all requirements into it, with uv where the machine has it.
# RESOLUTION=lowest-direct takes the oldest versions that are allowed.
set -eu
cd "$(dirname "$0")/.."
venv=$1
mkdir -p "$(dirname "$venv")"
lock=$venv.lock
if ! mkdir "$lock" 2>/dev/null; then
    echo "set-up: waiting for another one that installs into $venv (if there is none, remove $lock)" >&2
    until mkdir "$lock" 2>/dev/null; do sleep 1; done
fi
trap 'rmdir "$lock"' EXIT
trap 'exit 130' INT TERM
if [ -e "$venv/ready" ] && [ -z "$(find *requirements*.txt staff/*requirements.txt staff/setup.sh -newer "$venv/ready")" ]; then
    exit 0 # that other one has done it
fi
# The oldest versions are made for the oldest Pythons.
for python in ${RESOLUTION:+python3.10 python3.11} python3 python3.13 python3.12 python3.11 python3.10 python; do
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
uv=$(command -v uv || true)
if [ -n "$uv" ]; then
    "$found" -m venv --clear --without-pip "$venv"
else
    "$found" -m venv --clear "$venv"
    set -- "$venv/bin/python" -m pip install --quiet --disable-pip-version-check
    if [ -n "${RESOLUTION-}" ]; then # which pip does not know
        "$@" uv
        uv=$venv/bin/uv
    fi
fi
if [ -n "$uv" ]; then
    set -- "$uv" pip install --quiet --compile-bytecode --resolution "${RESOLUTION:-highest}" --python "$venv/bin/python"
fi
"$@" -r staff/requirements.txt
touch "$venv/ready"
