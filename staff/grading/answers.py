"""A page for those who mark: what the whole class wrote to one question."""

from cs231n.assignments import REGIONS
from cs231n.languages import DEFAULT
from cs231n.sentences import speaking
from cs231n.sentences import title as title_of
from cs231n.submission.archive import write_whole

from .pages import stream_page
from .tables import cell

__all__ = ["write_answers"]


def write_answers(results, region, path):
    """Write a page with every answer to one question that is not blank, in the order of the results.

    Parameters
    ----------
    results : iterable of dict
        Is gone through once; one answer at a time is in memory.
    region : str
        As ``inline-1``.
    path : path
    """
    with speaking(DEFAULT):
        title = title_of(region).capitalize()
    answers = (
        {"student": cell(result["student"]), "text": result["written"][region]["text"], **result["regions"][region]}
        for result in results
        if region in result["written"] and not result["written"][region]["blank"]
    )
    write_whole(
        path,
        lambda stream: stream_page(
            "answers.html",
            stream,
            language=DEFAULT,
            name=region,
            title=title,
            most=REGIONS[region].points,
            answers=answers,
            is_code=REGIONS[region].is_code,
        ),
    )
