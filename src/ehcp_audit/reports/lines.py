"""Writes a report in lines to be heard: no columns, no rules, every cell with its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Block, Chart, Entry, Note, Pairs, Paragraph, Report, Table
from ehcp_audit.reports.wording import GAP, NONE

# Bars in a cell draw what other cells say; block elements are never anything else here.
_DRAWN: Final = re.compile("[\u2580-\u259f]+")
_SYMBOL: Final = re.compile(r"^[^\w\s]\s+(?=\w)")  # before a word that says the same
_SPACES: Final = re.compile(r"\s+")
_SAID: Final = {NONE: "none", GAP: "gap", "": ""}


@dataclass(frozen=True)
class Part:
    """A part of a report that is heard at once: its title, and its lines."""

    title: str
    lines: tuple[str, ...]


def render_lines(report: Report) -> str:
    """Return the report as lines, a sentence or a row each; charts in their words."""
    lines = list(head_lines(report))
    for part in parts_of(report):
        lines += ["", *([f"{part.title}:"] if part.title else []), *part.lines]
    return "\n".join(lines) + "\n"


def head_lines(report: Report) -> tuple[str, ...]:
    """Return what stands over a report: title, what it covers, what must not be overlooked."""
    return tuple(visible(line) for line in (report.title, *report.subtitle, *report.banners))


def parts_of(report: Report) -> tuple[Part, ...]:
    """Return the parts of a report in order, each in lines; the small print comes last."""
    parts = [
        Part(section.title, tuple(line for block in section.blocks for line in _block(block)))
        for section in report.sections
    ]
    for title, rows in (("What the words mean", report.definitions), ("This page", report.foot)):
        if rows:
            parts.append(Part(title, tuple(_pairs(Pairs(rows)))))
    return tuple(
        Part(visible(part.title), tuple(visible(line) for line in part.lines)) for part in parts
    )


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Pairs):
        yield from _pairs(block)
    elif isinstance(block, Entry):
        mark = _SYMBOL.sub("", _undrawn(block.mark))
        yield ": ".join(part for part in (mark, block.title) if part)
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
    """Return a cell in one line; a bar a period is drawn only, its figures stand elsewhere."""
    if _DRAWN.search(cell):
        return ""
    first, *more = (_SPACES.sub(" ", line).strip() for line in cell.split("\n"))
    beside = ", ".join(line for line in more if line)
    return f"{_SAID.get(first, first)} ({beside})" if beside else _SAID.get(first, first)


def _undrawn(text: str) -> str:
    return _DRAWN.sub("", text)
