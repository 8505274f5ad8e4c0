"""Lines of styled parts, wrapped and painted by ourselves: what keeps a key press quick.

Text is made visible when it is painted and never parsed, so a line may hold anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from ehcp_audit.domain.text import visible

Part = tuple[str, str]

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
STYLE_SHEET: Final = """
    .lines--text { color: $foreground; }
    .lines--bold { color: $foreground; text-style: bold; }
    .lines--muted { color: $muted; }
    .lines--heading { color: $primary; text-style: bold; }
    .lines--accent { color: $accent; }
    .lines--strong { color: $accent; text-style: bold; }
    .lines--good { color: $success; }
    .lines--warn { color: $warning; }
    .lines--error { color: $error; text-style: bold; }
    .lines--here { color: $foreground; text-style: reverse bold; }
    .lines--cursor { background: $cursor; text-style: bold; }
"""
COMPONENT_CLASSES: Final = frozenset({*(f"lines--{name}" for name in STYLES), "lines--cursor"})


@dataclass(frozen=True)
class Line:
    """One line: parts of (text, style name), and text set against the right edge.

    In a list, a line with a `key` can be chosen; one without is a heading.
    """

    parts: tuple[Part, ...]
    key: str | None = None
    right: tuple[Part, ...] = ()


EMPTY: Final = Line(())


def line(text: str, style: str = "text") -> Line:
    """Return a line of one part."""
    return Line(((text, style),))


def wrap(text: str, room: int) -> Iterator[str]:
    """Yield text in lines of at most `room` cells, broken between words; its own lines stay.

    A word longer than a line is broken where the line ends.
    """
    room = max(room, 8)
    for paragraph in visible(text).split("\n"):
        built, used = "", 0
        for word in paragraph.split(" "):
            size = cell_len(word)
            if built and used + 1 + size > room:
                yield built
                built, used = "", 0
            if size > room:
                *whole, word = chop_cells(word, room)  # noqa: PLW2901
                yield from whole
                size = cell_len(word)
            built, used = (f"{built} {word}", used + 1 + size) if built else (word, size)
        yield built


def wrapped(text: str, room: int, style: str = "text", *, indent: str = "") -> list[Line]:
    """Return text as lines, each set in by `indent`."""
    return [line(indent + piece, style) for piece in wrap(text, room - len(indent))]


def hanging(first: tuple[Part, ...], text: str, room: int, style: str = "text") -> list[Line]:
    """Return parts followed by text that is wrapped under itself."""
    indent = sum(cell_len(part) for part, _ in first)
    pieces = list(wrap(text, room - indent))
    lines = [Line((*first, (pieces[0], style)))]
    return lines + [line(" " * indent + piece, style) for piece in pieces[1:]]


class Ink:
    """A widget's colours by name, worked out once until its style changes (then `clear`)."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}

    def clear(self) -> None:
        """Forget the colours, because theme, focus or place have changed."""
        self._styles.clear()

    @property
    def base(self) -> Style:
        """The widget's own style."""
        if "" not in self._styles:
            self._styles[""] = self._widget.rich_style
        return self._styles[""]

    def of(self, name: str) -> Style:
        """Return the style of a name of `STYLES`, or of the cursor, over the widget's own."""
        if name not in self._styles:
            style = self._widget.get_component_rich_style(f"lines--{name}", partial=True)
            self._styles[name] = self.base + style
        return self._styles[name]


def paint(shown: Line, width: int, ink: Ink, over: Style | None = None) -> Strip:
    """Return a line as exactly `width` cells; what does not fit ends in an ellipsis.

    `over` is laid over every part, such as the cursor's background.
    """
    base = ink.base if over is None else ink.base + over
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
        segments.append(Segment(piece, ink.of(name) if over is None else ink.of(name) + over))
        room -= size
    if right:
        segments.append(Segment(" " * (max(room, 0) + 1), base))
        segments += [
            Segment(text, ink.of(name) if over is None else ink.of(name) + over)
            for text, name in right
        ]
    return Strip(segments).adjust_cell_length(width, base)
