"""Where the walk goes after an act, and what it says: the same for every front end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from ehcp_audit.auditing.listing import wants_evidence
from ehcp_audit.auditing.progress import LOWEST_LEVEL
from ehcp_audit.domain.audit import AuditState, Score
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.rubric import Criterion, Rubric

_CHANGED: Final[Mapping[str, str]] = {
    "scored": "a score",
    "evidence_written": "a note",
    "facts_changed": "a fact",
    "cause_given": "a cause",
    "exemplar_marked": "a mark to share",
}


def goes_on(state: AuditState, criterion: Criterion, on: date, *, before: Score | None) -> bool:
    """Whether the walk goes on after a score; `before` is what the question had.

    A first score goes on, unless evidence is wanted here.
    """
    return before is None and not wants_evidence(state, criterion, on)


def notice_of(criterion: Criterion, level: int) -> str:
    """Return what must be read after a level was given; empty for nothing."""
    return criterion.on_lowest if level == LOWEST_LEVEL else ""


def stepped(word: str, event: NewEvent, rubric: Rubric) -> str:
    """Say what undo or redo (the `word`) did, and where."""
    criterion_id = event.body.get("criterion")
    where = f" on “{rubric.criterion(criterion_id).title}”" if criterion_id else ""
    return f"{word}: {_CHANGED[event.kind]}{where}."
