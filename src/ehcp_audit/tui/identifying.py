"""Asking what becomes of what looks like an identifier, before a typed text is taken."""

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
from ehcp_audit.tui.dialogs import ChoiceDialog, Option, ReasonDialog

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

Take = Callable[[str, PointedOut | None, Decision | None], None]


def ask_about(
    desk: AuditApp,
    pointed: PointedOut,
    decide: Callable[[Decision], None],
    edit: Callable[[], None],
) -> None:
    """Show what was found; decide with one key, or go back to the text."""

    def answered(key: str | None) -> None:
        decision = DECISIONS.get(key or "")
        if decision is None:
            edit()
        else:
            decide(decision)

    options = [Option(key, label, about) for key, label, about in ANSWERS]
    said = f"{pointed.sentence} {REMARK}"
    desk.push_screen(ChoiceDialog(ASKED, options, said), answered)


def ask_text(
    desk: AuditApp, make: Callable[[str], ReasonDialog], take: Take, *, value: str = ""
) -> None:
    """Ask for a short text; what looks like an identifier is pointed out before it is taken.

    `make` builds the dialog for a text to begin with; `value` is what was stored before.
    """

    def ask(offered: str) -> None:
        desk.push_screen(make(offered), answered)

    def answered(text: str | None) -> None:
        if text is None:
            return
        pointed = point_out({"text": text}, desk.team, desk.today, before=(value,))
        if pointed is None:
            take(text, None, None)
            return

        def decide(decision: Decision) -> None:
            take(pointed.after(decision)["text"], pointed, decision)

        ask_about(desk, pointed, decide, lambda: ask(text))

    ask(value)
