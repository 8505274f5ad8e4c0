"""The time limits of one plan, what does not fit together, and what to bear in mind, on paper."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from ehcp_audit.domain.date_doubts import doubts
from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.law_limits import LimitResult, results
from ehcp_audit.domain.limit_words import STATUS_LABELS, STATUS_SYMBOLS, limit_sentence
from ehcp_audit.domain.plan_notes import APPEAL_OPEN, notes_on_facts
from ehcp_audit.reports.model import Block, Entry, Paragraph, Section

_MEASURED: Final = (
    "Worked out from the dates among the facts, in calendar days; the start is day 0. "
    "Measured, never graded."
)


def limits_sections(facts: Facts, on: date) -> list[Section]:
    """Return where each time limit with a date stands, and the doubts about facts, if any."""
    begun = [result for result in results(facts, on) if result.begun]
    sections = []
    if begun:
        entries = tuple(_entry(result) for result in begun)
        sections.append(Section("Time limits", (Paragraph(_MEASURED), *entries)))
    doubted = doubts(facts, on)
    if doubted:
        said: tuple[Block, ...] = tuple(Entry("?", doubt.sentence, ()) for doubt in doubted)
        lead = Paragraph("These facts do not fit together; a slip of the pen, perhaps.")
        sections.append(Section("Facts to look at again", (lead, *said)))
    notes = [Paragraph(note) for note in notes_on_facts(facts) if note != APPEAL_OPEN]
    if notes:
        sections.append(Section("To bear in mind", tuple(notes)))
    return sections


def _entry(result: LimitResult) -> Entry:
    mark = f"{STATUS_SYMBOLS[result.status]} {STATUS_LABELS[result.status]}"
    title = f"{result.limit.title}, {result.limit.due.words}"
    return Entry(mark, title, (limit_sentence(result), result.limit.citation))


def limits_data(facts: Facts, on: date) -> list[dict[str, Any]]:
    """Return where each time limit with a date stands, as JSON values."""
    return [
        {
            "id": result.limit.id,
            "status": result.status,
            "started": _iso(result.started),
            "due": _iso(result.due),
            "ended": _iso(result.ended),
            "days_late": result.days,
            "exception": result.exception,
            "citation": result.limit.citation,
        }
        for result in results(facts, on)
        if result.begun
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
