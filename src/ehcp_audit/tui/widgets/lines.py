"""Lines of styled parts, and the wrapping of text into them.

Text is made visible when it is painted and never parsed, so a line may hold anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from rich.cells import cell_len, chop_cells

from ehcp_audit.domain.text import visible

Part = tuple[str, str]


class Line(NamedTuple):
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
