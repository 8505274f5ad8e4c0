"""Writes a report as a workbook: a sheet a section, real numbers, charts of the program's own.

No cell is a formula or a link, whatever its text begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from ehcp_audit.domain.text import REPLACEMENT, visible
from ehcp_audit.reports.chart_words import below
from ehcp_audit.reports.csv_writer import COLUMNS, figure_rows
from ehcp_audit.reports.model import (
    Block,
    Chart,
    Entry,
    Note,
    Pairs,
    Paragraph,
    Report,
    Section,
    Table,
)
from ehcp_audit.reports.steps import Progress, unwatched
from ehcp_audit.reports.wording import is_bars
from ehcp_audit.reports.xlsx_charts import CHART_ROWS, ChartSheet

_SETTINGS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_LONGEST: Final = 32_767  # characters of a cell (Excel specifications and limits)
_SHEET_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_NOT_XML: Final = {0xFFFE: REPLACEMENT, 0xFFFF: REPLACEMENT}
_PERCENT: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]))?%")
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}")
_WIDEST: Final = 60
_NARROWEST: Final = 9
_ACROSS: Final = 96  # letters that all columns of a sheet hold at least, for sentences and charts
_PORTRAIT: Final = 120  # letters that stand beside each other on an upright page
_LINE: Final = 15  # points
_MOST_LINES: Final = 27  # in the highest row there is, 409 points
_A4: Final = 9
_FOOTER: Final = 120
_NO_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a day that never changes keeps bytes the same


def render_xlsx(report: Report, progress: Progress = unwatched) -> bytes:
    """Return the workbook's bytes; the same report makes the same bytes.

    `progress` is told each section, then the packing.
    """
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, _SETTINGS)
    day = _NO_DAY if report.made is None else datetime.combine(report.made, time(), tzinfo=UTC)
    workbook.set_properties({"title": text(report.title, 255), "created": day})
    book = _Book(workbook, report)
    book.write_front()
    charts = ChartSheet(workbook)
    for number, section in enumerate(report.sections):
        progress(number, len(report.sections) + 1)
        book.write_section(section, charts)
    progress(len(report.sections), len(report.sections) + 1)
    if report.measures:
        book.write_figures()
    rows = (*report.definitions, *report.foot)
    if rows:
        book.write_section(Section("Definitions and this page", (Pairs(rows),)), charts)
    if charts.waiting:
        charts.write(book.sheet("Chart data", wide=True))
    workbook.close()
    return stream.getvalue()


def text(words: str, longest: int = _LONGEST) -> str:
    """Return text as a cell can hold it: visible, at most so long, an ellipsis marking a cut."""
    shown = visible(words).translate(_NOT_XML)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


class _Book:
    """The workbook being written, its formats and the names its sheets have."""

    def __init__(self, workbook: Any, report: Report) -> None:
        self.workbook = workbook
        self.report = report
        self.names: set[str] = {"history"}  # which Excel keeps for itself
        top = {"valign": "top"}
        self.plain = workbook.add_format({**top, "text_wrap": True})
        self.right = workbook.add_format({**top, "text_wrap": True, "align": "right"})
        self.bold = workbook.add_format({**top, "text_wrap": True, "bold": True})
        self.title = workbook.add_format({"bold": True, "font_size": 18, "font_color": "#12436d"})
        self.heading = workbook.add_format({"bold": True, "font_size": 13, "font_color": "#12436d"})
        self.bars = workbook.add_format(top)
        self.banner = workbook.add_format({"bold": True, "border": 1, "text_wrap": True, **top})
        self.warning = workbook.add_format({"bold": True})
        self.head = workbook.add_format({"bold": True, "bottom": 2, "text_wrap": True})
        self.head_right = workbook.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "align": "right"}
        )
        self.across: list[int] = []  # the widths of the columns that a sentence runs over
        self.numbers: dict[tuple[str, bool], Any] = {}

    def name(self, wanted: str) -> str:
        """Return a sheet's name that no other sheet has, as Excel allows names."""
        allowed = _NOT_IN_NAMES.sub(" ", visible(wanted, keep_lines=False).translate(_NOT_XML))
        base = allowed.strip().strip("'").strip()[:_SHEET_NAME].strip("' ") or "Sheet"
        chosen, number = base, 1
        while chosen.lower() in self.names:
            number += 1
            mark = f" ({number})"
            chosen = f"{base[: _SHEET_NAME - len(mark)]}{mark}"
        self.names.add(chosen.lower())
        return chosen

    def sheet(self, title: str, *, wide: bool = False) -> Any:
        """Add a sheet that prints on A4, one page wide, with its title and page in the foot."""
        sheet = self.workbook.add_worksheet(self.name(title))
        sheet.set_paper(_A4)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        foot = text(" · ".join((self.report.title, *self.report.subtitle[:1])), _FOOTER)
        sheet.set_footer(f"&L{foot.replace('&', '&&')}&RPage &P of &N".replace("\n", " "))
        sheet.hide_gridlines(2)
        return sheet

    def write_front(self) -> None:
        """Write what the report is, and what each sheet holds."""
        sheet = self.sheet("Report")
        sheet.set_column(0, 0, _ACROSS)
        sheet.write_string(0, 0, text(self.report.title), self.title)
        row = 1
        for line in self.report.subtitle:
            sheet.write_string(row, 0, text(line), self.plain)
            row += 1
        for line in self.report.banners:
            sheet.write_string(row + 1, 0, text(line), self.banner)
            row += 2
        sheet.write_string(row + 1, 0, "Sheets", self.heading)
        for number, section in enumerate(self.report.sections, start=row + 2):
            sheet.write_string(number, 0, text(section.title), self.plain)

    def write_section(self, section: Section, charts: ChartSheet) -> None:
        """Write a section as a sheet: its blocks below each other, its charts where they stand."""
        widths = _widths(section.blocks)
        sheet = self.sheet(section.title, wide=sum(widths) > _PORTRAIT)
        sheet.set_row(0, 22)
        sheet.write_string(0, 0, text(section.title), self.heading)
        banners = "   ".join(self.report.banners)
        if banners:
            sheet.write_string(1, 0, text(banners), self.warning)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self.across = widths
        row, frozen = 3, False
        for block in section.blocks:
            if isinstance(block, Table):
                if not frozen:
                    sheet.freeze_panes(row + 1, 1)
                    sheet.repeat_rows(row)
                    frozen = True
                row = self._table(sheet, row, block)
            elif isinstance(block, Chart):
                row = self._chart(sheet, row, block, charts)
            else:
                row = self._words(sheet, row, block)
            row += 1

    def _table(self, sheet: Any, row: int, table: Table) -> int:
        for place, column in enumerate(table.columns):
            head = self.head if column.align == "left" else self.head_right
            sheet.write_string(row, place, text(column.title), head)
        heads = max(
            _lines(column.title, self.across[place]) for place, column in enumerate(table.columns)
        )
        sheet.set_row(row, _LINE * heads)
        for number, cells in enumerate(table.rows, start=1):
            sheet.set_row(
                row + number,
                _LINE * max(_lines(cell, self.across[place]) for place, cell in enumerate(cells)),
            )
            total = table.total_row and number == len(table.rows)
            for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                self._cell(
                    sheet, (row + number, place), cell, right=column.align == "right", total=total
                )
        return row + len(table.rows) + 1

    def _cell(
        self, sheet: Any, spot: tuple[int, int], cell: str, *, right: bool, total: bool
    ) -> None:
        """Write a cell: a number where it is one and nothing else, as it is shown; else text."""
        value, shown = number_in(cell.strip()) if right else (None, "")
        if value is not None:
            sheet.write_number(*spot, value, self._number(shown, total=total))
            return
        plain = self.bars if is_bars(cell) else self.right if right else self.plain
        sheet.write_string(*spot, text(cell.rstrip()), self.bold if total else plain)

    def _number(self, shown: str, *, total: bool) -> Any:
        """Return the format in which a number shows the digits of the page."""
        if (shown, total) not in self.numbers:
            self.numbers[shown, total] = self.workbook.add_format(
                {"num_format": shown, "align": "right", "valign": "top", "bold": total}
            )
        return self.numbers[shown, total]

    def _chart(self, sheet: Any, row: int, chart: Chart, charts: ChartSheet) -> int:
        charts.place(sheet, row, chart)
        row += CHART_ROWS
        for line in (*chart.words, *below(chart)):
            row = self._sentence(sheet, row, line, self.plain)
        return row

    def _words(self, sheet: Any, row: int, block: Block) -> int:
        if isinstance(block, Paragraph):
            return self._sentence(sheet, row, block.text, self.plain)
        if isinstance(block, Note):
            return self._sentence(sheet, row, f"{block.label}: {block.text}", self.bold)
        if isinstance(block, Pairs):
            for label, value in block.rows:
                sheet.write_string(row, 0, text(label), self.bold)
                sheet.write_string(row, 1, text(value), self.plain)
                lines = max(_lines(label, self.across[0]), _lines(value, self.across[1]))
                sheet.set_row(row, _LINE * lines)
                row += 1
        if isinstance(block, Entry):
            row = self._sentence(sheet, row, f"{block.mark}  {block.title}", self.bold)
            for line in block.lines:
                row = self._sentence(sheet, row, line, self.plain)
        return row

    def _sentence(self, sheet: Any, row: int, words: str, look: Any) -> int:
        """Write a sentence across the columns, in a row high enough for it."""
        shown = text(words)
        sheet.merge_range(row, 0, row, len(self.across) - 1, "", look)
        sheet.write_string(row, 0, shown, look)
        sheet.set_row(row, _LINE * _lines(shown, sum(self.across)))
        return row + 1

    def write_figures(self) -> None:
        """Write every figure in full, a row a period and measure, to be filtered and summed up."""
        sheet = self.sheet("Figures", wide=True)
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column, self.head)
        rows = 0
        share = self._number("0.0%", total=False)
        for rows, cells in enumerate(figure_rows(self.report), start=1):
            for place, cell in enumerate(cells):
                if isinstance(cell, float):
                    sheet.write_number(rows, place, cell, share)
                elif isinstance(cell, int):
                    sheet.write_number(rows, place, cell)
                elif cell:
                    sheet.write_string(rows, place, text(cell))
        sheet.set_column(0, 2, 16)
        sheet.set_column(3, 3, 44)
        sheet.set_column(4, len(COLUMNS) - 1, 12)
        sheet.freeze_panes(1, 4)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, rows, len(COLUMNS) - 1)


