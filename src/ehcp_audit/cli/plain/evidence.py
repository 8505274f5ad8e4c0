"""Writing and changing evidence in lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ehcp_audit.auditing import leave_note, walk_reasons
from ehcp_audit.auditing.identifying import point_out_in_note
from ehcp_audit.auditing.question_words import evidence_warning
from ehcp_audit.auditing.typed_notes import NoteText, draft_field, typed_before
from ehcp_audit.cli.plain.identifying import ask_about
from ehcp_audit.cli.plain.marks import warn_if_repeated
from ehcp_audit.cli.plain.question import note_words
from ehcp_audit.cli.plain.saving import save_typed
from ehcp_audit.cli.plain.talk import BACK, Offer
from ehcp_audit.domain.audit import Evidence
from ehcp_audit.domain.events import NewEvent

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.walk import Walk

_EMPTY = "-"


def write(walk: Walk, text: str) -> None:
    """Ask for a new note: text, section, page; the text may stand on the command's line."""
    typed = _ask_new(walk, text)
    if typed is None:
        return
    at = walk.at
    if _keep(walk, None, typed, again=lambda: _ask_new(walk, "")) and (
        at in walk.session.state.scores
    ):
        walk.go_on()


def _ask_new(walk: Walk, text: str) -> NoteText | None:
    """Ask for what is not given yet; None where nothing is written."""
    talk, last = walk.talk, walk.last_place
    if warning := evidence_warning(walk.session.state):
        talk.say(warning)
    if not text:
        talk.say("Write it as if the family will read it. A section and page alone is enough.")
        text = talk.long_line("Text (Enter for none):")
    section = "" if text == BACK else talk.line(f"Section, such as B ({_offered(last.section)}):")
    page = "" if text == BACK else talk.line(f"Page ({_offered(last.page)}):")
    if text == BACK or (not text and not section.strip() and not page.strip()):
        talk.say("Nothing was written.")
        return None
    return NoteText(text, _part(section, last.section), _part(page, last.page))


def edit(walk: Walk, _: str) -> None:
    """Change a note of this question: the only one, or one chosen of several."""
    talk, notes = walk.talk, walk.session.state.notes_on(walk.at)
    note: Evidence | None = notes[0]
    if len(notes) > 1:
        offers = [Offer(note_words(each)) for each in notes]
        note = talk.choose("Which note?", offers, notes)
    if note is None:
        return
    chosen = note
    talk.say(
        note_words(note),
        "Enter keeps a part, - empties it; a note with nothing left is deleted.",
    )
    _keep(walk, note.id, _ask_changed(walk, chosen), again=lambda: _ask_changed(walk, chosen))


def _ask_changed(walk: Walk, note: Evidence) -> NoteText:
    talk = walk.talk
    text = _part(talk.long_line("Text:"), note.text)
    section = _part(talk.line("Section:"), note.section)
    return NoteText(text, section, _part(talk.line("Page:"), note.page))


def _offered(last: str) -> str:
    return f"Enter: {last}, - for none" if last else "Enter for none"


def _part(typed: str, before: str) -> str:
    """Return a part as typed; Enter alone keeps what was there, and - empties it."""
    stripped = typed.strip()
    return "" if stripped == _EMPTY else stripped or before


def bring_back(walk: Walk) -> None:
    """Offer text that was being typed when the program was last left."""
    session, talk = walk.session, walk.talk
    if walk_reasons.readers_reason(session) is not None:
        return
    typed = typed_before(session.drafts(), session.state)
    if typed is None or not walk.rubric.has_criterion(typed.criterion):
        return
    walk.go_to(typed.criterion)
    note = Evidence("", typed.criterion, typed.note.text, typed.note.section, typed.note.page)
    talk.say(
        "Evidence you were writing was kept.",
        f"On {walk.criterion.title}: {note_words(note) or 'nothing yet'}",
    )
    if talk.agree("Save it as evidence?"):
        _keep(walk, typed.note_id, typed.note, again=lambda: None)
    elif talk.agree("Throw it away?"):
        session.save_draft(draft_field(typed.criterion, typed.note_id), None).result()
        talk.say("Thrown away.")
    else:
        talk.say("Kept for later.")


def _keep(
    walk: Walk, note_id: str | None, typed: NoteText, *, again: Callable[[], NoteText | None]
) -> bool:
    """Save a note once what looks like an identifier in it is decided; whether it was saved.

    `again` asks for the note anew.
    """
    wanted: NoteText | None = typed
    while wanted is not None:
        state, team, today = walk.session.state, walk.desk.team, walk.desk.today
        pointed = point_out_in_note(wanted, state, note_id, team, today)
        if pointed is None:
            return _save(walk, note_id, wanted)
        decision = ask_about(walk.talk, pointed)
        if decision is not None:
            field = f"evidence {walk.at}"
            saved = _save(walk, note_id, NoteText(**pointed.after(decision)))
            if saved:
                walk.log(pointed.checked(decision), field)
            return saved
        wanted = again()
    return False


def _save(walk: Walk, note_id: str | None, typed: NoteText) -> bool:
    """Turn a note into an event and save it; whether it was saved."""

    def event() -> NewEvent | None:
        return leave_note(
            walk.session.state, walk.criterion, walk.session.identity.id,
            note_id=note_id, text=typed.text, section=typed.section, page=typed.page,
        )  # fmt: skip

    said = "Evidence deleted." if typed.empty else "Evidence written."
    if not save_typed(walk, event, said, forget_drafts=(draft_field(walk.at, note_id),)):
        return False
    if typed.section or typed.page:
        walk.last_place = NoteText("", typed.section, typed.page)
    if typed.text:
        warn_if_repeated(walk, typed.text)
    return True
