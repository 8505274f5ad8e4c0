"""Raising and answering flags: by anyone, on any audit, at any time.

A flag is no judgement of the plan, so it waits for nobody's turn; it is answered, never undone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ehcp_audit.auditing.acts import LONGEST_TEXT, new_id, tidied
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.flags import LONGEST_ROLE, Flag, FlagKind


def raise_flag(
    state: AuditState,
    kind: FlagKind,
    actor: str,
    *,
    criterion: str | None = None,
    text: str = "",
    flag_id: str | None = None,
) -> NewEvent:
    """Raise a flag, at one criterion or on the whole plan; its id is made unless given.

    A safeguarding flag takes no text: what is wrong goes through the area's procedure, not here.
    """
    if kind == "safeguarding" and text.strip():
        what = "A safeguarding flag holds no details."
        raise NotAllowedError(what, "Follow your area's procedure; this tool tells nobody.")
    flag = Flag(flag_id or new_id(), kind, criterion, text=tidied(text, LONGEST_TEXT))
    return _flagged(state, flag, actor, before=None)


def answer_flag(
    state: AuditState,
    flag_id: str,
    actor: str,
    *,
    today: date,
    told_role: str = "",
    told_on: date | None = None,
    not_a_concern: str = "",
    done: str = "",
) -> NewEvent:
    """Answer a flag in one of three ways; a later answer replaces an earlier one.

    Which role was told and when (no names); why it is no concern after all; or what was done,
    which is no answer to a safeguarding flag. Raises `NotAllowedError` for none or several of
    these, for a role without its day, for a day to come, and for a flag that is not there.
    """
    before = next((flag for flag in state.flags if flag.id == flag_id), None)
    if before is None:
        what = "This flag is not there any more."
        raise NotAllowedError(what)
    role = tidied(told_role, LONGEST_ROLE)
    reason, outcome = tidied(not_a_concern, LONGEST_TEXT), tidied(done, LONGEST_TEXT)
    told = bool(role or told_on)
    if before.kind == "safeguarding" and outcome:
        what = "A safeguarding flag is answered by who was told."
        raise NotAllowedError(what, "Say which role was told and when, or why it is no concern.")
    if told + bool(reason) + bool(outcome) != 1:
        what = "The flag needs one answer."
        raise NotAllowedError(what, _ways(before))
    if told:
        _check_told(role, told_on, today)
    answered = replace(before, told_role=role, told_on=told_on, not_a_concern=reason, done=outcome)
    if answered.to_body() == before.to_body():
        what = "The flag has this answer already."
        raise NotAllowedError(what)
    return _flagged(state, answered, actor, before=before)


def _ways(flag: Flag) -> str:
    if flag.kind == "safeguarding":
        return "Say which role was told and when, or why it is not a safeguarding concern."
    return "Say which role was told and when, what was done, or why it is no concern."


def _check_told(role: str, told_on: date | None, today: date) -> None:
    if not role:
        what = "Which role was told?"
        raise NotAllowedError(what, "A role, such as “safeguarding lead”; no name.")
    if told_on is None:
        what = "When were they told?"
        raise NotAllowedError(what, "Give the day.")
    if told_on > today:
        what = "The day they were told is in the future."
        raise NotAllowedError(what, "Answer the flag once they have been told.")


def _flagged(state: AuditState, flag: Flag, actor: str, *, before: Flag | None) -> NewEvent:
    body = {
        "flag": flag.id,
        "kind": flag.kind,
        "criterion": flag.criterion,
        "old": None if before is None else before.to_body(),
        "new": flag.to_body(),
    }
    return NewEvent(audit_subject(state.id), "flagged", body, actor)
