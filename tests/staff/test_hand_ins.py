"""Odd zips, read by ``--check`` and by the grader: both accept the same, and refuse the same with the same sentence."""

import json
import os
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

import pytest

from cs231n.assignments import SOURCES
from cs231n.checks.findings import Findings, say
from cs231n.submission import opening, reading
from cs231n.submission.__main__ import main
from cs231n.submission.opening import plain
from staff.grading.conversation import Usage
from staff.grading.grade import digest, grade
from staff.grading.isolation import USER
from staff.grading.judge import Judgement
from tests.attacks.archives import zip_of
from tests.often import some

SVM = SOURCES[0]
BOOK = {"cells": []}
PRINTED = [{"source": "", "outputs": [{"text": ["0, 0, 0, [0, 0]\n"] * 600_000}]}]
WHOLE = {**dict.fromkeys(SOURCES, "x = 1\n"), "svm.ipynb": json.dumps(BOOK)}


def whole(*more, **options):
    """A zip of all that is asked for, and of more entries before it."""
    return zip_of(*more, *WHOLE.items(), **options)


def without(name):
    return {key: content for key, content in WHOLE.items() if key != name}.items()


def under(root):
    return [(f"{root}{name}", content) for name, content in WHOLE.items()]


def flat(root=""):
    """As files are uploaded one by one."""
    return [(root + PurePosixPath(name).name, content) for name, content in WHOLE.items()]


def listed(count):
    """A zip that lists an entry so often, and counts one."""
    content = whole()
    start = content.index(b"PK\1\2")
    row = content[start : content.index(b"PK\1\2", start + 1)]
    numbers = 0, 0, 1, 1, len(row) * count, start, 0
    return content[:start] + row * count + struct.pack("<4s4H2IH", b"PK\5\6", *numbers)


def link(name):
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, "/etc/passwd"


def packed(name, method):
    entry = zipfile.ZipInfo(name)
    entry.compress_type = method
    return entry, "x = 1\n"


def encrypted(content):
    """The flag is set on the first entry, in both places where a zip has it."""
    content = bytearray(content)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def renamed(name, other):
    """A name that Python would not write, of the same length in bytes."""
    return whole((name, "")).replace(name.encode(), other)


def damaged(content, name=SVM):
    """A byte of the content changed; stored, so that only its CRC tells."""
    content = bytearray(content)
    content[content.index(name.encode()) + len(name)] ^= 1
    return bytes(content)


