"""The doctor, in good health and with each thing broken in turn."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import cs231n.doctor
from cs231n.doctor import MissingError, kit, machine, notebook, require
from cs231n.doctor.findings import BAD, GOOD, NOTE, UNKNOWN, Finding, to_text
from cs231n.doctor.report import EXAMINATIONS, examine
from staff.authoring.paths import ROOT

OLD_PYTHONS = ("3.6", "3.7", "3.8", "3.9")


def ask(folder, *arguments, python=sys.executable, **environment):
    """Run the doctor, or another command of the kit, in a copy of it."""
    arguments = arguments if arguments[:1] == ("-m",) else ("-m", "cs231n.doctor", *arguments)
    clean = {key: value for key, value in os.environ.items() if key not in ("CS231N_DATA", "PYTHONPATH")}
    return subprocess.run(
        [str(python), *arguments],
        cwd=folder / "assignment1",
        env={**clean, "CS231N_LANG": "en", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def found(done):
    """The findings of ``--json`` by name."""
    return {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """A Python without any package: no NumPy, no Jupyter."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def test_a_machine_in_good_health(untouched):
    done = ask(untouched)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == f"{len(EXAMINATIONS)} good, 0 to note, 0 bad, 0 unknown"
    assert "OPENBLAS_NUM_THREADS=1" in ask(untouched, OPENBLAS_NUM_THREADS="1").stdout


def test_in_korean(untouched):
    done = ask(untouched, CS231N_LANG="ko")
    assert f"정상 {len(EXAMINATIONS)}, 주의 0, 문제 0, 모름 0" in done.stdout


def test_without_numpy_and_without_jupyter(untouched, bare):
    done = ask(untouched, "--json", python=bare)
    assert (done.returncode, done.stderr) == (1, "")
    rows = found(done)
    verdicts = {name: row["verdict"] for name, row in rows.items()}
    assert verdicts == dict.fromkeys(EXAMINATIONS, GOOD) | {
        "packages": BAD,
        "numpy": BAD,
        "kernel": BAD,
        "autoreload": UNKNOWN,
        "data": UNKNOWN,
    }
    assert rows["numpy"]["found"] == "not installed"
    assert rows["numpy"]["advice"].endswith("-m pip install -r requirements.txt")
    assert rows["kernel"]["found"] == "there is no kernel python3: ipykernel is not installed"


@pytest.mark.parametrize("command", ["checks", "submission", "datasets"])
def test_other_commands_without_numpy_name_the_doctor(untouched, bare, command):
    done = ask(untouched, "-m", f"cs231n.{command}", python=bare)
    assert done.returncode == 1
    assert "missing: numpy" in done.stderr
    assert "python -m cs231n.doctor" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "names_it"),
    [("import a_package_that_is_missing", True), ("import cs231n.no_such_module", False), ("def", False)],
)
def test_the_checks_name_the_doctor_where_a_package_is_missing(untouched, line, names_it):
    path = untouched / "assignment1" / "cs231n" / "classifiers" / "linear_svm.py"
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    done = ask(untouched, "-m", "cs231n.checks")
    assert done.returncode == 1
    assert "the file cannot be imported" in done.stdout
    assert ("python -m cs231n.doctor" in " ".join(done.stdout.split())) == names_it


def test_handing_in_names_the_doctor_where_no_kernel_starts(untouched, tmp_path):
    (tmp_path / "kernels" / "python3").mkdir(parents=True)
    spec = {"argv": ["/no/such/python"], "display_name": "Python 3", "language": "python"}
    (tmp_path / "kernels" / "python3" / "kernel.json").write_text(json.dumps(spec))
    done = ask(untouched, "-m", "cs231n.submission", "--out", str(tmp_path), JUPYTER_PATH=str(tmp_path))
    assert "the notebook could not be executed" in done.stdout
    assert "python -m cs231n.doctor" in done.stdout


@pytest.mark.parametrize("version", OLD_PYTHONS)
@pytest.mark.parametrize("command", ["doctor", "checks"])
def test_an_old_python_is_told_so_in_two_sentences(untouched, version, command):
    pythons = [shutil.which(f"python{version}"), *Path.home().glob(f".pyenv/versions/{version}.*/bin/python")]
    working = [python for python in pythons if python and machine.run_python("print(1)", python=str(python))[0]]
    if not working:
        pytest.skip(f"there is no Python {version} on this machine")
    done = ask(untouched, "-m", f"cs231n.{command}", python=working[0])
    assert done.returncode == 1
    english, korean = done.stderr.splitlines()
    assert english.startswith(f"This kit needs Python 3.10 or newer, and this is Python {version} (")
    assert korean.startswith("이 과제에는 Python 3.10 이상이 필요")


