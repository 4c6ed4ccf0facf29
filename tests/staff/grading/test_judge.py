"""What the judge makes of one submission."""

import json
import platform
import sysconfig
import time

import numpy as np
import pytest

from cs231n.assignments.svm import ASSIGNMENT as SVM
from cs231n.checks import judging
from cs231n.checks.calls import Answer, Call, Run
from cs231n.checks.cost import measure, measure_yardstick
from cs231n.checks.findings import FAULT, say
from cs231n.checks.questions import draw_large
from cs231n.checks.training import draw_training
from cs231n.submission.archive import zip_bytes
from staff.assignments.svm import draw, questions
from staff.errors import SandboxError
from staff.grading import isolation, sandbox
from staff.grading.available import find_isolation
from staff.grading.class_page import Summary
from staff.grading.conversation import Conversation
from staff.grading.grade import _rounded, grade
from staff.grading.inside.wire import pack_answer, pack_question, unpack_answer, unpack_question
from staff.grading.isolation import BUBBLEWRAP
from staff.grading.judge import begin, judge_answers, judge_files
from staff.grading.report import to_json
from staff.grading.text import clean_result

SVM_FILE, CLASSIFIER_FILE = SVM.sources


def test_without_a_process_for_it_code_is_not_judged(finished, monkeypatch):
    def fail(*_):
        raise SandboxError("expected a process for student code, found none")

    monkeypatch.setattr(sandbox, "lend", fail)
    with pytest.raises(SandboxError):
        judge_files({name: finished[name] for name in SVM.sources}, find_isolation(), 1)


def printed(code):
    """What a student's file prints."""
    return judge_files({SVM_FILE: f"import ctypes, fcntl, os\n{code}".encode()}, find_isolation(), 1).printed.decode()


def test_a_sandbox_whose_temporary_files_were_touched_is_not_used_again():
    """Whatever a process does to them changes a time that no process can set."""
    if find_isolation() != BUBBLEWRAP:
        pytest.skip("nobody writes there")
    shown = "\nprint(os.stat('/tmp').st_ctime_ns)"
    first, second = printed(shown), printed(shown)
    assert first == second
    assert printed("os.rmdir(os.mkdir('/tmp/left') or '/tmp/left')") == ""
    assert printed(shown) > first
    left = printed("os.rmdir(os.mkdir('/tmp/left') or '/tmp/left')" + shown)
    assert printed(shown) > left


def test_a_python_that_was_moved_finds_its_own_modules(monkeypatch, tmp_path):
    """It knows the folder that it was built for, which is nowhere."""
    known = sysconfig.get_config_var
    moved = {"DESTSHARED": str(tmp_path / "nowhere")}
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: moved.get(name) or known(name))
    monkeypatch.setattr(isolation, "_python", isolation._python.__wrapped__)
    monkeypatch.setattr(isolation, "_importable", isolation._importable.__wrapped__)
    sandbox._discard(find_isolation(), isolation.LIMITS)
    try:
        assert printed("import _json, math, zlib; print('found')") == "found\n"
    finally:
        sandbox._discard(find_isolation(), isolation.LIMITS)


def test_no_system_call_reaches_the_process_that_waits():
    code = """
libc = ctypes.CDLL(None, use_errno=True)
for call in (447, 0), (467, -1), (72, 0, 8, os.getppid()), (72, 0, 10, 9), (72, 0, 15, 0), (72, 0, 1):
    print(libc.syscall(*call), os.strerror(ctypes.get_errno()), end=";")
"""
    if platform.machine() == "x86_64":
        assert printed(code) == "-1 Operation not permitted;" * 5 + "0 Operation not permitted;"


