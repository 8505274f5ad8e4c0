"""Writes a report in lines to be heard: no columns, no rules, every cell with its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Block, Chart, Entry, Note, Pairs, Paragraph, Report, Table
from ehcp_audit.reports.wording import GAP, NONE

# Bars in a cell draw what other cells say; block elements are never anything else here.
_DRAWN: Final = re.compile("[\u2580-\u259f]+")
_SPACES: Final = re.compile(r"\s+")
_SAID: Final = {NONE: "none", GAP: "gap", "": ""}


def render_lines(report: Report) -> str:
    """Return the report as lines, a sentence or a row each; charts in their words."""
    return "\n".join(visible(line) for line in _lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield report.title
    yield from report.subtitle
    yield from report.banners
    for section in report.sections:
        yield ""
        if section.title:
            yield f"{section.title}:"
        for block in section.blocks:
            yield from _block(block)
    for title, rows in (("What the words mean", report.definitions), ("This page", report.foot)):
        if rows:
            yield ""
            yield f"{title}:"
            yield from _pairs(Pairs(rows))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Pairs):
        yield from _pairs(block)
    elif isinstance(block, Entry):
        yield ": ".join(part for part in (_undrawn(block.mark), block.title) if part)
        yield from block.lines
    elif isinstance(block, Note):
        yield f"{block.label}: {block.text}"
    elif isinstance(block, Chart):
        yield from _chart(block)
    else:
        yield from _table(block)


def _pairs(pairs: Pairs) -> Iterator[str]:
    for label, value in pairs.rows:
        if label and value:
            yield f"{label}: {value}"
        elif label or value:
            yield f"{label}:" if label else value


def _chart(chart: Chart) -> Iterator[str]:
    yield f"Chart: {chart.title}."
    yield chart.alt
    yield from chart.words
    if not chart.figures_in:
        yield from _table(chart.twin)


def _table(table: Table) -> Iterator[str]:
    first, *others = (column.title for column in table.columns)
    for row in table.rows:
        cells = [_cell(cell) for cell in row]
        head = f"{first} {cells[0]}".strip() if first and cells[0].isdigit() else cells[0]
        said = [
            f"{title} {cell}".strip() for title, cell in zip(others, cells[1:], strict=True) if cell
        ]
        yield f"{head}: {', '.join(said)}." if said else head


def _cell(cell: str) -> str:
    text = _SPACES.sub(" ", _undrawn(cell)).strip()
    return _SAID.get(text, text)


def _undrawn(text: str) -> str:
    return _DRAWN.sub("", text)
