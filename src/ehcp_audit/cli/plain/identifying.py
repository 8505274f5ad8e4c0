"""Pointing out what looks like an identifier before a typed text is taken, and asking about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ehcp_audit.auditing.identifying import (
    ANSWERS,
    ASKED,
    DECISIONS,
    REMARK,
    Decision,
    PointedOut,
    point_out,
)
from ehcp_audit.cli.plain.talk import Offer, Talk
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.events import NewEvent

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.desk import Desk

# Given the state, the field's name and the auditor's id: the event that logs a decision.
Logged = Callable[[AuditState, str, str], NewEvent]


def ask_about(talk: Talk, pointed: PointedOut) -> Decision | None:
    """Say what was found and ask what becomes of it; None goes back to the text."""
    offers = [Offer(label, about, key) for key, label, about in ANSWERS]
    keys = [key for key, _, _ in ANSWERS]
    said = f"{pointed.sentence} {REMARK}"
    key = talk.choose(ASKED, offers, keys, explanation=said, leaving="goes back")
    return DECISIONS.get(key or "")


def checked_text(
    desk: Desk, ask: Callable[[], str | None], *, before: str = ""
) -> tuple[str, Logged | None] | None:
    """Ask for a text until nothing in it looks like an identifier, or that is decided.

    Returns the text as decided, and what logs the decision where there was one; None where the
    text is given up.
    """
    while True:
        text = ask()
        if text is None:
            return None
        pointed = point_out({"text": text}, desk.team, desk.today, before=(before,))
        if pointed is None:
            return text, None
        decision = ask_about(desk.talk, pointed)
        if decision is not None:
            return pointed.after(decision)["text"], logging(pointed, decision)


def logging(pointed: PointedOut, decision: Decision) -> Logged:
    """Return what makes the event that logs a decision."""
    return lambda state, field, actor: pointed.event(state, field, decision, actor)
