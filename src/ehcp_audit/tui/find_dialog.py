"""A list that narrows while its words are typed: the quick way to one of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from ehcp_audit.tui.dialogs import ChoiceDialog, Dialog, Option
from ehcp_audit.tui.shown import shown
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import Line, line

NINE: Final = "123456789"
Find = Callable[[str], Sequence[Line]]


class FindDialog(Dialog[str]):
    """Asks for one of what `find` returns for the words typed so far; answers with its key."""

    BINDINGS = [
        Binding("down", "step(1)", "Down", show=False),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
    ]
    DEFAULT_CSS = "FindDialog LineList { height: 12; }"

    def __init__(
        self, prompt: str, find: Find, *, nothing: str, key: str = "", explanation: str = ""
    ) -> None:
        super().__init__()
        self._prompt = prompt
        self._explanation = explanation
        self._find = find
        self._nothing = nothing
        self._key = key

    def compose(self) -> ComposeResult:
        """Lay out the prompt, the field and the list."""
        with Vertical():
            yield Static(shown(self._prompt), classes="prompt")
            if self._explanation:
                yield Static(shown(self._explanation))
            yield Input(max_length=200)
            found = LineList(letters=False)
            found.can_focus = False  # typing always goes to the field
            yield found
            yield Static(
                shown("Type to narrow   ↑ ↓ and Enter: choose   Esc: cancel"), classes="hint"
            )

    def on_resize(self) -> None:
        """Give the list what the window leaves, and twelve lines at most."""
        # Prompt, field, hint, the lines between and the frame; an explanation of two lines.
        rest = 12 if self._explanation else 9
        room = self.size.height * 9 // 10 - rest
        self.query_one(LineList).styles.height = max(3, min(12, room))

    def on_mount(self) -> None:
        """Show everything before anything is typed."""
        self._show("", self._key or None)

    def _show(self, words: str, key: str | None = None) -> None:
        found = self._find(words)
        self.query_one(LineList).show(found or [line(self._nothing, "muted")], key)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _done(self) -> None:
        key = self.query_one(LineList).key
        if key is None:
            self.app.bell()
        else:
            self.dismiss(key)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(event.key)

    def action_step(self, step: int) -> None:
        """Move in the list."""
        self.query_one(LineList).action_step(step)

    def action_page(self, step: int) -> None:
        """Move by a page of the list."""
        self.query_one(LineList).action_page(step)


def ask_one(
    app: App[None],
    prompt: str,
    answers: Sequence[tuple[str, str]],
    keys: str,
    chosen: Callable[[int], None],
) -> None:
    """Ask for one of several answers, each a label and more about it; `chosen` gets its place.

    By a key of its own, or by words of it where there are more of them than keys.
    """

    def found(words: str) -> list[Line]:
        return [
            Line(((f" {label}", "text"), (f"  {about}" if about else "", "muted")), key=str(place))
            for place, (label, about) in enumerate(answers)
            if words.strip().casefold() in f"{label} {about}".casefold()
        ]

    def by_words(key: str | None) -> None:
        if key is not None:
            chosen(int(key))

    def by_key(key: str | None) -> None:
        if key is not None:
            chosen(keys.index(key))

    if len(answers) > len(keys):
        app.push_screen(FindDialog(prompt, found, nothing="Nothing has those words."), by_words)
        return
    options = [Option(key, *each) for key, each in zip(keys, answers, strict=False)]
    app.push_screen(ChoiceDialog(prompt, options), by_key)
