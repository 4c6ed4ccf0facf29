"""What is true of a loss function, worked out from its answers to questions that no check asks, without the checks."""

from functools import cached_property

import numpy as np

from cs231n.checks.calls import Call
from cs231n.checks.findings import FAIL, NOT_RUN, NOT_STARTED, PASS

from .mutations import LOOP

_ROUNDING, _FLOAT32 = 1e-5, 1e-3  # relative to the largest entry; single precision is precise enough
_NAMES = ("loss", "gradient")


class LossTruth:
    """What is true of loss functions; `numbers` says of an assignment's causes what they imply on `questions`."""

    def __init__(self, questions, numbers):
        self.questions, self.numbers = questions, numbers

    @cached_property
    def right(self):
        """The right losses and gradients."""
        return [[self.numbers(name, (), question)[0][0] for name in _NAMES] for question in self.questions]

    def calls(self):
        """What a function is asked, lists by name."""
        fresh = [Call("loss", (q.W, q.X, q.y), {"reg": q.reg}) for q in self.questions]
        (W, X, y), options = fresh[0].arrays, fresh[0].options
        low = fresh[0]._replace(arrays=(W.astype(np.float32), X.astype(np.float32), y))
        again = [fresh[0]._replace(options=options | {"seed": seed}) for seed in (1, 1, 2)]
        return {"fresh": fresh, "again": again, "low": [low]}

    def is_right(self, answers):
        """Whether it is the function that is asked for, with all that belongs to one."""
        every = [answer for group in answers.values() for answer in group]
        if any(answer.failure or answer.changed or answer.shared for answer in every):
            return False
        first, same, other = answers["again"]
        low = self._fits(self.questions[0], answers["low"][0], self.right[0], _FLOAT32)
        return low and all(self._are_right(answers["fresh"])) and _equal(first, same) and _equal(first, other)

    def _are_right(self, answers):
        return [self._fits(*given, _ROUNDING) for given in zip(self.questions, answers, self.right, strict=True)]

    def _fits(self, question, answer, right, limit):
        if answer.failure:
            return False
        loss, gradient = answer.values
        shapes = array_of(loss).size == 1 and isinstance(gradient, np.ndarray) and gradient.shape == question.W.shape
        if not shapes or gradient.dtype.kind != "f":
            return False
        return all(_is_close(np.ravel(array_of(v)) - r, r, limit) for v, r in zip(answer.values, right, strict=True))

    def untrue(self, findings, answers, edits):
        """What some findings say that is not so."""
        answered = [pair for pair in zip(self.questions, answers["fresh"], strict=True) if not pair[1].failure]
        if any(f.claim == "special cases" and f.outcome == FAIL for f in findings):
            answered = [pair for pair in answered if pair[0].is_general]
        others = {finding.cause for finding in findings if finding.cause}
        for position, name in enumerate(_NAMES):
            data, decay = (
                [f for f in findings if f.claim == f"{name}, {term}"] for term in ("data term", "regularizer")
            )
            others -= {finding.cause for finding in data + decay}
            if not {f.outcome for f in data + decay} & {NOT_RUN, NOT_STARTED}:
                yield from self._untrue_terms(name, data, decay, _values(answered, position))
        for cause in sorted(others):
            if cause not in _CONDUCT:
                yield f"{cause}: it is not written what it implies"
            elif not _CONDUCT[cause](self, answered, answers, edits):
                yield f"{cause}: not so"

    def _untrue_terms(self, name, data, decay, found):
        told, told_of_decay = ([f.cause for f in findings if f.cause] for findings in (data, decay))
        is_known, is_decay_known = (all(f.cause or f.outcome == PASS for f in findings) for findings in (data, decay))
        if told == [f"{name}.data.one-number"]:
            is_known = False
            if any(np.ptp(v) > _ROUNDING * np.max(np.abs(v)) for q, v in found if q.reg == 0):
                yield f"{told[0]}: not so"
        if is_known:
            ignores_reg = f"{name}.regularizer.without-reg" in told_of_decay
            some = [(q, v, v) for q, v in found if q.reg == 0 or (is_decay_known and not ignores_reg)]
            yield from self._untrue_together(name, told + told_of_decay * is_decay_known, some, self.numbers)
        elif is_decay_known:
            without = {id(q.W): v for q, v in found if q.reg == 0}
            pairs = [(q, v, without[id(q.W)]) for q, v in found if q.reg and id(q.W) in without]
            gains = [(q, v - less, np.append(v, less)) for q, v, less in pairs]
            yield from self._untrue_together(name, told_of_decay, gains, self._gain)

    def _untrue_together(self, name, causes, found, numbers):
        """Causes, all at once, that do not give these numbers, whatever they leave open."""
        said = ", ".join(causes) or f"{name} is right"
        try:
            readings = [list(numbers(name, causes, question)) for question, *_ in found]
        except (KeyError, ValueError) as error:
            yield f"{said}: it is not written what it implies ({error})"
            return
        if causes and not found:
            yield f"{said}: nothing to hold it against"
        elif found and not (
            _each_agrees(readings, found) or any(_agree(way, found, causes) for way in zip(*readings, strict=False))
        ):
            yield f"{said}: not so"

    def _gain(self, name, causes, question):
        both = (self.numbers(name, causes, question._replace(reg=reg)) for reg in (question.reg, 0.0))
        for (value, columns), (less, fewer) in zip(*both, strict=True):
            yield value - less, [column - other for column, other in zip(columns, fewer, strict=True)]


