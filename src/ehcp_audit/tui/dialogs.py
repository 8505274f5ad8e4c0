"""Small questions over a screen: a reason, a choice, something to read, who you are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.identity import Identity, parse_name
from ehcp_audit.domain.rubric import AGENCIES, AGENCY_LABELS
from ehcp_audit.domain.text import visible
from ehcp_audit.tui.shown import NOTHING, shown
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import Line, wrapped
from ehcp_audit.tui.widgets.page import Page, Write

if TYPE_CHECKING:
    from ehcp_audit.tui.app import AuditApp

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box in the middle of the screen; Esc leaves it without an answer."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical, Dialog > VerticalScroll {
        width: 72; max-width: 95%; height: auto; max-height: 90%;
        border: round $primary; background: $background; padding: 0 2; overflow-y: auto;
    }
    Dialog Static { height: auto; margin: 0 0 1 0; }
    Dialog .prompt { text-style: bold; }
    Dialog .hint { color: $muted; margin: 0; }
    Dialog .wrong { color: $error; }
    Dialog Input, Dialog Input:focus {
        margin: 0 0 1 0; border: none; height: 1; padding: 0 1; background: $panel;
    }
    Dialog LineList { height: auto; max-height: 14; margin: 0 0 1 0; }
    """
    BINDINGS = [Binding("escape", "leave", "Cancel", show=False)]

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class ReasonDialog(Dialog[str]):
    """Asks for a short text; ↓ offers the usual ones. `wrong` says why the last was not taken."""

    BINDINGS = [
        Binding("down", "offer(1)", "Next suggestion", show=False),
        Binding("up", "offer(-1)", "Previous suggestion", show=False),
    ]

    def __init__(
        self,
        prompt: str,
        explanation: str = "",
        *,
        suggestions: Sequence[str] = (),
        value: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__()
        self._prompt = prompt
        self._explanation = explanation
        self._suggestions = tuple(suggestions)
        self._value = value
        self._optional = optional
        self._offered = -1
        self.wrong = ""

    def compose(self) -> ComposeResult:
        """Lay out the prompt, the field and the suggestions."""
        with Vertical():
            yield Static(shown(self._prompt), classes="prompt")
            if self._explanation:
                yield Static(shown(self._explanation))
            if self.wrong:
                yield Static(shown(self.wrong), classes="wrong")
            # A letter typed after a refusal adds to the text; it does not take its place.
            yield Input(visible(self._value), max_length=500, select_on_focus=not self.wrong)
            if self._suggestions:
                yield Static(shown("↓ offers: " + " · ".join(self._suggestions)), classes="hint")
            yield Static(shown("Enter: done   Esc: cancel"), classes="hint")

    def action_offer(self, step: int) -> None:
        """Put the next of the usual texts into the field."""
        if self._suggestions:
            self._offered = (self._offered + step) % len(self._suggestions)
            field = self.query_one(Input)
            field.value = self._suggestions[self._offered]
            field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text or self._optional:
            self.dismiss(text)
        else:
            self.app.bell()


def ask(
    desk: AuditApp,
    make: Callable[[str], ReasonDialog],
    take: Callable[[str], None],
    *,
    value: str = "",
    wrong: str = "",
) -> None:
    """Ask for a short text until it is taken or left.

    `make` builds the dialog for a text to begin with. A text that `take` refuses with an error of
    ours, a full disk among them, stands in the field again with the reason.
    """

    def answered(text: str | None) -> None:
        if text is None:
            return
        try:
            take(text)
        except AuditToolError as error:
            ask(desk, make, take, value=text, wrong=error.sentences)

    dialog = make(value)
    dialog.wrong = wrong
    desk.push_screen(dialog, answered)


@dataclass(frozen=True)
class Option:
    """One answer of a choice: its letter, what it says, and more about it."""

    key: str
    label: str
    about: str = ""


class ChoiceDialog(Dialog[str]):
    """Asks for one of several answers, by its letter, or by arrows and Enter, or the mouse.

    `others` are further keys that end it; it answers with them as with a letter.
    """

    BINDINGS = [Binding("enter", "take", "Choose", show=False)]

    def __init__(
        self, prompt: str, options: Sequence[Option], explanation: str = "", *, others: str = ""
    ) -> None:
        super().__init__()
        self._others = others
        self._prompt = prompt
        self._options = tuple(options)
        self._explanation = explanation
        key = "Number" if all(each.key.isdigit() for each in options) else "Letter"
        self._how = f"{key} or ⏎: choose   Esc: cancel"

    def compose(self) -> ComposeResult:
        """Lay out the prompt and the answers."""
        with Vertical():
            yield Static(shown(self._prompt), classes="prompt")
            if self._explanation:
                yield Static(shown(self._explanation))
            yield LineList(letters=False)
            yield Static(shown(self._how), classes="hint")

    def on_mount(self) -> None:
        """Fill the list."""
        answers = self.query_one(LineList)
        answers.show(
            [
                Line(
                    ((f" {option.key} ", "accent"), (option.label, "text"),
                     (f"  {option.about}" if option.about else "", "muted")),
                    key=option.key,
                )
                for option in self._options
            ]
        )  # fmt: skip
        answers.focus()

    def on_resize(self) -> None:
        """Give the answers what the window leaves."""
        answers, width = self.query_one(LineList), min(72, self.size.width * 95 // 100) - 6
        texts = [text for text in (self._prompt, self._explanation) if text]
        around = sum(len(wrapped(text, width)) + 1 for text in texts) + 5  # list, hint and frame
        room = max(self.size.height * 9 // 10 - around, 3)
        answers.styles.max_height = answers.styles.height = min(len(self._options), room)
        more = "   ↓ more" if len(self._options) > room else ""
        self.query_one(".hint", Static).update(shown(f"{self._how}{more}"))

    def on_key(self, event: events.Key) -> None:
        """Take the answer whose letter was pressed, or another key that is an answer."""
        letters = {*self._others, *(option.key for option in self._options)}
        if event.character in letters:
            event.stop()
            self.dismiss(event.character)

    def action_take(self) -> None:
        """Take the answer under the cursor."""
        self.dismiss(self.query_one(LineList).key)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(event.key)


class NoticeDialog(Dialog[bool]):
    """A sentence that must be seen; Enter acknowledges it."""

    BINDINGS = [Binding("enter", "seen", "Seen", show=False)]

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._title = title
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        """Lay out the sentence."""
        with VerticalScroll() as box:
            box.border_subtitle = "Enter: I have read this   ↑ ↓ scroll"
            yield Static(shown(self._title), classes="prompt")
            yield Static(shown(self._sentence))

    def action_seen(self) -> None:
        """Go on."""
        self.dismiss(result=True)


class PageDialog(Dialog[bool]):
    """A page to read, as high as it needs to be; Enter, Esc or a second press closes it."""

    BINDINGS = [Binding("enter", "leave", "Close", show=False)]
    DEFAULT_CSS = "PageDialog Page { margin: 0 0 1 0; } PageDialog > Vertical { width: 90; }"

    def __init__(self, title: str, write: Write) -> None:
        super().__init__()
        self._title = title
        self._write = write

    def compose(self) -> ComposeResult:
        """Lay out the title and the page."""
        with Vertical():
            yield Static(shown(self._title), classes="prompt")
            yield Page(id="page")
            yield Static(shown("Enter or Esc: close   PgUp PgDn: scroll"), classes="hint")

    def on_resize(self) -> None:
        """Make the page as high as what it holds, or as the window leaves."""
        width = min(90, self.size.width * 95 // 100) - 6
        room = max(self.size.height * 9 // 10 - 6, 3)
        page = self.query_one(Page)
        page.styles.height = min(len(self._write(width)), room)
        page.show(self._write, keep_place=True)

    def key_pageup(self) -> None:
        """Scroll up."""
        self.query_one(Page).scroll_page(-1)

    def key_pagedown(self) -> None:
        """Scroll down."""
        self.query_one(Page).scroll_page(1)


class WhoDialog(Dialog[Identity]):
    """Asks once who is at the keyboard: a name or initials, and an agency."""

    def __init__(self, current: Identity | None, auditor_id: str) -> None:
        super().__init__()
        self._current = current
        self._auditor_id = auditor_id
        self._agency = current.agency if current else AGENCIES[0]

    def compose(self) -> ComposeResult:
        """Lay out the field and the agencies."""
        with Vertical():
            yield Static(shown("Who is auditing?"), classes="prompt")
            yield Static(
                shown("A name or initials stands on your audits. It is kept on this machine only.")
            )
            yield Input(
                visible(self._current.name) if self._current else "",
                placeholder="Initials, such as KL",
            )
            yield LineList(id="agencies", letters=False)
            yield Static(NOTHING, id="wrong", classes="hint")
            yield Static(
                shown("Tab: to the agency and back   Enter: done   Esc: cancel"), classes="hint"
            )

    def on_mount(self) -> None:
        """Fill the list of agencies."""
        agencies = self.query_one(LineList)
        agencies.styles.height = len(AGENCIES)
        agencies.show(
            [Line(((f" {AGENCY_LABELS[agency]}", "text"),), key=agency) for agency in AGENCIES],
            self._agency,
        )

    def on_key(self, event: events.Key) -> None:
        """Enter is done from either field."""
        if event.key == "enter":
            event.stop()
            self._done()

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def _done(self) -> None:
        try:
            name = parse_name(self.query_one(Input).value)
        except AuditToolError as error:
            self.query_one("#wrong", Static).update(shown(error.sentences))
            return
        self.dismiss(Identity(self._auditor_id, name, self.query_one(LineList).key or AGENCIES[0]))
