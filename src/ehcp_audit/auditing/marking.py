"""Marks beside a score: why a contribution is weak, and evidence worth sharing."""

from __future__ import annotations

from datetime import date

from ehcp_audit.auditing.acts import check_open
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.rubric import Criterion, Rubric


def asks_cause(rubric: Rubric, state: AuditState, criterion: Criterion, on: date) -> bool:
    """Whether the rubric asks here why it is weak: it asks at this question, below Meets.

    Asked, not forced: sign-off does not wait for a cause, because a cause that is guessed to be
    let through is worse than none. A cause stays when the level rises, and counts for nothing.
    """
    level = state.resolved_level(criterion, on)
    weak = level is not None and 0 < level < rubric.scale.met_from
    return criterion.ask_cause and bool(rubric.causes) and weak


def give_cause(
    rubric: Rubric,
    state: AuditState,
    criterion: Criterion,
    cause: str | None,
    actor: str,
    *,
    on: date,
) -> NewEvent | None:
    """Give the cause of a weak contribution, by its id, or take it away (None).

    Returns None where it is given already. Raises `NotAllowedError` where the rubric does not
    ask, or does not list the cause.
    """
    check_open(state, actor)
    old = state.causes.get(criterion.id)
    if old == cause:
        return None
    if cause is not None and not asks_cause(rubric, state, criterion, on):
        what = f"No cause is asked at “{criterion.title}”."
        raise NotAllowedError(what, "The rubric asks for one where such a question is weak.")
    if cause is not None and cause not in {each.id for each in rubric.causes}:
        what = f"The rubric lists no cause “{cause}”."
        raise NotAllowedError(what, f"It lists {', '.join(each.id for each in rubric.causes)}.")
    body = {"criterion": criterion.id, "old": old, "new": cause}
    return NewEvent(audit_subject(state.id), "cause_given", body, actor)


def mark_exemplar(
    state: AuditState, criterion: Criterion, actor: str, *, marked: bool
) -> NewEvent | None:
    """Mark the evidence on a criterion as worth sharing, or take the mark away.

    Returns None where nothing changes. Raises `NotAllowedError` where there is no evidence yet.
    """
    check_open(state, actor)
    old = criterion.id in state.exemplars
    if old == marked:
        return None
    if marked and not any(note.text for note in state.notes_on(criterion.id)):
        what = "There is no evidence here to share yet."
        raise NotAllowedError(what, "Write what is good about it, then mark it.")
    body = {"criterion": criterion.id, "old": old, "new": marked}
    return NewEvent(audit_subject(state.id), "exemplar_marked", body, actor)
