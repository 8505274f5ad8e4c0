"""The small questions of the walk: find, which note, why withdraw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ehcp_audit.auditing import AuditSession, ReasonAsked, find_criteria, withdraw
from ehcp_audit.domain.audit import Evidence
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.rubric import Criterion, Rubric
from ehcp_audit.rubric_versions import move, newest_version
from ehcp_audit.tui.dialogs import ChoiceDialog, Option, ReasonDialog

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

MOST_OPTIONS = 9


def find_question(desk: AuditApp, rubric: Rubric, go_to: Callable[[str], None]) -> None:
    """Ask for words and go to the question that has them, choosing where several do."""

    def found(words: str | None) -> None:
        matches = find_criteria(rubric, words) if words else ()
        if words and not matches:
            desk.say("No question has those words.")
        elif len(matches) == 1:
            go_to(matches[0].id)
        elif matches:
            _choose(desk, rubric, matches[:MOST_OPTIONS], go_to)

    desk.push_screen(ReasonDialog("Find a question", "Any words of its title or text."), found)


def _choose(
    desk: AuditApp, rubric: Rubric, matches: Sequence[Criterion], go_to: Callable[[str], None]
) -> None:
    options = [
        Option(str(number), criterion.title, rubric.theme(criterion.theme).title)
        for number, criterion in enumerate(matches, start=1)
    ]

    def chosen(key: str | None) -> None:
        if key is not None:
            go_to(matches[int(key) - 1].id)

    desk.push_screen(ChoiceDialog("Which question?", options), chosen)


def choose_note(
    desk: AuditApp, notes: Sequence[Evidence], write_on: Callable[[Evidence], None]
) -> None:
    """Go on with the only note, or with the one chosen of several."""
    if len(notes) == 1:
        write_on(notes[0])
        return
    options = [
        Option(str(number), note.text.replace("\n", " ")[:50] or note.place, note.place)
        for number, note in enumerate(notes[:MOST_OPTIONS], start=1)
    ]

    def chosen(key: str | None) -> None:
        if key is not None:
            write_on(notes[int(key) - 1])

    desk.push_screen(ChoiceDialog("Which note?", options), chosen)


def ask_for(desk: AuditApp, asked: ReasonAsked, value: str, go_on: Callable[[str], None]) -> None:
    """Ask for the reason of a score, and go on with it where one is given."""

    def answered(reason: str | None) -> None:
        if reason:
            go_on(reason)

    dialog = ReasonDialog(
        asked.prompt, asked.explanation, suggestions=asked.suggestions, value=value
    )
    desk.push_screen(dialog, answered)


def move_to_newest(desk: AuditApp, session: AuditSession) -> bool:
    """Move a draft to its rubric's newest frozen version; False where it is on it already.

    Raises `NotAllowedError` naming everything that would be lost.
    """
    newest = newest_version(desk.database(), session.rubric)
    if newest is None:
        desk.say(f"{session.rubric.name} is the newest version.")
        return False
    move(desk.database(), session.audit_id, newest, session.identity, today=desk.today)
    desk.say(f"Moved to {newest.name}; everything the audit held is kept.")
    return True


def ask_withdrawal(desk: AuditApp, session: AuditSession, left: Callable[[], object]) -> None:
    """Ask why a draft is withdrawn, withdraw it, and say so."""

    def answered(reason: str | None) -> None:
        if not reason:
            return
        try:
            event = withdraw(session.state, session.identity.id, reason)
            desk.database().write([event], expects={event.subject: session.state.rev})
        except AuditToolError as error:
            desk.tell(error)
            return
        desk.say("Withdrawn. It stays in the record and never counts.")
        left()

    desk.push_screen(
        ReasonDialog(
            "Withdraw this draft: why?",
            "For an audit begun by mistake. It stays in the record and never counts.",
            suggestions=("Wrong reference", "Begun twice", "Wrong rubric"),
        ),
        answered,
    )
