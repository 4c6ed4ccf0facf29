"""Bytes from student code: whatever they are, they become a value of a known size, or one that is strange."""

import struct

import numpy as np
import pytest

from cs231n.checks.calls import Answer, Call, Failure, Run
from cs231n.checks.training import draw_training, training_calls
from staff.grading.inside.confine import filter_program
from staff.grading.inside.wire import (
    Strange,
    pack_answer,
    pack_question,
    question_size,
    reply_size,
    unpack_answer,
    unpack_question,
)

W, X, Y = np.zeros((3, 2)), np.zeros((4, 3)), np.zeros(4, int)
LOSS = Call("loss", (W, X, Y), {"reg": 0.0})
COST = Call("cost", (np.zeros((2, 3, 2)), np.zeros((2, 4, 3)), np.zeros((2, 4), int)), {"reg": 0.0})
TRAINING = training_calls(draw_training(0))
CALLS = (LOSS, COST, TRAINING["float32"][0], TRAINING["predict"][0])
IMPORT = Call("import", ())


def sent(call, answer):
    """An answer as it arrives."""
    data = pack_answer(call, answer)
    assert len(data) == reply_size(call)
    return unpack_answer(call, data, questions(call))


def questions(call):
    """None, of each run of `train`."""
    return [[] for _ in range(call.options.get("times", 0))]


@pytest.mark.parametrize(
    "value",
    [None, 1.5, 3, True, np.float32(0.1), np.array([[1.0, -2.0]]), np.array([1, 2], np.int8), np.zeros((0, 3)), np.nan],
    ids=str,
)
def test_numbers_arrive_as_they_are(value):
    for found in sent(LOSS, Answer((value, value))).values:
        assert type(found) is type(value) or isinstance(found, np.generic)
        if value is not None:
            assert (found.dtype, found.shape) == (np.asarray(value).dtype, np.shape(value))
            np.testing.assert_array_equal(found, value)


@pytest.mark.parametrize(
    "value", ["1.5", [1.5], 1j, object(), np.zeros(7), np.array("x"), 10**400], ids=lambda value: type(value).__name__
)
def test_what_is_no_number_is_strange(value):
    for found in sent(LOSS, Answer((value, value))).values:
        assert isinstance(found, Strange)
        assert type(found).__name__ == type(value).__name__


@pytest.mark.parametrize(("changed", "shared"), [((), False), (("X",), True), (("W", "X", "y"), False)])
def test_what_became_of_the_inputs_arrives(changed, shared):
    found = sent(LOSS, Answer((1.5, W), None, changed, shared))
    assert (found.changed, found.shared) == (changed, shared)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.do)
def test_failures_arrive_and_none_can_say_that_its_process_ended(call):
    for failure in (Failure("ValueError", "한글", 3), Failure("E" * 100, "x" * 1000, None, at_import=True)):
        found = sent(call, Answer(failure=failure)).failure
        assert found == failure._replace(kind=failure.kind[:40], text=failure.text[:200], at_import=False)
    for kind in ("ended", "missing"):
        assert sent(call, Answer(failure=Failure(kind, "its process ended", None))).failure.kind == "Exception"


def test_what_an_import_raises_arrives_whole():
    for kind in ("ImportError", "missing"):
        failure = Failure(kind, "한" * 1000, 3, at_import=True, file="linear_svm.py")
        assert sent(IMPORT, Answer(failure=failure)).failure == failure
    assert sent(IMPORT, Answer()).failure is None
    run = Run(None, [], None, failure, True)
    (found,) = {run.failure for run in sent(TRAINING["float32"][0], Answer((run, run))).values}
    assert (found.kind, found.text, found.at_import, found.file) == ("Exception", "한" * 200, False, "")
    assert sent(IMPORT, Answer(failure=Failure("ended", "its process ended", None))).failure.kind == "Exception"


@pytest.mark.parametrize("call", [*CALLS, IMPORT], ids=lambda call: call.do)
def test_any_bytes_are_taken(call):
    rng = np.random.default_rng(0)
    for number in range(200):
        data = bytearray(rng.integers(256, size=reply_size(call), dtype=np.uint8).tobytes())
        data[0] = number % 4
        for place in range(1, len(data) - 100, 60 if number % 2 else len(data)):  # what looks like the head of an array
            data[place : place + 17] = bytes([rng.integers(5)]) + b"float64".ljust(16, b"\0")
        answer = unpack_answer(call, bytes(data), questions(call))
        failures = [answer.failure, *(run.failure for run in answer.values if call.do == "train")]
        for failure in filter(None, failures):
            assert (failure.kind + failure.text).isprintable()
            assert failure.kind != "ended"
            assert failure.line is None or 0 <= failure.line < 1_000_000
        for value in answer.values if call.do != "train" else ():
            assert value is None or isinstance(value, Strange) or np.size(value) <= 6


def test_any_bytes_are_a_question():
    call, rng = TRAINING["float32"][0], np.random.default_rng(0)
    asked = [np.ones((6, 4), np.float32), np.zeros((5, 6)), np.arange(5)]
    for value, found in zip(asked, unpack_question(call, pack_question(call, 1, *asked)[1:]), strict=True):
        assert (found.dtype, found.shape, found.tolist()) == (value.dtype, value.shape, value.tolist())
    for _ in range(100):
        data = rng.integers(256, size=question_size(call), dtype=np.uint8).tobytes()
        assert all(np.size(value) <= 2 * call.arrays[0].size for value in unpack_question(call, data))


@pytest.mark.parametrize("shape", [(0, -5), (0, -1), (0, 2**62), (2**61, 0), (-1, -1, 0), (-2, -3), (7, 0), (3, 3)])
def test_a_shape_that_cannot_be_is_strange(shape):
    """One length of 0 makes every product of lengths 0; NumPy raises for others that no array can have."""
    honest = (1, 2, 2)[: len(shape)]
    data = pack_answer(LOSS, Answer((np.zeros(honest), None)))
    written, forged = (struct.pack(f"<B{len(shape)}q", len(shape), *lengths) for lengths in (honest, shape))
    assert data.count(written) == 1
    assert isinstance(unpack_answer(LOSS, data.replace(written, forged)).values[0], Strange)


def test_the_filter_is_there_for_machines_that_are_known():
    assert len(filter_program("x86_64")) % 8 == 0
    assert filter_program("aarch64") != filter_program("x86_64")
    assert filter_program("sparc") is None