STORED = {"method": zipfile.ZIP_STORED}
SCREENSHOT = "Screenshot 2024-05-01 at 2.11.02\u202fPM.png"  # as macOS names it
ACCEPTED = {
    "a colon": (lambda: whole(("assignment1: mine.txt", "")), "assignment1: mine.txt"),
    "a narrow space": (lambda: whole((SCREENSHOT, "")), SCREENSHOT),
    "a space that does not break": (lambda: whole(("a\u00a0b.py", "")), "a\u00a0b.py"),
    "an emoji of several": (lambda: whole(("\U0001f469\u200d\U0001f52c.py", "")), "\U0001f469\u200d\U0001f52c.py"),
    "an absolute name": (lambda: whole(("/etc/out.py", "")), "/etc/out.py"),
    "a drive": (lambda: whole(("C:\\out.py", "")), "C:/out.py"),
    "a name that leads out": (lambda: whole(("../../out.py", "")), "../../out.py"),
    "colours of a terminal": (lambda: whole(("\x1b[31mout.py", "")), "\x1b[31mout.py"),
    "NUL": (lambda: renamed("a!out.py", b"a\0out.py"), "a\0out.py"),
    "no name": (lambda: renamed("!!!!", b"\0\0\0\0"), "\0\0\0\0"),
    "a long name": (lambda: whole(("x" * 300, "")), "x" * 300),
    "a link": (lambda: whole(link("out.py")), "out.py"),
    "a bomb": (lambda: whole(("out.txt", bytes(30 << 20))), "out.txt"),
    "encrypted": (lambda: encrypted(whole(("out.txt", "x"))), "out.txt"),
    "packed by LZMA": (lambda: whole(packed("out.txt", zipfile.ZIP_LZMA)), "out.txt"),
    "damaged": (lambda: damaged(whole(("out.txt", "x"), **STORED), "out.txt"), "out.txt"),
    "twice": (lambda: whole(("out.txt", "x"), ("out.txt", "y")), "out.txt"),
    "an older copy below": (lambda: whole(*under("old/")), f"old/{SVM}"),
    "the zip itself": (lambda: whole(("a1_code_submission.zip", whole())), "a1_code_submission.zip"),
    "a folder of an odd name": (lambda: zip_of(*under("HW 1: SVM\u202f/"), ("__MACOSX/._x", "")), "__MACOSX/._x"),
    "a folder that leads out": (lambda: zip_of(*under("../"), ("out.py", "")), "out.py"),
    "names of Windows": (lambda: zip_of(*((name.replace("/", "\\"), text) for name, text in under("a/"))), None),
    "many equal lines printed": (
        lambda: zip_of(*without("svm.ipynb"), ("svm.ipynb", json.dumps({"cells": PRINTED}))),
        None,
    ),
    "zeros for a notebook": (lambda: zip_of(*without("svm.ipynb"), ("svm.ipynb", bytes(3 << 20))), None),
    "more than the comment behind its list": (lambda: whole() + b"\n\n", None),
    "without folders": (lambda: zip_of(*flat()), None),
    "in one folder": (lambda: zip_of(*flat("HW 1/"), ("HW 1/collect.py", "")), "HW 1/collect.py"),
    "a copy without folders": (lambda: whole(*flat()[:1]), "linear_svm.py"),
    "as collectSubmission packs it": (lambda: whole(), None),
}
REFUSED = {
    "no zip": (lambda: b"no zip at all", "expected a zip, found one that cannot be read"),
    "empty": (lambda: b"", "it has no central directory"),
    "cut short": (lambda: whole()[:-30], "cannot be read"),
    "too many entries": (lambda: listed(100_001), "at most 100,000 files"),
    "nothing in it": (lambda: zip_of(), f"expected {SVM}"),
    "nothing that is asked for": (lambda: zip_of(("linear_svm.txt", "")), "found none of them"),
    "the assignment twice": (lambda: zip_of(*under("a/"), *under("b:/")), "the assignment twice, in a/ and b:/"),
    "without folders, twice": (lambda: zip_of(*flat("a/")[:2], *flat("b/")[:2]), "found none of them"),
    "a file twice": (lambda: whole((SVM, "")), f"{SVM} is in the zip twice"),
    "a file twice, once with backslashes": (lambda: whole((SVM.replace("/", "\\"), "")), f"{SVM} is in the zip twice"),
    "a link": (lambda: zip_of(*without(SVM), link(SVM)), f"{SVM} is a link"),
    "encrypted": (lambda: encrypted(whole()), f"{SVM} is encrypted"),
    "packed by LZMA": (lambda: zip_of(*without(SVM), packed(SVM, zipfile.ZIP_LZMA)), "by another method than deflate"),
    "packed by bzip2": (
        lambda: zip_of(*without(SVM), packed(SVM, zipfile.ZIP_BZIP2)),
        "by another method than deflate",
    ),
    "damaged": (lambda: damaged(whole(**STORED)), "Bad CRC-32"),
    "3 MB of zeros": (lambda: zip_of(*without(SVM), (SVM, bytes(3 << 20))), f"{SVM} has more than 1 MB"),
    "a bomb": (lambda: zip_of(*without("svm.ipynb"), ("svm.ipynb", bytes(60 << 20))), "svm.ipynb has more than 50 MB"),
    "values without an end": (
        lambda: zip_of(*without("svm.ipynb"), ("svm.ipynb", "[" + "[]," * 6_000_000)),
        "is no notebook",
    ),
}


@pytest.fixture
def hand_in(tmp_path, monkeypatch, capsys):
    """Hand a zip to both; returns why each refuses it, empty where it does not, and what each leaves out."""
    nothing = Judgement(Findings(), Usage(), b"")
    monkeypatch.setattr("staff.grading.grade.judge_files", lambda *given: nothing)

    def hand_in(content, language="en", size=0):
        monkeypatch.setenv("CS231N_LANG", language)
        path = tmp_path / "a1_code_submission.zip"
        path.write_bytes(content)
        os.truncate(path, max(size, len(content)))
        status = main(["--check", str(path)])
        said = capsys.readouterr()
        graded = grade(path, seed=1, isolation=USER)
        path.unlink()
        assert bool(said.err) == (graded["status"] == "refused")
        assert (status, said.out) == (1, "") if said.err else status == 0
        return (
            said.err.strip().removeprefix(f"submission: {path}: "),
            say(graded["reason"]),
            said.out,
            graded["remarks"],
        )

    return hand_in


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_both_accept(hand_in, name):
    content, stray = ACCEPTED[name]
    *reasons, said, remarks = hand_in(content())
    assert reasons == ["", ""]
    noted = [line for line in said.splitlines() if line.startswith("not asked for: ")]
    ignored = [remark for remark in map(say, remarks) if remark.startswith("not looked at: ")]
    if stray is None:
        assert noted == ignored == []
    else:
        assert plain(stray) in noted[0]
        assert plain(stray) in ignored[0]


@pytest.mark.parametrize("name", some(REFUSED, [name for name in REFUSED if name != "values without an end"]))
def test_what_both_refuse(hand_in, name):
    content, sentence = REFUSED[name]
    checked, graded, *_ = hand_in(content())
    assert checked == graded
    assert sentence in graded


@pytest.mark.parametrize("name", ["no zip", "a file twice", "the assignment twice"])
def test_both_refuse_in_korean(hand_in, name):
    checked, graded, *_ = hand_in(REFUSED[name][0](), "ko")
    assert checked == graded
    assert any("가" <= letter <= "힣" for letter in graded)


def test_a_central_directory_that_lies_about_its_size(hand_in):
    content = bytearray(whole())
    struct.pack_into("<I", content, len(content) - 10, opening.DIRECTORY + 1)
    checked, graded, *_ = hand_in(bytes(content))
    assert checked == graded
    assert "at most 100,000 files" in graded


