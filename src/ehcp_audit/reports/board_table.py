"""The one table of the board's first page, and its figures for programs."""

from __future__ import annotations

from ehcp_audit.domain.dates import show_date
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.model import Column, Measure, Table
from ehcp_audit.reports.share_figures import HIDDEN, line_figures
from ehcp_audit.reports.signal_words import in_words
from ehcp_audit.reports.speed_words import official_share
from ehcp_audit.reports.wording import (
    NONE,
    percent_words,
    plain,
)
from ehcp_audit.trends.board import Board, BoardRow
from ehcp_audit.trends.lines import LinePoint

_BROUGHT_IN = "brought in"


def first_table(board: Board, cells: Cells) -> Table:
    """Return at most eight rows: baseline, last and newest period, range, target, in words."""
    targets = any(row.target is not None for row in board.rows)
    columns = [
        Column("Measure"),
        Column("Baseline", "right"),
        Column("Last", "right"),
        Column("Now", "right"),
        Column("95% range", "right"),
        *([Column("Target", "right")] if targets else []),
        Column("In words"),
    ]
    rows = [_row(row, cells, targets=targets) for row in board.rows]
    if board.official is not None:
        figure = board.official
        share = official_share(figure)
        n = NONE if figure.total is None else f"{share} ({figure.count:,}/{figure.total:,})"
        now = f"{share if figure.total is None else n}\n{plain(figure.period)}"
        source = f"official figure\n{show_date(figure.dated)}"
        middle = [NONE] if targets else []
        rows.append(("On time (20 weeks)", NONE, NONE, now, NONE, *middle, source))
    return Table(tuple(columns), tuple(rows))


def _row(row: BoardRow, cells: Cells, *, targets: bool) -> tuple[str, ...]:
    now = row.line.now
    aim = NONE if row.target is None else percent_words(row.target)
    if now is None:
        middle = [aim] if targets else []
        return (plain(row.measure.title), NONE, NONE, NONE, NONE, *middle, in_words(None))
    verdict = in_words(row.signals)
    said = cells.mark(now.share) or ""
    words = verdict if not said or said == verdict else f"{verdict}\n({said})"
    return (
        plain(row.measure.title),
        _with_label(row.baseline, cells),
        _with_label(row.line.last, cells),
        _now(now, cells),
        cells.range(now.share) if row.measure.per_plan else NONE,
        *([aim] if targets else []),
        words,
    )


def _with_label(point: LinePoint | None, cells: Cells) -> str:
    if point is None:
        return NONE
    lines = [HIDDEN if point.withheld else cells.share(point.share), point.period.period.label]
    if point.brought_in.total:
        lines.append(_BROUGHT_IN)
    return "\n".join(lines)


def _now(point: LinePoint, cells: Cells) -> str:
    counts = f"{cells.share(point.share)} ({point.share.count}/{point.share.total})"
    lines = [HIDDEN if point.withheld else counts, point.period.period.label]
    if point.brought_in.total:
        lines.append(_BROUGHT_IN)
    return "\n".join(lines)


def table_measures(board: Board) -> tuple[Measure, ...]:
    """Return the rows' lines for programs, one figure a period; what is hidden has none."""
    return tuple(
        Measure(
            kind="board",
            id=plain(row.measure.id),
            title=plain(row.measure.title),
            versions=tuple(
                plain(each.version) for each in board.rubrics if each.hash in row.measure.versions
            ),
            figures=line_figures(row.line),
        )
        for row in board.rows
    )
