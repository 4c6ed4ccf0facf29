"""Each examination, with what it looks at broken."""

import json
import shutil
import sys

import pytest

import cs231n.doctor
from cs231n.doctor import BAD, GOOD, NOTE, UNKNOWN, PackageError, kit, machine, require
from cs231n.doctor.report import Examined, examine, to_text


def test_require(monkeypatch):
    require("numpy", "json")
    with pytest.raises(PackageError, match=r"missing: no_such_package.*python -m cs231n\.doctor") as caught:
        require("numpy", "no_such_package")
    assert caught.value._render_traceback_() == [f"PackageError: {caught.value}"]
    monkeypatch.setattr(sys, "argv", ["-m"])
    with pytest.raises(SystemExit, match="missing: no_such_package"):
        require("no_such_package")
    monkeypatch.setattr(cs231n.doctor, "PYTHON", (99, 0))
    with pytest.raises(SystemExit, match=r"needs Python 99\.0 or newer"):
        require("numpy")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["/no/such/python", "-m", "ipykernel_launcher"], "python3 is to start /no/such/python, which does not run"),
        (["BARE", "-m", "ipykernel_launcher"], "python3 starts BARE, and this Python is"),
        (None, "there is no kernel python3"),
    ],
    ids=["gone", "of another environment", "not readable"],
)
def test_a_kernel_that_points_elsewhere(tmp_path, monkeypatch, bare, argv, said):
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    argv = argv and [str(bare) if part == "BARE" else part for part in argv]
    spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec) if argv else "{")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    verdict, text, advice = kit.examine_kernel()
    assert verdict == BAD
    assert text.startswith(said.replace("BARE", str(bare)))
    assert "-m ipykernel install --sys-prefix" in advice


def test_packages_that_are_missing_or_old(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("numpy>=1.0  # arrays\nmatplotlib>=999\nno-such-package>=1\n")
    verdict, text, _ = machine.examine_packages(path)
    assert verdict == NOTE
    assert text.startswith("missing: no-such-package; too old: matplotlib ")


def test_numpy_that_does_not_start(tmp_path, monkeypatch):
    (tmp_path / "numpy").mkdir()
    (tmp_path / "numpy" / "__init__.py").write_text("raise ImportError('DLL load failed')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    verdict, text, advice = machine.examine_numpy()
    assert (verdict, text) == (BAD, "cannot be imported: ImportError: DLL load failed")
    assert "--force-reinstall numpy" in advice


def test_numpy_without_a_blas_is_noted(monkeypatch):
    monkeypatch.setattr(machine, "SLOW", 1e18)
    assert machine.examine_numpy()[0] == NOTE


@pytest.mark.parametrize(("kilobytes", "verdict"), [(2_000_000, GOOD), (500_000, NOTE), (100_000, BAD)])
def test_memory(tmp_path, monkeypatch, kilobytes, verdict):
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "meminfo").write_text(f"MemFree: 1 kB\nMemAvailable:  {kilobytes} kB\n")
    free = machine.available_memory(tmp_path)
    assert free == 1024 * kilobytes
    monkeypatch.setattr(machine, "available_memory", lambda: free)
    assert machine.examine_memory()[0] == verdict


def test_memory_of_a_container(tmp_path):
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "meminfo").write_text("MemAvailable: 8000000 kB\n")
    group = tmp_path / "sys" / "fs" / "cgroup"
    group.mkdir(parents=True)
    (group / "memory.current").write_text("100\n")
    (group / "memory.max").write_text("max\n")
    assert machine.available_memory(tmp_path) == 1024 * 8000000
    (group / "memory.max").write_text("1000\n")
    assert machine.available_memory(tmp_path) == 900


@pytest.mark.parametrize(("free", "verdict"), [(50e9, GOOD), (0.3e9, NOTE), (0.01e9, BAD)])
def test_disk(monkeypatch, tmp_path, free, verdict):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(1e12, 0, free))
    assert kit.examine_disk([tmp_path / "not there yet"])[0] == verdict


def test_a_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / "file").touch()
    verdict, text, advice = kit.examine_writing([tmp_path / "file"])
    assert verdict == BAD
    assert text.startswith("no file can be made: ")
    assert "a folder of your own" in advice


def test_one_examination_that_fails_leaves_the_others(monkeypatch):
    def fail():
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(cs231n.doctor.report, "EXAMINATIONS", {"disk": fail, "memory": lambda: (GOOD, "enough")})
    disk, memory = examine()
    assert (disk.verdict, disk.found) == (UNKNOWN, "could not be examined: RuntimeError: nobody thought of this")
    assert memory == Examined("memory", GOOD, "enough")


def test_columns_are_aligned_in_korean(monkeypatch):
    monkeypatch.setenv("CS231N_LANG", "ko")
    text = to_text([Examined("python", GOOD, "가"), Examined("writing", BAD, "나", "다")])
    assert text.splitlines()[:3] == ["Python 버전  정상  가", "쓰기 권한    문제  나", f"{' ' * 19}다"]
