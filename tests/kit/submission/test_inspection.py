"""Zips that were handed in, ours and others: read and never unpacked, and nothing of them is believed."""

import signal
import stat
import zipfile

import pytest

from cs231n.submission.__main__ import main
from cs231n.submission.inspection import inspect
from staff.authoring.solve import solve

from .handed import Handed, hide_typst


@pytest.fixture(autouse=True)
def _signals():
    """The command line is run in this process, and sets what a signal does."""
    kept = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, kept)


def write_zip(path, files):
    with zipfile.ZipFile(path, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The zip of a finished assignment, made once."""
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("examined")
        hide_typst(folder / "without typst", patched)
        handed = Handed(solve(folder / "solved"))
        (handed.folder / "svm.ko.ipynb").unlink()
        assert handed.run("--no-run").returncode == 0
    return handed


def check(path, capsys):
    """Exit status and all that is said of a zip."""
    status = main(["--check", str(path)])
    said = capsys.readouterr()
    return status, said.out + said.err


CLASSIC = {
    "assignment1/svm.ipynb": "{}",
    "assignment1/knn.ipynb": "{}",
    "assignment1/cs231n/classifiers/linear_svm.py": "",
    "assignment1/cs231n/classifiers/linear_classifier.py": "",
    "assignment1/cs231n/datasets/cifar-10-batches-py/data_batch_1": "x",
}


def test_a_classic_zip_is_examined(tmp_path, capsys):
    status, said = check(write_zip(tmp_path / "classic.zip", CLASSIC), capsys)
    assert status == 0
    assert "holds 5 files" in said
    assert "nothing that is required is missing" in said
    assert "not asked for: assignment1/cs231n/datasets/cifar-10-batches-py/data_batch_1" in said
    assert "no receipt: a zip of the classic kit" in said
    less = {name: content for name, content in CLASSIC.items() if "linear_svm" not in name}
    status, said = check(write_zip(tmp_path / "classic.zip", less), capsys)
    assert status == 1
    assert "missing: cs231n/classifiers/linear_svm.py" in said


def test_a_zip_that_was_packed_anew_in_a_folder(made, tmp_path, capsys):
    """As a Mac does it, which adds a folder of its own."""
    files = {f"my zip/{name}": content for name, content in made.files().items()}
    status, said = check(write_zip(tmp_path / "again.zip", files | {"__MACOSX/my zip/._svm.ipynb": b""}), capsys)
    assert status == 0
    assert f"matches all {len(files) - 1} files" in said
    assert "not asked for: __MACOSX/my zip/._svm.ipynb" in said


def test_what_was_added_is_named(made, tmp_path, capsys):
    """It is not looked at, whatever it is called, and so it changes nothing of what the receipt says."""
    more = {"cs231n/new.txt": b"", "../out.py": b"", "mine/new.py": b""}
    status, said = check(write_zip(tmp_path / "more.zip", made.files() | more), capsys)
    assert status == 0
    assert "not asked for: ../out.py, cs231n/new.txt, mine/new.py" in said
    assert f"matches all {len(made.files()) - 1} files" in said


def test_a_module_that_was_added_counts(made, tmp_path, capsys):
    """Student code may import it, in grading too."""
    status, said = check(write_zip(tmp_path / "more.zip", made.files() | {"cs231n/new.py": b""}), capsys)
    assert status == 1
    assert "the receipt does NOT match: cs231n/new.py" in said
    assert "not asked for" not in said


def test_a_link_in_a_zip_is_named(made, tmp_path, capsys):
    path = write_zip(tmp_path / "link.zip", made.files())
    link = zipfile.ZipInfo("cs231n/link.py")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    status, said = check(path, capsys)
    assert status == 0
    assert "not asked for: cs231n/link.py" in said


def test_a_link_in_place_of_a_file_of_the_receipt(made, tmp_path, capsys):
    path, files = tmp_path / "link.zip", made.files()
    link = zipfile.ZipInfo("svm.html")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    content = files.pop("svm.html")
    with zipfile.ZipFile(write_zip(path, files), "a") as opened:
        opened.writestr(link, content)
    status, said = check(path, capsys)
    assert status == 1
    assert "the receipt does NOT match: svm.html" in said


def test_what_a_stranger_wrote_commands_nothing_in_a_terminal(tmp_path, capsys):
    files = CLASSIC | {"\x1b[2J\nall is well.py": "", "assignment1/receipt.json": '{"sha256": {"\\u001b[2J": ""}}'}
    status, said = check(write_zip(tmp_path / "strange.zip", files), capsys)
    assert status == 1
    assert "\x1b" not in said
    assert "  \\x1b[2J\\nall is well.py" in said.splitlines()


@pytest.mark.long
def test_very_many_files_are_counted_in_no_time(tmp_path):
    """Each name is looked at once: in pairs, this would take minutes."""
    found = inspect(write_zip(tmp_path / "many.zip", CLASSIC | {f"{number}.py": "" for number in range(19_995)}))
    assert "20000 files" in found.lines[0]
    assert found.whole


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.update({"svm.ipynb": b"{}"}), "the receipt does NOT match: svm.ipynb"),
        (lambda files: files.update({"svm.ko.ipynb": b""}), "the receipt does NOT match: svm.ko.ipynb"),
        (lambda files: files.pop("svm.html"), "the receipt does NOT match: svm.html"),
        (lambda files: files.update({"receipt.json": b"{"}), "the receipt cannot be read"),
        (lambda files: files.update({"receipt.json": b"[]"}), "the receipt cannot be read"),
        (lambda files: files.update({"receipt.json": b"[" * 100_000}), "the receipt cannot be read"),
        (lambda files: files.update({"receipt.json": b'{"sha256": {}}'}), "the receipt cannot be read"),
        (lambda files: files.pop("svm.ipynb"), "missing: svm.ipynb"),
        (
            lambda files: files.update({f"x{name}": files.pop(name) for name in list(files) if "linear_svm" in name}),
            "missing: cs231n/classifiers/linear_svm.py",
        ),
    ],
)
def test_a_zip_that_was_changed_is_found_out(made, tmp_path, capsys, change, said):
    files = made.files()
    change(files)
    status, found = check(write_zip(tmp_path / "changed.zip", files), capsys)
    assert status == 1
    assert said in found


@pytest.mark.parametrize("content", [b"", b"no zip at all", None])
def test_what_is_no_zip(tmp_path, capsys, content):
    path = tmp_path / "some.zip"
    if content is not None:
        path.write_bytes(content)
    status, said = check(path, capsys)
    assert status == 1
    assert f"{path}: expected a zip, found one that cannot be read: " in said


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_zip(tmp_path, capsys, method):
    path, name = tmp_path / "damaged.zip", "cs231n/classifiers/linear_svm.py"
    with zipfile.ZipFile(path, "w", method) as opened:
        opened.writestr(name, bytes(range(256)) * 10)
    content = bytearray(path.read_bytes())
    content[41 + len(name)] ^= 255
    path.write_bytes(content)
    status, said = check(path, capsys)
    assert status == 1
    assert "expected a zip, found one that cannot be read" in said


def test_a_name_that_is_no_text(tmp_path, capsys):
    path = write_zip(tmp_path / "name.zip", {"한.py": ""})
    path.write_bytes(path.read_bytes().replace("한".encode(), b"\xff\xfe\xfd"))
    assert check(path, capsys)[0] == 1
