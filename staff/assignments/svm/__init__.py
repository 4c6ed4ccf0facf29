"""What the staff have of the SVM: the reference, wrong and right solutions, and how questions are drawn."""

from pathlib import Path

from .questions import draw, shipped

__all__ = ["MISTAKES", "NOTEBOOKS", "OLDER", "OLDER_EDITS", "REFERENCE", "draw", "shipped", "variants"]

REFERENCE = Path(__file__).with_name("reference")  # a mirror of the files of the kit that hold solutions

_VARIANTS = Path(__file__).with_name("variants")
_FORMS = REFERENCE / "cs231n" / "derivation" / "forms.py"
# By notebook: its title, and the results that are asked of the kernel once all cells have run.
NOTEBOOKS = {
    "svm": (
        "Multiclass linear SVM",
        {"validation accuracy": "float(best_val)", "test accuracy": "float(test_accuracy)"},
    ),
    "svm_derivation": ("Multiclass linear SVM: from the loop to the matrices", {}),
}
# The convention of 2015 and 2016, right in its day: the claims that fail with the causes they have, and the edits that
# make it of the reference.
OLDER = {"loss, regularizer": "loss.regularizer.factor-0.5", "gradient, regularizer": "gradient.regularizer.factor-1"}
OLDER_EDITS = (("reg * np.sum(W * W)", "0.5 * reg * np.sum(W * W)"), ("2 * reg * W", "reg * W"))


def __getattr__(name):
    """``MISTAKES``, wrong versions by function: loaded when asked for, so that a grader's zip need not hold them."""
    if name != "MISTAKES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .mistakes import MISTAKES

    return MISTAKES


def variants():
    """Right files that are written otherwise than the reference, texts by name; the derivation's forms among them."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(_VARIANTS.glob("*.py"))}
    forms = _FORMS.read_text(encoding="utf-8")
    for name in ("svm_loss_one_hot", "svm_loss_blocks"):
        found[f"{name}.py"] = f"{forms}\n\nsvm_loss_vectorized = {name}\n"
    return found
