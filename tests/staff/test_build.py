"""The reference and the kit: one is built from the other, and nothing of a solution gets across."""

import os
import re
import shutil
import subprocess
import sys
import types
from pathlib import Path

import nbformat
import pytest

from cs231n.assignments import ASSIGNMENTS, NOTEBOOKS, REGIONS
from cs231n.languages import LANGUAGES
from cs231n.sentences import table
from staff.__main__ import main
from staff.assignments import REFERENCES
from staff.assignments.draw import Draw
from staff.assignments.svm import REFERENCE, questions
from staff.authoring.build import build, built_files, drift
from staff.authoring.leaks import find_leaks, solution_lines
from staff.authoring.paths import KIT, ROOT, handed_out
from staff.authoring.regions import BuildError
from staff.authoring.tables import check_tables, without_dropped
from tests.machines import machines
from tests.machines import main as main_of_machines


@pytest.fixture
def reference(tmp_path, monkeypatch):
    """A copy of the reference in its place, to be spoilt."""
    folder = shutil.copytree(REFERENCE, tmp_path / "reference", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setitem(REFERENCES, "svm", folder)
    return folder


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_kit_is_what_the_reference_builds():
    assert drift() == ""


def test_a_build_writes_the_kit(tmp_path):
    written = build(tmp_path)
    files = {row.file for row in REGIONS.values()} | {*NOTEBOOKS, "cs231n/submission/digests.json"}
    files |= {f"cs231n/assignments/{assignment.name}/questions.json" for assignment in ASSIGNMENTS}
    assert {path.relative_to(tmp_path).as_posix() for path in written} == files
    for path in written:
        assert path.read_bytes() == (KIT / path.relative_to(tmp_path)).read_bytes()


def test_drift_is_shown_as_a_diff(tmp_path):
    build(tmp_path)
    edit(tmp_path / "cs231n/classifiers/linear_svm.py", "delta = 1", "delta = 2")
    (tmp_path / "cs231n/classifiers/linear_classifier.py").unlink()
    difference = drift(tmp_path)
    assert "-            margin = scores[j] - scores[y[i]] + 1  # delta = 2\n" in difference
    assert "linear_classifier.py as built" in difference
    assert "svm.ipynb" not in difference


def test_check_fails_on_drift_and_writes_nothing(monkeypatch, capsys):
    assert main(["build", "--check"]) == 0
    monkeypatch.setattr("staff.authoring.build.drift", lambda: "--- a difference\n")
    assert main(["build", "--check"]) == 1
    printed = capsys.readouterr()
    assert printed.out.endswith("--- a difference\n")
    assert "run `python -m staff build`" in printed.err


def test_every_region_is_as_students_know_it():
    texts = {path.as_posix(): text for path, text in built_files().items()}
    for region, row in REGIONS.items():
        assert re.search(rf"TODO\({region}\): \w+", texts[row.file]), region
        assert "BEGIN SOLUTION" not in texts[row.file]
    sources = {name: "\n".join(cell.source for cell in nbformat.reads(texts[name], 4).cells) for name in NOTEBOOKS}
    for file, text in {**texts, **sources}.items():
        number = sum(row.file == file.replace(".ko.", ".") for row in REGIONS.values())
        assert len(re.findall(r"\*{5}START OF YOUR", text)) == len(re.findall(r"\*{5}END OF YOUR", text)) == number


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_students_notebook_is_clean(name):
    notebook = nbformat.read(KIT / name, 4)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "built_by"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= ({"jupyter"} if cell.id == "colab" else {"tags"})
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.long
def test_stray_metadata_is_cleared(reference):
    notebook = nbformat.read(reference / "svm.ipynb", 4)
    notebook.metadata["author"] = "somebody"
    setup = {cell.id: cell for cell in notebook.cells}["setup"]
    setup.metadata = nbformat.from_dict({"collapsed": True, "executionInfo": {"user": "x"}, "tags": ["keep"]})
    nbformat.write(notebook, reference / "svm.ipynb")
    for solved in (False, True):
        texts = {path.as_posix(): text for path, text in built_files(solved).items()}
        rebuilt = nbformat.reads(texts["svm.ipynb"], 4)
        assert "author" not in rebuilt.metadata
        assert {cell.id: cell for cell in rebuilt.cells}["setup"].metadata == {"tags": ["keep"]}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebook_says_the_points_of_the_table(name):
    text = nbformat.read(KIT / name, 4).cells[0].source
    rows = re.findall(r"\| `([a-z0-9-]+)` \| (?:`(.+?)`|this notebook|이 노트북) \| (\d+) \|", text)
    assert [(name, file or "svm.ipynb", int(points)) for name, file, points in rows] == [
        (region, row.file, row.points) for region, row in REGIONS.items() if row.points
    ]


HALF_DONE = {
    "other points than the notebook tells": (
        lambda text: text.replace("{points:predict}", "7"),
        {},
        "says 7 points for predict; the table has 5",
    ),
    "points that no notebook tells": (
        lambda text: text.replace("| `predict` |", "| predict |"),
        {},
        "the points of predict are not in its table of regions",
    ),
    "a blank for no region": (
        lambda text: text.replace("{points:predict}", "{points:predicts}"),
        {},
        "expected the id of a region, found {points:predicts}",
    ),
    "a region without a check": (
        str,
        {"subjects": lambda subjects: subjects[:-1]},
        "region train-sample has no check: no subject of the table fills it",
    ),
    "a check of no region": (
        str,
        {"regions": lambda regions: {name: regions[name] for name in regions if name != "predict"}},
        "a subject fills region predict, which is not in the table's regions",
    ),
    "points without a weight": (
        str,
        {"regions": lambda regions: regions | {"predict": regions["predict"]._replace(weights={})}},
        "a subject fills region predict, which has no claim with a weight",
    ),
}


@pytest.mark.parametrize("what", HALF_DONE)
def test_what_is_half_done_is_named(reference, monkeypatch, what):
    change, fields, said = HALF_DONE[what]
    path = reference / "svm.ipynb"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    (assignment,) = ASSIGNMENTS
    changed = {name: spoil(getattr(assignment, name)) for name, spoil in fields.items()}
    monkeypatch.setattr("staff.authoring.tables.ASSIGNMENTS", (assignment._replace(**changed),))
    with pytest.raises(BuildError) as caught:
        built_files()
    assert said in str(caught.value)


def test_texts_of_a_dropped_region_go_with_it(monkeypatch):
    rest = {name: region for name, region in REGIONS.items() if name != "inline-2"}
    monkeypatch.setattr("staff.authoring.tables.REGIONS", rest)
    texts = without_dropped()
    assert {path.name for path in texts} == {f"{language}.json" for language in LANGUAGES}
    for path, text in texts.items():
        before = (KIT / path).read_text(encoding="utf-8")
        assert '"inline-2"' in before
        assert [line for line in before.splitlines() if "inline-2" not in line][:3] == text.splitlines()[:3]
        assert "inline-2" not in text


def test_a_language_without_its_file_is_named(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "xx", "Klingon")
    with pytest.raises(BuildError, match=r"Klingon: expected the file .*xx\.json, found none"):
        check_tables([])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "text"), [("TITLES", ""), ("HINTS", ["one", "two"])])
