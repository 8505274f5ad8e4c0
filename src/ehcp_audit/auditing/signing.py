"""Sign-off: what stands in its way, and what it stores for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ehcp_audit.auditing.acts import LONGEST_TEXT, check_open, tidied
from ehcp_audit.domain.audit import AuditState, SignOff
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.grading import ThemeResult, grade
from ehcp_audit.domain.questions import THEME_MET, THEME_NOT_MET
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Rubric


@dataclass(frozen=True)
class Gap:
    """A question that keeps an audit from being signed off, and what it lacks."""

    criterion: str
    lacks: Literal["a score", "evidence"]


def gaps(rubric: Rubric, state: AuditState, on: date) -> tuple[Gap, ...]:
    """Return what is missing before sign-off, in the rubric's order.

    Every question that applies needs a decision; the rubric says at which levels it needs
    evidence as well (a place in the plan is enough). What is worked out from dates needs neither.
    """
    found = []
    for criterion in rubric.criteria:
        if criterion.computed is not None:
            continue
        level = state.resolved_level(criterion, on)
        if level is None:
            found.append(Gap(criterion.id, "a score"))
        elif level in criterion.evidence_at and not state.notes_on(criterion.id):
            found.append(Gap(criterion.id, "evidence"))
    return tuple(found)


def sign_off(
    rubric: Rubric, state: AuditState, audit_date: date, *, date_reason: str = ""
) -> SignOff:
    """Return what sign-off stores: every resolved level, the grade, and what limited it.

    Pure; unscored criteria (in an import) are stored as not evidenced.
    """
    levels = {
        criterion_id: NOT_EVIDENCED if level is None else level
        for criterion_id, level in state.resolved_levels(rubric, audit_date).items()
    }
    result = grade(rubric, levels)
    limits = tuple(hit.sentence for hit in result.hits)
    return SignOff(
        levels=levels,
        grade=result.grade,
        limits=limits if result.grade else (result.ungraded,),
        audit_date=audit_date,
        score=None if result.score is None else str(result.score),
        themes={theme.theme: _theme_level(theme) for theme in result.themes},
        date_reason=date_reason,
    )


def _theme_level(theme: ThemeResult) -> int:
    if not theme.applicable:
        return NOT_APPLICABLE
    if theme.met is None:
        return NOT_EVIDENCED
    return THEME_MET if theme.met else THEME_NOT_MET


def to_body(signed: SignOff) -> dict[str, Any]:
    """Return a sign-off as an event's body holds it."""
    return {
        "levels": dict(signed.levels),
        "grade": signed.grade,
        "limits": list(signed.limits),
        "audit_date": signed.audit_date.isoformat(),
        "score": signed.score,
        "themes": dict(signed.themes),
        "date_reason": signed.date_reason,
    }


def check_audit_date(audit_date: date, today: date) -> None:
    """Refuse an audit date in the future."""
    if audit_date > today:
        what = "The audit date is in the future."
        raise NotAllowedError(what, "Give the day the judgement was made.")


def sign(
    rubric: Rubric,
    state: AuditState,
    actor: str,
    *,
    audit_date: date,
    today: date,
    date_reason: str = "",
) -> NewEvent:
    """Sign an audit off: it is locked and counts from now.

    The audit date is today unless the auditor gives another, with a reason; never in the future.
    A safeguarding flag without an answer keeps an audit open. The event names what was scored
    across plans; whoever signs says by it that this plan was read as a whole.
    """
    check_open(state, actor)
    check_audit_date(audit_date, today)
    if audit_date != today and not date_reason.strip():
        what = "The audit date is not today."
        raise NotAllowedError(what, "Give a reason, such as “scored on paper”.")
    if state.blocking_flags:
        what = "A safeguarding flag is not answered."
        step = "Say which role was told and when, or why it is not a safeguarding concern."
        raise NotAllowedError(what, step)
    missing = gaps(rubric, state, audit_date)
    if missing:
        unscored = sum(gap.lacks == "a score" for gap in missing)
        what = _missing(unscored, len(missing) - unscored)
        raise NotAllowedError(what, "The summary lists them; one key goes to the first.")
    reason = tidied(date_reason, LONGEST_TEXT)
    body = to_body(sign_off(rubric, state, audit_date, date_reason=reason))
    if state.scored_across:
        body["across"] = list(state.scored_across)
    return NewEvent(audit_subject(state.id), "signed", body, actor)


def _missing(unscored: int, unevidenced: int) -> str:
    parts = []
    if unscored:
        parts.append(f"{unscored} question{'s' * (unscored != 1)} without a score")
    if unevidenced:
        parts.append(f"{unevidenced} without the evidence the rubric asks for")
    return f"Not ready to sign off: {' and '.join(parts)}."
