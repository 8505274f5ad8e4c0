"""A rubric of six questions built in code, and audits with it, for tests of store and auditing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from ehcp_audit.auditing import AuditSession, begin_audit, join, score, sign
from ehcp_audit.domain.canonical import digest
from ehcp_audit.domain.conditions import Comparison
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import (
    AGENCIES,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    Cause,
    Criterion,
    CriterionAt,
    GradeRule,
    Level,
    Limit,
    LimitingCount,
    Rubric,
    Scale,
    Theme,
    ThemeBelow,
)
from ehcp_audit.domain.rubric_json import compile_rubric
from ehcp_audit.store import Store, Work

ME = Identity("a" * 12, "KL", "education")
OTHER = Identity("b" * 12, "Élan", "health")
TODAY = date(2026, 3, 2)
TEXT = "# a small rubric\n"


def at_noon() -> datetime:
    return datetime(2026, 3, 2, 12, tzinfo=UTC)


def criterion(criterion_id: str, theme: str, **changed: Any) -> Criterion:
    plain = Criterion(
        id=criterion_id,
        theme=theme,
        title=f"Title of {criterion_id}",
        question=f"Is {criterion_id} there?",
        guidance="",
        levels=("none", "some", "most", "all"),
        sections=(),
        agency="education",
        scored_by=AGENCIES,
        weight=1,
        limiting=False,
        evidence_at=(),
        ask_cause=False,
        law="",
        on_lowest="",
        applies_when=None,
        findings=(),
    )
    return replace(plain, **changed)


def rubric_of(*criteria: Criterion, version: str = "1.0", **changed: Any) -> Rubric:
    points = (Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1))
    words = ("Not met", "Partly", "Meets", "Strong")
    levels = tuple(
        Level(number, f"level{number}", word, symbol, earned, "")
        for number, (word, symbol, earned) in enumerate(
            zip(words, "✗◔◑●", points, strict=True), start=1
        )
    )
    plain = Rubric(
        id="small",
        version=version,
        title="Small rubric",
        summary="",
        owner="",
        hash="",
        effective_from=None,
        law_as_at=None,
        scale=Scale(levels, 3, "Not applicable", "Not evidenced"),
        themes=(Theme("voice", "Voice"), Theme("outcomes", "Outcomes")),
        criteria=criteria,
        grades=(
            GradeRule("good", "Good", Fraction(3, 5), nothing_at=(1,)),
            GradeRule("fair", "Fair", Fraction(2, 5)),
            GradeRule("poor", "Poor", Fraction(0)),
        ),
        limits=(
            Limit("one_limiting", LimitingCount(1, 1), "fair", "{criterion} is not met."),
            Limit("two_limiting", LimitingCount(2, 1), "poor", "{criteria} are not met."),
            Limit("weak_theme", ThemeBelow(Fraction(1, 4), 2), "fair", "{theme} is at {share}."),
            Limit("smart_partly", CriterionAt("smart", 2), "fair", "{criterion} is partly met."),
        ),
        needs_scored_weight=Fraction(1, 2),
        needs_limiting_scored=True,
        ungraded_says="Not graded: {scored} of {applicable} scored.",
        theme_met_at=Fraction(1, 2),
        causes=(Cause("late", "Came too late"), Cause("vague", "Too vague to use")),
    )
    unnamed = replace(plain, **changed)
    return replace(unnamed, hash=digest(compile_rubric(unnamed)))


CRITERIA = (
    criterion("views", "voice", weight=2, limiting=True),
    criterion("distinct", "voice", evidence_at=(1, 2)),
    criterion("smart", "outcomes", weight=3, limiting=True),
    criterion("linked", "outcomes", ask_cause=True),
    criterion("adulthood", "outcomes", applies_when=Comparison("year_group", "at_least", ("9",))),
    criterion("health", "outcomes", applies_when=Comparison("known_to_health", "is", ("yes",))),
)
RUBRIC = rubric_of(*CRITERIA)

FACTS: dict[str, FactValue] = {
    "plan_ref": "NS-0147",
    "audit_reason": "routine",
    "plan_kind": "first_final",
    "plan_date": "2026-01-12",
    "year_group": "3",
    "primary_need": "SLCN",
    "setting": "mainstream",
    "known_to_health": "yes",
    "social_care": "none",
    "seen": ("advice", "review"),
    "reviewed": "no",
    "change_reported": "no",
}


def begun(
    store: Store,
    *,
    rubric: Rubric = RUBRIC,
    identity: Identity = ME,
    today: date = TODAY,
    follows: str | None = None,
    **facts: Any,
) -> str:
    """Begin an audit of the plan NS-0147, or of one with other facts, and return its id."""
    return begin_audit(
        store, rubric, TEXT, {**FACTS, **facts}, identity, today=today, follows=follows
    )


def opened(store: Store, identity: Identity = ME, **facts: Any) -> AuditSession:
    """Begin an audit and open it."""
    return AuditSession(store, begun(store, identity=identity, **facts), identity)


def give(session: AuditSession, criterion_id: str, level: int, *, reason: str = "") -> None:
    """Score one question and wait until it is saved."""
    needs = level in (NOT_APPLICABLE, NOT_EVIDENCED)
    reason = reason or ("not in the papers" if needs else "")
    chosen = session.rubric.criterion(criterion_id)
    done(session, score(session.state, chosen, level, session.identity.id, TODAY, reason=reason))


def done(session: AuditSession, event: Any) -> None:
    """Hand an act over, wait, and fail where it was not saved."""
    error = session.confirm(session.submit(event))
    assert error is None, error


def signed(
    store: Store,
    *,
    rubric: Rubric = RUBRIC,
    identity: Identity = ME,
    on: date = TODAY,
    level: int = 3,
    **facts: Any,
) -> str:
    """Begin, score at one level throughout and sign off an audit; return its id."""
    audit_id = begun(store, rubric=rubric, identity=identity, today=on, **facts)
    state = store.audit(audit_id)
    events = [
        score(state, each, level, identity.id, on)
        for each in rubric.criteria
        if state.applies(each, on) is not False
    ]
    store.write(events)
    store.write([sign(rubric, store.audit(audit_id), identity.id, audit_date=on, today=on)])
    return audit_id


def joined(store: Store, *identities: Identity) -> None:
    """Let auditors join the workspace."""
    store.do(Work(events=tuple(join(identity) for identity in identities)))
