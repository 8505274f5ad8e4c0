"""Writing evidence under its question: text, section, page; every keystroke is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import astuple
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from ehcp_audit.auditing.acts import LONGEST_PLACE
from ehcp_audit.auditing.typed_notes import NoteText
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.store import Written
from ehcp_audit.tui.shown import shown

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

Keep = Callable[[str], Future[Written]]
NEXT_KEYS = "⏎ next   Esc done   Ctrl+J new line"
HINT = "Write it as if the family will read it. They may ask to."


class EvidenceText(TextArea):
    """The text of a note: Enter goes on to the section, Ctrl+J begins a line, ^z undoes typing."""

    HELP = (
        "The words of the evidence. Enter goes on to section and page, Ctrl+J begins a new "
        "line, Esc is done. Every letter is kept as you type it."
    )

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("ctrl+j", "new_line", "New line", show=False)
    ]

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "tab"):
            event.stop()
            event.prevent_default()
            self.screen.focus_next()
            return
        await super()._on_key(event)

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")


class NoteEditor(Vertical):
    """The fields of one note; hidden until it is opened."""

    DEFAULT_CSS = """
    NoteEditor { display: none; height: 8; border-top: solid $rule; padding: 0 1; }
    NoteEditor.-open { display: block; }
    NoteEditor EvidenceText, NoteEditor EvidenceText:focus {
        height: 1fr; border: none; background: $panel; padding: 0 1;
    }
    NoteEditor Horizontal { height: 1; margin: 1 0 0 0; }
    NoteEditor Input { border: none; height: 1; width: 12; background: $panel; margin: 0 3 0 1; }
    NoteEditor .label { width: auto; color: $muted; }
    NoteEditor .hint { height: 1; color: $muted; }
    """

    class Kept(Message):
        """The writer has kept some typed text, or could not."""

    class NotKept(Message):
        """What is typed could not be kept."""

        def __init__(self, error: AuditToolError) -> None:
            super().__init__()
            self.error = error

    class Left(Message):
        """The writer is done; what was typed."""

        def __init__(self, note: NoteText) -> None:
            super().__init__()
            self.note = note

    def __init__(self) -> None:
        super().__init__()
        self._keep: Keep | None = None
        self._given = self._typed = NoteText()
        self._in_flight: Future[Written] | None = None
        self._waiting: NoteText | None = None
        self._offered = NoteText()
        self._trouble: AuditToolError | None = None

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        yield Static(shown(HINT), classes="hint", id="hint")
        yield EvidenceText(soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        with Horizontal():
            yield Static(shown("Section"), classes="label")
            yield Input(id="section", max_length=LONGEST_PLACE, compact=True)
            yield Static(shown("Page"), classes="label")
            yield Input(id="page", max_length=LONGEST_PLACE, compact=True)
            yield Static(shown(NEXT_KEYS), id="keys", classes="label")

    @property
    def is_open(self) -> bool:
        """Whether a note is being written."""
        return self.has_class("-open")

    @property
    def note(self) -> NoteText:
        """What is typed now; a field left alone holds what it was given, to the character."""
        typed = (
            self.query_one(EvidenceText).text,
            self.query_one("#section", Input).value,
            self.query_one("#page", Input).value,
        )
        given, seen = astuple(self._given), astuple(self._given.visible())
        return NoteText(
            *(
                was if now == shown_as else now
                for was, shown_as, now in zip(given, seen, typed, strict=True)
            )
        )

    def open(self, note: NoteText, keep: Keep, *, offered: NoteText | None = None) -> None:
        """Show a note to write on; `keep` is given every change as a draft.

        The place `offered` is taken by Enter in an empty section, and otherwise left alone.
        """
        self._keep, self._given, self._offered = keep, note, offered or NoteText()
        self._tell_trouble(None)
        seen = self._offered.visible()
        same = f"⏎ {seen.place} again   Esc done" if seen.place else NEXT_KEYS
        self.query_one("#keys", Static).update(shown(same))
        note = note.visible()
        with self.prevent(TextArea.Changed, Input.Changed):
            text = self.query_one(EvidenceText)
            text.load_text(note.text)
            text.move_cursor(text.document.end)
            self.query_one("#section", Input).value = note.section
            self.query_one("#page", Input).value = note.page
        self.add_class("-open")
        self.screen.set_focus(self.query_one(EvidenceText))

    def resume(self) -> None:
        """Go back to the text, as it was left."""
        self.screen.set_focus(self.query_one(EvidenceText))

    def close(self) -> None:
        """Hide the fields; a change not yet kept is not kept any more."""
        self._waiting = self._keep = None
        self.remove_class("-open")

    def on_unmount(self) -> None:
        """Hand over the newest text when the program ends before the write under way."""
        if self._trouble is not None:
            self._waiting = self._typed
        self._write_draft()
        if self.is_open and self._in_flight is not None:
            cast("AuditApp", self.app).left_typing = (self._typed, self._in_flight)

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        if not self.is_open:
            return
        self._waiting = self._typed = self.note
        if self._in_flight is None:
            self._write_draft()

    def _write_draft(self) -> None:
        """Keep what is typed: one write at a time, the newest text next."""
        note, self._waiting = self._waiting, None
        if note is not None and self._keep is not None:
            self._in_flight = self._keep(note.to_draft())
            self._in_flight.add_done_callback(lambda _: self.post_message(self.Kept()))

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        event.stop()
        ended, self._in_flight = self._in_flight, None
        error = ended.exception() if ended is not None and ended.done() else None
        self._tell_trouble(error if isinstance(error, AuditToolError) else None)
        self._write_draft()

    def _tell_trouble(self, error: AuditToolError | None) -> None:
        """Say above the text that it is not on the disk, as long as that is so."""
        if error is not None and self._trouble is None:
            self.post_message(self.NotKept(error))
        if (error is None) != (self._trouble is None):
            said = HINT if error is None else f"✗ Not on the disk yet: {error.what}"
            self.query_one("#hint", Static).update(shown(said))
        self._trouble = error

    @on(Input.Submitted, "#section")
    def _to_page(self, event: Input.Submitted) -> None:
        event.stop()
        page = self.query_one("#page", Input)
        if not (event.value or page.value) and self._offered.place:
            self._take_offered()
            return
        self.screen.set_focus(page)

    def _take_offered(self) -> None:
        """Take the place of the last note, and be done."""
        place = self._offered
        self.post_message(self.Left(NoteText(self.note.text, place.section, place.page)))

    @on(Input.Submitted, "#page")
    def _finished(self, event: Input.Submitted) -> None:
        event.stop()
        self.leave()

    def on_key(self, event: events.Key) -> None:
        """Esc is done."""
        if event.key == "escape":
            event.stop()
            self.leave()

    def leave(self) -> None:
        """Hand over what was typed."""
        if self.is_open:
            self.post_message(self.Left(self.note))