@pytest.mark.parametrize("step", ["np.nan * dW", "1e308 * 1e308 * dW", "dW / 0 - dW / 0"])
def test_training_that_is_lost_is_a_fault_of_the_student_alone(finished, tmp_path, step):
    text = finished[CLASSIFIER_FILE].decode().replace("step = -learning_rate * dW", f"step = {step}")
    zip_bytes(finished | {CLASSIFIER_FILE: text.encode()}, tmp_path / "lost.zip")
    result = grade(tmp_path / "lost.zip", seed=1)
    assert result["regions"]["train-update"]["earned"] == 0
    assert result["regions"]["predict"]["earned"] == SVM.regions["predict"].points
    assert FAULT not in {finding["outcome"] for finding in result["findings"]}


def test_a_fault_of_the_checker_costs_the_student_nothing(finished, tmp_path, monkeypatch):
    right = judging.judge_loss
    monkeypatch.setattr(
        judging, "judge_loss", lambda *given: 1 / 0 if given[1].name == "svm_loss_vectorized" else right(*given)
    )
    zip_bytes(finished, tmp_path / "kim.zip")
    regions = grade(tmp_path / "kim.zip", seed=1)["regions"]
    faults = {name for name, region in regions.items() if region["state"] == FAULT}
    assert faults == set(SVM.subjects[1].regions)
    assert {regions[name]["earned"] for name in faults} == {None}
    assert regions["svm-naive-gradient"]["earned"] == SVM.regions["svm-naive-gradient"].points


def test_whatever_enters_a_result_is_cleaned(finished, tmp_path):
    hostile, book = "\u202e\x1b[31m\ud800", json.loads(finished[SVM.notebooks[0]])
    cell = next(cell for cell in book["cells"] if cell["id"] == "inline-1")
    cell["source"] = "".join(cell["source"]).replace("-->\n", f"-->\n{hostile}", 1)
    raises = f"\nprint({hostile[:2]!r})\ndef svm_loss_naive(*given):\n    raise ValueError({hostile!r})\n"
    code = finished[SVM_FILE] + raises.encode()
    files = finished | {SVM_FILE: code, SVM.notebooks[0]: json.dumps(book).encode(), "a\u202eb": b""}
    zip_bytes(files, tmp_path / "kim.zip")
    result = grade(tmp_path / "kim.zip", seed=1, student="kim\u202e")
    assert clean_result(result) == result
    assert result["student"] == "kim[U+202E]"
    assert result["written"]["inline-1"]["text"].startswith("[U+202E][U+001B][31m[U+D800]")
    assert result["printed"].startswith("[U+202E][U+001B]")
    assert "\u202e" not in json.dumps(result, ensure_ascii=False)


def strange(rng, shape):
    """What a function may return in place of an array of a shape."""
    kinds = (
        *(None, float("nan"), -1e308, np.inf, np.zeros(shape, bool), np.zeros((0,)), np.ones((1,) * 4), "text"),
        *(np.full(shape, np.nan), np.full(shape, 1e308), np.zeros(shape), rng.standard_normal(shape[::-1])),
        *(rng.standard_normal(shape), rng.integers(-(2**62), 2**62, shape)),
    )
    return kinds[rng.integers(len(kinds))]


def strange_answer(rng, call):
    """An answer of strange values to any call."""
    if call.do == "predict":
        return Answer((strange(rng, (len(call.arrays[1]),)),))
    if call.do in ("loss", "cost", "idle", "yardstick"):
        return Answer((strange(rng, ()), strange(rng, call.arrays[0].shape)), cpu=float(rng.random()))
    shape = call.arrays[3].shape[1:]
    return Answer((Run(strange(rng, (6,)), [], strange(rng, shape), None, True),) * call.options["times"])


def strange_questions(rng, call):
    """For each run of a call of `train` what it asks, as it arrives."""
    X, y, _, gradients = call.arrays
    shapes = gradients.shape[1:], X[: call.options["batch_size"]].shape, y[: call.options["batch_size"]].shape
    return [
        [
            unpack_question(call, pack_question(call, 0, *(strange(rng, shape) for shape in shapes))[1:])
            for _ in range(n)
        ]
        for n in rng.integers(8, size=call.options["times"])
    ]