def number_in(cell: str) -> tuple[float | None, str]:
    """Return the number that a cell is, with the format that shows its digits; None for text."""
    if found := _PERCENT.fullmatch(cell):
        whole, tenth = found.groups()
        value = int(f"{whole}{tenth or 0}") / 1000
        return value, "0.0%" if tenth else "0%"
    if _NUMBER.fullmatch(cell) and (cell == "0" or not cell.startswith("0")):
        return int(cell.replace(",", "")), "#,##0"
    return None, ""


def _lines(words: str, width: int) -> int:
    """Return how many lines a text takes in a column, within what a row can be high."""
    lines = sum(max(-(-len(line) * 11 // (width * 10)), 1) for line in words.split("\n"))
    return min(1 if is_bars(words) else lines, _MOST_LINES)


def _widths(blocks: Iterable[Block]) -> list[int]:
    """Return the widths of a sheet's columns by what stands in them; two columns at least."""
    widths: dict[int, int] = {0: 24, 1: 12}
    for block in blocks:
        if isinstance(block, Table):
            rows: list[tuple[str, ...]] = [*block.rows]
            heads = [max(map(len, column.title.split()), default=0) + 2 for column in block.columns]
        elif isinstance(block, Pairs):
            rows, heads = [*block.rows], [20, 20]
        else:
            continue
        for place, head in enumerate(heads):
            wanted = max((_width(row[place]) for row in rows), default=0)
            widths[place] = max(widths.get(place, 0), min(max(wanted, head, _NARROWEST), _WIDEST))
    found = [widths.get(place, _NARROWEST) for place in range(max(widths) + 1)]
    while sum(found) < _ACROSS:
        found.append(_NARROWEST)
    return found


def _width(cell: str) -> int:
    if is_bars(cell):
        return len(cell) * 3 // 2
    return max((len(line) for line in visible(cell).split("\n")), default=0) + 2
