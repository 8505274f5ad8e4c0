"""What comes back on the feedback slip, and the decision on words that look like identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from ehcp_audit.auditing.acts import LONGEST_TEXT, tidied
from ehcp_audit.domain.audit import PARTIES, AuditState, SlipAnswer
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.events import NewEvent, audit_subject

STAYS_OPEN: Final = (
    "A disputed answer stays open until it is answered anew or taken away, or the audit is "
    "withdrawn."
)


def answer_slip(
    state: AuditState,
    party: str,
    actor: str,
    *,
    text: str,
    on: date,
    disputed: bool = False,
) -> NewEvent:
    """Keep what the writer or an agency answered; a later answer replaces the one before.

    On a draft or a signed audit, typed in by anyone. An empty text takes the answer away; to
    dispute the audit takes words.
    """
    if party not in PARTIES:
        what = f"“{party}” does not answer on a slip."
        raise NotAllowedError(what, f"Use one of: {', '.join(PARTIES)}.")
    if state.status == "withdrawn":
        what = "This audit was withdrawn."
        raise NotAllowedError(what, "There is nothing to answer.")
    old = state.answers.get(party)
    said = tidied(text, LONGEST_TEXT)
    if disputed and not said:
        what = "What do they dispute?"
        raise NotAllowedError(what, "A few words are enough.")
    new = SlipAnswer(said, disputed, on) if said else None
    if new is None and old is None:
        what = "The answer is empty."
        raise NotAllowedError(what, "Type what they answered.")
    body = {
        "party": party,
        "old": None if old is None else old.to_body(),
        "new": None if new is None else new.to_body(),
    }
    return NewEvent(audit_subject(state.id), "slip_answered", body, actor)


def review_identifiers(
    state: AuditState,
    field: str,
    kinds: Sequence[str],
    decision: Literal["kept", "replaced"],
    actor: str,
) -> NewEvent:
    """Log the decision on words that looked like identifiers: which kinds, never the words.

    Anybody may decide, at any time: answers on a slip are written on signed audits too.
    """
    body = {"field": field, "kinds": sorted(kinds), "decision": decision}
    return NewEvent(audit_subject(state.id), "identifiers_reviewed", body, actor)
