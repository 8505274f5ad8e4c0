"""Draws a chart as lines of text: lines by braille dots, shapes for what matters, no colour.

Told from the shape alone: • a point, ○ one of a part period, ◆ ■ ▲ signals, ─ the centre,
╌ limits, ═ the target, ┊ a break.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.cells import cell_len, set_cell_size

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.chart_layout import (
    Scale,
    height_scale,
    labels_that_fit,
    plans_scale,
    value_along,
)
from ehcp_audit.reports.chart_words import PART_POINT, SIGNAL_MARKS, key_of
from ehcp_audit.reports.model import Chart, ChartPoint, ChartSeries, Guide, GuideKind

HEIGHT: Final = 10
_AXIS: Final = 6  # at least
_NAMES: Final = 18  # of the guides, right of the plot
_NARROWEST: Final = 20
_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE: Final = 0x2800
_GUIDES: Final[dict[GuideKind, str]] = {"centre": "─", "limit": "╌", "inner": "┄", "target": "═"}
_SERIES: Final = "•+x*"
_BREAK: Final = "┊"
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_FILLS: Final = "█▓▒░ "


def text_chart(
    chart: Chart, width: int, *, height: int = HEIGHT, dots: bool = True
) -> tuple[str, ...]:
    """Return the drawing as lines of at most `width` cells; its title and words are not in it.

    Without `dots`, which not every terminal has, points stand alone with no line between them.
    """
    if chart.kind == "bars":
        lines = _bars(chart, width)
    elif chart.kind == "stacked":
        lines = _stacked(chart, width)
    else:
        lines = _plot(chart, width, height, dots=dots)
    return tuple(line.rstrip() for line in lines)


@dataclass
class _Grid:
    """A plot being drawn: cells, each with a character over braille dots over a guide."""

    width: int
    height: int
    scale: Scale
    dots: list[list[int]] = field(init=False)
    under: list[list[str]] = field(init=False)
    over: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.dots = [[0] * self.width for _ in range(self.height)]
        self.under = [[" "] * self.width for _ in range(self.height)]
        self.over = [[""] * self.width for _ in range(self.height)]

    def dot_row(self, value: float) -> int:
        """Return the row of dots, four a cell, counted from the top; values outside are held in."""
        along = min(max(self.scale.along(value), 0.0), 1.0)
        return round((1 - along) * (4 * self.height - 1))

    def row(self, value: float) -> int:
        return self.dot_row(value) // 4

    def join(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Draw a line of dots between two dots."""
        (first_x, first_y), (last_x, last_y) = start, end
        steps = max(abs(last_x - first_x), abs(last_y - first_y), 1)
        for step in range(steps + 1):
            x = first_x + (last_x - first_x) * step // steps
            y = first_y + (last_y - first_y) * step // steps
            self.dots[y // 4][x // 2] |= _DOTS[y % 4][x % 2]

    def line(self, row: int) -> str:
        return "".join(
            over or (chr(_BRAILLE + dots) if dots else under)
            for over, dots, under in zip(
                self.over[row], self.dots[row], self.under[row], strict=True
            )
        )


def _plot(chart: Chart, width: int, height: int, *, dots: bool) -> list[str]:
    names = _NAMES if any(_name(guide) for guide in chart.guides) else 0
    scale = height_scale(chart)
    axis = max(_AXIS, *(len(label) + 2 for _, label in scale.ticks))
    grid = _Grid(max(width - axis - names, _NARROWEST), height, scale)
    funnel = chart.kind == "funnel"
    columns = _funnel_columns(chart, grid) if funnel else _columns(len(chart.labels), grid.width)
    _draw_guides(chart, grid, columns)
    if not funnel:
        _draw_breaks(chart, grid, columns)
        if dots:
            for series in chart.series:
                _join(chart, series, grid, columns)
    for number, series in enumerate(chart.series):
        _draw_points(series, grid, columns, "" if funnel else _SERIES[number % len(_SERIES)])
    ticks = {grid.row(value): label for value, label in grid.scale.ticks}
    ends = _guide_names(chart, grid) if names else {}
    lines = [
        f"{ticks.get(row, ''):>{axis - 2}} {'┤' if row in ticks else '│'}"
        f"{grid.line(row)}{ends.get(row, '')}"
        for row in range(height)
    ]
    lines.append(f"{'└':>{axis}}{'─' * grid.width}")
    lines += _foot(chart, grid, columns, axis, axis + grid.width + names)
    marks = [
        (_SERIES[number % len(_SERIES)], each.title) for number, each in enumerate(chart.series)
    ]
    key = [*(marks if len(marks) > 1 else []), *key_of(chart)]
    if key:
        words = (f"{mark} {visible(name, keep_lines=False)}" for mark, name in key)
        lines.append(f"{'':{axis}}{'   '.join(words)}")
    return [set_cell_size(line, width) if cell_len(line) > width else line for line in lines]


def _columns(number: int, width: int) -> list[int]:
    """Return the column of dots of each point, two a cell, from edge to edge."""
    if number == 1:
        return [width]
    margin = 1 if number * 2 < width else 0
    return [
        2 * margin + round(i * (2 * (width - 2 * margin) - 1) / (number - 1)) for i in range(number)
    ]


def _funnel_columns(chart: Chart, grid: _Grid) -> list[int]:
    scale = plans_scale(chart)
    return [
        round(scale.along(point.n or 0) * (2 * grid.width - 1)) for point in chart.series[0].points
    ]


def _draw_guides(chart: Chart, grid: _Grid, columns: Sequence[int]) -> None:
    foot = plans_scale(chart) if chart.kind == "funnel" else None
    for guide in chart.guides:
        for column in range(grid.width):
            if foot is not None:
                plans = foot.low + (foot.high - foot.low) * (column + 0.5) / grid.width
                value = value_along(guide, chart.guide_at, plans)
            else:
                value = guide.at(_nearest(columns, 2 * column))
            if value is not None and grid.scale.low <= value <= grid.scale.high:
                grid.under[grid.row(value)][column] = _GUIDES[guide.kind]


def _nearest(columns: Sequence[int], dot: int) -> int:
    return min(range(len(columns)), key=lambda number: abs(columns[number] - dot))


def _draw_breaks(chart: Chart, grid: _Grid, columns: Sequence[int]) -> None:
    for each in chart.breaks:
        if not 0 < each.before < len(columns):
            continue
        column = (columns[each.before - 1] + columns[each.before]) // 4
        for row in range(grid.height):
            grid.under[row][column] = _BREAK


def _join(chart: Chart, series: ChartSeries, grid: _Grid, columns: Sequence[int]) -> None:
    stops = {each.before for each in chart.breaks if not each.joins}
    for number in range(1, len(series.points)):
        before, after = series.points[number - 1].value, series.points[number].value
        if before is None or after is None or number in stops:
            continue
        grid.join(
            (columns[number - 1], grid.dot_row(before)), (columns[number], grid.dot_row(after))
        )


def _draw_points(series: ChartSeries, grid: _Grid, columns: Sequence[int], mark: str) -> None:
    for number, point in enumerate(series.points):
        if point.value is None:
            continue
        column, row = columns[number] // 2, grid.row(point.value)
        grid.over[row][column] = _mark(point, mark or letter(number))
        if not mark and point.signal and column + 1 < grid.width:
            grid.over[row][column] = letter(number)
            grid.over[row][column + 1] = SIGNAL_MARKS[point.signal]


def letter(number: int) -> str:
    """Return the letter by which a funnel marks its group, A for the first; • when they run out."""
    return chr(ord("A") + number) if number < 26 else "•"  # noqa: PLR2004  (the alphabet)


def _mark(point: ChartPoint, plain: str) -> str:
    if point.signal:
        return SIGNAL_MARKS[point.signal]
    return PART_POINT if point.part else plain


def _name(guide: Guide) -> str:
    return visible(" ".join(filter(None, (guide.title, guide.shown))), keep_lines=False)


def _guide_names(chart: Chart, grid: _Grid) -> dict[int, str]:
    """Return the guides' names by row, each beside its end of the line or as near as can be."""
    names: dict[int, str] = {}
    for guide in chart.guides:
        ends = [value for value in guide.values if value is not None]
        if not ends or not _name(guide):
            continue
        wanted = grid.row(ends[-1])
        free = [row for row in range(grid.height) if row not in names]
        if free:
            row = min(free, key=lambda each: abs(each - wanted))
            names[row] = f" {set_cell_size(_name(guide), _NAMES - 1)}"
    return names


def _foot(chart: Chart, grid: _Grid, columns: Sequence[int], axis: int, end: int) -> list[str]:
    if chart.kind == "funnel":
        scale = plans_scale(chart)
        places = [round(scale.along(value) * (grid.width - 1)) for value, _ in scale.ticks]
        labels: Sequence[str] = [label for _, label in scale.ticks]
        shown: Sequence[int] = range(len(labels))
    else:
        labels = [visible(label, keep_lines=False) for label in chart.labels]
        places = [column // 2 for column in columns]
        shown = labels_that_fit(len(labels), grid.width, max(map(cell_len, labels)) + 2)
    line = ""
    for number in shown:
        label = labels[number]
        start = axis + places[number] - (cell_len(label) // 2 if chart.kind == "funnel" else 0)
        start = max(min(start, end - cell_len(label)), 0)  # the last ends where the chart does
        if start >= cell_len(line) + 1 or not line:
            line = set_cell_size(line, start) + label
    along = visible(chart.along, keep_lines=False)
    return [line, *([f"{'':{axis}}{along}"] if along else [])]


def _bars(chart: Chart, width: int) -> list[str]:
    """Return a bar a label and series, from nothing at the left, with its figure at the right."""
    scale = height_scale(chart)
    several = len(chart.series) > 1
    named = [each.title for each in chart.series] if several else []
    label_width = min(
        max(cell_len(visible(each)) for each in [*chart.labels, *named]) + 2, width // 3
    )
    figures = max(cell_len(visible(point.shown)) for point in chart.points)
    room = max(width - label_width - figures - 2, _NARROWEST)
    lines = []
    for number, label in enumerate(chart.labels):
        if several:
            lines.append(visible(label, keep_lines=False))
        for series in chart.series:
            point = series.points[number]
            name = f"  {series.title}" if several else label
            bar = _bar(0.0 if point.value is None else scale.along(point.value), room)
            heading = set_cell_size(visible(name, keep_lines=False), label_width)
            lines.append(f"{heading}{set_cell_size(bar, room)} {visible(point.shown):>{figures}}")
    return [set_cell_size(line, width) if cell_len(line) > width else line for line in lines]


def _bar(along: float, room: int) -> str:
    eighths = round(min(max(along, 0.0), 1.0) * room * 8)
    part = _EIGHTHS[eighths % 8].strip()
    return "█" * (eighths // 8) + part


def _stacked(chart: Chart, width: int) -> list[str]:
    """Return a bar a label, its parts told apart by how densely they are filled."""
    label_width = min(max(cell_len(visible(label)) for label in chart.labels) + 1, width // 3)
    room = max(width - label_width, _NARROWEST)
    lines = []
    for number, label in enumerate(chart.labels):
        parts = [series.points[number].value for series in chart.series]
        bar, reached, end = "", 0.0, 0
        for rank, value in enumerate(parts):
            reached += value or 0.0
            size = round(min(reached, 1.0) * room) - end
            end += size
            bar += _FILLS[rank % len(_FILLS)] * size
        drawn = bar if any(value is not None for value in parts) else "·"
        lines.append(set_cell_size(visible(label, keep_lines=False), label_width) + drawn)
    fills = zip(_FILLS, chart.series, strict=False)
    legend = "   ".join(
        f"{fill * 2} {visible(each.title, keep_lines=False)}" for fill, each in fills
    )
    return [*lines, set_cell_size(legend, width) if cell_len(legend) > width else legend]
