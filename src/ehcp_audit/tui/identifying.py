"""Asking what becomes of what looks like an identifier, before a typed text is taken."""

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
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.tui.dialogs import ChoiceDialog, Option, ReasonDialog, ask

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

Take = Callable[[Checked], None]


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
    desk: AuditApp,
    make: Callable[[str], ReasonDialog],
    take: Take,
    *,
    value: str = "",
    offered: str | None = None,
    wrong: str = "",
) -> None:
    """Ask for a short text; what looks like an identifier is pointed out before it is taken.

    `make` builds the dialog for a text to begin with; `value` is what was stored before, and
    `offered` what stands in the field, where that is something else. What `take` refuses with an
    error of ours is asked for again.
    """

    def checked(text: str) -> None:
        pointed = point_out({TEXT: text}, desk.team, desk.today, before=(value,))
        if pointed is None:
            take(Checked(text))
            return

        def decide(decision: Decision) -> None:
            try:
                take(pointed.checked(decision))
            except AuditToolError as error:
                again(error.sentences)

        def again(wrong: str = "") -> None:
            ask_text(desk, make, take, value=value, offered=text, wrong=wrong)

        ask_about(desk, pointed, decide, again)

    ask(desk, make, checked, value=value if offered is None else offered, wrong=wrong)
