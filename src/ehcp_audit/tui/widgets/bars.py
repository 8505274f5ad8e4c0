"""The line at the top of a screen and the keys at its foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message

from ehcp_audit.tui.actions import Action
from ehcp_audit.tui.widgets.lines import EMPTY, Line, Part
from ehcp_audit.tui.widgets.painted import Painted

ROOMY = 100  # columns from which keys stand further apart
MOST_ROWS = 3
LAST = ("back", "leave", "help", "palette", "quit")  # what is never left out: the way on and out


class Item(NamedTuple):
    """One key of the footer; one that is `seldom` pressed is left out where there is no room."""

    name: str
    key: str
    word: str
    on: bool
    seldom: bool = False

    @property
    def length(self) -> int:
        """How many cells it takes."""
        return cell_len(self.key) + 1 + cell_len(self.word)


class TopLine(Painted):
    """One line: where we are on the left, how it stands on the right."""

    DEFAULT_CSS = "TopLine { height: 1; background: $panel; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._line = EMPTY

    def show(self, left: tuple[Part, ...], right: tuple[Part, ...] = ()) -> None:
        """Show parts on the left and on the right; the right ones are never cut."""
        shown = Line(left, right=right)
        if shown != self._line:
            self._line = shown
            self.refresh()

    def row(self, y: int) -> Line:
        """Return the line."""
        del y
        return self._line


class Banner(Painted):
    """What must be seen on every screen: that data are synthetic, or that nothing can be saved."""

    DEFAULT_CSS = """
    Banner {
        height: 1; background: $warning; color: $background; text-style: bold; padding: 0 1;
        display: none;
    }
    Banner.-shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def show(self, text: str) -> None:
        """Show a sentence, or hide the banner where there is none."""
        self._text = text
        self.set_class(bool(text), "-shown")
        self.refresh()

    def row(self, y: int) -> Line:
        """Return the sentence."""
        del y
        return Line(((self._text, ""),))


class Keys(Painted):
    """The footer: the actions of the screen with their keys; a click does one, or says why not.

    Where three rows do not hold them all, those seldom pressed are left to help and palette, and
    in a narrow window others too; the ways out and to help stay.
    """

    DEFAULT_CSS = "Keys { height: auto; max-height: 3; background: $panel; }"

    class Pressed(Message):
        """An action was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Item, ...] = ()

    def show(
        self,
        actions: tuple[Action, ...],
        why_not: Callable[[str], str | None],
        first: tuple[tuple[str, str, str], ...] = (),
    ) -> None:
        """Show actions, greyed where there is a reason; `first` holds (name, key, word)."""
        items = tuple(Item(*item, on=True) for item in first) + tuple(
            Item(
                action.name, action.shown, action.footer,
                on=why_not(action.name) is None, seldom=action.seldom,
            )
            for action in actions
        )  # fmt: skip
        if items != self._items:
            self._items = items
            self.refresh(layout=self._rows_needed(self.size.width) != self.size.height)

    def _laid_out(self, width: int) -> list[list[tuple[int, int, int]]]:
        """Return rows of (item index, first column, last column), three at most if possible."""
        kept = list(range(len(self._items)))
        ordinary = [
            i for i in kept if not self._items[i].seldom and self._items[i].name not in LAST
        ]
        left_out = ordinary + [index for index in kept if self._items[index].seldom]
        rows = self._in_rows(kept, width)
        while len(rows) > MOST_ROWS and left_out:
            kept.remove(left_out.pop())
            rows = self._in_rows(kept, width)
        return rows

    def _in_rows(self, kept: list[int], width: int) -> list[list[tuple[int, int, int]]]:
        rows: list[list[tuple[int, int, int]]] = [[]]
        column = 1
        for index in kept:
            length = self._items[index].length
            if column > 1 and column + length > width - 1:
                rows.append([])
                column = 1
            rows[-1].append((index, column, column + length))
            column += length + self._gap(width)
        return rows

    @staticmethod
    def _gap(width: int) -> int:
        return 3 if width >= ROOMY else 2

    def _rows_needed(self, width: int) -> int:
        return min(len(self._laid_out(width)), MOST_ROWS)

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
                    self.post_message(self.Pressed(self._items[index].name))

    def row(self, y: int) -> Line:
        """Return one row of keys."""
        width = self._room.width
        rows = self._laid_out(width)
        parts: list[Part] = [(" ", "text")]
        if y < len(rows):
            for position, (index, _, _) in enumerate(rows[y]):
                item = self._items[index]
                gap = " " * self._gap(width) if position else ""
                parts += [
                    (gap + item.key, "strong" if item.on else "muted"),
                    (f" {item.word}", "text" if item.on else "muted"),
                ]
        return Line(tuple(parts))
