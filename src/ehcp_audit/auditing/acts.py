"""Acts on an audit: each takes the audit as it is and returns the event that the act makes.

All are pure. An act that breaks a rule raises `NotAllowedError` with the rule in a sentence.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Final

from ehcp_audit.domain.audit import AuditState, Evidence, Score
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import NewEvent, audit_subject, auditor_subject
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion
from ehcp_audit.domain.text import storable

LONGEST_TEXT: Final = 10_000
LONGEST_PLACE: Final = 40


def new_id() -> str:
    """Return 16 random hexadecimal digits."""
    return secrets.token_hex(8)


def join(identity: Identity) -> NewEvent:
    """Return the event by which an auditor joins the workspace, or changes name or agency."""
    body = {"name": identity.name, "agency": identity.agency}
    return NewEvent(auditor_subject(identity.id), "auditor_joined", body, identity.id)


def check_draft(state: AuditState) -> None:
    """Raise `NotAllowedError` unless the audit is a draft."""
    if state.status == "signed":
        what = "This audit is signed off."
        raise NotAllowedError(what, "Reopen it, with a reason, to change it.")
    if state.status == "withdrawn":
        what = "This audit was withdrawn."
        raise NotAllowedError(what, "Start another audit of the plan.")


def check_open(state: AuditState, actor: str) -> None:
    """Raise `NotAllowedError` unless the audit is a draft of this auditor's."""
    check_draft(state)
    if state.auditor != actor:
        what = "This audit is somebody else's."
        raise NotAllowedError(what, "You can read it; only its auditor can change it.")


def score(
    state: AuditState,
    criterion: Criterion,
    level: int,
    actor: str,
    on: date,
    *,
    reason: str = "",
    across: bool = False,
) -> NewEvent:
    """Give a criterion a level (1 and up), `NOT_EVIDENCED` or `NOT_APPLICABLE`.

    A reason is needed where the auditor's word goes against the facts (judging what they rule
    out, or ruling out what they bring up), and for not evidenced: which paper was missing.
    `across` says that it is given while one question is scored on several plans.
    """
    check_open(state, actor)
    if criterion.computed is not None:
        what = f"“{criterion.title}” is worked out from dates."
        raise NotAllowedError(what, "Give or correct the dates among the plan's facts.")
    if not NOT_APPLICABLE <= level <= len(criterion.levels):
        what = f"“{criterion.title}” has no level {level}."
        raise NotAllowedError(what, f"Give a level from 1 to {len(criterion.levels)}.")
    applies = state.applies(criterion, on)
    overrides = level != NOT_APPLICABLE and applies is False
    if needs_reason(state, criterion, level, on) and not reason.strip():
        raise NotAllowedError(*_reason_wanted(level, overrides=overrides))
    new = Score(level, tidied(reason, LONGEST_TEXT), overrides, across=across)
    return _scored(state, criterion.id, new, actor)


def needs_reason(state: AuditState, criterion: Criterion, level: int, on: date) -> bool:
    """Whether giving this level to this criterion asks for a reason."""
    applies = state.applies(criterion, on)
    if level == NOT_EVIDENCED:
        return True
    if level == NOT_APPLICABLE:
        return applies is not False
    return applies is False


def _reason_wanted(level: int, *, overrides: bool) -> tuple[str, str]:
    if level == NOT_EVIDENCED:
        return "Not evidenced needs a word on what you could not see.", "Say which paper."
    if overrides:
        return "The facts say this does not apply.", "Give a reason to judge it all the same."
    return "Not applicable needs a reason.", "Say why the question does not arise."


def unscore(state: AuditState, criterion: Criterion, actor: str) -> NewEvent:
    """Take a criterion's score away, so that it is unscored again."""
    check_open(state, actor)
    if criterion.id not in state.scores:
        what = "This question has no score."
        raise NotAllowedError(what)
    return _scored(state, criterion.id, None, actor)


def _scored(state: AuditState, criterion_id: str, new: Score | None, actor: str) -> NewEvent:
    old = state.scores.get(criterion_id)
    body = {
        "criterion": criterion_id,
        "old": None if old is None else old.to_body(),
        "new": None if new is None else new.to_body(),
    }
    return NewEvent(audit_subject(state.id), "scored", body, actor)


