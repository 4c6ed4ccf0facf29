"""What a right result needs besides its numbers: no failure, type and shape, kept inputs, the same result again."""

import builtins
import re

import numpy as np

from .findings import NOT_RUN, note
from .terms import at, compare, is_close

_FLOAT32_LIMIT = 1e-4  # relative; float32 has 7 digits, and sums lose some
_SYMBOLS = ("loss", "dW")
_REPEATS = ("repeat.state", "repeat.memory", "repeat.global-random")
_INDICES = (  # where an index is out of bounds, by the numbers of samples, classes, and classes up to the last label
    ("runs.class-for-sample", lambda N, C, used: used > N),
    ("runs.class-for-sample", lambda N, C, used: C > N),
    ("runs.sample-for-class", lambda N, C, used: N > C),
    ("runs.numbers-swapped", lambda N, C, used: N > C or used > N),
)
_MEETING = (  # shapes that cannot be combined, as NumPy words them
    ("runs.number-a-row", "({N},{C})", "({N},)"),
    ("runs.number-a-row", "({N},{C})", "(1,{N})"),
    ("runs.samples-by-samples", "({N},{C})", "({N},{N})"),
    ("runs.transposed", "({C},{D})", "({D},{C})"),
    ("runs.column-of-x", "({D},)", "({N},)"),
    ("runs.row-of-w", "({D},)", "({C},)"),
    ("runs.sample-for-all", "({D},{C})", "({D},)"),
    ("runs.columns-of-labels", "({D},{N})", "({D},)"),
    ("runs.sums", "({C},)", "({N},)"),
)


def find_failure(answers):
    """The fault of the first question that was not answered; `answers` are pairs (Question, Answer)."""
    failed = [(question, answer.failure) for question, answer in answers if answer.failure]
    if not failed:
        return None
    question, failure = failed[0]
    has_text = not any(failure.at_import or failure.kind == "ended" for _, failure in failed)
    return failure_fault(failure, question, _failure_cause(answers, failed) if has_text else None)


def _failure_cause(answers, failed):
    """What the texts of all exceptions together prove; None if nothing."""
    texts = [failure.text for _, failure in failed]
    if all(re.search(r"from dtype\('float\d+'\) to dtype\('u?int\d+'\)", text) for text in texts):
        return "runs.integers"
    if all(re.search(r"to dtype\('bool'\)|boolean (subtract|negative)", text) for text in texts):
        return "runs.booleans"
    indices = [re.search(r"index (\d+) is out of bounds for axis \d+ with size (\d+)", text) for text in texts]
    if all(indices):
        raised = [(asked, int(index[1]), int(index[2])) for (asked, _), index in zip(failed, indices, strict=True)]
        return _index_cause([question for question, _ in answers], raised)
    # Of numbers that are mixed up, some shapes do not go together, and some indices are out of bounds.
    apart = [(q, f.text) for q, f in failed if "out of bounds" not in f.text and _tells_sizes_apart(q)]
    met = {_meeting(*pair) for pair in apart}
    return met.pop() if len(met) == 1 else None


def _index_cause(asked, raised):
    """What indices prove that were out of bounds; `raised` holds each Question with the index and the axis's size."""
    for cause, is_where in _INDICES:
        expected = [id(question) for question in asked if is_where(*_numbers(question))]
        fits = (id(q) in expected and at >= size == min(_numbers(q)[:2]) for q, at, size in raised)
        if all(fits) and 2 * len(raised) > len(expected):  # what is not reached does not raise
            return cause
    return "runs.one-too-far" if len(raised) == len(asked) and all(at == size for _, at, size in raised) else None


def _numbers(question):
    """How many samples and classes there are, and classes up to the last that is a label."""
    return len(question.y), question.W.shape[1], max(question.y) + 1


def _tells_sizes_apart(question):
    return len({*question.X.shape, question.W.shape[1], 1}) == 4


def _meeting(question, text):
    """The cause that shapes are which cannot be combined; None where the text names no two that are known."""
    if "broadcast" not in text or "to a single shape" in text:  # no operation, but for example np.choose
        return None
    (N, D), C = question.X.shape, question.W.shape[1]
    if "indexing arrays" in text:
        return "runs.index-arrays"
    shapes = set(re.findall(r"\([\d,]+\)", text)[:2])
    found = (cause for cause, *pair in _MEETING if {form.format(N=N, D=D, C=C) for form in pair} == shapes)
    cause = next(found, None)
    return "runs.rows-of-labels" if cause == "runs.number-a-row" and "indexing result" in text else cause


def failure_fault(failure, question=None, cause=None):
    """The fault that a failure is."""
    said = failure_note(failure)
    text = at(question, said) if question and not failure.at_import else said
    return text, cause, _public(failure, said)