def test_files_that_an_old_python_reads_have_no_newer_syntax():
    import ast

    for path in (*(ROOT / "assignment1/cs231n/doctor").glob("__*__.py"), ROOT / "assignment1/cs231n/__init__.py"):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_require(monkeypatch):
    require("numpy", "json")
    with pytest.raises(MissingError, match=r"missing: no_such_package.*python -m cs231n\.doctor") as caught:
        require("numpy", "no_such_package")
    assert caught.value._render_traceback_() == [f"MissingError: {caught.value}"]
    monkeypatch.setattr(sys, "argv", ["-m"])
    with pytest.raises(SystemExit, match="missing: no_such_package"):
        require("no_such_package")
    monkeypatch.setattr(cs231n.doctor, "PYTHON", (99, 0))
    with pytest.raises(SystemExit, match=r"needs Python 99\.0 or newer"):
        require("numpy")


def shorten(path):
    path.write_bytes(path.read_bytes()[:-1000])


def spoil(path):
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)


@pytest.fixture
def datasets(tmp_path, monkeypatch):
    """A copy of the sample, in a folder that the kit is told of."""
    shutil.copytree(ROOT / "datasets" / "cifar10-sample", tmp_path / "datasets" / "cifar10-sample")
    monkeypatch.setenv("CS231N_DATA", str(tmp_path / "datasets"))
    return tmp_path / "datasets"


def half_a_folder(datasets):
    import numpy as np

    (datasets / "cifar10").mkdir()
    np.save(datasets / "cifar10" / "train_labels.npy", np.zeros(50000, np.uint8))


def truncated(datasets):
    half_a_folder(datasets)
    path = datasets / "cifar10" / "train_images.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00v\x00{'descr': '|u1'")


@pytest.mark.parametrize(
    ("damage", "said", "advice"),
    [
        (half_a_folder, "train_images.npy: expected uint8 of shape (50000, 32, 32, 3), found no such file", "--repair"),
        (truncated, "train_images.npy: expected uint8 of shape (50000, 32, 32, 3), found a truncated", "--repair"),
        (
            lambda datasets: shorten(datasets / "cifar10-sample/train.webp"),
            "train.webp is damaged: SHA-256",
            "datasets/",
        ),
        (lambda datasets: spoil(datasets / "cifar10-sample/test.webp"), "test.webp is damaged: SHA-256", "datasets/"),
        (lambda datasets: shutil.rmtree(datasets), "found none of them", "datasets/"),
    ],
    ids=["half a folder", "truncated file", "truncated sample", "sample with another digest", "nothing"],
)
def test_broken_images(datasets, damage, said, advice):
    assert kit.examine_data()[0] == GOOD
    damage(datasets)
    verdict, text, what_to_do = kit.examine_data()
    assert verdict == BAD
    assert said in text
    assert advice in what_to_do


def test_the_repair_is_named_with_the_folder_that_is_in_the_way(datasets):
    half_a_folder(datasets)
    assert str(datasets / "cifar10") in kit.examine_data()[2]
    shutil.rmtree(datasets / "cifar10")
    assert kit.examine_data()[0] == GOOD


def test_the_exit_status_with_broken_images(untouched):
    truncated(untouched / "datasets")
    done = ask(untouched, "--json")
    assert {name for name, row in found(done).items() if row["verdict"] != GOOD} == {"data"}
    assert done.returncode == 1


def test_scripts_with_the_line_ends_of_windows(untouched):
    path = untouched / "get_datasets.sh"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    verdict, text, _ = kit.examine_line_ends(untouched)
    assert verdict == (NOTE if os.name == "nt" else BAD)
    assert text == "ended with CR and LF: get_datasets.sh"


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
    verdict, text, advice = notebook.examine_kernel()
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


def test_autoreload_that_does_not_reload(monkeypatch):
    assert notebook.examine_autoreload()[0] == GOOD
    monkeypatch.setattr(notebook, "_AUTORELOAD", notebook._AUTORELOAD.replace("%autoreload 2", "%autoreload 0"))
    verdict, text, _ = notebook.examine_autoreload()
    assert (verdict, text) == (BAD, "a file that is saved does not count: the old code still runs")


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


def test_nothing_is_left_behind(untouched):
    def digests():
        files = [path for path in untouched.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    ask(untouched)
    assert digests() == before


def test_one_examination_that_fails_leaves_the_others(monkeypatch):
    def fail():
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(cs231n.doctor.report, "EXAMINATIONS", {"disk": fail, "memory": lambda: (GOOD, "enough")})
    disk, memory = examine()
    assert (disk.verdict, disk.found) == (UNKNOWN, "could not be examined: RuntimeError: nobody thought of this")
    assert memory == Finding("memory", GOOD, "enough")


def test_columns_are_aligned_in_korean(monkeypatch):
    monkeypatch.setenv("CS231N_LANG", "ko")
    text = to_text([Finding("python", GOOD, "가"), Finding("writing", BAD, "나", "다")])
    assert text.splitlines()[:3] == ["Python 버전  정상  가", "쓰기 권한    문제  나", f"{' ' * 19}다"]
