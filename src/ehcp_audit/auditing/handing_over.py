"""Handing work in progress to another auditor; every name is kept."""

from __future__ import annotations

from collections.abc import Mapping

from ehcp_audit.auditing.acts import LONGEST_TEXT, check_draft, tidied
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import NewEvent, audit_subject


def hand_over(state: AuditState, to: str, actor: str, *, reason: str) -> NewEvent:
    """Put a draft into another auditor's hands, by auditor id.

    Its auditor may do so, and so may anybody else, because auditors leave; always with a reason,
    which stays in the record. Nobody can undo what was done before; what the new auditor changes
    is in the history under their own name.
    """
    check_draft(state)
    if to == state.auditor:
        what = "This audit is in their hands already."
        raise NotAllowedError(what)
    if not reason.strip():
        what = "A reason is needed."
        raise NotAllowedError(what, "Such as “left the team”; a few words are enough.")
    body = {"old": state.auditor, "new": to, "reason": tidied(reason, LONGEST_TEXT)}
    return NewEvent(audit_subject(state.id), "handed_over", body, actor)


def hands(state: AuditState, names: Mapping[str, str]) -> str:
    """Return everybody who had an audit in hand, in order, such as “KL, then MO”.

    `names` are the auditors' by their ids; one who is not known is told by the id.
    """
    turns = state.auditors or (state.auditor,)
    return ", then ".join(names.get(each, each) for each in turns)
