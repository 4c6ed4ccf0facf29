"""Attacks by the zip itself: names that lead out of it, bombs, links, lists without an end, and files nobody asked for.

What nobody asked for is left out, and the rest is graded; a file that is asked for and could do harm is refused.
"""

import io
import struct
import warnings
import zipfile

from cs231n.assignments.svm import ASSIGNMENT as SVM

from . import CARRIED, PLANTED, Attack

CODE = "def svm_loss_naive(W, X, y, reg):\n    return 1.5, W\n"
_SVM = SVM.sources[0]
_LEFT_OUT = "not looked at: "
_EVIL = f"import os\nprint('{CARRIED}: read:', os.getcwd())\nos._exit(0)\n"
_UNASKED = (
    "numpy.py",
    "numpy/__init__.py",
    "sitecustomize.py",
    "usercustomize.py",
    "conftest.py",
    "cs231n/__init__.py",
    "cs231n/classifiers/__init__.py",
    "probe.py",
)


def zip_of(*entries, method=zipfile.ZIP_DEFLATED):
    """Bytes of a zip, of pairs of a name or ZipInfo and its content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about names that are there twice
        for entry, content in entries:
            archive.writestr(entry, content)
    return stream.getvalue()


_ASKED = _SVM, CODE
_ZIP = zip_of(_ASKED)


def _named(name):
    return zip_of(_ASKED, (name, f"{CARRIED}: unpacked"))


def _special(kind, content):
    """A link or a device in place of the file."""
    entry = zipfile.ZipInfo(_SVM)
    entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16
    return zip_of((entry, content))


def _nested():
    content = zip_of(("zeros", bytes(10 << 20)))
    for level in range(6):
        content = zip_of(*((f"{level}-{number}.zip", content) for number in range(10)))
    return content


def _patched(content, form, value, *places):
    """A zip with another value before its file and in its list, at these places."""
    content = bytearray(content)
    for mark, place in zip((b"PK\3\4", b"PK\1\2"), places, strict=True):
        struct.pack_into(form, content, content.index(mark) + place, value)
    return bytes(content)


def _lying(size):
    return _patched(zip_of(_ASKED, method=zipfile.ZIP_STORED), "<I", size, 22, 24)


def _many():
    return zip_of(*((f"{number}", b"") for number in range(100_001)), method=zipfile.ZIP_STORED)


def _many_unseen():
    """As many, of which the list's end for small zips knows nothing."""
    content = bytearray(_many())
    struct.pack_into("<HHI", content, len(content) - 14, 1, 1, 60)
    return bytes(content)


def _many_uncounted():
    """As many, and both ends of the list count one."""
    content = bytearray(_many())
    struct.pack_into("<HH", content, len(content) - 14, 1, 1)
    struct.pack_into("<QQ", content, content.index(b"PK\6\6") + 24, 1, 1)
    return bytes(content)


def _overlapping():
    """A list that names the same bytes of the zip two hundred times."""
    content = zip_of((_SVM, bytes(1 << 19)))
    start, end = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    row = content[start:end]
    rows = b"".join(row.replace(_SVM[-5:].encode(), b"%05d" % number) for number in range(200))
    return content[:start] + row + rows + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 201, 201, len(row + rows), start, 0)


ARCHIVES = (
    Attack("zip slip", _named("../../../tmp/carried-out"), (_LEFT_OUT,)),
    Attack("zip slip inside a path", _named("cs231n/../../carried-out"), (_LEFT_OUT,)),
    Attack("zip slip with backslashes", _named("..\\..\\carried-out"), (_LEFT_OUT,)),
    Attack("absolute path", _named("/tmp/carried-out"), (_LEFT_OUT,)),
    Attack("a drive of Windows", _named("C:carried-out"), (_LEFT_OUT,)),
    Attack("NUL in a name", _named("carried!out.py").replace(b"carried!out.py", b"carried\0out.py"), (_LEFT_OUT,)),
    Attack("newline in a name", _named("carried\nout.py"), (_LEFT_OUT,)),
    Attack("colours of a terminal in a name", _named("\x1b[31mcarried"), (_LEFT_OUT,)),
    Attack("text that turns its direction in a name", _named("carried\u202egnp.py"), (_LEFT_OUT,)),
    Attack("a link", _special(0o120000, "/etc/passwd"), ("is a link or a device",)),
    Attack("a link to the staff's files", _special(0o120000, PLANTED), ("is a link or a device",)),
    Attack("a device", _special(0o020000, ""), ("is a link or a device",)),
    Attack("zip bomb", lambda: zip_of((_SVM, bytes(300 << 20))), ("has more than 1 MB",)),
    Attack("zip bomb beside the files", lambda: zip_of(_ASKED, ("notes.txt", bytes(300 << 20))), (_LEFT_OUT,)),
    Attack("zip bomb in zips in zips", _nested, ("found none of them",)),
    Attack("100,001 entries", _many, ("at most 100,000",)),
    Attack("100,001 entries that are not seen", _many_unseen, ("at most 100,000",)),
    Attack("100,001 entries that are not counted", _many_uncounted, ("at most 100,000",)),
    Attack("the same bytes 200 times", _overlapping, ()),
    Attack("encrypted", _patched(_ZIP, "B", 1, 6, 8), ("is encrypted",)),
    Attack("twice the same file", zip_of((_SVM, "raise SystemExit"), _ASKED), ("is in the zip twice",)),
    Attack("two assignments", zip_of((f"a/{_SVM}", CODE), (f"b/{_SVM}", CODE)), ("holds the assignment twice",)),
    Attack("smaller than it is", _lying(10), ("cannot be read",)),
    Attack("larger than it is", _lying(4_000_000), ("has more than 1 MB",)),
    Attack("packed by LZMA", lambda: zip_of(_ASKED, method=zipfile.ZIP_LZMA), ("by another method than deflate",)),
    Attack("cut short", _ZIP[:-30], ("cannot be read",)),
    Attack("no zip", b"MZ" + bytes(1000), ("cannot be read",)),
    Attack("empty", b"", ("cannot be read",)),
    Attack("nothing in it", zip_of(), ("found none of them",)),
    Attack("modules nobody asked for", zip_of(_ASKED, *((name, _EVIL) for name in _UNASKED)), (_LEFT_OUT,)),
    Attack("modules of the kit replaced", zip_of(_ASKED, ("receipt.json", "{}"), *((name, "import os\nos._exit(0)\n") for name in _UNASKED)), ("its process ended",)),
    Attack("more modules than are taken", lambda: zip_of(_ASKED, *((f"cs231n/m{number}.py", bytes(1 << 20)) for number in range(9))), (_LEFT_OUT,)),
    Attack("a file of two megabytes", lambda: zip_of((_SVM, "#" + "ab" * (1 << 20)), method=zipfile.ZIP_STORED), ("has more than 1 MB",)),
    Attack("a name that a spreadsheet computes", _ZIP, student="=cmd|' C calc'!A0"),
    Attack("a name that is HTML", _ZIP, student="<img src=x onerror=alert(1)><script>alert(1)<&script>"),
    Attack("a name on two lines, that turns and colours", _ZIP, student="kim\n\u202e\x1b[31m,lee"),
    Attack("a name of dots", _ZIP, student="a.."),
    Attack("the name of our own file", _ZIP, student="grades.csv"),
    Attack("a name of 250 letters", _ZIP, student="x" * 250),
)  # fmt: skip