def failure_note(failure):
    """What a `Failure` was."""
    if failure.kind == "ended":
        return failure.text  # a note already: ours
    if failure.kind in ("returns", "prints"):
        return note("returned" if failure.kind == "returns" else "prints too much", found=failure.text)
    if failure.kind == "missing":
        return note("not defined", file=failure.file, name=failure.text)
    key = "import failed" if failure.at_import else "raised"
    values = {"file": failure.file} if failure.at_import else {}
    key += " at" if failure.line else ""
    return note(key, line=failure.line, kind=failure.kind, text=failure.text, **values)


def _public(failure, said):
    """What of a failure tells nothing of the inputs: an exception's text may hold them, and so may its class's name.

    An import comes before all inputs.
    """
    if failure.at_import or failure.kind in ("returns", "prints", "ended"):
        return said if failure.kind != "returns" else note("returned otherwise")
    method = re.search(r"has no attribute '(train|predict)'$", failure.text)
    if method and failure.kind == "AttributeError":
        return note("no method", name=method[1])
    known = getattr(builtins, failure.kind, None)
    kind = failure.kind if isinstance(known, type) and issubclass(known, BaseException) else note("own exception")
    return note("raised in", line=failure.line, kind=kind) if failure.line else note("text", text=kind)


def misfit(position, results):
    """Measurement and cause of the first (Question, value) that is no loss (position 0) or gradient (1), or None."""
    for question, value in results:
        found = (_unfit_gradient if position else _unfit_loss)(value, question.W.shape)
        if found:
            return at(question, found[0]), found[1]
    return None


def find_input_faults(answers):
    """Faults of a gradient that is an input, and of inputs that were changed."""
    faults = []
    if any(answer.shared for _, answer in answers):
        faults.append((None, "result.gradient-is-input"))
    changed = sorted({name for _, answer in answers for name in answer.changed})
    if changed:
        faults.append((note("changed", names=", ".join(changed)), "inputs.changed"))
    return faults


def judge_repeats(answers):
    """What is found of four answers to one question.

    The second is asked as the first, the third with other numbers in free memory, the last with another seed of
    NumPy's global random state.
    """
    if any(answer.failure for answer in answers):
        return NOT_RUN
    first, *others = (answer.values for answer in answers)
    same = [all(map(_equal, first, other)) for other in others]
    if all(same):
        return None
    number = same.index(False)
    position = 1 if _equal(first[0], others[number][0]) else 0
    pair = {"first": _brief(first[position]), "second": _brief(others[number][position])}
    return note("twice", what=_SYMBOLS[position], **pair), _REPEATS[number]


def judge_float32(question, before, after):
    """What is found of the answer to a question in float32 (`after`), against the one in float64 (`before`)."""
    if before.failure:
        return NOT_RUN
    if after.failure:
        return failure_fault(after.failure)
    for position, (symbol, old, new) in enumerate(zip(_SYMBOLS, before.values, after.values, strict=True)):
        unfit = misfit(position, [(question, new)]) if old is not None else None
        if unfit:
            return unfit[:1]
        if old is not None and not is_close(new, old, _FLOAT32_LIMIT):
            return (compare(symbol, question, new, old, _FLOAT32_LIMIT),)
    return None


def _unfit_loss(value, shape):
    array = numbers(value) if not isinstance(value, list | tuple) else None
    if array is None:
        return note("loss type", found="None" if value is None else type(value).__name__), None
    if array.size == 1 and array.dtype.kind in "fiu" and np.isfinite(array).all():
        return None
    found = str(value) if array.size == 1 else f"{type(value).__name__} of shape {array.shape}"
    cause = "result.loss-like-w" if array.shape == shape else "result.loss-shape" if array.size > 1 else None
    return note("loss type", found=found), cause


def _unfit_gradient(value, shape):
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        is_array = isinstance(value, np.ndarray)
        is_number = isinstance(value, int | float | np.number)
        found = f"{value.dtype} ndarray" if is_array else note("one number") if is_number else type(value).__name__
        return note("type", found=found), "result.gradient-integer" if is_array and value.dtype.kind in "iu" else None
    if value.shape != shape:
        return note("shape", found=str(value.shape), expected=str(shape)), "result.gradient-shape"
    return None


def numbers(value):
    """A result as an array of numbers; None if it is none."""
    # Asked first: what NumPy's functions do with other arrays depends on its version.
    try:
        array = np.asarray(value)
    except Exception:  # whatever an object of the student's does when NumPy asks it for its numbers
        return None
    return array if array.dtype.kind in "biufc" else None


def _equal(a, b):
    """Whether two results are the same; those that are no numbers are, where their types are."""
    one, other = numbers(a), numbers(b)
    if one is None or other is None:
        return type(a).__name__ == type(b).__name__
    return np.array_equal(one, other, equal_nan=True)


def _brief(value):
    """A few characters for a result of any kind; of an array its norm."""
    array = numbers(value)
    if array is None:
        return type(value).__name__
    return f"{array.ravel()[0]:.6g}" if array.size == 1 else f"of norm {np.linalg.norm(array):.6g}"