def test_a_region_without_title_or_three_hints_is_named(monkeypatch, language, name, text):
    monkeypatch.setitem(table(name, language), "predict", text)
    with pytest.raises(BuildError, match=f"{LANGUAGES[language]}: region predict needs a title and three hints"):
        check_tables([])


def spoilt_references():
    def missing_region(folder):
        text = (folder / "cs231n/classifiers/linear_classifier.py").read_text(encoding="utf-8")
        begin, end = text.index("        # BEGIN SOLUTION predict"), text.index("        return y_pred")
        (folder / "cs231n/classifiers/linear_classifier.py").write_text(text[:begin] + text[end:], encoding="utf-8")

    def unknown_region(folder):
        edit(folder / "cs231n/classifiers/linear_svm.py", "svm-naive-gradient", "svm-other")

    def twice(folder):
        path = folder / "cs231n/classifiers/linear_classifier.py"
        path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")

    def half_a_notebook(folder):
        path = folder / "svm.ipynb"
        path.write_bytes(path.read_bytes()[:5000])

    def old_notebook(folder):
        (folder / "svm.ipynb").write_text('{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}')

    def bad_marker(folder):
        edit(folder / "svm.ipynb", "# END SOLUTION tune", "# END SOLUTION")

    yield missing_region, r"linear_classifier.py:1: expected region predict, which the table lists, found none"
    yield unknown_region, r"linear_svm.py:\d+: region svm-other is there twice, or not listed"
    yield twice, r"linear_classifier.py:\d+: region train-sample is there twice"

    def other_bytes(folder):
        (folder / "cs231n/classifiers/linear_svm.py").write_bytes(b"\xff\xfe no UTF-8")

    def same_ids(folder):
        edit(folder / "svm.ipynb", '"id": "load"', '"id": "setup"')

    yield other_bytes, r"linear_svm.py:1: expected UTF-8"

    def no_korean(folder):
        notebook = nbformat.read(folder / "svm.ipynb", 4)
        notebook.cells = [cell for cell in notebook.cells if cell.id != "loss-text-ko"]
        nbformat.write(notebook, folder / "svm.ipynb")

    def korean_alone(folder):
        notebook = nbformat.read(folder / "svm.ipynb", 4)
        notebook.cells = [cell for cell in notebook.cells if cell.id != "loss-text"]
        nbformat.write(notebook, folder / "svm.ipynb")

    def korean_region(folder):
        path = folder / "svm.ipynb"
        notebook = nbformat.read(path, 4)
        cell = next(cell for cell in notebook.cells if cell.id == "inline-2-ko")
        cell.source = "**답**"
        nbformat.write(notebook, path)

    yield no_korean, r"svm.ipynb:cell loss-text: expected Markdown cell loss-text-ko after it, in 한국어; found none"
    yield korean_alone, r"svm.ipynb:cell loss-text-ko: expected its twin in English before it, found none"
    yield korean_region, r"svm.ko.ipynb:1: expected region inline-2, which the table lists, found none"
    yield same_ids, r"svm.ipynb:1: expected a notebook of format 4, .*Non-unique cell id"
    yield half_a_notebook, r"svm.ipynb:1: expected a notebook of format 4, found none to be read"
    yield old_notebook, r"svm.ipynb:1: expected a notebook of format 4, found none to be read \(it is of format 3\)"
    yield bad_marker, r"svm.ipynb:cell tune:\d+: '# END SOLUTION' looks like a marker and is none"


