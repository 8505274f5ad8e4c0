"""Charts of a workbook's own, drawn by Excel or LibreOffice from numbers on one sheet.

Names of charts and series are cells, never strings: a string that begins with = would be a
formula there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from ehcp_audit.domain.text import REPLACEMENT, visible
from ehcp_audit.reports.model import Chart, ChartSeries, Guide, GuideKind, SignalKind

CHART_ROWS: Final = 18
_SIZE: Final = {"width": 740, "height": 340}
_LONGEST: Final = 255
_ALT: Final = 2_000
_COLOURS: Final = ("#12436d", "#8a3b00", "#3d3d3d", "#5b2a86")
_DASHES: Final = ("solid", "dash", "square_dot", "dash_dot")
_FILLS: Final = ("#12436d", "#5b87ad", "#b9cad9", "#e2d9ca", "#8c8c8c", "#4a4a4a")
_GUIDES: Final[dict[GuideKind, dict[str, Any]]] = {
    "centre": {"color": "#4a4a4a", "width": 1.25},
    "limit": {"color": "#4a4a4a", "width": 1.25, "dash_type": "dash"},
    "inner": {"color": "#4a4a4a", "width": 1.0, "dash_type": "square_dot"},
    "target": {"color": "#1b5e20", "width": 1.75, "dash_type": "long_dash"},
}
_SIGNALS: Final[dict[SignalKind, tuple[str, str]]] = {
    "improvement": ("diamond", "#12436d"),
    "concern": ("square", "#8a3b00"),
    "change": ("triangle", "#1b1b1b"),
    "worth a look": ("triangle", "#1b1b1b"),
}


@dataclass
class _Drawn:
    """A chart put somewhere, waiting for the sheet that will hold its numbers."""

    chart: Chart
    sheet: Any
    row: int


@dataclass
class ChartSheet:
    """Collects the charts of a workbook and writes their numbers on one sheet in the end."""

    workbook: Any
    waiting: list[_Drawn] = field(default_factory=list)

    def place(self, sheet: Any, row: int, chart: Chart) -> None:
        """Take a place for a chart."""
        self.waiting.append(_Drawn(chart, sheet, row))

    def write(self, sheet: Any) -> None:
        """Write the numbers of every chart on a sheet, and put the charts in their places."""
        share = self.workbook.add_format({"num_format": "0.0%"})
        numbers = _Numbers(sheet, sheet.get_name(), share)
        for each in self.waiting:
            made = _draw(self.workbook, each.chart, numbers)
            each.sheet.insert_chart(
                each.row,
                0,
                made,
                {"description": _text(each.chart.alt, _ALT), "object_position": 2},
            )
            numbers.row += 2
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 30, 14)


@dataclass
class _Numbers:
    """The sheet of numbers, and the row that is next to be written."""

    sheet: Any
    name: str
    share: Any  # the format of shares
    row: int = 0
    shares: bool = True  # whether the chart being written is one of shares

    def column(self, place: int, title: str, values: list[float | str | None]) -> dict[str, Any]:
        """Write a column below the present row; return where its title and values stand."""
        self.sheet.write_string(self.row, place, _text(title))
        for number, value in enumerate(values, start=self.row + 1):
            if isinstance(value, str):
                self.sheet.write_string(number, place, _text(value))
            elif value is not None:
                look = self.share if self.shares and 0 <= value <= 1 else None
                self.sheet.write_number(number, place, value, look)
        last = self.row + len(values)
        return {
            "name": [self.name, self.row, place],
            "values": [self.name, self.row + 1, place, last, place],
        }


def _text(words: str, longest: int = _LONGEST) -> str:
    shown = visible(words, keep_lines=False).replace("\ufffe", REPLACEMENT)
    return shown.replace("\uffff", REPLACEMENT)[:longest]


def _draw(workbook: Any, chart: Chart, numbers: _Numbers) -> Any:
    numbers.shares = chart.unit == "share"
    numbers.sheet.write_string(numbers.row, 0, _text(chart.title))
    title = [numbers.name, numbers.row, 0]
    numbers.row += 1
    if chart.kind == "funnel":
        made = _funnel(workbook, chart, numbers)
    elif chart.kind in {"bars", "stacked"}:
        made = _bars(workbook, chart, numbers)
    else:
        made = _lines(workbook, chart, numbers)
    made.set_title({"name": title, "name_font": {"size": 12, "color": "#12436d"}})
    made.set_size(_SIZE)
    made.set_legend({"position": "bottom"})
    return made


def _value_axis(chart: Chart) -> dict[str, Any]:
    grid = {"visible": True, "line": {"color": "#d9d9d9"}}
    if chart.unit == "share":
        return {"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "major_gridlines": grid}
    return {"major_gridlines": grid}


def _lines(workbook: Any, chart: Chart, numbers: _Numbers) -> Any:
    made = workbook.add_chart({"type": "line"})
    labels = numbers.column(0, "Label", [*chart.labels])["values"]
    place = 1
    for rank, series in enumerate(chart.series):
        colour, dash = _COLOURS[rank % len(_COLOURS)], _DASHES[rank % len(_DASHES)]
        made.add_series(
            {
                **numbers.column(place, series.title, [point.value for point in series.points]),
                "categories": labels,
                "line": {"color": colour, "width": 2, "dash_type": dash},
                "marker": {
                    "type": "circle",
                    "size": 6,
                    "fill": {"color": colour},
                    "border": {"color": colour},
                },
            }
        )
        place += 1
        for look, column in _marked(series):
            made.add_series(
                {
                    **numbers.column(place, *column),
                    "categories": labels,
                    "line": {"none": True},
                    **look,
                }
            )
            place += 1
    for guide in chart.guides:
        values: list[float | str | None] = [guide.at(each) for each in range(len(chart.labels))]
        made.add_series(
            {
                **numbers.column(place, _guide_name(guide), values),
                "categories": labels,
                "line": _GUIDES[guide.kind],
                "marker": {"type": "none"},
            }
        )
        place += 1
    made.set_y_axis(_value_axis(chart))
    made.set_x_axis({"num_font": {"rotation": -45}} if len(chart.labels) > 12 else {})  # noqa: PLR2004  (a year)
    numbers.row += len(chart.labels) + 1
    return made


def _marked(
    series: ChartSeries,
) -> list[tuple[dict[str, Any], tuple[str, list[float | str | None]]]]:
    """Return the points that stand out, each kind as a series of marks with a shape and a name."""
    found: list[tuple[dict[str, Any], tuple[str, list[float | str | None]]]] = []
    for kind, (shape, colour) in _SIGNALS.items():
        values: list[float | str | None] = [
            point.value if point.signal == kind else None for point in series.points
        ]
        if any(value is not None for value in values):
            look = {
                "type": shape,
                "size": 11,
                "fill": {"color": colour},
                "border": {"color": "#ffffff"},
            }
            found.append(({"marker": look}, (kind, values)))
    part: list[float | str | None] = [
        point.value if point.part else None for point in series.points
    ]
    if any(value is not None for value in part):
        look = {
            "type": "circle",
            "size": 8,
            "fill": {"color": "#ffffff"},
            "border": {"color": "#12436d"},
        }
        found.append(({"marker": look}, ("period not whole", part)))
    return found


def _guide_name(guide: Guide) -> str:
    return " ".join(filter(None, (guide.title, guide.shown)))


def _bars(workbook: Any, chart: Chart, numbers: _Numbers) -> Any:
    kind = {"type": "column", "subtype": "stacked"} if chart.kind == "stacked" else {"type": "bar"}
    made = workbook.add_chart(kind)
    labels = numbers.column(0, "Label", [*chart.labels])["values"]
    for rank, series in enumerate(chart.series):
        made.add_series(
            {
                **numbers.column(rank + 1, series.title, [point.value for point in series.points]),
                "categories": labels,
                "fill": {"color": _FILLS[rank % len(_FILLS)]},
                "border": {"color": "#ffffff"},
                "gap": 40,
            }
        )
    if chart.kind == "stacked":
        made.set_y_axis(_value_axis(chart))
    else:
        made.set_x_axis(_value_axis(chart))
        made.set_y_axis({"reverse": True, "crossing": "max"})
    numbers.row += len(chart.labels) + 1
    return made


def _funnel(workbook: Any, chart: Chart, numbers: _Numbers) -> Any:
    made = workbook.add_chart({"type": "scatter", "subtype": "straight"})
    (series, *_) = chart.series
    numbers.column(0, "Label", [*chart.labels])
    plans = numbers.column(1, "Plans", [float(point.n or 0) for point in series.points])["values"]
    made.add_series(
        {
            **numbers.column(2, series.title, [point.value for point in series.points]),
            "categories": plans,
            "line": {"none": True},
            "marker": {"type": "circle", "size": 7, "fill": {"color": _COLOURS[0]}},
            "data_labels": {
                "custom": [{"value": _label(label)} for label in chart.labels],
                "value": True,
                "position": "right",
            },
        }
    )
    place = 3
    for look, column in _marked(series):
        made.add_series(
            {**numbers.column(place, *column), "categories": plans, "line": {"none": True}, **look}
        )
        place += 1
    numbers.row += len(chart.labels) + 2
    at: list[float | str | None] = [*chart.guide_at]
    along = numbers.column(0, "Plans", at)["values"]
    for number, guide in enumerate(chart.guides, start=1):
        values: list[float | str | None] = (
            [guide.values[0]] * len(at) if len(guide.values) == 1 else [*guide.values]
        )
        made.add_series(
            {
                **numbers.column(number, _guide_name(guide), values),
                "categories": along,
                "line": _GUIDES[guide.kind],
                "marker": {"type": "none"},
            }
        )
    made.set_y_axis(_value_axis(chart))
    made.set_x_axis({"min": 0, "name": "Plans", "major_gridlines": {"visible": False}})
    numbers.row += len(at) + 1
    return made


def _label(words: str) -> str:
    """Return a label that is no formula, whatever it begins with."""
    shown = _text(words)
    return f" {shown}" if shown.startswith("=") else shown
