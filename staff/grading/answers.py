"""A page for those who mark: what the whole class wrote to one question."""

from cs231n.assignments import REGIONS
from cs231n.languages import DEFAULT
from cs231n.sentences import speaking, title
from cs231n.submission.archive import write_whole

from .pages import stream_page
from .tables import cell

__all__ = ["write_answers"]


def write_answers(results, name, path):
    """Write a page with every answer to one question, as ``inline-1``, that is not blank, in the order of the results.

    Results are gone through once; one answer at a time is in memory.
    """
    answers = (
        {"student": cell(result["student"]), "text": result["written"][name]["text"], **result["regions"][name]}
        for result in results
        if name in result["written"] and not result["written"][name]["blank"]
    )
    with speaking(DEFAULT):
        values = {"language": DEFAULT, "name": name, "title": title(name).capitalize(), "region": REGIONS[name]}
    write_whole(path, lambda stream: stream_page("answers.html", stream, answers=answers, **values))
