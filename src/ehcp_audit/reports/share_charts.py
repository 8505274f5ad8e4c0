"""Makes charts of shares by period: the points, the words and the table beside each picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ehcp_audit.reports.chart_words import PART_MARK, SIGNAL_MARKS
from ehcp_audit.reports.model import (
    Chart,
    ChartBreak,
    ChartPoint,
    ChartSeries,
    Column,
    Guide,
    SignalKind,
    Table,
)
from ehcp_audit.reports.wording import (
    GAP,
    NONE,
    counted,
    for_programs,
    listed,
    of_words,
    percent_words,
    period_words,
    range_words,
    share_words,
)
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.spans import TrendPeriod

_SOME: Final = 6  # gaps or signals named one by one in an alt text


@dataclass(frozen=True)
class ShareLine:
    """A line of shares, one a period.

    `found` has what a rule found by the place of its period, counted from 0: what it is and the
    rule in words.
    """

    title: str
    shares: tuple[Share, ...]
    found: Mapping[int, tuple[SignalKind, str]] | None = None


def line_chart(
    title: str,
    lines: Sequence[ShareLine],
    periods: Sequence[TrendPeriod],
    *,
    along: str,
    upward: str,
    guides: tuple[Guide, ...] = (),
    breaks: tuple[ChartBreak, ...] = (),
    words: tuple[str, ...] = (),
    figures_in: str = "",
    places: int = 0,
) -> Chart:
    """Return a chart of one or several lines of shares, with its alt text and table.

    With limits among the guides it is an `xmr` chart. Raises ValueError as `Chart` does, and
    where a line has not one share for each period.
    """
    series = tuple(_series(line, periods, places) for line in lines)
    return Chart(
        kind="xmr" if any(guide.kind == "limit" for guide in guides) else "line",
        title=title,
        alt=_alt("Line chart", title, series, guides, breaks),
        series=series,
        twin=_twin(lines, periods, guides, places),
        guides=guides,
        breaks=breaks,
        words=words,
        along=along,
        upward=upward,
        figures_in=figures_in,
    )


def stacked_chart(
    title: str,
    lines: Sequence[ShareLine],
    periods: Sequence[TrendPeriod],
    *,
    along: str,
    upward: str,
    breaks: tuple[ChartBreak, ...] = (),
    words: tuple[str, ...] = (),
    figures_in: str = "",
    places: int = 0,
) -> Chart:
    """Return a chart in which the shares of each period add up to the whole, best first."""
    series = tuple(_series(line, periods, places) for line in lines)
    return Chart(
        kind="stacked",
        title=title,
        alt=_alt("Stacked bars", title, series, (), breaks),
        series=series,
        twin=_twin(lines, periods, (), places),
        breaks=breaks,
        words=words,
        along=along,
        upward=upward,
        figures_in=figures_in,
    )


def _series(line: ShareLine, periods: Sequence[TrendPeriod], places: int) -> ChartSeries:
    found = line.found or {}
    points = []
    for number, (share, period) in enumerate(zip(line.shares, periods, strict=True)):
        interval = share.interval
        signal, says = found.get(number, (None, ""))
        points.append(
            ChartPoint(
                label=period.period.label,
                value=None if share.value is None else for_programs(share.value),
                shown=_shown(share, period, places),
                n=share.total,
                low=None if interval is None else for_programs(interval.low),
                high=None if interval is None else for_programs(interval.high),
                part=period.part,
                signal=signal,
                says=says,
            )
        )
    return ChartSeries(line.title, tuple(points))


def _shown(share: Share, period: TrendPeriod, places: int) -> str:
    if share.value is None:
        return NONE if period.audits else GAP
    return share_words(share, places)


def _twin(
    lines: Sequence[ShareLine],
    periods: Sequence[TrendPeriod],
    guides: Sequence[Guide],
    places: int,
) -> Table:
    """Return a row a period: of one line its counts and range too, of several their shares."""
    single = lines[0] if len(lines) == 1 else None
    drawn = [guide for guide in guides if len(guide.values) > 1 and guide.kind != "target"]
    columns = [Column("Period")]
    if single is None:
        columns += [Column(line.title, "right") for line in lines]
    else:
        columns += [
            Column("Share", "right"),
            Column("Plans", "right"),
            Column("95% range", "right"),
        ]
    columns += [Column(guide.title, "right") for guide in drawn]
    signalled = any(line.found for line in lines)
    columns += [Column("Signal")] if signalled else []
    rows = []
    for number, period in enumerate(periods):
        row = [period_words(period)]
        for line in lines:
            share = line.shares[number]
            row.append(_shown(share, period, places))
            if single is not None:
                row += [of_words(share), range_words(share, places)]
        row += [_guide_words(guide, number, places) for guide in drawn]
        row += [_signal_words(lines, number)] if signalled else []
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows))


def _guide_words(guide: Guide, number: int, places: int) -> str:
    value = guide.at(number)
    return NONE if value is None else percent_words(value, places)


def _signal_words(lines: Sequence[ShareLine], number: int) -> str:
    found = [line.found[number] for line in lines if line.found and number in line.found]
    return "; ".join(f"{SIGNAL_MARKS[kind]} {kind}: {says}" for kind, says in found)


def _alt(
    drawn: str,
    title: str,
    series: Sequence[ChartSeries],
    guides: Sequence[Guide],
    breaks: Sequence[ChartBreak],
) -> str:
    first, last = series[0].points[0], series[0].points[-1]
    number = counted(len(series[0].points), "period")
    sentences = [f"{drawn}: {title}. {number}, {first.label} to {last.label}."]
    sentences += [_series_words(each, named=len(series) > 1) for each in series]
    named = [f"{guide.title} {guide.shown}" for guide in guides if guide.shown]
    if named:
        sentences.append(f"Lines to compare with: {listed(named)}.")
    sentences += [f"{each.label} from {series[0].points[each.before].label}." for each in breaks]
    sentences += _found_words([point for each in series for point in each.points if point.signal])
    gaps = [point.label for point in series[0].points if point.value is None]
    if gaps:
        told = listed(gaps) if len(gaps) <= _SOME else counted(len(gaps), "period")
        sentences.append(f"Nothing to show in {told}.")
    return " ".join(sentences)


def _series_words(series: ChartSeries, *, named: bool) -> str:
    known = [point for point in series.points if point.value is not None]
    name = f"{series.title}: " if named else ""
    if not known:
        return f"{name}no value."
    ends = [f"{point.shown} in {_period(point)}" for point in dict.fromkeys((known[0], known[-1]))]
    words = f"{name}{' and '.join(ends)}"
    if len(known) > 2:  # noqa: PLR2004  (with two the ends say it all)
        low = min(known, key=lambda point: point.value or 0.0)
        high = max(known, key=lambda point: point.value or 0.0)
        words += f"; lowest {low.shown} in {_period(low)}, highest {high.shown} in {_period(high)}"
    return f"{words[0].upper()}{words[1:]}."


def _period(point: ChartPoint) -> str:
    return f"{point.label}{PART_MARK if point.part else ''}"


def _found_words(points: Sequence[ChartPoint]) -> list[str]:
    if not points:
        return ["No signal is marked."]
    told = [f"{point.label} ({point.signal}: {point.says})" for point in points[:_SOME]]
    more = len(points) - _SOME
    return [f"Marked: {'; '.join(told)}{f'; and {more} more' if more > 0 else ''}."]
