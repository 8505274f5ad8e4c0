"""The line at the top of a screen and the keys at its foot."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from ehcp_audit.tui.actions import Action
from ehcp_audit.tui.shown import NOTHING


class TopLine(Widget):
    """One line: where we are on the left, how it stands on the right."""

    DEFAULT_CSS = """
    TopLine { height: 1; background: $panel; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.auto_links = False
        self._left = NOTHING
        self._right = NOTHING

    def show(self, left: Content, right: Content = NOTHING) -> None:
        """Show two contents, the right one never cut."""
        self._left, self._right = left, right
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        del y
        width = self.size.width
        right = self._right
        room = max(width - right.cell_length - 3, 0)
        left = self._left.truncate(room, ellipsis=True)
        gap = Content(" " * max(width - left.cell_length - right.cell_length - 2, 1))
        line = Content(" ") + left + gap + right + Content(" ")
        strips = Visual.to_strips(self, line, width, 1, self.visual_style)
        return strips[0].adjust_cell_length(width, self.rich_style)


class Banner(Widget):
    """What must be seen on every screen: that data are synthetic, or that nothing can be saved."""

    DEFAULT_CSS = """
    Banner { height: 1; background: $warning; color: $background; text-style: bold; display: none; }
    Banner.-shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = NOTHING

    def show(self, content: Content) -> None:
        """Show a sentence, or hide the banner where there is none."""
        self._text = content
        self.set_class(bool(content.plain), "-shown")
        self.refresh()

    def render(self) -> Content:
        """Return the sentence."""
        return Content(" ") + self._text


class Keys(Widget):
    """The footer: every action of the screen with its key; a click does it, or says why not."""

    COMPONENT_CLASSES = {"keys--key", "keys--word", "keys--off"}
    DEFAULT_CSS = """
    Keys { height: auto; max-height: 3; background: $panel; color: $foreground; }
    Keys .keys--key { color: $accent; text-style: bold; }
    Keys .keys--word { color: $foreground; }
    Keys .keys--off { color: $muted; text-style: dim; }
    """

    class Pressed(Message):
        """An action was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[tuple[str, str, str, bool], ...] = ()

    def show(
        self,
        actions: tuple[Action, ...],
        why_not: Callable[[str], str | None],
        first: tuple[tuple[str, str, str], ...] = (),
    ) -> None:
        """Show actions, greyed where there is a reason; `first` holds (name, key, word)."""
        items = tuple((*item, True) for item in first) + tuple(
            (action.name, action.shown, action.footer, why_not(action.name) is None)
            for action in actions
        )
        if items != self._items:
            self._items = items
            self.refresh(layout=self._rows_needed(self.size.width) != self.size.height)

    def _laid_out(self, width: int) -> list[list[tuple[int, int, int]]]:
        """Return rows of (item index, first column, last column)."""
        rows: list[list[tuple[int, int, int]]] = [[]]
        column = 1
        for index, (_, key, word, _) in enumerate(self._items):
            length = cell_len(key) + 1 + cell_len(word)
            if column > 1 and column + length > width - 1:
                rows.append([])
                column = 1
            rows[-1].append((index, column, column + length))
            column += length + 3
        return rows

    def _rows_needed(self, width: int) -> int:
        return min(len(self._laid_out(width)), 3)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return as many rows as the keys need, three at most."""
        del container, viewport
        return self._rows_needed(width)

    def on_click(self, event: events.Click) -> None:
        """Do the action under the pointer."""
        rows = self._laid_out(self.size.width)
        if event.y < len(rows):
            for index, first, last in rows[event.y]:
                if first <= event.x < last:
                    self.post_message(self.Pressed(self._items[index][0]))

    def render_line(self, y: int) -> Strip:
        """Paint one row of keys."""
        width = self.size.width
        rows = self._laid_out(width)
        segments = [Segment(" ", self.rich_style)]
        if y < len(rows):
            for position, (index, _, _) in enumerate(rows[y]):
                _, key, word, on = self._items[index]
                gap = "   " if position else ""
                key_style = self.get_component_rich_style("keys--key" if on else "keys--off")
                word_style = self.get_component_rich_style("keys--word" if on else "keys--off")
                segments += [
                    Segment(gap, self.rich_style), Segment(key, key_style),
                    Segment(f" {word}", word_style),
                ]  # fmt: skip
        return Strip(segments).adjust_cell_length(width, self.rich_style)
