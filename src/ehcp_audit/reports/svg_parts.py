"""The few SVG elements that charts are made of; every text goes through `text` and is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from ehcp_audit.domain.text import REPLACEMENT, visible

FONT_SIZE: Final = 11
INK: Final = "#1b1b1b"
QUIET: Final = "#4a4a4a"
PALE: Final = "#d9d9d9"
_LETTER: Final = 0.56  # of the font size, the width of a letter on average, rather more than less
_NOT_XML: Final = {0xFFFE: REPLACEMENT, 0xFFFF: REPLACEMENT}
_LONGEST: Final = 60
AXIS_WORDS: Final = 105  # letters that fit below a chart


@dataclass(frozen=True)
class Area:
    """Where the points lie; y grows downwards."""

    left: float
    right: float
    top: float
    bottom: float

    def across(self, part: float) -> float:
        """Return the x of a part of the width, 0 at the left and 1 at the right."""
        return self.left + (self.right - self.left) * part

    def up(self, part: float) -> float:
        """Return the y of a part of the height, 0 at the bottom and 1 at the top."""
        return self.bottom - (self.bottom - self.top) * part


def width_of(words: str) -> float:
    """Return about how wide a text is drawn."""
    return min(len(words), _LONGEST) * FONT_SIZE * _LETTER


def xml(words: str) -> str:
    """Return text as an XML text node: escaped, its control characters made visible."""
    return escape(visible(words, keep_lines=False).translate(_NOT_XML))


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    colour: str = INK,
    bold: bool = False,
    longest: int = _LONGEST,
) -> str:
    """Return a line of text, cut with an ellipsis where it is very long."""
    cut = words if len(words) <= longest else f"{words[: longest - 1]}…"
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>'
        f"{xml(cut)}</text>"
    )


def line(  # noqa: PLR0917  (two ends, as everybody writes them)
    x1: float, y1: float, x2: float, y2: float, colour: str, thick: float, dash: str = ""
) -> str:
    """Return a straight line."""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{thick}"{_dashed(dash)}/>'
    )


def path(points: Sequence[tuple[float, float]], colour: str, thick: float, dash: str = "") -> str:
    """Return a line through points."""
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="{thick}" '
        f'stroke-linejoin="round"{_dashed(dash)}/>'
    )


def polygon(points: Sequence[tuple[float, float]], colour: str) -> str:
    """Return a filled shape with a white edge."""
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{through}" fill="{colour}" stroke="#fff" stroke-width="1"/>'


def dot(x: float, y: float, radius: float, colour: str, *, hollow: bool = False) -> str:
    """Return a round point, filled or hollow."""
    fill = "#fff" if hollow else colour
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{colour}" '
        f'stroke-width="1.4"/>'
    )


def box(  # noqa: PLR0917  (a corner and a size)
    x: float, y: float, width: float, height: float, colour: str, edge: str = "#fff"
) -> str:
    """Return a filled rectangle with a white edge, by which neighbours are told apart."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{colour}" stroke="{edge}" stroke-width="0.8"/>'
    )


def group(parts: Iterable[str], transform: str) -> str:
    """Return parts moved together."""
    return f'<g transform="{transform}">{"".join(parts)}</g>'


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""
