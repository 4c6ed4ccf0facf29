"""A page for those who mark: what the whole class wrote to one question."""

from cs231n.checks import REGIONS
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
            language="en",
            name=region,
            title=REGIONS[region].title["en"].capitalize(),
            most=REGIONS[region].points,
            answers=answers,
            is_code=region == "tune",
        ),
    )
