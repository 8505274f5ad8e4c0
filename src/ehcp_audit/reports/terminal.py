"""Writes a report for a terminal or paper: plain text, bold at most, never wider than asked."""

from __future__ import annotations

from io import StringIO
from typing import Final

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.chart_words import values_in_short
from ehcp_audit.reports.model import (
    Block,
    Chart,
    Column,
    Entry,
    Note,
    Pairs,
    Paragraph,
    Report,
    Table,
)
from ehcp_audit.reports.text_chart import text_chart

WIDTH: Final = 80
_GAP: Final = 2
_HEADING_WIDTH: Final = 17  # a heading may widen its column to this
_LABEL_WIDTH: Final = 26
_NARROWEST: Final = 8
_MARK_WIDTH: Final = 16  # of the longest mark, “– Not applicable”
# A line below the heading and one above the row that sums up; nothing else.
_RULES: Final = Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n")


def render_terminal(
    report: Report, *, width: int = WIDTH, styled: bool = False, dots: bool = True
) -> str:
    """Return the report as lines of at most `width` cells.

    With `styled`, headings are bold by escape sequences; without, the text holds none. No
    colour is ever used, and no text is read as markup. Without `dots` no braille is used.
    """
    stream = StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=styled,
        color_system="standard" if styled else None,
        no_color=True,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _parts(report, width, dots):
        console.print(part)
    lines = stream.getvalue().split("\n")
    return "\n".join(line if styled else line.rstrip() for line in lines).rstrip("\n") + "\n"


def _text(text: str, style: str = "") -> Text:
    return Text(visible(text), style=style, overflow="fold")


def _parts(report: Report, width: int, dots: bool) -> list[RenderableType]:
    parts: list[RenderableType] = [_text(report.title, "bold")]
    parts += [_text(line) for line in report.subtitle]
    if report.banners:
        parts += [Text(), *(_text(f"▌ {line}", "bold") for line in report.banners)]
    for section in report.sections:
        parts += _heading(section.title, width)
        for number, block in enumerate(section.blocks):
            parts += [Text()] if number and not _follows(section.blocks[number - 1], block) else []
            parts.append(_block(block, width, dots))
    for title, rows in (("What the words mean", report.definitions), ("This page", report.foot)):
        if rows:
            parts += [*_heading(title, width), _pairs(Pairs(rows))]
    return parts


def _follows(before: Block, after: Block) -> bool:
    return isinstance(before, Paragraph) and isinstance(after, Paragraph)


def _heading(title: str, width: int) -> list[RenderableType]:
    heading = _text(title, "bold")
    room = width - heading.cell_len - 1
    if room > 0 and "\n" not in heading.plain:
        heading.append(" " + "─" * room)
    return [Text(), heading]


def _block(block: Block, width: int, dots: bool) -> RenderableType:
    if isinstance(block, Paragraph):
        return _text(block.text)
    if isinstance(block, Pairs):
        return _pairs(block)
    if isinstance(block, Entry):
        return _entry(block)
    if isinstance(block, Note):
        return _text(f"{block.label}: {block.text}")
    if isinstance(block, Chart):
        return _chart(block, width, dots)
    return _table(block, width)


def _chart(chart: Chart, width: int, dots: bool) -> RenderableType:
    """Return the drawing between its title and its words, every figure of it among them."""
    drawing = text_chart(chart, width, dots=dots)
    lines = [*drawing, *chart.words, *values_in_short(chart)]
    return Group(_text(chart.title, "bold"), *(_text(line) for line in lines))


def _pairs(pairs: Pairs) -> Grid:
    grid = Grid.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    longest = max((cell_len(visible(label)) for label, _ in pairs.rows), default=0)
    grid.add_column(width=min(longest, _LABEL_WIDTH), overflow="fold")
    grid.add_column(overflow="fold")
    for label, value in pairs.rows:
        grid.add_row(_text(label), _text(value))
    return grid


def _entry(entry: Entry) -> RenderableType:
    grid = Grid.grid()
    grid.add_column(overflow="fold")
    heading = _text(entry.mark, "bold")
    heading.append(" " * max(_MARK_WIDTH - heading.cell_len, 0) + "  ")
    heading.append_text(_text(entry.title))
    grid.add_row(heading)
    for line in entry.lines:
        grid.add_row(Padding(_text(line), (0, 0, 0, 4)))
    return grid


def _table(table: Table, width: int) -> Grid:
    grid = Grid(box=_RULES, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column, size in zip(table.columns, _widths(table, width), strict=True):
        grid.add_column(
            _text(column.title, "bold"),
            justify=column.align,
            width=size,
            overflow="fold",
        )
    for number, row in enumerate(table.rows):
        if table.total_row and number == len(table.rows) - 1:
            grid.add_section()
        grid.add_row(*map(_cell, row))
    return grid


def _cell(cell: str) -> RenderableType:
    """Return the lines of a cell; one set in from the left stays so where it wraps."""
    if "\n" not in cell:
        return _text(cell)
    parts = ((len(line) - len(line.lstrip(" ")), line.lstrip(" ")) for line in cell.split("\n"))
    return Group(*(Padding(_text(line), (0, 0, 0, indent)) for indent, line in parts))


def _widths(table: Table, width: int) -> list[int]:
    """Return each column's width: figures never wrap, headings and the first column may."""
    first, *others = table.columns
    sizes = [
        max(_widest_cell(table, number), min(_longest_word(column), _HEADING_WIDTH))
        for number, column in enumerate(others, start=1)
    ]
    wanted = max(_widest_cell(table, 0), cell_len(first.title))
    room = width - sum(sizes) - _GAP * len(sizes)
    for number, column in enumerate(others):
        spare = room - min(wanted, room)
        grown = max(
            sizes[number], min(cell_len(column.title), _HEADING_WIDTH, sizes[number] + spare)
        )
        room -= grown - sizes[number]
        sizes[number] = grown
    first_size = room if table.full_width else min(wanted, room)
    return [max(first_size, _NARROWEST), *sizes]


def _widest_cell(table: Table, number: int) -> int:
    return max(
        (cell_len(line) for row in table.rows for line in row[number].split("\n")), default=0
    )


def _longest_word(column: Column) -> int:
    return max((cell_len(word) for word in column.title.split()), default=0)
