"""A rubric as a spreadsheet: an XLSX workbook of two sheets, or two CSV files beside each other."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ehcp_audit.domain.rubric import AGENCY_LABELS, Rubric
from ehcp_audit.domain.text import storable
from ehcp_audit.files import refuse_existing, whole_file
from ehcp_audit.rubric_sheets import cells
from ehcp_audit.rubric_sheets.blocks import FIRST_BLOCK, Cell, rubric_rows
from ehcp_audit.rubric_sheets.criteria_rows import COLUMNS, criteria_rows
from ehcp_audit.rubric_sheets.drafts import draft_from_rubric
from ehcp_audit.rubric_sheets.errors import SheetError
from ehcp_audit.rubric_sheets.grids import cell_name
from ehcp_audit.tables.guarding import guarded

CRITERIA: Final = "Criteria"
_LONGEST_CELL: Final = 32_767
_LINE_POINTS: Final = 15
_HIGHEST_POINTS: Final = 409  # what Excel allows a row
_A3: Final = 8
_WIDTHS: Final = {
    "Theme": 20,
    "Id": 22,
    "Title": 24,
    "Question": 44,
    "Guidance": 44,
    "Weight": 8,
    "Limiting": 9,
    "Agency": 12,
    "Scored by": 16,
    "Sections": 12,
    "Evidence needed at": 18,
    "Applies when": 34,
    "Examples": 44,
    "Measured": 10,
    "Computed": 24,
    "Law": 30,
    "Findings": 50,
    "On lowest": 30,
    "Ask cause": 10,
}
_LEVEL_WIDTH: Final = 30
_CHOICES: Final = {
    "Limiting": [cells.YES, cells.NO],
    "Ask cause": [cells.YES, cells.NO],
    "Measured": [cells.YES, cells.NO],
    "Agency": list(AGENCY_LABELS.values()),
}
_MOST_ROWS: Final = 1_000  # as far down as the choices are offered
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def sheet_from_rubric(rubric: Rubric, path: Path, *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write a rubric as a sheet of criteria and return the files written.

    The ending of `path` decides: .xlsx makes a workbook with the sheets Criteria and Rubric,
    .csv a file of criteria and, beside it, NAME.rubric.csv with the rest. Raises `SheetError`
    for another ending and `UsageError` where a file is there already.
    """
    criteria, rest = criteria_rows(rubric), rubric_rows(draft_from_rubric(rubric))
    ending = path.suffix.lower()
    if ending == ".csv":
        beside = rubric_file_beside(path)
        if not overwrite:
            refuse_existing(path)
        _write_csv(beside, rest, overwrite=overwrite)
        _write_csv(path, criteria, overwrite=overwrite)
        return (path, beside)
    if ending != ".xlsx":
        what = f"{path} ends neither in .xlsx nor in .csv."
        raise SheetError(what, "Choose one of these endings.")
    workbook = _workbook(criteria, rest)
    with whole_file(path, overwrite=overwrite, private=False) as stream:
        stream.buffer.write(workbook)
    return (path,)


def rubric_file_beside(path: Path) -> Path:
    """Return the name of the second CSV file: NAME.rubric.csv beside NAME.csv."""
    return path.with_name(f"{path.stem}.rubric.csv")


def _write_csv(path: Path, rows: Sequence[Sequence[Cell]], *, overwrite: bool) -> None:
    width = max(map(len, rows))
    with whole_file(path, overwrite=overwrite, private=False) as stream:
        stream.write("\ufeff")  # Excel reads UTF-8 only with this mark
        writer = csv.writer(stream, lineterminator="\r\n")
        for row in rows:
            shown = [guarded(storable(str(cell))) for cell in row]
            writer.writerow([*shown, *[""] * (width - len(row))])


def _workbook(criteria: Sequence[Sequence[Cell]], rest: Sequence[Sequence[Cell]]) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  (one command needs it)

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"author": "", "created": _LONG_AGO})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    figure = book.add_format({"valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(CRITERIA)
    _write_rows(sheet, criteria, text, figure, lambda number, _row: bold if number == 0 else None)
    for column, name in enumerate(map(str, criteria[0])):
        known = name in COLUMNS.values()
        sheet.set_column(column, column, _WIDTHS[name] if known else _LEVEL_WIDTH, text)
        if name in _CHOICES:
            offered = {"validate": "list", "source": _CHOICES[name]}
            sheet.data_validation(1, column, _MOST_ROWS, column, offered)
    sheet.freeze_panes(1, 3)
    sheet.repeat_rows(0)
    widths = [_WIDTHS.get(name, _LEVEL_WIDTH) for name in map(str, criteria[0])]
    _lay_out(sheet, criteria, widths)
    second = book.add_worksheet(FIRST_BLOCK)
    headings = _headings(rest)
    _write_rows(
        second, rest, text, figure, lambda number, _row: bold if number in headings else None
    )
    second.set_column(0, 0, 24, text)
    second.set_column(1, 1, 50, text)
    second.set_column(2, 9, 22, text)
    _lay_out(second, rest, [24, 50, *[22] * 8])
    book.close()
    return target.getvalue()


def _headings(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Return the numbers of the rows that name a block or its columns."""
    names = {number for number, row in enumerate(rows) if len(row) == 1}
    return names | {number + 1 for number in names if number > 0}


def _write_rows(
    sheet: Any, rows: Sequence[Sequence[Cell]], text: Any, figure: Any, heading: Any
) -> None:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    shown = _written(cell, number, column)
                    sheet.write_string(number, column, shown, heading(number, row) or text)
            elif float(f"{cell:.16G}") == cell:  # as many digits as a workbook keeps
                sheet.write_number(number, column, cell, figure)
            else:
                sheet.write_string(number, column, repr(cell), text)


def _lay_out(sheet: Any, rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> None:
    """Make rows as high as their wrapped text, and print the sheet two pages of A3 wide.

    Not every program works row heights out by itself.
    """
    for number, row in enumerate(rows):
        lines = max(
            (_lines(str(cell), width) for cell, width in zip(row, widths, strict=False)), default=1
        )
        sheet.set_row(number, min(lines * _LINE_POINTS, _HIGHEST_POINTS))
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(2, 0)


def _lines(text: str, width: int) -> int:
    return sum(max(math.ceil(len(line) / (width * 0.9)), 1) for line in text.split("\n"))


def _written(cell: str, row: int, column: int) -> str:
    """Return a text as a workbook holds it, or refuse it."""
    place = cell_name(row + 1, column + 1)
    if len(cell) > _LONGEST_CELL:
        what = f"The text for {place} is longer than the {_LONGEST_CELL:,} characters of a cell."
        raise SheetError(what, "Shorten it, or write .csv.", title="The sheet was not written")
    if "\ufffe" in cell or "\uffff" in cell:
        what = f"The text for {place} holds a character that no workbook can hold."
        raise SheetError(what, "Take it out, or write .csv.", title="The sheet was not written")
    return guarded(storable(cell))