@pytest.mark.long
def test_a_zip_that_is_far_too_large(hand_in):
    checked, graded, *_ = hand_in(whole(), size=opening.ZIP_SIZE + 1)
    assert checked == graded == "the zip has 1025 MB, more than the 1024 MB that are accepted."


def test_a_folder_is_read_like_the_zip_it_was(tmp_path, hand_in):
    for name, content in WHOLE.items():
        path = tmp_path / "assignment1" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (tmp_path / "out.py").write_text("")
    (tmp_path / "link.py").symlink_to(tmp_path / "out.py")
    found = reading.read_hand_in(tmp_path)
    assert (found.root, list(found.files), found.others) == ("assignment1/", [*WHOLE], ["out.py"])
    assert main(["--check", str(tmp_path)]) == 0
    assert grade(tmp_path, seed=1, isolation=USER)["status"] == "graded"


def graded(folder, files):
    """What the grader makes of a folder of these files, bytes or text by name, and of what it holds it looks at."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = grade(folder, seed=1, isolation=USER)
    remarks = dict(result["remarks"])
    return result["status"], say(result["reason"]), remarks.get("not in zip", {}).get("names"), remarks.get("ignored")


BESIDE = {"svm.ipynb": "{}", "collect.py": "import os", "report.pdf": b"%PDF"}
FOLDERS = {
    "the zip": ({"a1.zip": whole()}, None, None),
    "the zip beside other files": ({**BESIDE, "a1.ZIP": whole()}, None, "collect.py, report.pdf, svm.ipynb"),
    "the zip beside a source": ({"linear_svm.py": "", "a1.zip": whole()}, None, "linear_svm.py"),
    "files without folders": ({**dict(flat()), "collect.py": ""}, None, "collect.py"),
    "these beside another zip": ({**dict(flat()), "a.zip": zip_of(("a.png", ""))}, None, "a.zip/a.png"),
    "a notebook beside no zip": ({"svm.ipynb": "{}", "a.zip": b""}, ", ".join(SOURCES), "a.zip"),
    "what was unpacked, beside its zip": ({**WHOLE, "a1.zip": b"broken"}, None, "a1.zip"),
}


@pytest.mark.usefixtures("hand_in")
@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_taken_of_a_folder(tmp_path, name):
    files, absent, ignored = FOLDERS[name]
    status, reason, lacks, left = graded(tmp_path / "kim", files)
    assert (status, reason, lacks, left and left["names"]) == ("graded", "", absent, ignored)


@pytest.mark.usefixtures("hand_in")
@pytest.mark.parametrize(("name", "reason"), [("a1.zip", "it has no central directory"), ("a1.rar", "found none of")])
def test_a_folder_with_a_broken_zip_is_refused_with_its_reason(tmp_path, name, reason):
    status, said, *_ = graded(tmp_path / "kim", {name: b"broken"})
    assert status == "refused"
    assert reason in said


@pytest.mark.usefixtures("hand_in")
def test_a_zip_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "kim").mkdir()
    (tmp_path / "of-another.zip").write_bytes(whole())
    (tmp_path / "kim" / "a1.zip").symlink_to(tmp_path / "of-another.zip")
    assert graded(tmp_path / "kim", {})[0] == "refused"


@pytest.mark.long
def test_a_virtual_environment_in_a_zip_is_left_out(hand_in):
    more = [(f"venv/lib/python3.11/site-packages/torch/include/ATen/ops/{number}.h", "") for number in range(24_000)]
    *reasons, _, remarks = hand_in(whole(*more))
    assert reasons == ["", ""]
    assert "(+23990)" in dict(remarks)["ignored"]["names"]


@pytest.mark.usefixtures("hand_in")
@pytest.mark.skipif(sys.platform == "win32", reason="there a file of zeros takes room, and a path has 260 characters")
def test_a_folder_costs_no_more_than_it_may(tmp_path):
    """Neither a file of 120 GB of zeros is read nor is 1,500 folders in each other more than a refusal or left out."""
    folder = tmp_path / "kim"
    assert graded(folder, WHOLE)[0] == "graded"
    before = digest(folder)
    (folder / "zeros.bin").touch()
    os.truncate(folder / "zeros.bin", 120 << 30)
    assert graded(folder, {})[::3] == ("graded", {"names": "zeros.bin"})
    assert digest(folder) != before
    os.truncate(folder / SVM, 120 << 30)
    assert f"{SVM} has more than 1 MB" in graded(folder, {})[1]
    deep = tmp_path / "lee"
    deep.mkdir()
    try:
        here = os.open(deep, os.O_RDONLY)
        for _ in range(1500):
            os.mkdir("d", dir_fd=here)
            here, above = os.open("d", os.O_RDONLY, dir_fd=here), here
            os.close(above)
        os.close(here)
        assert "found none of them" in graded(deep, {})[1]
        assert graded(deep, WHOLE)[0] == "graded"
    finally:
        subprocess.run(["rm", "-rf", str(deep)], check=True)
