"""Grading on Gradescope: the autograder's zip, and what runs in its container, as root, for each submission."""

import json
import os
import re
import secrets
import sys
from pathlib import Path

from cs231n.submission.archive import write_whole, zip_bytes

from ..authoring.paths import ROOT, handed_out
from .report import gradescope_results, to_json

_SETTINGS = "settings.json"  # seed and language; beside the grader, where only root can read it
_SCRIPTS = ("setup.sh", "run_autograder")
# Of an assignment's folder its modules alone: neither reference nor variants, which are solutions, nor mistakes.
_ASSIGNMENTS = ("staff/assignments/*.py", "staff/assignments/*/*.py")
_STAFF = ("staff/*.py", "staff/authoring/*.py", "staff/grading/**/*", *_ASSIGNMENTS)
_SECRET = ("source", "results", "submission", "submission_metadata.json")


def make_autograder(out, seed=None, language="en"):
    """Make the autograder's zip, the same bytes for the same files and seed, and return the seed, drawn where None."""
    seed = secrets.randbits(128) if seed is None else seed
    paths = {path for pattern in _STAFF for path in ROOT.glob(pattern) if path.is_file()}
    paths = {path for path in paths if "__pycache__" not in path.parts and not path.name.endswith("mistakes.py")}
    paths |= {ROOT / path for path in handed_out() if path.parts[0] == "assignment1"}
    templates = ROOT / "staff" / "grading" / "templates"
    sources = {path.relative_to(ROOT).as_posix(): path for path in paths}
    sources |= {name: templates / name for name in _SCRIPTS}
    files = {name: path.read_bytes().replace(b"\r\n", b"\n") for name, path in sources.items()}
    files["requirements.txt"] = _requirements().encode()
    files[_SETTINGS] = (json.dumps({"seed": seed, "language": language}) + "\n").encode()
    out.parent.mkdir(parents=True, exist_ok=True)
    zip_bytes(files, out, executable=_SCRIPTS)
    return seed


def run(root):
    """Grade the submission in a container of Gradescope, whose ``/autograder`` is `root`; write its ``results.json``.

    A fault of the grader's own is raised, and no results are written: Gradescope then tells the student to ask the
    staff, and nobody gets a zero for it.
    """
    from .grade import grade  # here, so that the zip can be made where the sandbox cannot be had

    results = root / "results" / "results.json"
    results.parent.mkdir(exist_ok=True)
    results.unlink(missing_ok=True)
    for name in _SECRET:  # student code runs as somebody else, who is to read none of these
        if (root / name).exists():
            os.chmod(root / name, 0o700 if (root / name).is_dir() else 0o600)
    settings = json.loads((root / "source" / _SETTINGS).read_text(encoding="utf-8"))
    os.environ["CS231N_LANG"] = settings["language"]
    result = grade(root / "submission", seed=settings["seed"], student=_student(root))
    content = to_json(gradescope_results(result, settings["language"]))
    write_whole(results, lambda stream: stream.write(content))


def _student(root):
    """Names of those who handed in, as Gradescope gives them; else the submission's number."""
    try:
        metadata = json.loads((root / "submission_metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        metadata = None
    metadata = metadata if isinstance(metadata, dict) else {}
    users = metadata.get("users")
    users = [user for user in users if isinstance(user, dict)] if isinstance(users, list) else ()
    names = [str(name) for user in users if (name := user.get("name") or user.get("email"))]
    return ", ".join(names) or f"submission {metadata.get('id', '')}".strip()


def _requirements():
    """What student code may import, and what the grader needs besides."""
    names = "requirements.txt", "staff/requirements.txt"
    students, staff = ((ROOT / name).read_text(encoding="utf-8") for name in names)
    return students + "".join(f"{line}\n" for line in re.findall("(?m)^(?:jinja2|psutil).*", staff))


if __name__ == "__main__":
    run(Path(sys.argv[1]))