@pytest.mark.parametrize("subject", SVM.subjects, ids=lambda subject: subject.name)
def test_whatever_comes_back_is_judged(subject, finished):
    rng, content = np.random.default_rng(0), finished[subject.file]

    def answer_strangely(call):
        answer = strange_answer(rng, call)
        asked = strange_questions(rng, call) if call.do == "train" else ()
        return unpack_answer(call, pack_answer(call, answer), asked)._replace(cpu=answer.cpu)

    asked = draw_training(0) if subject.kind == "classifier" else draw(0)
    for _ in range(20):
        answers = {
            group: [answer_strangely(call) for call in calls]
            for group, calls in judging.calls_of(subject, asked).items()
        }
        if subject.kind != "classifier":
            answers["cost"] = measure(subject, asked, answers, measure_yardstick(answer_strangely), answer_strangely)
        found = judge_answers(SVM, subject, asked, answers, content)
        assert FAULT not in {finding.outcome for finding in found}, found
        assert to_json([finding._asdict() for finding in found])


def test_a_region_that_could_not_be_judged_is_counted_nowhere():
    summary = Summary()
    summary._add_region("predict", {"earned": None, "max": 5, "state": "checker fault"})
    assert summary.regions["predict"] == {"earned": 0}


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("gradient.data.factor-996.25", "gradient.data.factor-1000"),
        ("gradient.data.factor--0.125", "gradient.data.factor--0.12"),
        ("gradient.mean.fixed-500", "gradient.mean.fixed-500"),
        ("loss.data.factor-1e+300", "loss.data.factor-1e+300"),
        ("gradient.numerical", "gradient.numerical"),
    ],
)
def test_a_number_that_is_told_has_two_digits(cause, told):
    assert _rounded(cause) == told


@pytest.mark.parametrize("seed", range(5))
def test_what_is_asked_has_the_parts_that_ship_and_their_numbers(seed):
    for question in draw(seed).cases:
        every = questions.parts(question.W, question.X, question.y)
        assert {group: set(readings) for group, readings in question.parts.items()} == {
            group: set(readings) for group, readings in every.items()
        }
        for model in (SVM.loss, SVM.gradient):
            expected = model.expected(question._replace(parts=every))
            np.testing.assert_allclose(model.expected(question), expected, rtol=1e-13, atol=1e-15)
        np.testing.assert_array_equal(question.parts["own"]["values"], every["own"]["values"])


def test_a_process_that_ends_between_two_requests_is_that_submissions_matter():
    code = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_DFL)\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\n"
    with Conversation(find_isolation(), {SVM.sources[0]: code.encode()}) as talk:
        begin(talk, [(SVM, SVM.subjects[0])])
        time.sleep(0.1)
        ended = talk.measure(SVM, SVM.subjects[0], Call("idle", tuple(draw_large(0, 2, 3, 2, 2)[1:4]), {"reg": 0.0}))
    assert (ended.failure.kind, ended.failure.text[0]) == ("ended", "process ended")


@pytest.mark.skipif(find_isolation() != BUBBLEWRAP, reason="only in bubblewrap /tmp is in memory")
def test_files_are_counted_though_each_wait_is_short(finished, tmp_path):
    """A training asks the judge at each step, and is waited for no longer than a step takes."""
    more = "[open(f'/tmp/{id(dW)}-{time.time_ns()}', 'w').close() for _ in range(2_000)]"
    text = finished[CLASSIFIER_FILE].decode().replace("step = -learning_rate * dW", f"step = -dW; {more}")
    zip_bytes(finished | {CLASSIFIER_FILE: f"import time\n{text}".encode()}, tmp_path / "kim.zip")
    result = grade(tmp_path / "kim.zip", seed=1)
    assert "more than 10000 files in /tmp" in {say(finding["measurement"]) for finding in result["findings"]}
