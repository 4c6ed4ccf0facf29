"""The zip that students get: complete, the same each time, usable, and without a line of a solution."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
import yaml

from cs231n.assignments import REGIONS
from staff.__main__ import main
from staff.authoring.handout import TOP, WORKFLOW, classroom_workflow, handout, students_readme
from staff.authoring.leaks import solution_lines
from staff.authoring.paths import ROOT, handed_out
from staff.authoring.regions import BuildError
from staff.authoring.solve import lay_out

OTHERS = ("README.md", "README.ko.md", "LICENSE", ".gitattributes", ".gitignore")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("handout") / "handout.zip"
    assert main(["handout", "--out", str(path)]) == 0
    return path


@pytest.fixture
def repository(tmp_path):
    """A copy of what is handed out, to be spoilt."""
    folder = lay_out(tmp_path / "repository")
    for name in OTHERS:
        shutil.copy2(ROOT / name, folder / name)
    return folder


def unpack(archive, folder):
    """Unpack with the files' modes, as `unzip` does."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
        for entry in packed.infolist():
            os.chmod(folder / entry.filename, entry.external_attr >> 16)
    return folder / TOP


def test_the_zip_holds_the_listed_files_and_no_others(archive):
    names = {*(path.as_posix() for path in handed_out()), *OTHERS, WORKFLOW}
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        assert sorted(packed.namelist()) == sorted(f"{TOP}/{name}" for name in names)
        runnable = {entry.filename for entry in packed.infolist() if entry.external_attr >> 16 == 0o100755 & 0o777}
        assert runnable == {f"{TOP}/collectSubmission.sh", f"{TOP}/get_datasets.sh"}
        assert all(b"\r\n" not in packed.read(name) for name in packed.namelist() if "cifar10-sample" not in name)
    assert not [name for name in names if name.startswith(("staff", "tests"))]


@pytest.mark.long
def test_the_same_files_give_the_same_bytes(archive, repository, tmp_path):
    for path in repository.rglob("*"):
        os.utime(path, (1, 1))
        if path.suffix in (".sh", ".py", ".md", ".ipynb"):  # as checked out on Windows
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
            path.chmod(0o600)
    handout(tmp_path / "again.zip", repository)
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["again.zip", "repository"]


def test_it_is_all_that_a_student_needs(archive, tmp_path):
    folder = unpack(archive, tmp_path)
    command = [sys.executable, "-m", "cs231n.checks"]
    done = subprocess.run(command, cwd=folder / "assignment1", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "0 passed, 0 failed" in done.stdout
    if os.name == "posix":
        collect = [folder / "collectSubmission.sh", "--no-run"]
        path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
        done = subprocess.run(collect, capture_output=True, text=True, check=False, env=os.environ | {"PATH": path})
        assert (folder / "assignment1" / "a1_code_submission.zip").is_file(), done.stderr


@pytest.mark.long
@pytest.mark.parametrize("name", ["README.md", "LICENSE"])
def test_a_leak_anywhere_in_the_zip_stops_it(repository, tmp_path, name):
    secret = max((line for line in solution_lines() if line.isascii()), key=len)
    path = repository / name
    path.write_text(f"{secret}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(BuildError, match=f"a line of the solution is in the handout \\({name}: .* Nothing was written"):
        handout(tmp_path / "handout.zip", repository)
    assert os.listdir(tmp_path) == ["repository"]


def test_a_kit_that_differs_from_its_reference_is_not_handed_out(repository, tmp_path):
    path = repository / "assignment1" / "cs231n" / "classifiers" / "linear_svm.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    (tmp_path / "handout.zip").write_bytes(b"old")
    with pytest.raises(BuildError, match=r"run `python -m staff build` first. Nothing was written."):
        handout(tmp_path / "handout.zip", repository)
    assert (tmp_path / "handout.zip").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "steps"), [("README.md", "## Doing the assignment"), ("README.ko.md", "## 과제 하기")]
)
def test_the_students_readme_is_the_part_for_students(name, steps):
    text = students_readme((ROOT / name).read_text(encoding="utf-8"))
    assert text.startswith("# ")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [steps]
    assert "requirements.txt" in text
    assert "python -m staff" not in text
    assert "make " not in text.split(steps)[0]
    assert text.rstrip().endswith(("datasets/README.md).", "datasets/README.md)를 보세요."))
    with pytest.raises(BuildError, match=r"x\.md: expected a beginning with commands"):
        students_readme("# Title\n\n## Only one section\n", "x.md")


@pytest.mark.long
def test_github_classroom_tests_each_region(tmp_path, solved):
    job = yaml.safe_load(classroom_workflow())["jobs"]["run-autograding-tests"]
    tests = {step["id"]: step for step in job["steps"] if "command-grader" in step.get("uses", "")}
    expected = {name: row.points for name, row in REGIONS.items() if row.points and not row.is_in_notebook}
    assert {name: step["with"]["max-score"] for name, step in tests.items()} == expected
    reporter = job["steps"][-1]
    assert reporter["uses"] == "classroom-resources/autograding-grading-reporter@v1"
    assert reporter["with"]["runners"].split(",") == list(tests)
    assert reporter["env"] == {f"{n.upper()}_RESULTS": f"${{{{ steps.{n}.outputs.result }}}}" for n in tests}
    if os.name == "posix":
        environment = os.environ | {"PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"}
        for step in tests.values():
            subprocess.run(["bash", "-c", step["with"]["command"]], cwd=solved, env=environment, check=True)
