"""Writes a report's figures as CSV, one row a period and measure, safe in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Final

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.chart_words import below
from ehcp_audit.reports.model import (
    Block,
    Chart,
    Entry,
    Note,
    Pairs,
    Paragraph,
    Report,
    Section,
)

COLUMNS: Final = (
    "period",
    "measure",
    "id",
    "title",
    "x",
    "n",
    "share",
    "low",
    "high",
    "not_evidenced",
    "not_applicable",
    "versions",
    "part",
)
PAGE_COLUMNS: Final = ("section", "place", "name", "text")
# OWASP, CSV Injection: what a spreadsheet may take for the beginning of a formula, the full-width
# forms among it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text_cell(text: str) -> str:
    """Return text as a cell no spreadsheet takes for a formula: an apostrophe is put before one."""
    begins_formula = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{visible(text)}" if begins_formula else visible(text)


def render_csv(report: Report) -> str:
    """Return the figures in long form, or of a report without figures its page, cell by cell.

    Each line is ended by a line feed. An empty cell is a figure that does not exist, which is
    not 0.
    """
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS if report.measures else PAGE_COLUMNS)
    for row in figure_rows(report) if report.measures else page_rows(report):
        writer.writerow([text_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()


def figure_rows(report: Report) -> Iterator[tuple[str | int | float | None, ...]]:
    """Yield a row a period and measure, with the cells of `COLUMNS`; shares are fractions of 1."""
    for measure in report.measures:
        for figure in measure.figures:
            yield (
                figure.period,
                measure.kind,
                measure.id,
                measure.title,
                figure.x,
                figure.n,
                figure.share,
                figure.low,
                figure.high,
                figure.not_evidenced,
                figure.not_applicable,
                " ".join(measure.versions),
                "yes" if figure.part else "",
            )


def page_rows(report: Report) -> Iterator[tuple[str | int, ...]]:
    """Yield every text of a page with its section and place, with the cells of `PAGE_COLUMNS`."""
    yield ("", 1, "title", report.title)
    for number, line in enumerate((*report.subtitle, *report.banners), start=2):
        yield ("", number, "line", line)
    named = (("What the words mean", report.definitions), ("This page", report.foot))
    sections = [
        *report.sections,
        *(Section(title, (Pairs(rows),)) for title, rows in named if rows),
    ]
    for section in sections:
        for number, (name, words) in enumerate(_cells(section.blocks), start=1):
            yield (section.title, number, name, words)


def _cells(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield "sentence", block.text
        elif isinstance(block, Note):
            yield block.label, block.text
        elif isinstance(block, Pairs):
            yield from block.rows
        elif isinstance(block, Entry):
            yield block.mark, block.title
            yield from ((block.title, line) for line in block.lines)
        elif isinstance(block, Chart):
            yield "chart", block.title
            yield from (("chart", words) for words in (*block.words, *below(block)))
            yield from _cells([] if block.figures_in else [block.twin])
        else:
            for row in block.rows:
                for column, cell in zip(block.columns, row, strict=True):
                    yield f"{row[0]}: {column.title}", cell
