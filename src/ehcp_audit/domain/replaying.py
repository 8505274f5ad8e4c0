"""What an audit's events add up to: beginning, applying one more, and replaying all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from ehcp_audit.domain.audit import (
    AuditState,
    Evidence,
    Score,
    SignOff,
    SlipAnswer,
    SlipSaid,
)
from ehcp_audit.domain.events import Event
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.flags import Flag, flag_from_body


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
        auditors=(body.get("auditor", event.actor),),
        changed_sections=tuple(body.get("changed_sections", ())),
        carried=dict(body.get("carried", {})),
    )
    if event.kind == "audit_begun":
        return state
    scores = {key: Score.from_body(value) for key, value in body["scores"].items()}
    notes = tuple(
        Evidence(note["id"], note["criterion"], note["text"], note["section"], note["page"])
        for note in body["evidence"]
    )
    signed = sign_off_from_body(body["signed"]) if body["signed"] else None
    auditors = tuple(body.get("auditors") or state.auditors)
    return replace(
        state,
        scores={key: score for key, score in scores.items() if score is not None},
        evidence=notes,
        status=body["state"],
        sign_off=signed,
        auditors=auditors,
        causes=dict(body.get("causes", {})),
        exemplars=frozenset(body.get("exemplars", ())),
        hand_over_reasons=tuple(body.get("hand_over_reasons") or [""] * (len(auditors) - 1)),
        flags=tuple(Flag.from_record(flag) for flag in body.get("flags", ())),
        answers={
            party: SlipAnswer.from_body(answer, answer["by"])
            for party, answer in body.get("answers", {}).items()
        },
        slip=SlipSaid.from_body(body["slip"]) if body.get("slip") else SlipSaid(),
    )


def apply(state: AuditState, event: Event) -> AuditState:
    """Return the audit after one more event; pure, so that replaying the log gives the state."""
    change = _CHANGES.get(event.kind)
    counted = replace(state, rev=state.rev + 1)
    return counted if change is None else change(counted, event)


def replay(events: Iterable[Event]) -> AuditState | None:
    """Return the audit that a whole sequence of its events adds up to; None for none."""
    state: AuditState | None = None
    for event in events:
        state = begin(event) if state is None else apply(state, event)
    return state


def _body(event: Event) -> Mapping[str, Any]:
    return event.body or {}


def _scored(state: AuditState, event: Event) -> AuditState:
    body = _body(event)
    scores = dict(state.scores)
    score = Score.from_body(body["new"])
    if score is None:
        scores.pop(body["criterion"], None)
    else:
        scores[body["criterion"]] = score
    return replace(state, scores=scores)


def _evidence_written(state: AuditState, event: Event) -> AuditState:
    body = _body(event)
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


def _facts_changed(state: AuditState, event: Event) -> AuditState:
    return replace(state, facts={**state.facts, **facts_from_body(_body(event)["new"])})


def _signed(state: AuditState, event: Event) -> AuditState:
    return replace(state, status="signed", sign_off=sign_off_from_body(_body(event)))


def _reopened(state: AuditState, event: Event) -> AuditState:  # noqa: ARG001  (one shape for all)
    return replace(state, status="draft", sign_off=None)


def _withdrawn(state: AuditState, event: Event) -> AuditState:  # noqa: ARG001  (one shape for all)
    return replace(state, status="withdrawn", sign_off=None)


def _rubric_changed(state: AuditState, event: Event) -> AuditState:
    return replace(state, rubric_hash=_body(event)["new"])


def _handed_over(state: AuditState, event: Event) -> AuditState:
    body = _body(event)
    return replace(
        state,
        auditor=body["new"],
        auditors=(*state.auditors, body["new"]),
        hand_over_reasons=(*state.hand_over_reasons, body["reason"]),
    )


def _flagged(state: AuditState, event: Event) -> AuditState:
    body = _body(event)
    flags = {flag.id: flag for flag in state.flags}
    if body["new"] is None:
        flags.pop(body["flag"], None)
    else:
        flags[body["flag"]] = flag_from_body(
            body, flags.get(body["flag"]), by=event.actor, at=event.at
        )
    return replace(state, flags=tuple(flags.values()))


def _cause_given(state: AuditState, event: Event) -> AuditState:
    body = _body(event)
    causes = {key: cause for key, cause in state.causes.items() if key != body["criterion"]}
    if body["new"] is not None:
        causes[body["criterion"]] = body["new"]
    return replace(state, causes=causes)


def _exemplar_marked(state: AuditState, event: Event) -> AuditState:
    body = _body(event)
    changed = {body["criterion"]}
    kept = state.exemplars | changed if body["new"] else state.exemplars - changed
    return replace(state, exemplars=kept)


def _slip_answered(state: AuditState, event: Event) -> AuditState:
    body = _body(event)
    answers = {key: answer for key, answer in state.answers.items() if key != body["party"]}
    new = body["new"]
    if new is not None:
        answers[body["party"]] = SlipAnswer.from_body(new, event.actor)
    return replace(state, answers=answers)


def _slip_set(state: AuditState, event: Event) -> AuditState:
    return replace(state, slip=SlipSaid.from_body(_body(event)["new"]))


# What is not here changes nothing but the number of the audit's events.
_CHANGES: Final[Mapping[str, Callable[[AuditState, Event], AuditState]]] = {
    "scored": _scored,
    "evidence_written": _evidence_written,
    "facts_changed": _facts_changed,
    "signed": _signed,
    "reopened": _reopened,
    "withdrawn": _withdrawn,
    "rubric_changed": _rubric_changed,
    "handed_over": _handed_over,
    "flagged": _flagged,
    "cause_given": _cause_given,
    "exemplar_marked": _exemplar_marked,
    "slip_answered": _slip_answered,
    "slip_set": _slip_set,
}