@pytest.mark.parametrize(("spoil", "message"), [*spoilt_references()])
def test_a_spoilt_reference_is_not_built(reference, spoil, message):
    spoil(reference)
    with pytest.raises(BuildError, match=message):
        built_files()


def test_nothing_leaks():
    lines = solution_lines()
    assert len(lines) > 30
    assert "dw=x.t@coefficients/num_train+2*reg*w" in lines
    assert find_leaks() == []


REFLOWED_ANSWER = """
correct one. Since one template
must serve all images of a class, poses that point both ways are laid over each other, which

## Where"""

KOREAN_ANSWER = (
    "가까이 갈 때마다 그 이미지가 빠집니다. 템플릿 하나가 클래스의 모든 이미지를 맡아야 하므로 "
    "서로 반대쪽을 향한 자세가 겹쳐서 말의 머리가"
)


def leaks():
    svm = "assignment1/cs231n/classifiers/linear_svm.py"
    yield svm, "    dW = None\n", "    dW = None\n    # dW=X.T  @  coefficients/num_train + 2*reg*W\n"
    yield svm, "    loss = None", "    loss = None  # Margins[Samples, y] \\\n = 0"
    yield svm, "    loss = None", "    loss = None  # margins[samples, y] = 0"
    yield "assignment1/cs231n/vis_utils.py", '"""Every picture', '"""step = -learning_rate * dW\n\nEvery picture'
    yield "assignment1/svm.ipynb", '"built_by": "', '"built_by": "y_pred = np.argmax(X @ self.W, axis=1) '
    yield "datasets/README.md", "## Where", REFLOWED_ANSWER
    yield svm, "    loss = None", "    loss = None  # dW = X.T @ G - X.T @ ((G @ ones) * Y) + 2 * reg * W"
    yield "assignment1/svm.ko.ipynb", '"built_by": "', f'"built_by": "{KOREAN_ANSWER}'