def _values(answered, position):
    """Pairs of question and result, flat, of those that have the form of one."""
    pairs = [(question, array_of(answer.values[position]).ravel()) for question, answer in answered]
    return [(q, v) for q, v in pairs if v.size == (q.W.size if position else 1) and np.all(np.isfinite(v))]


def _each_agrees(readings, found):
    """Whether one way to read each question gives what was found, without any columns."""
    return all(
        any(not columns and _are_close([one[1] - fixed], [one]) for fixed, columns in ways)
        for ways, one in zip(readings, found, strict=True)
    )


def _agree(readings, found, causes):
    """Whether fixed numbers, and any multiples of some columns, give what was found."""
    rest = [value - fixed for (_, value, _), (fixed, _) in zip(found, readings, strict=True)]
    is_free = not any(word in cause for cause in causes for word in ("mixed", "without-reg"))
    if is_free and _are_close(rest, found):  # fitted, what is open would be some rounding of other questions
        return True
    if readings[0][1]:
        parts = [
            np.stack([c * np.ones(v.shape) for c in columns], 1) for v, (_, columns) in zip(rest, readings, strict=True)
        ]
        matrix = np.concatenate(parts)
        sizes = np.linalg.norm(matrix, axis=0)
        sizes[sizes == 0] = 1
        often = np.linalg.lstsq(matrix / sizes, np.concatenate(rest), rcond=1e-10)[0] / sizes
        if any("mixed" in cause for cause in causes) and np.count_nonzero(np.abs(often) > 1e-5) < 2:
            return False
        if any("without-reg" in cause for cause in causes) and often[-1] <= 0:  # it says that they are added
            return False
        sizes = [np.abs(value) for value in rest]  # of which something large may have been taken off
        rest = [value - part @ often for value, part in zip(rest, parts, strict=True)]
        found = [(*some, np.append(whole, size)) for (*some, whole), size in zip(found, sizes, strict=True)]
    return _are_close(rest, found)


def _are_close(rest, found):
    # What two terms leave of each other is not as exact as they are.
    least = max((0.1 * np.max(np.abs(whole)) for *_, whole in found), default=0.0)
    found = [(*some, np.append(whole, least)) for *some, whole in found]
    return all(_is_close(value, whole, _ROUNDING) for value, (*_, whole) in zip(rest, found, strict=True))


def array_of(value):
    """A result as an array of floats; an empty one if it is none."""
    try:
        return np.asarray(value, float)
    except (TypeError, ValueError):
        return np.zeros(0)


def _is_close(difference, whole, limit):
    return bool(np.max(np.abs(difference)) <= limit * max(np.max(np.abs(whole)), 1e-6))


def _equal(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one.values, other.values, strict=True))


def _shapes(answered, position):
    """Triples of question, shape of a result, and its size."""
    shapes = [(question, np.shape(answer.values[position])) for question, answer in answered]
    return [(question, shape, int(np.prod(shape))) for question, shape in shapes]


def _differs_at_size(truth, _, answers, __):
    right = truth._are_right(answers["fresh"])
    return right[0] and not all(right)


def _raises_where(*conditions):
    """A check that indices are out of bounds only where one of these holds, of N, C, and used classes."""

    def holds(truth, _, answers, __):
        pairs = [(q, a.failure) for q, a in zip(truth.questions, answers["fresh"], strict=True) if a.failure]
        raised = [q for q, failure in pairs if "out of bounds" in failure.text]
        sizes = [(len(q.y), q.W.shape[1], max(q.y) + 1) for q in raised]
        return any(sizes and all(is_where(*size) for size in sizes) for is_where in conditions)

    return holds


