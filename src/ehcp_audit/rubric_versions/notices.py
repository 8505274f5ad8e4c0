"""What an auditor should know of a rubric before beginning with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.rubric import Rubric


def notices(rubric: Rubric, today: date) -> tuple[str, ...]:
    """Return what is to be said at the start of an audit, a sentence each; usually nothing.

    A rubric holds from `effective_from` to `effective_to`, both days included.
    """
    return tuple(_notices(rubric, today))


def _notices(rubric: Rubric, today: date) -> Iterator[str]:
    if rubric.effective_to is not None and today > rubric.effective_to:
        yield f"{rubric.name} was to be used until {show_date(rubric.effective_to)}."
    if rubric.effective_from is not None and today < rubric.effective_from:
        yield f"{rubric.name} takes effect on {show_date(rubric.effective_from)}."
    if rubric.law_as_at is not None and today > a_year_after(rubric.law_as_at):
        yield (
            f"The law that {rubric.name} refers to was last read on "
            f"{show_date(rubric.law_as_at)}, over a year ago."
        )


def a_year_after(day: date) -> date:
    """Return the same day a year later; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
