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

    Those worked out from dates count as decided. `must_fix` counts the criteria at the lowest
    level, without measured ones: a time limit that is past cannot be put right in the plan.
    """

    applicable: int
    decided: int
    must_fix: int


def progress(rubric: Rubric, state: AuditState, on: date) -> Progress:
    """Return how many questions apply, are decided, and are at the lowest level."""
    levels = {
        criterion_id: level
        for criterion_id, level in state.resolved_levels(rubric, on).items()
        if level != NOT_APPLICABLE
    }
    must_fix = [
        criterion_id
        for criterion_id, level in levels.items()
        if level == LOWEST_LEVEL and not rubric.criterion(criterion_id).measured
    ]
    decided = sum(level is not None for level in levels.values())
    return Progress(len(levels), decided, len(must_fix))


def next_unscored(
    rubric: Rubric, state: AuditState, on: date, *, after: str | None = None
) -> str | None:
    """Return the next undecided question after one, going round; None where all are decided.

    What is worked out from dates is no question to the auditor.
    """
    ids = [criterion.id for criterion in rubric.criteria]
    start = 0 if after is None else ids.index(after) + 1
    for criterion_id in ids[start:] + ids[:start]:
        criterion = rubric.criterion(criterion_id)
        if criterion.computed is None and state.resolved_level(criterion, on) is None:
            return criterion_id
    return None
