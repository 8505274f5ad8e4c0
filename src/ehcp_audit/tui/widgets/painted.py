"""A widget that paints lines by itself: what keeps a key press quick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from ehcp_audit.domain.text import visible
from ehcp_audit.tui.widgets.lines import EMPTY, Line

STYLES: Final = (
    "text",
    "bold",
    "muted",
    "heading",
    "accent",
    "strong",
    "good",
    "warn",
    "error",
    "here",
)


class Painted(Widget):
    """Paints the line that `row` returns for each of its rows, in colours named by `STYLES`.

    Colours are worked out once, until theme, focus or place change them.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"lines--{name}" for name in STYLES),
        "lines--cursor",
    }
    DEFAULT_CSS = """
    Painted {
        color: $foreground;
        & .lines--text { color: $foreground; }
        & .lines--bold { color: $foreground; text-style: bold; }
        & .lines--muted { color: $muted; }
        & .lines--heading { color: $primary; text-style: bold; }
        & .lines--accent { color: $accent; }
        & .lines--strong { color: $accent; text-style: bold; }
        & .lines--good { color: $success; }
        & .lines--warn { color: $warning; }
        & .lines--error { color: $error; text-style: bold; }
        & .lines--here { color: $foreground; text-style: reverse bold; }
        & .lines--cursor { background: $cursor; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self.auto_links = False
        self._room = Size(0, 0)
        self._painted: tuple[Region, list[Strip]] | None = None
        self._colours: dict[tuple[str, bool], Style] = {}

    def row(self, y: int) -> Line:
        """Return what stands in a row."""
        del y
        return EMPTY

    def has_cursor(self, y: int) -> bool:
        """Return whether the cursor's background is laid over a row."""
        del y
        return False

    def refresh_rows(self, rows: Iterable[int]) -> None:
        """Paint rows anew, those that follow one another in one piece; others stay as they are.

        From edge to edge, so that the compositor need not cut what was painted to size.
        """
        left, width, height = -self.content_offset.x, self.outer_size.width, self.size.height
        regions: list[Region] = []
        for y in sorted(rows):
            if not 0 <= y < height:
                continue
            if regions and regions[-1].bottom == y:
                above = regions.pop()
                regions.append(Region(left, above.y, width, above.height + 1))
            else:
                regions.append(Region(left, y, width, 1))
        if regions:
            self.refresh(*regions)

    def paint_ahead(self) -> None:
        """Paint what has changed now, down to what a terminal is sent; the next frame takes it."""
        if self.size:
            for strip in self.render_lines(self.outer_size.region):
                strip.render(self.app.console)  # which keeps it

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint rows, unless the same were painted since anything changed."""
        if self._painted is None or self._painted[0] != crop:
            self._room = self.size  # worked out once for all of them
            self._painted = crop, super().render_lines(crop)
        return self._painted[1]

    def _set_dirty(self, *regions: Region) -> None:
        super()._set_dirty(*regions)  # all that changes what is seen comes through here
        self._painted = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave out what turns the terminal's own 16 colours into others: no row has any."""
        filters = super().get_line_filters()
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        return self._paint(self.row(y), self._room.width, cursor=self.has_cursor(y))

    def notify_style_update(self) -> None:
        """Take on other colours."""
        super().notify_style_update()
        self._colours.clear()

    def _colour(self, name: str, *, cursor: bool) -> Style:
        """Return the colour of a name of `STYLES`, or of none, over the widget's own."""
        key = name, cursor
        if key not in self._colours:
            style = self.rich_style
            if name:
                style += self.get_component_rich_style(f"lines--{name}", partial=True)
            if cursor:
                style += self.get_component_rich_style("lines--cursor", partial=True)
            self._colours[key] = style
        return self._colours[key]

    def _paint(self, shown: Line, width: int, *, cursor: bool) -> Strip:
        """Return a line as exactly `width` cells; what does not fit ends in an ellipsis."""
        right = [(visible(text, keep_lines=False), name) for text, name in shown.right]
        taken = sum(cell_len(text) for text, _ in right)
        room = width - (taken + 1 if right else 0)
        segments: list[Segment] = []
        for text, name in shown.parts:
            if room <= 0:
                break
            piece = visible(text, keep_lines=False)
            size = cell_len(piece)
            if size > room:
                piece, size = set_cell_size(piece, max(room - 1, 0)) + "…", room
            segments.append(Segment(piece, self._colour(name, cursor=cursor)))
            room -= size
        if right:
            room = max(room, 0) + 1
        if room > 0:
            segments.append(Segment(" " * room, self._colour("", cursor=cursor)))
        if not right:
            return Strip(segments, width)
        segments += [Segment(text, self._colour(name, cursor=cursor)) for text, name in right]
        return Strip(segments).adjust_cell_length(width, self._colour("", cursor=cursor))