def _raises(*forms):
    """A check that most of what is raised has all words of one of these forms, with each question's sizes filled in."""

    def holds(truth, _, answers, __):
        pairs = [(q, a.failure) for q, a in zip(truth.questions, answers["fresh"], strict=True) if a.failure]
        # Where sizes are the same, a text tells nothing, nor where np.choose has too many arrays.
        apart = [(q, failure) for q, failure in pairs if len({*q.X.shape, q.W.shape[1], 1}) == 4]
        # Of shapes that do not fit each other no index tells that is out of bounds.
        other = "out of bounds" if "," in forms[0] else "32 array"
        apart = [(q, f.text) for q, f in apart if other not in f.text and "32 array" not in f.text]

        def has(question, text, form):
            (N, D), C = question.X.shape, question.W.shape[1]
            return all(word in text for word in form.format(N=N, D=D, C=C).split(" and "))

        # Where no margin is violated, another line may be the first that raises.
        return any(2 * sum(has(*pair, form) for pair in apart) > len(apart) for form in forms)

    return holds


# Whether causes that are not about numbers are so: of the truth, the questions that were answered, all answers, edits.
_CONDUCT = {
    "runs.integers": _raises("to dtype('int64')"),
    "runs.booleans": _raises("to dtype('bool')", "boolean subtract", "boolean negative"),
    "runs.class-for-sample": _raises_where(lambda N, C, used: used > N, lambda N, C, used: C > N),
    "runs.sample-for-class": _raises_where(lambda N, C, used: N > C),
    "runs.numbers-swapped": _raises_where(lambda N, C, used: N > C or used > N),
    "runs.one-too-far": _raises("is out of bounds"),
    "runs.number-a-row": _raises("({N},{C}) and ({N},)", "({N},{C}) and (1,{N})"),
    "runs.rows-of-labels": _raises("({N},{C}) and ({N},) and indexing result"),
    "runs.index-arrays": _raises("indexing arrays"),
    "runs.samples-by-samples": _raises("({N},{C}) and ({N},{N})"),
    "runs.transposed": _raises("({C},{D}) and ({D},{C})"),
    "runs.column-of-x": _raises("({D},) and ({N},)"),
    "runs.row-of-w": _raises("({D},) and ({C},)"),
    "runs.sample-for-all": _raises("({D},{C}) and ({D},)"),
    "runs.columns-of-labels": _raises("({D},{N}) and ({D},)"),
    "runs.sums": _raises("({C},) and ({N},)"),
    "result.swapped": lambda truth, some, *_: all(
        shape == q.W.shape and other[2] == 1
        for (q, shape, _), other in zip(_shapes(some, 0), _shapes(some, 1), strict=True)
    ),
    # Where nothing was added yet, it may still be a number.
    "result.loss-like-w": lambda truth, some, *_: (
        {q.W.shape == shape for q, shape, _ in _shapes(some, 0) if shape} == {True}
    ),
    "result.loss-shape": lambda truth, some, *_: any(size > 1 for *_, size in _shapes(some, 0)),
    "result.gradient-shape": lambda truth, some, *_: any(shape != q.W.shape for q, shape, _ in _shapes(some, 1)),
    "result.gradient-integer": lambda truth, some, *_: any(np.asarray(a.values[1]).dtype.kind in "iu" for _, a in some),
    "result.gradient-is-input": lambda truth, some, *_: any(answer.shared for _, answer in some),
    "result.at-size": _differs_at_size,
    "inputs.changed": lambda truth, some, *_: any(answer.changed for _, answer in some),
    "repeat.state": lambda truth, some, answers, _: not _equal(*answers["again"][:2]),
    "repeat.global-random": lambda truth, some, answers, _: (
        [_equal(*answers["again"][at:][:2]) for at in (0, 1)] == [True, False]
    ),
    "loss.margin.wrong-axis": lambda truth, some, *_: all(len(q.y) in (1, q.W.shape[1]) for q, _ in some),
    "vectorized.loop": lambda truth, some, answers, edits: LOOP in edits,
    **dict.fromkeys(
        ("vectorized.cost", "gradient.cost", "result.none-at-size"), lambda *_: True
    ),  # they say no more than what was measured
    # No edit calls the other function, or takes differences.
    **dict.fromkeys(("vectorized.naive", "gradient.numerical"), lambda *_: False),
}