@pytest.mark.parametrize(("file", "old", "new"), [*leaks()])
def test_a_leak_is_found(untouched, file, old, new):
    edit(untouched / file, old, new)
    found = find_leaks(untouched)
    assert found
    assert {leak.path.as_posix() for leak in found} == {file}


def test_a_leak_in_outputs_is_found(untouched):
    notebook = nbformat.read(untouched / "assignment1/svm.ipynb", 4)
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="hint:\nX_batch, y_batch = X[rows], y[rows]\n")]
    nbformat.write(notebook, untouched / "assignment1/svm.ipynb")
    assert [leak.path.name for leak in find_leaks(untouched)] == ["svm.ipynb"]


# What the kit's pictures once had, and parts of each region's solution, all with other names.
ROW_OF_THE_GRADIENT = """
def show_gradient_row(image, scores, label, classes, title):
    times = [0] * len(classes)
    for other, score in enumerate(scores):
        if other != label and score > scores[label] - 1:
            times[other] += 1
            times[label] -= 1
"""
MISTAKES = """
def show_mistakes(images, scores, labels, classes, title, count=8):
    predictions = np.argmax(scores, axis=1)
    leads = np.max(scores, axis=1) - scores[np.arange(len(labels)), labels]
    worst = np.argsort(-leads, kind="stable")[:count]
"""
COPIES = {
    "a row of the gradient": (ROW_OF_THE_GRADIENT, ["times[other] += 1; times[label] -= 1"]),
    "the surest mistakes": (MISTAKES, ["np.argmax(scores, axis=1)", "scores[np.arange(len(labels)), labels]"]),
    "columns": ("for k in range(C):\n    G[:, k] += x\n    G[:, t] -= x", ["G[:, k] += x; G[:, t] -= x"]),
    "picking, in two steps": ("rows = np.arange(len(t))\nright = S[rows, t]", ["S[rows, t]"]),
    "hinge": ("H = numpy.maximum(0, S - right.reshape(-1, 1) + 1)", ["numpy.maximum(0, S - right.reshape(-1, 1) + 1)"]),
    "row sums": ("M[rows, t] = -M.sum(1)", ["M[rows, t] = -M.sum(1)"]),
    "product": ("data.T.dot(M) / n", ["data.T.dot(M) / n"]),
    "batch": ("part = data[generator.choice(n, k)]", ["data[generator.choice(n, k)]"]),
    "prediction": ("guess = ranks.argmax(axis=1)", ["ranks.argmax(axis=1)"]),
}


def leaks_in(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return [leak.line for leak in find_leaks(folder, files=[Path(name)])]


@pytest.mark.parametrize(("code", "copies"), COPIES.values(), ids=COPIES)
def test_code_that_does_the_same_with_other_names_is_found(tmp_path, code, copies):
    found = [line.partition(" (in the solution: ")[0] for line in leaks_in(tmp_path, "module.py", code)]
    assert {*copies} <= {*found}


def notebook_of(cell):
    cell.id = "cell"  # else drawn, and the tests' names with it
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "The class is `ranks.argmax(axis=1)`."),
        ("README.md", "```python\nguess = ranks.argmax(axis=1)\n```\n"),
        ("module.py", "# guess = ranks.argmax(axis=1)\n"),
        ("module.py", "def row():\n    # times[other] += 1\n    # times[label] -= 1\n    return 0\n"),
        ("module.py", 'HINTS = ("The positions are ranks.argmax(axis=1),", "one a row.")\n'),
        ("module.py", 'CODE = "times[other] += 1\\ntimes[label] -= 1"\n'),
        ("module.py", "not Python, but ranks.argmax(axis=1) # ranks.argmax(axis=1)\n"),
        ("cells.ipynb", notebook_of(nbformat.v4.new_code_cell("%time\nguess = ranks.argmax(axis=1)"))),
        ("cells.ipynb", notebook_of(nbformat.v4.new_markdown_cell("Take ranks.argmax(axis=1) of it."))),
    ],
)
def test_a_copy_is_found_wherever_code_can_stand(tmp_path, name, text):
    assert leaks_in(tmp_path, name, text)


