"""The measures of a rubric and what each counts, as a page to print and agree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ehcp_audit.domain.questions import THEME_PREFIX
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.model import Block, Column, Pairs, Paragraph, Report, Section, Table
from ehcp_audit.reports.wording import plain
from ehcp_audit.trends.measures import (
    AGENCY_PREFIX,
    CRITERION_PREFIX,
    ON_TIME,
    REVIEW_PREFIX,
    Measure,
)

WHICH_COUNTS: Final = (
    "A headline counts one audit for each plan in each period: the moderated one if there is one, "
    "else the first signed off. It counts only plans drawn in a routine sample. Plans audited "
    "before issue, for a theme, after a complaint, for calibration or again after changes are "
    "shown apart and never added in."
)
OUTSIDE: Final = (
    "Not applicable, not evidenced and unscored are outside every share and counted beside it."
)
RANGE: Final = (
    "Each share stands with its number of plans and its 95% range (Wilson score interval). A share "
    "of questions, not of plans, has no range, because answers within one plan go together."
)
AGENCIES_OVERLAP: Final = (
    "A question counts for each agency that owns it, so the agencies' figures do not add up to "
    "the total."
)
OTHERS: Final = {
    "Put right [put-right]": (
        "Questions below the meeting level in an audit that are at it or above when the plan is "
        "audited again ÷ such questions that were given a level again. Never part of a headline."
    ),
    "On time, official figure": (
        "The area's own published figure, typed in with its source and date. It is printed beside "
        "what the audited plans show, and never mixed with it."
    ),
    "Brought in": (
        "Earlier audits as counts by month, from before this tool: marked brought in wherever "
        "they enter a figure, and used only for months without an audit here."
    ),
}
_HEADINGS: Final = (
    ("Themes", THEME_PREFIX),
    ("Agencies", AGENCY_PREFIX),
    ("Timeliness of audited plans", ON_TIME),
    ("Review outcomes", REVIEW_PREFIX),
    ("Questions", CRITERION_PREFIX),
)
_FIRST: Final = "Grades, and what could be seen"
_WAYS: Final = {"up": "Higher is better.", "down": "Lower is better.", "neutral": ""}


def definition_of(measure: Measure) -> str:
    """Return what a measure counts, in one line for a page."""
    return plain(f"{measure.definition} {_WAYS[measure.improvement]}".strip())


def definitions_report(rubric: Rubric, measures: Mapping[str, Measure]) -> Report:
    """Return the page of definitions, those of single audits first."""
    grouped: dict[str, list[Measure]] = {_FIRST: []}
    for measure in measures.values():
        starting = (name for name, prefix in _HEADINGS if measure.id.startswith(prefix))
        grouped.setdefault(next(starting, _FIRST), []).append(measure)
    sections = [
        Section(
            "What every figure rests on",
            tuple(Paragraph(each) for each in (WHICH_COUNTS, OUTSIDE, RANGE, AGENCIES_OVERLAP)),
        ),
        *(Section(heading, _defined(group)) for heading, group in grouped.items()),
        Section("Not of single audits", (Pairs(tuple(OTHERS.items())),)),
    ]
    return Report(
        kind="definitions",
        title="What each measure counts",
        subtitle=(f"Rubric: {plain(rubric.name)}",),
        banners=(),
        sections=tuple(sections),
        data={
            "rubric": plain(rubric.id),
            "version": plain(rubric.version),
            "definitions_of": [
                {
                    "id": plain(measure.id),
                    "title": plain(measure.title),
                    "counts": plain(measure.counts),
                    "out_of": plain(measure.out_of),
                    "better": measure.improvement,
                    "per_plan": measure.per_plan,
                }
                for measure in measures.values()
            ],
        },
    )


def _defined(measures: Sequence[Measure]) -> tuple[Block, ...]:
    """Return measures with their definitions, or with the one that all of them share."""
    shared = {definition_of(measure) for measure in measures}
    if len(shared) == 1 and len(measures) > 1:
        names = tuple((plain(measure.title), plain(measure.id)) for measure in measures)
        table = Table((Column("Each of these"), Column("In commands")), names, full_width=True)
        return (Paragraph(shared.pop()), table)
    rows = ((measure.title, f"{definition_of(measure)} [{measure.id}]") for measure in measures)
    return (Pairs(tuple((plain(title), plain(words)) for title, words in rows)),)
