"""Values as bytes of a length that both sides know beforehand: nothing here is ever unpickled, parsed or evaluated.

The answer to a call is a record, after which that to `train` has one more for each run. A record is a head and some
values, each with room for so many numbers, whatever it turns out to be. Zeros stand for what is missing. Before its
answer, `train` asks for losses: each message of such a call begins with a byte, which is `ANSWER` or the number of the
run that asks, and a question is answered with the numbers of the loss and its gradient.
"""

import io
import itertools
import math
import struct

import numpy as np

if __package__:
    from cs231n.checks import calls
else:  # in the sandbox, where it lies beside this module
    import calls

BEGUN, READY = b"begun", b"ready"
NONCE = 16  # bytes of a request that its reply must begin with
END = struct.Struct("<i?dq")  # status, whether nothing is left behind, seconds of computing, bytes at the peak
ANSWER = b"\xff"  # in front of the answer to `train`
_FULL_HISTORY = 64  # losses of one training
# How it failed; type, line or -1, file and text of the failure; four flags.
_RECORD = struct.Struct(f"<B40sq80s{4 * calls.LONGEST}s4?")  # four bytes a character at most
_RAN, _FAILED = range(2)
_VALUE = struct.Struct("<B16s40sB4q")  # kind, dtype, type, number of dimensions, shape
_NONE, _ARRAY, _SCALAR, _OTHER = range(4)
_INPUTS = ("W", "X", "y")
_DTYPES = {
    name.encode(): np.dtype(name) for name in ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]
}


class Strange:
    """A value that is neither None nor numbers, or is more of them than were asked for; only its type is known."""

    def __repr__(self):
        return type(self).__name__


def reply_size(call):
    """Bytes of the answer to a `Call`."""
    return sum(map(_record_size, _layout(call)))


def pack_answer(call, answer):
    """An `Answer` as bytes."""
    values, runs = answer.values, ()
    if call.do == "train":
        values, runs = (), answer.values
    elif call.do == "predict":
        values = map(_as_array, values)
    flags = [*(name in answer.changed for name in _INPUTS), answer.shared]
    records = [(answer.failure, flags, values)]
    records += [(run.failure, [run.seeded, *[False] * 3], [_as_array(run.history), run.W]) for run in runs]
    # Where a call failed, no run follows.
    data = [_pack_record(rooms, *record) for rooms, record in zip(_layout(call), records, strict=False)]
    return b"".join(data).ljust(reply_size(call), b"\0")


def unpack_answer(call, data, asked=()):
    """The `Answer` in `reply_size(call)` bytes, whatever they are; `asked` are the questions of each run of `train`."""
    stream = io.BytesIO(data)
    is_import = call.do == "import"
    with np.errstate(all="ignore"):  # where numbers are not of the dtype that is said
        (failure, flags, values), *runs = [_unpack_record(rooms, stream, is_import) for rooms in _layout(call)]
    if failure:
        return calls.Answer(failure=failure)
    if call.do == "train":
        return calls.Answer(tuple(_as_run(*run, own) for run, own in zip(runs, asked, strict=True)))
    *changed, shared = flags
    return calls.Answer(values, None, tuple(itertools.compress(_INPUTS, changed)), shared)


def _as_run(failure, flags, values, asked):
    history, W = values
    history = history.tolist() if isinstance(history, np.ndarray) else history
    return calls.Run(history, asked, np.asarray(W), failure, flags[0])


def pack_question(call, run, *values):
    """What a run of `train`, by its number, asks the loss of: W, X_batch and y_batch, as bytes."""
    return bytes([run]) + b"".join(map(_pack_value, values, _question_rooms(call)))


def question_size(call):
    """Bytes of a question of `train` behind the first."""
    return sum(map(_value_size, _question_rooms(call)))


def unpack_question(call, data):
    """W, X_batch and y_batch in `question_size(call)` bytes, whatever they are."""
    stream = io.BytesIO(data)
    with np.errstate(all="ignore"):
        return tuple(np.asarray(_unpack_value(stream.read(_value_size(room)), room)) for room in _question_rooms(call))


def loss_size(call):
    """Bytes of a loss and its gradient, which are numbers of type float64."""
    return 8 + 8 * math.prod(call.arrays[3].shape[1:])


