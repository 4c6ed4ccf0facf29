"""Markers of a reference file: what is built from good ones, and the error at each bad one."""

import pytest

from staff.authoring.regions import MARKDOWN, BuildError, render, split

REMARK = "    # a remark that gives it away\n"
GOOD = """\
def predict(X):
    # TODO(predict): fill y_pred.
    # BEGIN SOLUTION predict
    # STUB: y_pred = None
    # a remark that gives it away
    y_pred = X.argmax()
    # END SOLUTION predict
    return y_pred"""

SCAFFOLD = """\
def predict(X):
    # TODO(predict): fill y_pred.
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    y_pred = None
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return y_pred"""


def test_a_region_becomes_a_stub_or_its_solution():
    blocks = split(GOOD, "file.py")
    assert render(blocks, solved=False) == SCAFFOLD
    solved = render(blocks, solved=True)
    assert solved == SCAFFOLD.replace("    y_pred = None", "    # a remark that gives it away\n    y_pred = X.argmax()")


def test_markdown_has_its_markers_in_comments():
    text = (
        "TODO(inline-1): say why.\n<!-- BEGIN SOLUTION inline-1 -->\n<!-- STUB: *Not answered yet.* -->\n"
        "Because.\n<!-- END SOLUTION inline-1 -->"
    )
    scaffold = render(split(text, "cell", MARKDOWN), solved=False, language=MARKDOWN)
    assert scaffold.split("\n") == [
        "TODO(inline-1): say why.",
        "<!-- *****START OF YOUR ANSWER (DO NOT DELETE/MODIFY THIS LINE)***** -->",
        "*Not answered yet.*",
        "<!-- *****END OF YOUR ANSWER (DO NOT DELETE/MODIFY THIS LINE)***** -->",
    ]


BAD = {
    "an end without a beginning": (("def", "# END SOLUTION a\ndef"), "f.py:1: END SOLUTION a, but no region is open"),
    "the end of another": (
        ("END SOLUTION predict", "END SOLUTION b"),
        "f.py:7: END SOLUTION b, but predict is open, begun",
    ),
    "never ended": (("    # END SOLUTION predict\n", ""), "f.py:3: region predict is never ended"),
    "nested": (("    y_pred = X", "    # BEGIN SOLUTION b\n    y_pred = X"), "f.py:6: region b begins inside predict"),
    "no id": (
        ("BEGIN SOLUTION predict", "BEGIN SOLUTION"),
        "f.py:3: '# BEGIN SOLUTION' looks like a marker and is none",
    ),
    "lower case": (("BEGIN SOLUTION", "begin solution"), "f.py:3: .* looks like a marker and is none"),
    "no space after the hash": (("# END", "#END"), "f.py:7: .* looks like a marker and is none"),
    "words after the id": (("END SOLUTION predict", "END SOLUTION predict now"), "f.py:7: .* looks like a marker"),
    "a stub without its text": (("STUB: y_pred = None", "STUB"), "f.py:4: '# STUB' looks like a marker and is none"),
    "a stub outside": (("    return", "    # STUB: x = None\n    return"), "f.py:8: a STUB stands right after BEGIN"),
    "a stub too late": (("    # END", "    # STUB: y = None\n    # END"), "f.py:7: a STUB stands right after BEGIN"),
    "no stub": (("    # STUB: y_pred = None\n", ""), "f.py:6: region predict needs a STUB and a solution"),
    "no solution": ((f"{REMARK}    y_pred = X.argmax()\n", ""), "f.py:5: region predict needs a STUB and a solution"),
    "no TODO": (("TODO(predict)", "TODO"), r"f.py:3: region predict has no TODO\(predict\) in the lines before it"),
    "the TODO of another": (("TODO(predict)", "TODO(tune)"), r"f.py:3: region predict has no TODO\(predict\)"),
}


@pytest.mark.parametrize(("edit", "message"), BAD.values(), ids=BAD)
def test_a_bad_marker_is_named_with_its_place(edit, message):
    assert edit[0] in GOOD
    with pytest.raises(BuildError, match=f"^{message}"):
        split(GOOD.replace(*edit), "f.py")
