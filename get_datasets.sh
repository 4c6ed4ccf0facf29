#!/usr/bin/env bash
# Fetches the full CIFAR-10 into datasets/; the same as `python -m cs231n.datasets` in assignment1/.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for python in "$here/.venv/bin/python" "$here/.venv/Scripts/python.exe" python3 python; do
    if "$python" -c 'import numpy' >/dev/null 2>&1; then
        PYTHONPATH="$here/assignment1" exec "$python" -m cs231n.datasets "$@"
    fi
done
echo "get_datasets.sh: no Python with numpy was found. First: pip install -r requirements.txt" >&2
exit 1
