"""Where things are, and which of them a student gets."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "assignment1"

# What a student gets: this, and nothing else of the repository.
_HANDED_OUT = (
    "assignment1/*.ipynb",
    "assignment1/test_checks.py",
    "assignment1/cs231n/**/*.py",
    "assignment1/cs231n/**/*.json",
    "assignment1/cs231n/submission/page.html.j2",
    "requirements-pdf.txt",
    "datasets/README.md",
    "datasets/cifar10-sample/*",
    "collectSubmission.sh",
    "get_datasets.sh",
    "requirements.txt",
)


def handed_out(root=ROOT):
    """Sorted paths of the files that a student gets, relative to `root`, a copy of the repository."""
    root = Path(root)
    files = {path.relative_to(root) for pattern in _HANDED_OUT for path in root.glob(pattern) if path.is_file()}
    return sorted(path for path in files if not any(part.startswith(".") for part in path.parts))
