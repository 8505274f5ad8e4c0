"""Keeping what the writer or an agency answered on the feedback slip, from any screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ehcp_audit.auditing.answering import STAYS_OPEN, answer_slip
from ehcp_audit.auditing.begin import joining
from ehcp_audit.auditing.identifying import Checked
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.rubric import AGENCY_LABELS
from ehcp_audit.tui.dialogs import ChoiceDialog, Option, ReasonDialog
from ehcp_audit.tui.identifying import ask_text

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

_KEYS: Final = {"w": "writer", "e": "education", "h": "health", "s": "social_care"}
_KEPT: Final = (
    "It stands on the slip and in the trail, and changes no score. A longer answer is kept with "
    "“ehcp-audit answer”. Empty takes it away."
)
_LONGEST: Final = 500  # what the field holds
_STAYS: Final = (
    "The answer kept before is longer than this field, and stays. “ehcp-audit answer” changes it."
)


def whose(party: str) -> str:
    """Return the words for who answers on a slip."""
    return AGENCY_LABELS.get(party, "the plan's writer")


def choose_party(desk: AuditApp, chosen: Callable[[str], None]) -> None:
    """Ask whose answer it is."""
    options = [Option(key, whose(party).capitalize()) for key, party in _KEYS.items()]
    desk.push_screen(
        ChoiceDialog("Whose answer?", options), lambda key: chosen(_KEYS[key]) if key else None
    )


def ask_answer(desk: AuditApp, audit_id: str, party: str, kept: Callable[[], None]) -> None:
    """Ask what a party answered and whether it disputes the audit, keep it, then do `kept`."""
    before = desk.database().audit(audit_id).answers.get(party)
    said = before.text if before is not None else ""
    value = said if len(said) <= _LONGEST and "\n" not in said else ""

    def write(answer: Checked, *, disputed: bool) -> None:
        _write(desk, audit_id, party, answer, disputed=disputed)
        desk.say(f"{'Kept' if answer.text else 'Taken away'}: the answer of {whose(party)}.")
        kept()

    def typed(answer: Checked) -> None:
        if not answer.text and said and not value:
            desk.say(_STAYS)  # what the field could not show is not taken away by it
            return
        if not answer.text:
            write(answer, disputed=False)
            return

        def disputing(key: str | None) -> None:
            if key is None:
                return
            try:
                write(answer, disputed=key == "y")
            except AuditToolError as error:
                ask_text(
                    desk, dialog, typed, value=value, offered=answer.text, wrong=error.sentences
                )

        options = [Option("n", "No"), Option("y", "Yes, they dispute it")]
        desk.push_screen(ChoiceDialog("Do they dispute the audit?", options, STAYS_OPEN), disputing)

    def dialog(offered: str) -> ReasonDialog:
        title = f"What did {whose(party)} answer?"
        return ReasonDialog(title, _KEPT, value=offered, optional=True)

    desk.with_identity(lambda _: ask_text(desk, dialog, typed, value=value))


def _write(desk: AuditApp, audit_id: str, party: str, answer: Checked, *, disputed: bool) -> None:
    store, identity = desk.database(), desk.identity
    if identity is None:
        return
    state = store.audit(audit_id)
    event = answer_slip(
        state, party, identity.id, text=answer.text, on=desk.today, disputed=disputed
    )
    events = [*joining(store, identity), event, *answer.logged(state, "answer", identity.id)]
    store.write(events, expects={event.subject: state.rev})
