"""One measure over time: what it says, its chart, its figures period by period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ehcp_audit.reports.asked import axis_words, period_word
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.definitions_page import definition_of
from ehcp_audit.reports.model import Block, Column, Measure, Note, Paragraph, Report, Section, Table
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.share_figures import line_figures
from ehcp_audit.reports.signal_charts import row_chart
from ehcp_audit.reports.signal_words import (
    LOOK_WORDS,
    chance_sentence,
    in_words,
    signal_sentence,
    target_sentence,
    worth_a_look,
)
from ehcp_audit.reports.wording import GAP, NONE, period_words, plain, ranged
from ehcp_audit.trends.board import Board, BoardRow
from ehcp_audit.trends.lines import LinePoint


def line_report(board: Board, row: BoardRow, facts: PageFacts) -> Report:
    """Put one measure on a page; `row` is the board's own or any other of its lines."""
    cells = facts.cells
    title = plain(row.measure.title)
    words = axis_words(board.question)
    return Report(
        kind="measure",
        title=f"EHC plan audits: {title}",
        subtitle=tuple(filter(None, [plain(facts.area), f"{words[0].upper()}{words[1:]}"])),
        banners=banners(facts),
        sections=(Section(title, tuple(_blocks(board, row, cells))),),
        definitions=((title, definition_of(row.measure)), LOOK_WORDS),
        foot=foot(board.question, board.rubrics, len(board.counted.audits), facts),
        measures=(Measure("measure", plain(row.measure.id), title, (), line_figures(row.line)),),
        data={"axis": board.question.axis, "period": board.question.granularity},
        made=facts.made,
    )


def _blocks(board: Board, row: BoardRow, cells: Cells) -> Iterator[Block]:
    length = period_word(board.question)
    yield Paragraph(what_it_says(row, length))
    if target := target_sentence(row, length):
        yield Paragraph(target)
    every = (each.signals for each in board.every_row.values())
    if chance := chance_sentence(every, "to choose from"):
        yield Paragraph(chance)
    if chart := row_chart(board, row):
        yield replace(chart, figures_in=plain(row.measure.title))  # the table below
    if row.line.points:
        yield _table(row, cells)
    if not row.measure.per_plan:
        yield Note("A share of questions, not of plans, has no range of chance beside it.")


def few_words(row: BoardRow) -> str:
    """Return what the line says in a few words; empty where there is nothing to look at."""
    if row.signals is None or row.signals.called:
        return in_words(row.signals)
    return "worth a look" if row.signals.worth_a_look else ""


def what_it_says(row: BoardRow, length: str) -> str:
    """Return what the line says: called on the first page, elsewhere at most worth a look."""
    if row.signals is None or row.signals.called or row.signals.verdict == "too soon":
        return signal_sentence(row, length)
    look = worth_a_look(row.signals, [point.period for point in row.line.points], length)
    return look or "No rule fires at its newest figure: what moves here may be chance."


def _table(row: BoardRow, cells: Cells) -> Table:
    columns = (Column("Period"), Column("Plans", "right"), Column("Share (95% range)", "right"))
    return Table(columns, tuple(_figures(row, point, cells) for point in row.line.points))


def _figures(row: BoardRow, point: LinePoint, cells: Cells) -> tuple[str, ...]:
    share, label = point.share, period_words(point.period)
    if not share.total:
        return (label, NONE, NONE if point.period.audits else GAP)
    shown = ranged(share) if row.measure.per_plan else cells.share(share)
    brought = " brought in" if point.brought_in.total else ""
    return (f"{label}{brought}", cells.counts(share), shown)