def _question_rooms(call):
    X, y, _, gradients = call.arrays
    return math.prod(gradients.shape[1:]), 2 * X.size, 2 * y.size


def _layout(call):
    """The records of an answer: of each value, how many numbers it may have."""
    if call.do == "import":
        return [[]]
    if call.do == "train":
        return [[], *[[_FULL_HISTORY, _question_rooms(call)[0]]] * call.options["times"]]
    if call.do == "predict":
        return [[call.arrays[1].size]]
    W, _, y = call.arrays
    return [[max(W.size, y.size), W.size]]  # one is enough for a loss, but there are wrong ones


def _record_size(rooms):
    return _RECORD.size + sum(map(_value_size, rooms))


def _value_size(room):
    return _VALUE.size + 8 * room


def _pack_record(rooms, failure, flags, values):
    how, kind, line, file, text = _RAN, "", -1, "", ""
    if failure:
        how = _FAILED
        kind, file, text = failure.kind, failure.file, failure.text
        line = -1 if failure.line is None else failure.line
    head = _RECORD.pack(how, _encode(kind), line, _encode(file), _encode(text), *flags)
    return (head + b"".join(map(_pack_value, values, rooms))).ljust(_record_size(rooms), b"\0")


def _unpack_record(rooms, stream, is_import):
    """Failure or None, flags, and values."""
    how, kind, line, file, text, *flags = _RECORD.unpack(stream.read(_RECORD.size))
    values = tuple(_unpack_value(stream.read(_value_size(room)), room) for room in rooms)
    if how == _RAN:
        return None, flags, values
    kind = _clean(kind) or "Exception"
    line = line if 0 < line < 1_000_000 else None
    if is_import:
        kind = kind if kind != "ended" else "Exception"  # of that one the text is ours
        return calls.Failure(kind, _clean(text), line, True, _clean(file)), flags, values
    # Whatever it calls itself, it knows inputs.
    kind = kind if kind not in ("ended", "missing") else "Exception"
    return calls.Failure(kind, _clean(text)[:200], line), flags, values


def _pack_value(value, room):
    """A value as bytes: its type, dtype and shape, and its numbers as float64 where there is room for them."""
    kind, array = _NONE, np.zeros(0)
    if value is not None:
        array = np.asarray(value) if isinstance(value, np.ndarray | np.generic | bool | int | float) else None
        array = array.astype(float) if array is not None and array.dtype == np.longdouble else array
        kind = _ARRAY if isinstance(value, np.ndarray) else _SCALAR
        if array is None or array.dtype.kind not in "biuf" or array.ndim > 4 or array.size > room:
            kind, array = _OTHER, np.zeros(0)
    shape = (*array.shape, 0, 0, 0, 0)[:4]
    dtype = f"{array.dtype.kind}{array.dtype.itemsize}".encode()
    head = _VALUE.pack(kind, dtype, _encode(type(value).__name__), array.ndim, *shape)
    return head + array.astype(float).tobytes().ljust(8 * room, b"\0")


def _unpack_value(data, room):
    """None, an array, a NumPy scalar or something `Strange`, whatever the bytes are."""
    kind, dtype, name, ndim, *shape = _VALUE.unpack_from(data)
    if kind == _NONE:
        return None
    dtype, shape = _DTYPES.get(dtype.rstrip(b"\0")), shape[:ndim]
    fits = all(0 <= length <= room for length in shape) and math.prod(shape) <= room
    if kind not in (_ARRAY, _SCALAR) or ndim > 4 or not fits or dtype is None:
        return type(_clean(name) or "object", (Strange,), {})()
    numbers = np.frombuffer(data, np.float64, math.prod(shape), _VALUE.size)
    array = numbers.reshape(shape).astype(dtype)
    return array if kind == _ARRAY or not array.size else array.ravel()[0]


def _as_array(value):
    return np.asarray(value) if isinstance(value, list | tuple) else value


def _encode(text):
    """As bytes, of which `struct` takes what fits."""
    return text.encode("utf-8", "replace")


def _clean(data):
    """Bytes as one line of text without control characters."""
    text = data.rstrip(b"\0").decode("utf-8", "ignore")
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
