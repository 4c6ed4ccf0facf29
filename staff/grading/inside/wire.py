"""Values as bytes of a length that both sides know beforehand: nothing here is ever unpickled, parsed or evaluated."""

import math
import struct

import numpy as np

__all__ = [
    "END",
    "NONCE",
    "Strange",
    "pack_answer",
    "reply_size",
    "unpack_answer",
]

_MOST_CALLS = 16  # of `loss` in one training that are sent back, more than any question asks for
_FULL_HISTORY = 64  # losses of one training
NONCE = 16  # bytes of a request that its reply must begin with
_FAILURE = struct.Struct("<40sq200s")  # type, line or -1, what it says
_RUN = struct.Struct("<q??")  # calls of `loss`, whether there is a seed, whether it failed
END = struct.Struct("<i?dq")  # status, whether nothing is left behind, seconds of computing, bytes at the peak
_HEAD = struct.Struct("<B16s40sB4q")  # kind, dtype, type, number of dimensions, shape
_NONE, _ARRAY, _SCALAR, _OTHER = range(4)


class Strange:
    """A value that is neither None nor numbers, or is more of them than were asked for; only its type is known."""

    def __repr__(self):
        return type(self).__name__


def reply_size(call):
    """Bytes of the answer to a `Call`."""
    return 1 + _FAILURE.size + _SIZES[call.do](call)


def pack_answer(call, answer):
    """An `Answer` as bytes: whether it is a failure, the failure, and the values."""
    if answer.failure:
        status = b"\2" if answer.failure.at_import else b"\1"
        return status + _pack_failure(answer.failure) + bytes(_SIZES[call.do](call))
    return b"\0" + bytes(_FAILURE.size) + _PACKS[call.do](call, answer)


def unpack_answer(call, data, types):
    """Undo `pack_answer`, whatever the bytes are.

    Parameters
    ----------
    call : Call
    data : bytes
        `reply_size(call)` of them.
    types : module
        With `Answer`, `Failure` and `Run`.

    Returns
    -------
    Answer
    """
    reader = _Reader(data)
    status = reader.take(1)
    failure = _unpack_failure(reader.take(_FAILURE.size), types)._replace(at_import=status == b"\2")
    return _UNPACKS[call.do](call, reader, types) if status == b"\0" else types.Answer(failure=failure)


def _loss_rooms(call):
    """How many numbers loss and gradient may have: one is enough for a loss, but there are wrong ones."""
    W, _, y = call.arrays
    return max(W.size, y.size), W.size


def _pack_loss(call, answer):
    names = ("W", "X", "y")
    flags = sum(1 << place for place, name in enumerate(names) if name in answer.changed) | answer.shared << 3
    loss, gradient = answer.values
    return b"".join(map(_pack, (loss, gradient), _loss_rooms(call))) + bytes([flags])


def _unpack_loss(call, reader, types):
    values = tuple(map(reader.value, _loss_rooms(call)))
    flags = reader.take(1)[0]
    changed = tuple(name for place, name in enumerate(("W", "X", "y")) if flags >> place & 1)
    return types.Answer(values, None, changed, bool(flags >> 3 & 1))


def _pack_steps(call, answer):
    steps, loss, gradient = answer.values
    return struct.pack("<q", steps) + b"".join(map(_pack, (loss, gradient), _loss_rooms(call)))


def _unpack_steps(call, reader, types):
    (steps,) = struct.unpack("<q", reader.take(8))
    return types.Answer((steps, *map(reader.value, _loss_rooms(call))))


def _rooms(call):
    """How many numbers W, X_batch and y_batch of one call of `loss` may have."""
    X, y, gradients = call.arrays
    return gradients[0].size, 2 * X.size, 2 * y.size


def _train_size(call):
    rooms = _rooms(call)
    size = _RUN.size + _FAILURE.size + _packed_size(_FULL_HISTORY) + _packed_size(rooms[0])
    return call.options["times"] * (size + _MOST_CALLS * sum(map(_packed_size, rooms)))


def _pack_train(call, answer):
    rooms, reply = _rooms(call), b""
    for run in answer.values:
        calls = [*run.calls[:_MOST_CALLS], *[(None, None, None)] * (_MOST_CALLS - len(run.calls))]
        reply += _RUN.pack(len(run.calls), run.seeded, run.failure is not None)
        reply += _pack_failure(run.failure) if run.failure else bytes(_FAILURE.size)
        reply += _pack(_as_array(run.history), _FULL_HISTORY) + _pack(run.W, rooms[0])
        reply += b"".join(_pack(value, room) for call in calls for value, room in zip(call, rooms, strict=True))
    return reply


