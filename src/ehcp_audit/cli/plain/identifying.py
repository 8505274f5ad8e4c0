"""Pointing out what looks like an identifier before a typed text is taken, and asking about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ehcp_audit.auditing.identifying import (
    ANSWERS,
    ASKED,
    DECISIONS,
    REMARK,
    TEXT,
    Checked,
    Decision,
    PointedOut,
    point_out,
)
from ehcp_audit.cli.plain.talk import Offer, Talk

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.desk import Desk


def ask_about(talk: Talk, pointed: PointedOut) -> Decision | None:
    """Say what was found and ask what becomes of it; None goes back to the text."""
    offers = [Offer(label, about, key) for key, label, about in ANSWERS]
    keys = [key for key, _, _ in ANSWERS]
    said = f"{pointed.sentence} {REMARK}"
    key = talk.choose(ASKED, offers, keys, explanation=said, leaving="goes back")
    return DECISIONS.get(key or "")


def checked_text(desk: Desk, ask: Callable[[], str | None], *, before: str = "") -> Checked | None:
    """Ask for a text until nothing in it looks like an identifier, or that is decided.

    None where the text is given up.
    """
    while True:
        text = ask()
        if text is None:
            return None
        pointed = point_out({TEXT: text}, desk.team, desk.today, before=(before,))
        if pointed is None:
            return Checked(text)
        decision = ask_about(desk.talk, pointed)
        if decision is not None:
            return pointed.checked(decision)
