"""An audit as its events add up to: one auditor's judgement of one plan against one rubric."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from ehcp_audit.domain.conditions import holds
from ehcp_audit.domain.events import Event
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.rubric import NOT_APPLICABLE, Criterion, Rubric

AuditStatus = Literal["draft", "signed", "withdrawn"]


@dataclass(frozen=True)
class Score:
    """A level from 1, `NOT_EVIDENCED` (0) or `NOT_APPLICABLE` (-1), and why.

    `overrides` is true where the auditor judged a criterion that the facts rule out.
    """

    level: int
    reason: str = ""
    overrides: bool = False

    def to_body(self) -> dict[str, Any]:
        """Return the score as an event's body holds it."""
        return {"level": self.level, "reason": self.reason, "overrides": self.overrides}

    @staticmethod
    def from_body(body: Mapping[str, Any] | None) -> Score | None:
        """Return the score that a body holds; None is unscored."""
        return None if body is None else Score(body["level"], body["reason"], body["overrides"])


@dataclass(frozen=True)
class Evidence:
    """A note of what was seen and where: text, section of the plan, page."""

    id: str
    criterion: str
    text: str
    section: str = ""
    page: str = ""

    def to_body(self) -> dict[str, Any]:
        """Return the note as an event's body holds it."""
        return {"text": self.text, "section": self.section, "page": self.page}

    @property
    def place(self) -> str:
        """Where it was seen, such as “F p.9”; empty where neither is given."""
        return " ".join(
            part for part in (self.section, f"p.{self.page}" if self.page else "") if part
        )


@dataclass(frozen=True)
class SignOff:
    """What sign-off stored, so that no later code, rubric or law changes a past grade.

    `levels` holds every criterion of the rubric; `grade` is None where there was none, and
    `score` a fraction such as “33/40”. `limits` names every limit that bit, in words.
    """

    levels: Mapping[str, int]
    grade: str | None
    limits: tuple[str, ...]
    audit_date: date
    score: str | None
    themes: Mapping[str, int]
    date_reason: str = ""


@dataclass(frozen=True)
class AuditState:
    """Everything known of one audit after its events so far.

    `rev` counts its events: a writer that expected another count is refused.
    """

    id: str
    plan_id: str
    plan_ref: str
    rubric_hash: str
    auditor: str
    agencies: tuple[str, ...]
    begun_at: str
    follows: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    status: AuditStatus = "draft"
    sign_off: SignOff | None = None
    rev: int = 0

    def notes_on(self, criterion_id: str) -> tuple[Evidence, ...]:
        """Return the evidence written on one criterion, oldest first."""
        return tuple(note for note in self.evidence if note.criterion == criterion_id)

    def applies(self, criterion: Criterion, on: date) -> bool | None:
        """Whether the facts bring the criterion up; None where a fact it needs is unknown."""
        return holds(criterion.applies_when, self.facts, on)

    def resolved_level(self, criterion: Criterion, on: date) -> int | None:
        """Return the level that counts: facts rule a criterion out unless the auditor overrode.

        None is unscored; a score given before the facts ruled the criterion out is kept, but
        does not count. The level of a computed criterion is worked out from the facts alone.
        """
        score = self.scores.get(criterion.id) if criterion.computed is None else None
        if self.applies(criterion, on) is False and not (score and score.overrides):
            return NOT_APPLICABLE
        if criterion.computed is not None:
            return criterion.computed.level(self.facts)
        return None if score is None else score.level

    def resolved_levels(self, rubric: Rubric, on: date) -> dict[str, int | None]:
        """Return the level that counts of every criterion of the rubric, in its order."""
        return {criterion.id: self.resolved_level(criterion, on) for criterion in rubric.criteria}

    @property
    def counts(self) -> bool:
        """Whether the audit counts in figures: from sign-off until reopened or withdrawn."""
        return self.status == "signed"


def facts_from_body(body: Mapping[str, Any]) -> dict[str, FactValue]:
    """Return facts as JSON kept them, lists turned back into tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in body.items()}


def sign_off_from_body(body: Mapping[str, Any]) -> SignOff:
    """Return the sign-off that a `signed` or `audit_imported` body holds."""
    return SignOff(
        levels=dict(body["levels"]),
        grade=body["grade"],
        limits=tuple(body["limits"]),
        audit_date=date.fromisoformat(body["audit_date"]),
        score=body["score"],
        themes=dict(body["themes"]),
        date_reason=body.get("date_reason", ""),
    )


def begin(event: Event) -> AuditState:
    """Return the audit that an `audit_begun` or `audit_imported` event starts."""
    body = event.body or {}
    state = AuditState(
        id=event.subject.partition(":")[2],
        plan_id=body["plan"],
        plan_ref=body["plan_ref"],
        rubric_hash=body["rubric"],
        auditor=body.get("auditor", event.actor),
        agencies=tuple(body["agencies"]),
        begun_at=event.at,
        follows=body.get("follows"),
        facts=facts_from_body(body["facts"]),
        rev=1,
    )
    if event.kind == "audit_begun":
        return state
    scores = {key: Score.from_body(value) for key, value in body["scores"].items()}
    notes = tuple(
        Evidence(note["id"], note["criterion"], note["text"], note["section"], note["page"])
        for note in body["evidence"]
    )
    signed = sign_off_from_body(body["signed"]) if body["signed"] else None
    return replace(
        state,
        scores={key: score for key, score in scores.items() if score is not None},
        evidence=notes,
        status=body["state"],
        sign_off=signed,
    )


def apply(state: AuditState, event: Event) -> AuditState:
    """Return the audit after one more event; pure, so that replaying the log gives the state."""
    body = event.body or {}
    state = replace(state, rev=state.rev + 1)
    if event.kind == "scored":
        state = _apply_score(state, body)
    elif event.kind == "evidence_written":
        state = _apply_evidence(state, body)
    elif event.kind == "facts_changed":
        state = replace(state, facts={**state.facts, **facts_from_body(body["new"])})
    elif event.kind == "signed":
        state = replace(state, status="signed", sign_off=sign_off_from_body(body))
    elif event.kind == "reopened":
        state = replace(state, status="draft", sign_off=None)
    elif event.kind == "withdrawn":
        state = replace(state, status="withdrawn", sign_off=None)
    elif event.kind == "rubric_changed":
        state = replace(state, rubric_hash=body["new"])
    return state


def replay(events: Iterable[Event]) -> AuditState | None:
    """Return the audit that a whole sequence of its events adds up to; None for none."""
    state: AuditState | None = None
    for event in events:
        state = begin(event) if state is None else apply(state, event)
    return state


def _apply_score(state: AuditState, body: Mapping[str, Any]) -> AuditState:
    scores = dict(state.scores)
    score = Score.from_body(body["new"])
    if score is None:
        scores.pop(body["criterion"], None)
    else:
        scores[body["criterion"]] = score
    return replace(state, scores=scores)


def _apply_evidence(state: AuditState, body: Mapping[str, Any]) -> AuditState:
    note_id, new = body["note"], body["new"]
    index = next((i for i, note in enumerate(state.evidence) if note.id == note_id), None)
    notes = list(state.evidence)
    if new is None:
        if index is not None:
            del notes[index]
        return replace(state, evidence=tuple(notes))
    written = Evidence(note_id, body["criterion"], new["text"], new["section"], new["page"])
    if index is None:
        notes.append(written)
    else:
        notes[index] = written
    return replace(state, evidence=tuple(notes))
