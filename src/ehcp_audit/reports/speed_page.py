"""Quality against timeliness: the cross-table, both lines together, every limit in law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.reports.asked import OWN_GRADES, axis_words, period_word
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.definitions_page import definition_of
from ehcp_audit.reports.model import (
    Block,
    Chart,
    ChartBreak,
    Column,
    Measure,
    Note,
    Paragraph,
    Report,
    Section,
    Table,
)
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.share_charts import ShareLine, line_chart
from ehcp_audit.reports.share_figures import share_figure
from ehcp_audit.reports.signal_charts import FEWEST_PERIODS, marks
from ehcp_audit.reports.signal_words import chance_sentence, worth_a_look
from ehcp_audit.reports.speed_words import SAMPLE, official_words, speed_sentence
from ehcp_audit.reports.wording import NONE, counted, plain
from ehcp_audit.trends.board import uncalled_row
from ehcp_audit.trends.lines import MeasureLine
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.spans import TrendPeriod
from ehcp_audit.trends.speed import QualityAndSpeed
from ehcp_audit.trends.timeliness import LimitFigure, Speed

_SPEEDS: Final[tuple[Speed, ...]] = ("on time", "late", "not known")
Backlogs = Sequence[tuple[date, date]]


def speed_report(figures: QualityAndSpeed, facts: PageFacts, backlogs: Backlogs = ()) -> Report:
    """Put quality beside speed; `backlogs` are marked on the chart."""
    cells = facts.cells
    window = figures.window
    span = f"{show_date(window.first)} to {show_date(window.last)}"
    sections = [Section("Quality and speed", tuple(_first(figures, cells, span)))]
    if figures.audits:
        chart = _chart(figures, cells, backlogs)
        if chart is not None:
            notes = [Note(_backlog_words(*each), "Backlog") for each in backlogs]
            sections.append(Section("Both over time", (chart, *notes)))
        if figures.limits:
            sections.append(
                Section("Time limits, audited plans", tuple(_limits(figures.limits, cells)))
            )
    return Report(
        kind="timeliness",
        title="EHC plan audits: quality and speed",
        subtitle=tuple(filter(None, [plain(facts.area), span])),
        banners=banners(facts),
        sections=tuple(sections),
        definitions=tuple(
            (plain(line.measure.title), definition_of(line.measure))
            for line in (figures.good, figures.on_time)
        ),
        foot=foot(figures.question, figures.rubrics, len(figures.counted.audits), facts),
        measures=tuple(_measure(line, cells) for line in (figures.good, figures.on_time)),
        data={"from": window.first.isoformat(), "to": window.last.isoformat()},
    )


def _first(figures: QualityAndSpeed, cells: Cells, span: str) -> Iterator[Block]:
    yield Paragraph(OWN_GRADES)
    if figures.official:
        for figure in figures.official:
            yield Paragraph(official_words(figure))
    else:
        yield Paragraph(official_words(None))
    if not figures.audits:
        yield Paragraph(f"No audit counts from {span}, so there is nothing to set beside it.")
        return
    good = plain(figures.good.measure.title)
    yield Paragraph(speed_sentence(figures.quality, good, cells))
    yield _cross_table(figures, cells)
    yield Note(SAMPLE, "Audited plans only")


def _cross_table(figures: QualityAndSpeed, cells: Cells) -> Table:
    titles = [plain(rule.label) for rule in figures.rubrics[-1].grades]
    rows = []
    for speed in _SPEEDS:
        numbers = figures.grades[speed]
        total = sum(numbers)
        hidden = cells.release and (total < cells.few or any(map(cells.hides_count, numbers)))
        shown = ["c" if hidden and n else f"{n:,}" for n in numbers]
        rows.append((speed.capitalize(), *shown, "c" if hidden else f"{total:,}"))
    columns = [Column("By the 20 weeks"), *(Column(title, "right") for title in titles)]
    return Table((*columns, Column("Graded", "right")), tuple(rows))


def _chart(figures: QualityAndSpeed, cells: Cells, backlogs: Backlogs) -> Chart | None:
    periods = [point.period for point in figures.good.points]
    if len(periods) < FEWEST_PERIODS or not figures.good.pooled().total:
        return None
    length = period_word(figures.question)
    rows = [uncalled_row(each) for each in (figures.good, figures.on_time) if each.pooled().total]
    lines = [
        ShareLine(
            plain(row.measure.title), tuple(_shown(row.line, cells)), marks(row.signals, length)
        )
        for row in rows
    ]
    looks = [(row.measure.title, worth_a_look(row.signals, periods, length)) for row in rows]
    words = [f"{plain(title)}: {look}" for title, look in looks if look]
    return line_chart(
        "Quality and speed",
        lines,
        periods,
        along=axis_words(figures.question),
        upward="share of audited plans",
        breaks=tuple(_breaks(periods, backlogs)),
        words=tuple(filter(None, [*words, chance_sentence(row.signals for row in rows)])),
    )


def _shown(line: MeasureLine, cells: Cells) -> Iterator[Share]:
    for point in line.points:
        yield Share(0, 0) if cells.hides(point.share) else point.share


def _breaks(periods: Sequence[TrendPeriod], backlogs: Backlogs) -> Iterator[ChartBreak]:
    """Yield where a backlog begins and where it is over; a chart has no mark at its first point."""
    found: dict[int, str] = {}
    for first, last in backlogs:
        begins = sum(each.period.last < first for each in periods)
        over = sum(each.period.first <= last for each in periods)
        for place, label in ((begins, "backlog push"), (over, "backlog over")):
            if 0 < place < len(periods):
                found[place] = f"{found[place]}, {label}" if place in found else label
    for place in sorted(found):
        yield ChartBreak(place, found[place], joins=True)


def _backlog_words(first: date, last: date) -> str:
    return (
        f"{show_date(first)} to {show_date(last)}: plans were pushed through a backlog. Those of "
        "these days are counted like all others."
    )


def _limits(limits: Sequence[LimitFigure], cells: Cells) -> Iterator[Block]:
    columns = (
        Column("Within the limit"),
        Column("All ended", "right"),
        Column("Without exceptions", "right"),
        Column("Overdue", "right"),
        Column("Not known", "right"),
    )
    rows = tuple(
        (
            plain(each.limit.title),
            cells.with_counts(each.with_exceptions),
            cells.with_counts(each.without_exceptions),
            _number(each.overdue, cells),
            _number(each.not_known, cells),
        )
        for each in limits
    )
    yield Table(columns, rows, full_width=True)
    excused = sum(each.with_exceptions.total - each.without_exceptions.total for each in limits)
    if not cells.release and excused:
        yield Paragraph(f"{counted(excused, 'time')} an exception of the law was recorded.")
    yield Note(SAMPLE, "Audited plans only")


def _number(number: int, cells: Cells) -> str:
    if cells.hides_count(number):
        return "c"
    return f"{number:,}" if number else NONE


def _measure(line: MeasureLine, cells: Cells) -> Measure:
    return Measure(
        "quality_and_speed",
        plain(line.measure.id),
        plain(line.measure.title),
        (),
        tuple(
            share_figure(
                point.period.period.key,
                point.share,
                part=point.period.part,
                hidden=cells.hides(point.share),
            )
            for point in line.points
        ),
    )
