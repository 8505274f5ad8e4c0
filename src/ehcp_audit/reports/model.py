"""The one shape of every report: final words and rounded digits, so that writers only lay out.

Every text of the page has passed through `domain.text.visible`; `data` is for programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Align = Literal["left", "right"]
ALL_PERIODS: Final = "all"


@dataclass(frozen=True)
class Paragraph:
    """Sentences that flow to the width."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Labels and their values, one pair a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column's heading and the side its cells stand on."""

    title: str
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first column wraps, the others never do; a cell may hold several lines.

    `total_row` says whether the last row sums up the ones above it; `full_width` whether the
    first column takes the room there is, so that several such tables line up.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total_row: bool = False
    full_width: bool = False


@dataclass(frozen=True)
class Entry:
    """A marked heading with lines below it, such as a criterion with its level and evidence."""

    mark: str
    title: str
    lines: tuple[str, ...]


Block = Paragraph | Pairs | Table | Entry


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Figure:
    """One number for a program: `x` of `n`, shares as fractions of 1, None where there is none.

    `period` is a period's key or `ALL_PERIODS`; `shown` is the share and its 95% range as the
    page words them; `part` marks a period that is not whole.
    """

    period: str
    x: int | None
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    not_evidenced: int | None = None
    not_applicable: int | None = None
    shown: str = ""
    part: bool = False


@dataclass(frozen=True)
class Measure:
    """A line of figures; `kind` is audits, grade, not_graded, theme or criterion."""

    kind: str
    id: str
    title: str
    versions: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Report:
    """A whole report.

    Attributes:
        kind: which report this is, such as trend.
        title: the heading.
        subtitle: lines under the heading.
        banners: lines that must not be overlooked.
        sections: the page.
        definitions: what each word on the page means.
        foot: how the page was made.
        measures: the figures in a row each, for tables.
        data: what a program needs besides, as JSON values.
    """

    kind: str
    title: str
    subtitle: tuple[str, ...]
    banners: tuple[str, ...]
    sections: tuple[Section, ...]
    definitions: tuple[tuple[str, str], ...] = ()
    foot: tuple[tuple[str, str], ...] = ()
    measures: tuple[Measure, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