def write_note(
    state: AuditState,
    criterion: Criterion,
    actor: str,
    *,
    text: str,
    section: str = "",
    page: str = "",
    note_id: str | None = None,
) -> NewEvent:
    """Write a new note of evidence, or change the one with `note_id`."""
    check_open(state, actor)
    old = next((note for note in state.evidence if note.id == note_id), None)
    if old is not None and old.criterion != criterion.id:
        what = "This note belongs to another question."
        raise NotAllowedError(what, "Write a new one here.")
    new = Evidence(
        note_id or new_id(),
        criterion.id,
        tidied(text, LONGEST_TEXT),
        tidied(section, LONGEST_PLACE),
        tidied(page, LONGEST_PLACE),
    )
    if not (new.text or new.place):
        what = "The note is empty."
        raise NotAllowedError(what, "Write what you saw, or where.")
    return _noted(state, new, actor, old=old, new=new)


def delete_note(state: AuditState, note: Evidence, actor: str) -> NewEvent:
    """Take a note of evidence away."""
    check_open(state, actor)
    if note not in state.evidence:
        what = "This note is not there any more."
        raise NotAllowedError(what)
    return _noted(state, note, actor, old=note, new=None)


def leave_note(
    state: AuditState,
    criterion: Criterion,
    actor: str,
    *,
    note_id: str | None,
    text: str,
    section: str,
    page: str,
) -> NewEvent | None:
    """Return what leaving a note's fields makes: written, changed, deleted when empty, or None."""
    note = next((each for each in state.evidence if each.id == note_id), None)
    typed = (text.strip(), section.strip(), page.strip())
    if not any(typed):
        return None if note is None else delete_note(state, note, actor)
    if note is not None and (note.text, note.section, note.page) == typed:
        return None
    return write_note(
        state, criterion, actor, text=text, section=section, page=page, note_id=note_id
    )


def _noted(
    state: AuditState, note: Evidence, actor: str, *, old: Evidence | None, new: Evidence | None
) -> NewEvent:
    body = {
        "note": note.id,
        "criterion": note.criterion,
        "old": None if old is None else old.to_body(),
        "new": None if new is None else new.to_body(),
    }
    return NewEvent(audit_subject(state.id), "evidence_written", body, actor)


def change_facts(state: AuditState, facts: Mapping[str, FactValue], actor: str) -> NewEvent | None:
    """Change the audit's own copy of the facts; None where nothing differs."""
    check_open(state, actor)
    changed = {key: value for key, value in facts.items() if state.facts.get(key) != value}
    if not changed:
        return None
    if "plan_ref" in changed:
        what = "The reference says which plan was audited, so it stays."
        raise NotAllowedError(what, "For another plan, start another audit.")
    old = {key: state.facts.get(key) for key in changed}
    body = {"old": old, "new": changed}
    return NewEvent(audit_subject(state.id), "facts_changed", body, actor)


def reopen(state: AuditState, actor: str, reason: str) -> NewEvent:
    """Open a signed audit again; it stops counting until it is signed again."""
    if state.status != "signed":
        what = "Only an audit that is signed off can be reopened."
        raise NotAllowedError(what)
    return _with_reason(state, "reopened", actor, reason)


def withdraw(state: AuditState, actor: str, reason: str) -> NewEvent:
    """Withdraw a draft begun by mistake; it stays in the record and never counts."""
    check_open(state, actor)
    return _with_reason(state, "withdrawn", actor, reason)


def _with_reason(state: AuditState, kind: str, actor: str, reason: str) -> NewEvent:
    if not reason.strip():
        what = "A reason is needed."
        raise NotAllowedError(what, "A few words are enough.")
    body = {"reason": tidied(reason, LONGEST_TEXT)}
    return NewEvent(audit_subject(state.id), kind, body, actor)  # type: ignore[arg-type]


def tidied(text: str, longest: int) -> str:
    """Return typed text without outer white space, as it can be stored."""
    kept = storable(text.strip())
    if len(kept) > longest:
        what = f"The text is {len(kept):,} characters; {longest:,} is the most."
        raise NotAllowedError(what, "Shorten it.")
    return kept
