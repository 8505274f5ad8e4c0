"""Writes a report as a tagged PDF on A4: PDF/UA-1, and PDF/A-2a where the report has its day.

Text goes to typst as data, never as markup. The same report makes the same bytes: only the
shipped fonts are used, and no clock is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from itertools import zip_longest
from typing import Any, Final, cast

import typst

from ehcp_audit.reports.chart_words import below, figures_of_charts
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
from ehcp_audit.reports.print_text import FONTS, in_our_fonts, printable
from ehcp_audit.reports.steps import Progress, unwatched
from ehcp_audit.reports.svg import svg_chart
from ehcp_audit.reports.wording import is_bars

_TEMPLATE: Final = files("ehcp_audit.reports") / "templates" / "report.typ"
_EPOCH: Final = 0  # the time stamp of every file, so that the same report is the same bytes
_LINING_UP: Final = re.compile("  +| $")
_FIGURE_SPACE: Final = "\N{FIGURE SPACE}"
_MANY_COLUMNS: Final = 6


def render_pdf(report: Report, progress: Progress = unwatched) -> bytes:
    """Return the whole document; `progress` is told each section, then the laying out."""
    compiler = laid_out(report, progress)
    progress(len(report.sections), len(report.sections) + 1)
    written = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"] if report.made is None else ["ua-1", "a-2a"],
        timestamp=_EPOCH,
    )
    return cast("bytes", written)  # one file, since PDF was asked for and no path was given


def laid_out(report: Report, progress: Progress = unwatched) -> typst.Compiler:
    """Return the report ready to be compiled, by the shipped fonts alone."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    data = json.dumps(_data(report, progress), ensure_ascii=False)
    return typst.Compiler(_TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs={"report": data})


def _data(report: Report, progress: Progress) -> dict[str, Any]:
    sections = []
    for number, section in enumerate(report.sections):
        progress(number, len(report.sections) + 1)
        sections.append({"title": printable(section.title), "blocks": _blocks(section.blocks)})
    for title, rows in (("What the words mean", report.definitions), ("This page", report.foot)):
        if rows:
            sections.append({"title": title, "blocks": _blocks((Pairs(rows),))})
    sections += [
        {"title": printable(f"Figures: {title}"), "blocks": _blocks((twin,))}
        for title, twin in figures_of_charts(report)
    ]
    made = report.made
    return {
        "title": printable(report.title, keep_lines=False),
        "running": printable(" · ".join((report.title, *report.subtitle[:1])), keep_lines=False),
        "made": None if made is None else {"year": made.year, "month": made.month, "day": made.day},
        "subtitle": [printable(line) for line in report.subtitle],
        "banners": [printable(line) for line in report.banners],
        "sections": sections,
    }


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return the blocks as the template takes them; a sentence stays with the chart below it."""
    return [
        {**_block(block), "sticky": isinstance(after, Chart)}
        for block, after in zip_longest(blocks, blocks[1:])
    ]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": printable(block.text)}
    if isinstance(block, Note):
        return {"kind": "note", "label": printable(block.label), "text": printable(block.text)}
    if isinstance(block, Pairs):
        rows = [[printable(label), printable(value)] for label, value in block.rows]
        return {"kind": "pairs", "rows": rows}
    if isinstance(block, Entry):
        return {
            "kind": "entry",
            "mark": printable(block.mark),
            "title": printable(block.title),
            "lines": [printable(line) for line in block.lines],
        }
    if isinstance(block, Chart):
        return _chart(block)
    return _table(block)


def _chart(chart: Chart) -> dict[str, Any]:
    figures = f"Its figures: “{chart.figures_in or f'Figures: {chart.title}'}”."
    return {
        "kind": "chart",
        "title": printable(chart.title),
        "alt": printable(chart.alt, keep_lines=False),
        "svg": in_our_fonts(svg_chart(chart)),
        "words": [printable(line) for line in chart.words],
        "below": printable(" ".join((*below(chart), figures))),
    }


def _table(table: Table) -> dict[str, Any]:
    many = len(table.columns) >= _MANY_COLUMNS
    return {
        "kind": "table",
        "columns": [printable(column.title) for column in table.columns],
        "sides": [column.align for column in table.columns],
        "widths": ["rest" if table.full_width else "wrap", *["auto"] * (len(table.columns) - 1)],
        "rows": [
            [_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ],
        "total": table.total_row,
        "full": table.full_width,
        "size": 8 if many else 8.5,
    }


def _cell(cell: str, column: Column) -> dict[str, Any]:
    text = printable(cell)
    if column.align == "right":  # spaces that line figures up stay as wide as figures
        text = _LINING_UP.sub(lambda spaces: _FIGURE_SPACE * len(spaces[0]), text)
    return {"text": text, "bars": is_bars(cell)}
