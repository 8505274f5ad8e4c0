"""A page of text that paints its own lines and scrolls by itself, without a new layout."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from ehcp_audit.tui.shown import NOTHING


class Page(Widget):
    """Shows what is written for its width; the wheel scrolls, and the screen by `scroll_page`."""

    DEFAULT_CSS = """
    Page { height: 1fr; color: $foreground; }
    """
    BINDINGS: ClassVar[list[Binding]] = []  # type: ignore[assignment]

    def __init__(self, *, id: str | None = None, can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self.can_focus = can_focus
        self.auto_links = False
        self._write: Callable[[int], Content] = lambda _: NOTHING
        self._strips: list[Strip] | None = None
        self._blank = Strip.blank(0)
        self._width = 0
        self._top = 0

    def show(self, write: Callable[[int], Content], *, keep_place: bool = False) -> None:
        """Show what `write` makes for a width, from its first line (or from where it was)."""
        self._write = write
        self._strips = None
        if not keep_place:
            self._top = 0
        self.refresh()

    def notify_style_update(self) -> None:
        """Write anew in other colours."""
        super().notify_style_update()
        self._strips = None

    def _lines(self) -> list[Strip]:
        width = max(self.size.width, 1)
        if self._strips is None or self._width != width:
            self._width = width
            self._strips = self._in_strips(self._write(width), width)
            self._blank = Strip.blank(width, self.rich_style)
        return self._strips

    def _in_strips(self, content: Content, width: int) -> list[Strip]:
        style = self.rich_style
        strips = Visual.to_strips(self, content, width, None, self.visual_style)
        return [strip.adjust_cell_length(width, style) for strip in strips]

    @property
    def hidden_below(self) -> int:
        """How many lines there are below the last one shown."""
        return max(len(self._lines()) - self.size.height - self._top, 0)

    def scroll_page(self, pages: int) -> None:
        """Scroll by most of a page."""
        self._scroll(pages * max(self.size.height - 2, 1))

    def _scroll(self, lines: int) -> None:
        most = max(len(self._lines()) - self.size.height, 0)
        top = max(0, min(self._top + lines, most))
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

    def render_line(self, y: int) -> Strip:
        """Paint one line; the last says where more is hidden below."""
        lines = self._lines()
        index = self._top + y
        if index >= len(lines):
            return self._blank
        if y == self.size.height - 1 and self.hidden_below:
            more = Content.styled(f"▼ {self.hidden_below + 1} more lines: PgDn", "$muted")
            return self._in_strips(more, self._width)[0]
        return lines[index]
