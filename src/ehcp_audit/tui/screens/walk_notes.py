"""Writing evidence on the walk: opened, kept as a draft at every key, left as an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ehcp_audit.auditing import leave_note
from ehcp_audit.auditing.identifying import Decision, PointedOut, point_out_in_note
from ehcp_audit.auditing.phrases import repeated
from ehcp_audit.auditing.typed_notes import NoteText, draft_field, typed_before
from ehcp_audit.domain.audit import Evidence
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.tui.identifying import ask_about
from ehcp_audit.tui.screens.walk_dialogs import choose_note
from ehcp_audit.tui.widgets.note_editor import NoteEditor

if TYPE_CHECKING:
    from ehcp_audit.tui.screens.walk import WalkScreen


class Notes:
    """The note being written: which one, and on which question it was begun."""

    def __init__(self, walk: WalkScreen) -> None:
        self._walk = walk
        self._note_id: str | None = None
        self._on = ""
        self._places: dict[str, NoteText] = {}  # by audit

    @property
    def _editor(self) -> NoteEditor:
        return self._walk.query_one(NoteEditor)

    @property
    def writing(self) -> bool:
        """Whether a note is being written."""
        return self._editor.is_open

    def begin(self) -> None:
        """Write a new note on the question in view; the place of the last one is offered."""
        self._open(None, NoteText(), offered=self._last_place())

    def _last_place(self) -> NoteText:
        """Return the section and page last written on this plan, or of its newest note."""
        placed = self._places.get(self._walk.session.audit_id)
        notes = self._walk.state.evidence
        if placed is None and notes:
            placed = NoteText("", notes[-1].section, notes[-1].page)
        return placed or NoteText()

    def change(self) -> None:
        """Change a note of this question: the only one, or one chosen of several."""

        def chosen(note: Evidence) -> None:
            self._open(note.id, NoteText(note.text, note.section, note.page))

        choose_note(self._walk.desk, self._walk.state.notes_on(self._walk.at), chosen)

    def _open(
        self, note_id: str | None, note: NoteText, *, offered: NoteText | None = None
    ) -> None:
        self._session = session = self._walk.session
        self._note_id, self._on = note_id, self._walk.at
        field = draft_field(self._on, note_id)
        self._editor.open(note, lambda text: session.save_draft(field, text), offered=offered)
        self._walk.paint()

    def bring_back(self, body: Mapping[str, Any]) -> None:
        """Open a note again that could not be saved, as it was typed."""
        walk, new = self._walk, body["new"]
        known = {note.id for note in walk.state.evidence}
        walk.course.show_question(body["criterion"])
        note = NoteText(new["text"], new["section"], new["page"])
        self._open(body["note"] if body["note"] in known else None, note)

    def warn_if_repeated(self, text: str) -> None:
        """Say so where a text stands on more than a third of the auditor's plans."""
        walk = self._walk
        store, me = walk.desk.database(), walk.session.identity.id
        pending = walk.session.newest

        def look() -> None:
            try:
                if pending is not None:
                    pending.future.result()
                found = repeated(store, me, text)
            except AuditToolError:  # told where the note itself is confirmed
                return
            if found is not None:
                walk.app.call_from_thread(walk.say, found.sentence)

        walk.run_worker(look, thread=True, group="phrases", exclusive=True)

    def restore(self) -> None:
        """Bring back text that was being typed when the program ended."""
        walk = self._walk
        if walk.readers_reason() is not None:
            return
        typed = typed_before(walk.session.drafts(), walk.state)
        if typed is not None and walk.rubric.has_criterion(typed.criterion):
            walk.course.show_question(typed.criterion)
            self._open(typed.note_id, typed.note)
            walk.say("The evidence you were writing has been brought back.")

    def left(self, typed: NoteText) -> None:
        """Finish the note; a new one on a decided question goes on to the next open one."""
        walk, new, on = self._walk, self._note_id is None, self._on
        if not self.writing:
            return

        def go_on() -> None:
            if new and on in walk.state.scores and not typed.empty:
                walk.course.go_on()
            walk.paint()

        if self.finish(typed, go_on):
            go_on()

    def finish(self, typed: NoteText | None = None, then: Callable[[], None] | None = None) -> bool:
        """Turn what was typed into an event (an emptied note is deleted); False where refused.

        What looks like an identifier is pointed out first: then False too, and `then` is done
        once that is decided.
        """
        if not self._editor.is_open:
            return True
        typed = self._editor.note if typed is None else typed
        pointed = point_out_in_note(
            typed, self._walk.state, self._note_id, self._walk.desk.team, self._walk.today
        )
        if pointed is None:
            return self._write(typed)

        def decide(decision: Decision) -> None:
            self._decided(pointed, decision)
            if then is not None and not self.writing:
                then()

        ask_about(self._walk.desk, pointed, decide, self._editor.resume)
        return False

    def _decided(self, pointed: PointedOut, decision: Decision) -> None:
        """Write the note as decided, and log the decision."""
        walk, field = self._walk, f"evidence {self._on}"
        if self._write(NoteText(**pointed.after(decision))):
            actor = walk.session.identity.id
            walk.saving.submit(pointed.event(walk.state, field, decision, actor))
            walk.paint()

    def _write(self, typed: NoteText) -> bool:
        walk, editor = self._walk, self._editor
        walk.course.come_back_to(self._session)
        try:
            made = leave_note(
                walk.state, walk.rubric.criterion(self._on), walk.session.identity.id,
                note_id=self._note_id, text=typed.text, section=typed.section, page=typed.page,
            )  # fmt: skip
        except AuditToolError as error:
            walk.tell(error)
            return False
        field, new = draft_field(self._on, self._note_id), self._note_id is None
        editor.close()
        self._note_id = None
        walk.set_focus(walk.query_one("#criteria"))
        if made is None:
            walk.session.save_draft(field, None)
        else:
            walk.saving.submit(made, forget_drafts=(field,))
            if new and typed.text.strip():
                self.warn_if_repeated(typed.text)
            if typed.section or typed.page:
                place = NoteText("", typed.section.strip(), typed.page.strip())
                self._places[walk.session.audit_id] = place
        walk.paint()
        return not self.writing  # a note that could not be saved is open again
