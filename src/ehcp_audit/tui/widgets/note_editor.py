"""Writing evidence under its question: text, section, page; every keystroke is kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from ehcp_audit.auditing.acts import LONGEST_PLACE
from ehcp_audit.tui.shown import shown


@dataclass(frozen=True)
class NoteText:
    """What has been typed: text, section and page."""

    text: str = ""
    section: str = ""
    page: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed."""
        return not (self.text.strip() or self.section.strip() or self.page.strip())


class EvidenceText(TextArea):
    """The text of a note: Enter goes on to the section, Ctrl+J begins a line, ^z undoes typing."""

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
    NoteEditor { display: none; height: 9; border-top: solid $rule; padding: 0 1; }
    NoteEditor.-open { display: block; }
    NoteEditor EvidenceText { height: 1fr; border: none; background: $panel; padding: 0 1; }
    NoteEditor Horizontal { height: 1; margin: 1 0 0 0; }
    NoteEditor Input { border: none; height: 1; width: 12; background: $panel; margin: 0 3 0 1; }
    NoteEditor .label { width: auto; color: $muted; }
    NoteEditor .hint { height: 1; color: $muted; }
    """

    class Typed(Message):
        """A field changed; what is typed now."""

        def __init__(self, note: NoteText) -> None:
            super().__init__()
            self.note = note

    class Left(Message):
        """The writer is done; what was typed."""

        def __init__(self, note: NoteText) -> None:
            super().__init__()
            self.note = note

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        yield Static(
            shown("Evidence: write it as if the family will read it. They may ask to."),
            classes="hint",
        )
        yield EvidenceText(soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        with Horizontal():
            yield Static(shown("Section"), classes="label")
            yield Input(id="section", max_length=LONGEST_PLACE, compact=True)
            yield Static(shown("Page"), classes="label")
            yield Input(id="page", max_length=LONGEST_PLACE, compact=True)
            yield Static(shown("⏎ next   Esc done   Ctrl+J new line"), classes="label")

    @property
    def is_open(self) -> bool:
        """Whether a note is being written."""
        return self.has_class("-open")

    @property
    def note(self) -> NoteText:
        """What is typed now."""
        return NoteText(
            self.query_one(EvidenceText).text,
            self.query_one("#section", Input).value,
            self.query_one("#page", Input).value,
        )

    def open(self, note: NoteText) -> None:
        """Show a note to write on."""
        with self.prevent(TextArea.Changed, Input.Changed):
            text = self.query_one(EvidenceText)
            text.load_text(note.text)
            text.move_cursor(text.document.end)
            self.query_one("#section", Input).value = note.section
            self.query_one("#page", Input).value = note.page
        self.add_class("-open")
        self.query_one(EvidenceText).focus()

    def close(self) -> None:
        """Hide the fields."""
        self.remove_class("-open")

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        if self.is_open:
            self.post_message(self.Typed(self.note))

    @on(Input.Submitted, "#section")
    def _to_page(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#page", Input).focus()

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
