#!/usr/bin/env bash
# Fetches the full CIFAR-10 into datasets/; the same as `python -m cs231n.datasets` in assignment1/.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for python in "$here/.venv/bin/python" "$here/.venv/Scripts/python.exe" python3 python; do
    if "$python" -c 'import sys, numpy; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
        PYTHONPATH="$here/assignment1${PYTHONPATH:+:$PYTHONPATH}" exec "$python" -m cs231n.datasets "$@"
    fi
done
echo "get_datasets.sh: no Python 3.10 or newer with numpy was found. First: pip install -r requirements.txt" >&2
exit 1
