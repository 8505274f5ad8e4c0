"""A page of text that paints its own lines and scrolls by itself, without a new layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import ClassVar

from textual import events
from textual.binding import Binding

from ehcp_audit.tui.widgets.lines import EMPTY, Line, line
from ehcp_audit.tui.widgets.painted import Painted

Write = Callable[[int], Sequence[Line]]


class Page(Painted):
    """Shows what is written for its width; the wheel scrolls, and the screen by `scroll_page`."""

    HELP = "A page to read. PgUp, PgDn and the wheel scroll it."

    DEFAULT_CSS = "Page { width: 1fr; height: 1fr; }"
    BINDINGS: ClassVar[list[Binding]] = []  # type: ignore[assignment]

    def __init__(self, *, id: str | None = None, can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self.can_focus = can_focus
        self._write: Write = lambda _: ()
        self._lines: list[Line] = []
        self._width = 0
        self._top = 0

    def show(self, write: Write, *, keep_place: bool = False) -> None:
        """Show what `write` makes for a width, from its first line (or from where it was)."""
        self._write = write
        before, top = self._lines, self._top
        self._written(self.size.width)
        if not keep_place:
            self._top = 0
        if top or self._top or len(before) > self.size.height or self.hidden_below:
            self.refresh()
            return
        pairs = enumerate(zip_longest(before, self._lines))
        self.refresh_rows(y for y, (old, new) in pairs if old != new)

    def _written(self, width: int) -> None:
        self._width = width
        # Before the first layout there is no width yet; the resize that follows writes it.
        self._lines = list(self._write(width)) if width else []

    def on_resize(self) -> None:
        """Write anew for another width."""
        if self._width != self.size.width:
            self._written(self.size.width)
        self._scroll(0)
        self.refresh()

    @property
    def hidden_below(self) -> int:
        """How many lines there are below the last one shown."""
        return max(len(self._lines) - self.size.height - self._top, 0)

    def scroll_page(self, pages: int) -> None:
        """Scroll by most of a page."""
        self._scroll(pages * max(self.size.height - 2, 1))

    def _scroll(self, count: int) -> None:
        most = max(len(self._lines) - self.size.height, 0)
        top = max(0, min(self._top + count, most))
        if top != self._top:
            self._top = top
            self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by three lines."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by three lines."""
        event.stop()
        self._scroll(-3)

    def row(self, y: int) -> Line:
        """Return a line; the last says where more is hidden below."""
        index = self._top + y
        if index >= len(self._lines):
            return EMPTY
        if y == self._room.height - 1 and self.hidden_below:
            return line(f"▼ {self.hidden_below + 1} more lines: PgDn", "muted")
        return self._lines[index]
