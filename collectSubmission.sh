#!/usr/bin/env bash
# Makes assignment1/a1_code_submission.zip and a1_inline_submission.pdf; the same as `python -m cs231n.submission` there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for python in "$here/.venv/bin/python" "$here/.venv/Scripts/python.exe" python3 python; do
    if "$python" -c 'import sys, numpy; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
        PYTHONPATH="$here/assignment1${PYTHONPATH:+:$PYTHONPATH}" exec "$python" -m cs231n.submission "$@"
    fi
done
echo "collectSubmission.sh: no Python 3.10 or newer with numpy was found. First: pip install -r requirements.txt" >&2
exit 1
