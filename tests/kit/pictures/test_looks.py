"""Each picture against the one that was looked at, within a tolerance; and wrong ones, which are beyond it."""

import itertools

import matplotlib as mpl
import pytest

from tests.often import some

from .looks import BASELINES, TOLERANCE, WRONG, difference, panels, pictures

NAMES = sorted(WRONG)


@pytest.fixture
def figures(sample):
    """The pictures by name, drawn with matplotlib's own settings."""
    with mpl.rc_context({**mpl.rcParamsDefault, "backend": "agg"}):
        yield pictures(sample)


def test_each_picture_has_its_baseline_and_its_wrong_twin(figures):
    assert {*figures} == {path.stem for path in BASELINES.glob("*.png")} == {*NAMES}


def written(figure):
    """Where text stands, by what it says, in dots."""
    figure.canvas.draw()
    texts = {text for text in figure.findobj(mpl.text.Text) if text.get_visible() and text.get_text().strip()}
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            pairs = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
            texts -= {
                label for place, label in pairs if not (ax.axison and low <= place <= high)
            }  # these are not drawn
    return {text: text.get_window_extent() for text in texts}


def overlaps(boxes):
    """Pairs of texts that cover each other by more than a dot."""
    pairs = itertools.combinations(boxes.items(), 2)
    return [(a.get_text(), b.get_text()) for (a, one), (b, other) in pairs if _shared(one, other)]


def _shared(one, other):
    return all(min(one.max[i], other.max[i]) - max(one.min[i], other.min[i]) > 1 for i in (0, 1))


@pytest.mark.parametrize("name", some(NAMES, ("weights", "margins", "hinge")))
def test_looks_as_the_one_that_was_looked_at(name, figures, tmp_path):
    """And no text covers another or leaves the picture; spoilt, it is noticed."""
    figure = figures[name]()
    boxes = written(figure)
    assert overlaps(boxes) == []
    assert [text.get_text() for text, box in boxes.items() if not _is_inside(box, figure.bbox)] == []
    drawn = panels(figure)
    drawn.save(tmp_path / f"{name}.png")
    assert difference(name, drawn) < TOLERANCE, (
        f"Look at {tmp_path}/{name}.png; if it is right, it is the new {BASELINES}/{name}.png."
    )
    WRONG[name](figure)
    assert difference(name, panels(figure)) > TOLERANCE


def _is_inside(box, frame):
    return (box.min >= frame.min - 1).all() and (box.max <= frame.max + 1).all()


def test_text_that_covers_another_is_found(figures):
    figure = figures["confusion"]()
    figure.axes[0].set_xticks(range(10), ["a rather long name"] * 10)
    assert overlaps(written(figure))