@pytest.mark.parametrize(
    "code",
    [
        "numbers[rows, columns]",  # the notebook's own building blocks
        "(numbers > 0).sum(axis=1)",
        "images_dev, y_dev = images_train[rows], y_train[rows]",
        "np.mean(classifier.predict(X) == y)",
        "margin = row[other] - row[label] + 1",
        "worst = np.argmax(errors)",  # as anybody writes
        "counts[place] += 1\nseen += 1",
        "decay = 1 - 2 * rate * strength",
        "grid[top:bottom, left:right] = image",
        "places = np.arange(len(names))",
        "np.maximum(counts, 1)[:, None]",
    ],
)
def test_what_is_given_or_says_little_is_no_copy(tmp_path, code):
    assert leaks_in(tmp_path, "module.py", code) == []


def test_solve_lays_out_a_finished_kit_and_what_is_released_with_it(solved):
    released = {path.relative_to(solved) for path in solved.rglob("*") if path.is_file()} - set(handed_out())
    assert {path.as_posix() for path in released} == {
        "assignment1/svm_derivation.ipynb",
        "assignment1/svm_derivation.ko.ipynb",
        *(f"assignment1/cs231n/derivation/{name}.py" for name in ("__init__", "forms", "costs", "pictures")),
    }
    text = (solved / "assignment1/cs231n/classifiers/linear_svm.py").read_text(encoding="utf-8")
    assert "dW = X.T @ coefficients" in text
    assert "STUB" not in text
    assert "None\n    # *****END" not in text


def test_solve_stays_out_of_the_kit(capsys):
    assert main(["solve", str(KIT / "cs231n" / "solved")]) == 1
    assert "expected a folder outside of" in capsys.readouterr().err
    assert not (KIT / "cs231n" / "solved").exists()


def test_solve_overwrites_nothing(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["solve", str(tmp_path)]) == 1
    assert "expected a new or an empty folder, found something in it; nothing was written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_line_as_staff_type_it_on_the_plainest_processor():
    """Without what NumPy has for newer ones, with the oldest kernel of OpenBLAS, in a locale that knows ASCII alone."""
    plainest = max(machines(), key=lambda machine: (len(machine["NPY_DISABLE_CPU_FEATURES"]), machine["LC_ALL"] == "C"))
    command = [sys.executable, "-m", "staff", "build", "--check"]
    env = os.environ | plainest | {"OPENBLAS_CORETYPE": "Prescott"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "The kit's files are what the reference builds.\n"), done.stderr


@pytest.mark.long
def test_the_build_is_the_same_on_all_processors_that_this_one_can_stand_for(capsys):
    assert main_of_machines([sys.executable]) == 0
    assert capsys.readouterr().out.endswith("\none build\n")


POWERS = "_like(scores, [Fraction(1, N**later) for later in reversed(range(N))])"


@pytest.mark.parametrize("inexact", ["float(N) ** (samples - N + 1)", "np.exp(samples)", "0.1 * samples"])
def test_a_number_that_a_processor_rounds_in_its_own_way_stops_the_build(inexact, monkeypatch):
    """The first is what was built with until NumPy's AVX-512 was seen to round it otherwise."""
    path = ROOT / "staff" / "assignments" / "svm" / "parts.py"
    text = path.read_text(encoding="utf-8")
    assert POWERS in text
    module = types.ModuleType("staff.assignments.svm.inexact")
    module.__package__ = "staff.assignments.svm"
    exec(compile(text.replace(POWERS, inexact), str(path), "exec"), vars(module))
    monkeypatch.setattr(questions, "parts", module.parts)
    with pytest.raises(TypeError, match=r"expected an exact number \(int or Fraction\), found float"):
        questions.shipped()


def test_draws_are_those_of_the_raw_bits():
    """NumPy's promise (NEP 19): these numbers never change, whatever its generators make of the bits."""
    assert Draw([231, 7]).integers(-8, 9, 8).tolist() == [8, 6, -2, -8, -6, -4, -3, -4]
