"""Bytes from student code: whatever they are, they become a value of a known size, or one that is strange."""

import numpy as np
import pytest

from staff.grading.inside.confine import filter_program
from staff.grading.inside.wire import FAILURE, Strange, pack, packed_size, unpack, unpack_failure


@pytest.mark.parametrize(
    "value",
    [None, 1.5, 3, True, np.float32(0.1), np.array([[1.0, -2.0]]), np.array([1, 2], np.int8), np.zeros((0, 3)), np.nan],
    ids=str,
)
def test_numbers_arrive_as_they_are(value):
    data = pack(value, 6)
    found = unpack(data, 6)
    assert len(data) == packed_size(6)
    assert type(found) is type(value) or isinstance(found, np.generic)
    if value is not None:
        assert (found.dtype, found.shape) == (np.asarray(value).dtype, np.shape(value))
        np.testing.assert_array_equal(found, value)


@pytest.mark.parametrize(
    "value", ["1.5", [1.5], 1j, object(), np.zeros(7), np.array("x"), 10**400], ids=lambda value: type(value).__name__
)
def test_what_is_no_number_is_strange(value):
    found = unpack(pack(value, 6), 6)
    assert isinstance(found, Strange)
    assert type(found).__name__ == type(value).__name__


def test_any_bytes_are_taken():
    rng = np.random.default_rng(0)
    for _ in range(3000):
        data = bytearray(rng.integers(256, size=packed_size(4), dtype=np.uint8).tobytes())
        data[0] = rng.integers(5)
        if rng.random() < 0.5:
            data[1:17] = b"float64".ljust(16, b"\0")
            data[57] = rng.integers(6)
        found = unpack(bytes(data), 4)
        assert found is None or isinstance(found, Strange) or np.size(found) <= 4
        kind, text, line = unpack_failure(rng.integers(256, size=FAILURE.size, dtype=np.uint8).tobytes())
        assert (kind + text).isprintable()
        assert line is None or 0 <= line < 1_000_000


def test_the_filter_is_there_for_machines_that_are_known():
    assert len(filter_program("x86_64")) % 8 == 0
    assert filter_program("aarch64") != filter_program("x86_64")
    assert filter_program("sparc") is None
