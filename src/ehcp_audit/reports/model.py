"""The one shape of every report: final words and rounded digits, so that writers only lay out.

Every text of the page has passed through `domain.text.visible`; `data` is for programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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


@dataclass(frozen=True)
class Note:
    """A sentence to be read with what stands above it, set apart and named by its label."""

    text: str
    label: str = "Note"


ChartKind = Literal["line", "xmr", "funnel", "bars", "stacked"]
GuideKind = Literal["centre", "limit", "inner", "target"]
SignalKind = Literal["improvement", "concern", "change", "worth a look"]


@dataclass(frozen=True)
class ChartPoint:
    """One point of a chart: where it lies, and its words.

    Attributes:
        label: the period or the group, as tables word it.
        value: where it lies, a share as a fraction of 1; None is a gap, which is not 0.
        shown: the value as the page words it, rounded; a gap has its mark.
        n: how many plans it rests on; a funnel has it along the foot.
        low, high: the ends of its 95% range, where the chart shows ranges.
        part: whether the period is not whole; drawn hollow, and no signal rests on it.
        signal: what a rule found at this point, by a shape of its own in every chart.
        says: the rule in words, such as “7 in a row above the average”.
    """

    label: str
    value: float | None
    shown: str
    n: int | None = None
    low: float | None = None
    high: float | None = None
    part: bool = False
    signal: SignalKind | None = None
    says: str = ""


@dataclass(frozen=True)
class ChartSeries:
    """Points that belong together; the title names them where a chart has several."""

    title: str
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True)
class Guide:
    """A line to read points against, with its name and figure in words at its end.

    `centre` is an average, `limit` the outermost limit, `inner` one within it, `target` what is
    aimed at. There is one value a point, or one for all of them; in a funnel one for each of the
    chart's `guide_at`. None leaves the line out there.
    """

    kind: GuideKind
    title: str
    values: tuple[float | None, ...]
    shown: str = ""

    def at(self, place: int) -> float | None:
        """Return the value at a point, counted from 0."""
        return self.values[0] if len(self.values) == 1 else self.values[place]


@dataclass(frozen=True)
class ChartBreak:
    """A labelled line before the point counted `before` from 0: a new rubric or a new base.

    The line of points stops and starts again there, unless it `joins`.
    """

    before: int
    label: str
    joins: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture of figures that the page also gives in words; nothing is told by it alone.

    `line` and `xmr` run along periods. `funnel` sets groups by their number of plans. `bars` has
    a bar for each label, side by side where there are several series; `stacked` adds the series
    of a label up to the whole.

    Attributes:
        kind: how it is drawn.
        title: what it shows; it heads the chart.
        alt: the same for someone who does not see it, in sentences, with its main figures.
        series: the points; every series of a chart has the same labels.
        twin: the figures as a table.
        guides: average, limits, target.
        guide_at: the numbers of plans at which a funnel's guides have their values, rising.
        breaks: where the questions or the base changed.
        words: what the chart says, in sentences: variation, assurance, rule words.
        unit: whether values are shares of 1 or plain numbers.
        along: what runs along the foot, such as “date of audit, by month”.
        upward: what the height means, such as “plans rated good or better”.
        figures_in: the section that holds the twin's figures already, where one does; the twin
            is then not printed again.

    Raises ValueError for a chart that cannot be read without seeing it, or that does not fit
    together: no alt text, no row in the twin, series or guides of unequal length,
    a signal at a period that is not whole.
    """

    kind: ChartKind
    title: str
    alt: str
    series: tuple[ChartSeries, ...]
    twin: Table
    guides: tuple[Guide, ...] = ()
    guide_at: tuple[float, ...] = ()
    breaks: tuple[ChartBreak, ...] = ()
    words: tuple[str, ...] = ()
    unit: Literal["share", "number"] = "share"
    along: str = ""
    upward: str = ""
    figures_in: str = ""

    def __post_init__(self) -> None:
        if not (self.alt.strip() and self.title.strip() and self.twin.rows and self.series):
            message = f"the chart “{self.title}” lacks its title, alt text, points or table"
            raise ValueError(message)
        labels = {tuple(point.label for point in each.points) for each in self.series}
        if len(labels) != 1 or not self.labels:
            message = f"the chart “{self.title}” has no points, or series with unequal labels"
            raise ValueError(message)
        places = len(self.guide_at) if self.kind == "funnel" else len(self.labels)
        if any(len(each.values) not in {1, places} for each in self.guides):
            message = f"a guide of the chart “{self.title}” has not one value a point"
            raise ValueError(message)
        if any(point.part and point.signal for point in self.points):
            message = f"the chart “{self.title}” has a signal at a period that is not whole"
            raise ValueError(message)

    @property
    def labels(self) -> tuple[str, ...]:
        """The periods or groups, in order."""
        return tuple(point.label for point in self.series[0].points)

    @property
    def points(self) -> tuple[ChartPoint, ...]:
        """Every point of every series."""
        return tuple(point for each in self.series for point in each.points)


Block = Paragraph | Pairs | Table | Entry | Note | Chart


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
        made: the day the report was made, where it matters to keep it.
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
    made: date | None = None
