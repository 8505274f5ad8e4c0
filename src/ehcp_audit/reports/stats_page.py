"""The page of a control chart of an analyst's own numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from ehcp_audit.reports.chart_words import SIGNAL_MARKS
from ehcp_audit.reports.model import (
    Block,
    Chart,
    ChartSeries,
    Column,
    Guide,
    Note,
    Pairs,
    Report,
    Section,
    SignalKind,
    Table,
)
from ehcp_audit.reports.model import ChartPoint as DrawnPoint
from ehcp_audit.reports.stats_rows import (
    Named,
    Options,
    head_columns,
    listed_rows,
    number_data,
    of_total,
    point_data,
    row_head,
)
from ehcp_audit.reports.wording import GAP, NONE, counted, percent_words, plain
from ehcp_audit.statistics.control_chart import SHOWN_FROM, ChartPoint, ControlChart, Kind
from ehcp_audit.statistics.rules import Rule, Signal
from ehcp_audit.statistics.verdicts import Assurance, Good, assurance, mixed, variation
from ehcp_audit.statistics.xmr import moving_range_limit

_DRAWN: Final = 60  # points; more of them run into each other at 80 columns
_TITLES: Final[dict[Kind, str]] = {"xmr": "XmR chart", "p": "p-chart", "laney": "Laney p′ chart"}
_WIDTHS: Final[dict[Kind, tuple[str, str]]] = {
    "xmr": ("Mean moving range", "mean_moving_range"),
    "laney": ("Sigma z", "sigma_z"),
}
_RULES: Final[dict[Rule, str]] = {
    "outside": "outside the limits",
    "trend": "trend",
    "two_in_three": "two in three",
    "shift": "shift",
}
_ASSURANCES: Final[dict[Assurance, str]] = {
    "consistently meets": "✓",
    "consistently misses": "✗",
    "hit and miss": "~",
}
_MEANINGS: Final = (
    ("outside the limits", "the point lies beyond a limit"),
    ("trend", "seven or more points in a row, each higher (or lower) than the last"),
    ("two in three", "two of three points beyond two thirds of the way to one limit"),
    ("shift", "seven or more points in a row on one side of the centre"),
)


def chart_report(
    chart: ControlChart,
    named: Named,
    options: Options,
    *,
    good: Good,
    target: Fraction | None,
    drawn: bool,
) -> Report:
    """Return the page of a control chart; with `drawn`, a chart of few enough points is on it.

    `data` is documented in docs/statistics.md.
    """
    words = _Numbers.of(chart)
    notes = _notes(chart)
    shown = any(point.limits for point in chart.points)
    blocks: list[Block] = [_pairs(chart, words, good, target), *map(Note, notes)]
    rows = _rows(chart, named, words)
    if drawn and shown and len(chart.points) <= _DRAWN:
        twin = next(block for block in rows if isinstance(block, Table))
        guides = _guides(chart, words, target)
        blocks.append(_drawing(chart, named, words, good, guides=guides, twin=twin))
    return Report(
        kind="statistics",
        title=f"{_TITLES[chart.kind]} of {plain(named.source)}",
        subtitle=(_subtitle(chart),),
        banners=(),
        sections=(Section("In short", tuple(blocks)), Section("Points", rows)),
        definitions=_MEANINGS if shown else (),
        data=_data(chart, named, options, good, target) | {"notes": list(notes)},
    )


def _data(
    chart: ControlChart, named: Named, options: Options, good: Good, target: Fraction | None
) -> dict[str, Any]:
    limits = [
        point.limits and [float(point.limits.low), float(point.limits.high)]
        for point in chart.points
    ]
    width = (
        {_WIDTHS[chart.kind][1]: number_data(chart.latest.width)} if chart.kind in _WIDTHS else {}
    )
    if chart.kind == "xmr" and chart.latest.width is not None:
        width["moving_range_limit"] = number_data(moving_range_limit(chart.latest.width))
    return {
        "chart": chart.kind,
        "options": dict(options),
        "centre": number_data(chart.centre),
        "limits": limits if any(limits) else [],
        **width,
        "variation": variation(chart, good),
        "assurance": None if target is None else assurance(chart, target, good),
        "points": [
            point_data(number, named, point.value)
            | {"signals": list(dict.fromkeys(signal.rule for signal in point.signals))}
            for number, point in enumerate(chart.points)
        ],
    }


@dataclass(frozen=True)
class _Numbers:
    """How the values of a chart are put into words: shares as percentages, others as they are."""

    share: bool
    places: int

    @classmethod
    def of(cls, chart: ControlChart) -> _Numbers:
        """Choose as many decimals as show a hundredth of the range of the values."""
        values = [point.value for point in chart.points if point.value is not None]
        extent = max(values) - min(values)
        places = 2
        while extent and extent * 10**places < 100 and places < 12:  # noqa: PLR2004
            places += 1
        return cls(chart.kind != "xmr", places)

    def __call__(self, value: Fraction | None) -> str:
        if value is None:
            return NONE
        return percent_words(value, 1) if self.share else number_words(value, self.places)


def number_words(value: Fraction, places: int) -> str:
    """Return a number half-up to so many decimals, without zeros at its end: 1,234.5."""
    whole, part = divmod(int(abs(value) * 10**places + Fraction(1, 2)), 10**places)
    decimals = f".{part:0{places}}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 and (whole or part) else ''}{whole:,}{decimals}"


def _subtitle(chart: ControlChart) -> str:
    baseline = chart.options.baseline_points
    first = "" if baseline is None else f"; limits from the first {baseline:,}"
    left_out = chart.options.screened and chart.kind != "p"
    screened = ", large moving ranges left out" if left_out else ""
    return f"{counted(chart.counted, 'point')}{first}; rules as {chart.options.rules}{screened}."


def _notes(chart: ControlChart) -> tuple[str, ...]:
    latest = chart.latest
    notes = []
    if not latest.shown and latest.counted >= chart.options.shown_from:
        notes.append("One point has no moving range, so it has no limits.")
    elif not latest.shown:
        notes.append(
            f"Too soon to say: {counted(latest.counted, 'point')}, and limits and signals are "
            f"shown from {SHOWN_FROM}. With --rules ptd they are shown at once, with a warning."
        )
    elif chart.short:
        notes.append(
            f"Only {counted(latest.counted, 'point')}: limits from under {SHOWN_FROM} points are "
            "unsteady."
        )
    gaps = sum(point.value is None for point in chart.points)
    if gaps:
        verb = "takes" if gaps == 1 else "take"
        notes.append(f"{counted(gaps, 'gap')} {verb} no part in limits and signals.")
    return tuple(notes)


def _pairs(chart: ControlChart, words: _Numbers, good: Good, target: Fraction | None) -> Pairs:
    rows = [("Centre", words(chart.centre))]
    last = None if chart.last is None else chart.points[chart.last]
    if last is not None and last.limits is not None:
        limits = f"{words(last.limits.low)} to {words(last.limits.high)}"
        rows.append(("Limits" if chart.kind == "xmr" else "Latest limits", limits))
    if chart.kind in _WIDTHS and chart.latest.width is not None:
        width = number_words(chart.latest.width, max(words.places, 3))
        rows.append((_WIDTHS[chart.kind][0], width))
    if last is not None:
        rows.append(("Last value", words(last.value)))
    said = variation(chart, good)
    if last is not None and said == "common cause":
        rows.append(("Variation", f"{GAP} {said}"))
    elif last is not None and said is not None:
        both = "; they point both ways" if mixed(chart) else ""
        mark = SIGNAL_MARKS[_kind(last.signals[0], good)]
        rows.append(("Variation", f"{mark} {said} ({_signals(last)}{both})"))
    aim = None if target is None else assurance(chart, target, good)
    if target is not None and aim is not None:
        rows.append(("Assurance", f"{_ASSURANCES[aim]} {aim} the target of {words(target)}"))
    return Pairs(tuple(rows))


def _kind(signal: Signal, good: Good) -> SignalKind:
    if good == "neutral":
        return "change"
    return "improvement" if signal.up == (good == "up") else "concern"


def _signals(point: ChartPoint) -> str:
    return ", ".join(
        f"{_RULES[signal.rule]} {'up' if signal.up else 'down'}" for signal in point.signals
    )


def _rows(chart: ControlChart, named: Named, words: _Numbers) -> tuple[Block, ...]:
    shares = chart.kind != "xmr"

    def row(number: int) -> tuple[str, ...]:
        point = chart.points[number]
        low, high = (point.limits.low, point.limits.high) if point.limits else (None, None)
        return (
            *row_head(number, named),
            *((of_total(number, named),) if shares else ()),
            GAP if point.value is None else words(point.value),
            words(low),
            words(high),
            _signals(point),
        )

    columns = (
        *head_columns(named, "Point"),
        *((Column("Of", "right"),) if shares else ()),
        Column("Value", "right"),
        Column("Low", "right"),
        Column("High", "right"),
        Column("Signals"),
    )
    return listed_rows(
        columns,
        row,
        len(chart.points),
        word="point",
        stands_out=lambda number: bool(chart.points[number].signals),
    )


def _drawing(
    chart: ControlChart,
    named: Named,
    words: _Numbers,
    good: Good,
    *,
    guides: tuple[Guide, ...],
    twin: Table,
) -> Chart:
    points = tuple(
        DrawnPoint(
            label=plain(named.labels[number]) or str(number + 1),
            value=number_data(point.value),
            shown=GAP if point.value is None else words(point.value),
            signal=_kind(point.signals[0], good) if point.signals else None,
            says=_signals(point),
        )
        for number, point in enumerate(chart.points)
    )
    title = f"{_TITLES[chart.kind]} of {plain(named.source)}"
    marked = counted(sum(bool(point.signals) for point in chart.points), "point")
    return Chart(
        kind="xmr",
        title=title,
        alt=f"{title}: centre {words(chart.centre)}; {marked} with a signal.",
        series=(ChartSeries("Value", points),),
        twin=twin,
        guides=guides,
        unit="number" if chart.kind == "xmr" else "share",
        figures_in="Points",
    )


def _guides(chart: ControlChart, words: _Numbers, target: Fraction | None) -> tuple[Guide, ...]:
    """Return centre, limits and target; limits that are the same everywhere have their figure."""
    ends = [
        (limits and limits.high, limits and limits.low)
        for limits in (point.limits for point in chart.points)
    ]
    guides = [Guide("centre", "centre", (number_data(chart.centre),), words(chart.centre))]
    for title, values in zip(("high", "low"), zip(*ends, strict=True), strict=True):
        same = {value for value in values if value is not None}
        shown = words(same.pop()) if len(same) == 1 else ""
        guides.append(Guide("limit", title, tuple(map(number_data, values)), shown))
    if target is not None:
        guides.append(Guide("target", "target", (float(target),), words(target)))
    return tuple(guides)
