"""How far an audit is: counts and the next question, never a grade so far, which would anchor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ehcp_audit.auditing.listing import QuestionFilter, is_open, lists
from ehcp_audit.domain.audit import AuditState, Evidence
from ehcp_audit.domain.events import Event
from ehcp_audit.domain.rubric import NOT_APPLICABLE, Criterion, Rubric

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
    rubric: Rubric,
    state: AuditState,
    on: date,
    *,
    after: str | None = None,
    among: QuestionFilter | None = None,
) -> str | None:
    """Return the next undecided question after one, going round; None where all are decided.

    What is worked out from dates is no question to the auditor. `among` leaves out what a filter
    does not list.
    """
    ids = [criterion.id for criterion in rubric.criteria]
    start = 0 if after is None else ids.index(after) + 1
    for criterion_id in ids[start:] + ids[:start]:
        criterion = rubric.criterion(criterion_id)
        if is_open(state, criterion, on) and lists(rubric, state, among, criterion, on):
            return criterion_id
    return None


def next_flagged(rubric: Rubric, state: AuditState, *, after: str) -> str | None:
    """Return the next question with an open flag after one, going round; None for none."""
    flagged = {flag.criterion for flag in state.open_flags}
    ids = [criterion.id for criterion in rubric.criteria]
    start = ids.index(after) + 1
    return next((each for each in ids[start:] + ids[:start] if each in flagged), None)


@dataclass(frozen=True)
class Written:
    """The evidence that an auditor wrote last in an audit, and the question it is on."""

    criterion: Criterion
    note: Evidence


def last_written(rubric: Rubric, state: AuditState, events: Iterable[Event]) -> Written | None:
    """Return the note written or changed last by the audit's auditor that is still there."""
    notes = {note.id: note for note in state.evidence}
    for event in reversed(tuple(events)):
        if event.kind != "evidence_written" or event.actor != state.auditor or not event.body:
            continue
        note = notes.get(event.body["note"])
        if note is not None and rubric.has_criterion(note.criterion):
            return Written(rubric.criterion(note.criterion), note)
    return None
