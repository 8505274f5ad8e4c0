"""How far an audit is: counts and the next question, never a grade so far, which would anchor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.rubric import NOT_APPLICABLE, Rubric

LOWEST_LEVEL = 1


@dataclass(frozen=True)
class Progress:
    """Counts over the criteria that apply; `decided` includes not evidenced.

    `must_fix` counts the criteria at the lowest level.
    """

    applicable: int
    decided: int
    must_fix: int


def progress(rubric: Rubric, state: AuditState, on: date) -> Progress:
    """Return how many questions apply, are decided, and are at the lowest level."""
    levels = [
        level for level in state.resolved_levels(rubric, on).values() if level != NOT_APPLICABLE
    ]
    decided = [level for level in levels if level is not None]
    return Progress(len(levels), len(decided), decided.count(LOWEST_LEVEL))


def next_unscored(
    rubric: Rubric, state: AuditState, on: date, *, after: str | None = None
) -> str | None:
    """Return the next undecided question after one, going round; None where all are decided."""
    ids = [criterion.id for criterion in rubric.criteria]
    start = 0 if after is None else ids.index(after) + 1
    for criterion_id in ids[start:] + ids[:start]:
        if state.resolved_level(rubric.criterion(criterion_id), on) is None:
            return criterion_id
    return None