def _unpack_train(call, reader, types):
    return types.Answer(tuple(_unpack_run(_rooms(call), reader, types) for _ in range(call.options["times"])))


def _unpack_run(rooms, reader, types):
    count, seeded, failed = _RUN.unpack(reader.take(_RUN.size))
    failure = _unpack_failure(reader.take(_FAILURE.size), types)
    history, W = reader.value(_FULL_HISTORY), np.asarray(reader.value(rooms[0]))
    calls = [tuple(np.asarray(reader.value(room)) for room in rooms) for _ in range(_MOST_CALLS)]
    history = history.tolist() if isinstance(history, np.ndarray) else history
    return types.Run(history, calls[: max(0, count)], W, failure if failed else None, seeded)


def _pack_predict(call, answer):
    return _pack(_as_array(answer.values[0]), call.arrays[1].size)


def _unpack_predict(call, reader, types):
    return types.Answer((reader.value(call.arrays[1].size),))


def _as_array(value):
    return np.asarray(value) if isinstance(value, list | tuple) else value


_SIZES = {
    "loss": lambda call: sum(map(_packed_size, _loss_rooms(call))) + 1,
    "steps": lambda call: 8 + sum(map(_packed_size, _loss_rooms(call))),
    "train": _train_size,
    "predict": lambda call: _packed_size(call.arrays[1].size),
}
_PACKS = {"loss": _pack_loss, "steps": _pack_steps, "train": _pack_train, "predict": _pack_predict}
_UNPACKS = {"loss": _unpack_loss, "steps": _unpack_steps, "train": _unpack_train, "predict": _unpack_predict}


class _Reader:
    """Bytes, taken from the front."""

    def __init__(self, data):
        self.data, self.place = data, 0

    def take(self, count):
        self.place += count
        return self.data[self.place - count : self.place]

    def value(self, room):
        return _unpack(self.take(_packed_size(room)), room)


def _packed_size(room):
    """Bytes of a value that has room for so many numbers."""
    return _HEAD.size + 8 * room


def _pack(value, room):
    """A value as bytes: its type, dtype and shape, and its numbers as float64 where there is room for them.

    Parameters
    ----------
    value : object
    room : int
        How many numbers are sent.

    Returns
    -------
    bytes
        `_packed_size(room)` of them.
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


def _unpack(data, room):
    """Undo `pack`, whatever the bytes are.

    Parameters
    ----------
    data : bytes
        `_packed_size(room)` of them.
    room : int

    Returns
    -------
    None, ndarray, NumPy scalar or Strange
    """
    kind, dtype, name, ndim, *shape = _HEAD.unpack_from(data)
    if kind == _NONE:
        return None
    dtype, shape = dtype.rstrip(b"\0").decode("ascii", "replace"), shape[:ndim]
    fits = all(0 <= length <= room for length in shape) and math.prod(shape) <= room
    if kind not in (_ARRAY, _SCALAR) or ndim > 4 or not fits or dtype not in _DTYPES:
        return type(_clean(name) or "object", (Strange,), {})()
    numbers = np.frombuffer(data, np.float64, math.prod(shape), _HEAD.size)
    with np.errstate(all="ignore"):
        array = numbers.reshape(shape).astype(dtype)
    return array if kind == _ARRAY or not array.size else array.ravel()[0]


_DTYPES = (
    "bool",
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    "float16",
    "float32",
    "float64",
)


def _pack_failure(failure):
    """A `Failure` as bytes, cut to what fits."""
    line = -1 if failure.line is None else failure.line
    return _FAILURE.pack(_cut(failure.kind), line, failure.text.encode("utf-8", "replace")[:200])


def _unpack_failure(data, types):
    """A `Failure` of any bytes. It may be called anything but ended, whose text is ours."""
    kind, line, text = _FAILURE.unpack(data)
    kind = _clean(kind) or "Exception"
    return types.Failure(
        kind if kind != "ended" else "Exception", _clean(text), line if 0 <= line < 1_000_000 else None
    )


def _cut(text):
    return text.encode("utf-8", "replace")[:40]


def _clean(data):
    """Bytes as one line of text without control characters."""
    text = data.rstrip(b"\0").decode("utf-8", "ignore")
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
