"""Values as bytes of a length that both sides know beforehand: nothing here is ever unpickled, parsed or evaluated."""

import struct

import numpy as np

__all__ = [
    "END",
    "FAILURE",
    "FULL_HISTORY",
    "MOST_CALLS",
    "NONCE",
    "RUN",
    "Strange",
    "pack",
    "pack_failure",
    "packed_size",
    "unpack",
    "unpack_failure",
]

MOST_CALLS = 16  # of `loss` in one training that are sent back, more than any question asks for
FULL_HISTORY = 64  # losses of one training
NONCE = 16  # bytes of a question that its answer must begin with
FAILURE = struct.Struct("<40sq200s")  # type, line or -1, what it says
RUN = struct.Struct("<q??")  # calls of `loss`, whether there is a seed, whether it failed
END = struct.Struct("<i?dq")  # status, whether nothing is left behind, seconds of computing, bytes at the peak
_HEAD = struct.Struct("<B16s40sB4q")  # kind, dtype, type, number of dimensions, shape
_NONE, _ARRAY, _SCALAR, _OTHER = range(4)


class Strange:
    """A value that is neither None nor numbers, or is more of them than were asked for; only its type is known."""

    def __repr__(self):
        return type(self).__name__


def packed_size(room):
    """Bytes of a value that has room for so many numbers."""
    return _HEAD.size + 8 * room


def pack(value, room):
    """A value as bytes: its type, dtype and shape, and its numbers as float64 where there is room for them.

    Parameters
    ----------
    value : object
    room : int
        How many numbers are sent.

    Returns
    -------
    bytes
        `packed_size(room)` of them.
    """
    kind, array = _NONE, np.zeros(0)
    if value is not None:
        array = np.asarray(value) if isinstance(value, np.ndarray | np.generic | bool | int | float) else None
        kind = _ARRAY if isinstance(value, np.ndarray) else _SCALAR
        if array is None or array.dtype.kind not in "biuf" or array.ndim > 4 or array.size > room:
            kind, array = _OTHER, np.zeros(0)
    shape = (*array.shape, 0, 0, 0, 0)[:4]
    head = _HEAD.pack(kind, array.dtype.name.encode(), _cut(type(value).__name__), array.ndim, *shape)
    numbers = np.zeros(room)
    numbers[: array.size] = np.asarray(array, float).ravel()
    return head + numbers.tobytes()


def unpack(data, room):
    """Undo `pack`, whatever the bytes are.

    Parameters
    ----------
    data : bytes
        `packed_size(room)` of them.
    room : int

    Returns
    -------
    None, ndarray, NumPy scalar or Strange
    """
    kind, dtype, name, ndim, *shape = _HEAD.unpack_from(data)
    if kind == _NONE:
        return None
    dtype, shape = dtype.rstrip(b"\0").decode("ascii", "replace"), shape[:ndim]
    size = 1
    for length in shape:
        size *= length if 0 <= length <= room else room + 1
    if kind not in (_ARRAY, _SCALAR) or ndim > 4 or size > room or dtype not in _DTYPES:
        return type(_clean(name) or "object", (Strange,), {})()
    numbers = np.frombuffer(data, np.float64, size, _HEAD.size)
    with np.errstate(all="ignore"):
        array = numbers.reshape(shape).astype(dtype)
    return array if kind == _ARRAY else array.ravel()[0] if size else array


_DTYPES = (
    "bool",
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    "float16",
    "float32",
    "float64",
)


def pack_failure(failure):
    """A `Failure` as bytes, cut to what fits."""
    line = -1 if failure.line is None else failure.line
    return FAILURE.pack(_cut(failure.kind), line, failure.text.encode("utf-8", "replace")[:200])


def unpack_failure(data):
    """Undo `pack_failure`, whatever the bytes are; returns type, text and line."""
    kind, line, text = FAILURE.unpack(data)
    return _clean(kind) or "Exception", _clean(text), line if 0 <= line < 1_000_000 else None


def _cut(text):
    return text.encode("utf-8", "replace")[:40]


def _clean(data):
    """Bytes as one line of text without control characters."""
    text = data.rstrip(b"\0").decode("utf-8", "ignore")
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
