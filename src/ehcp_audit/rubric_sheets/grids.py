"""A sheet as rows of texts, whatever file it came from, checked for what no cell may hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ehcp_audit.domain.text import visible
from ehcp_audit.rubric_sheets.errors import SheetError
from ehcp_audit.tables.guarding import unguarded

MOST_BYTES: Final = 5_000_000
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 60
_LONGEST_CELL: Final = 32_767  # as in a workbook

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK\x03\x04"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS_CSV: Final = "Save it again as “CSV UTF-8 (comma delimited)”."
_SAVE_AS_XLSX: Final = "Open it, save it again as “Excel Workbook (.xlsx)”, and use that file."
# What word processors leave in cells and nobody sees: read as what it stands for.
_TIDIED = str.maketrans(
    {
        "\v": "\n",
        "\f": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u00ad": "",  # soft hyphen
        "\u200b": "",  # zero-width space
        "\u2060": "",  # word joiner
        "\ufeff": "",
        "\uf0b7": "•",  # the bullet of the Symbol font
        "\uf0a7": "•",  # the bullet of the Wingdings font
    }
)
_LINE_ENDS = re.compile(r"(?:_x000D_)?\r?\n|\r")


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet; all have as many cells as the longest, and the last is not empty."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Return every sheet of a CSV or XLSX file that holds anything.

    Only the ending decides what a file is taken for. Raises `SheetError` for what is not such a
    file, is larger than a sheet of criteria ever is, or holds control characters.
    """
    ending = path.suffix.lower()
    content = _bytes_of(path)
    if ending == ".csv":
        return (_grid(path.name, path.stem, _csv_rows(path, content), "line"),)
    if ending not in (".xlsx", ".xlsm"):
        what = f"{path} is neither a .xlsx nor a .csv file."
        raise SheetError(what, "Save the sheet as one of these.")
    _check_workbook(path, content)
    from ehcp_audit.rubric_sheets.workbooks import read_workbook  # noqa: PLC0415

    sheets = read_workbook(path, content)
    grids = [_grid(f"{path.name}, sheet {name}", name, rows, "row") for name, rows in sheets]
    return tuple(grid for grid in grids if grid.rows)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            what = f"{path} is not a file."
            raise SheetError(what, "Name a .xlsx or .csv file.")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror or error}."
        raise SheetError(what, "Check the name and who may read it.") from error
    if len(content) > MOST_BYTES:
        what = f"{path} is larger than {MOST_BYTES // 1_000_000} MB."
        raise SheetError(what, "Keep only the sheet of criteria, without pictures.")
    if not content:
        what = f"{path} is empty."
        raise SheetError(what, "Name the file that holds the criteria.")
    return content


def _check_workbook(path: Path, content: bytes) -> None:
    if content.startswith(_OLE) and _ENCRYPTED in content:
        what = f"{path} is protected by a password."
        raise SheetError(what, "Save a copy without the password, and use that.")
    if content.startswith(_OLE):
        what = f"{path} is a workbook of the old kind (.xls)."
        raise SheetError(what, _SAVE_AS_XLSX)
    if not content.startswith(_ZIP):
        what = f"{path} is not a workbook, whatever its name says."
        step = "If it is a text table, name it .csv; otherwise save it again as .xlsx."
        raise SheetError(what, step)


def _csv_rows(path: Path, content: bytes) -> Iterator[list[str]]:
    if content.startswith((_OLE, _ZIP)):
        what = f"{path} is a workbook, whatever its name says."
        raise SheetError(what, "Give it the ending .xlsx, or save it again as CSV UTF-8.")
    if content.startswith(_UTF16_MARKS):
        what = f"{path} is UTF-16 text, not UTF-8."
        raise SheetError(what, _SAVE_AS_CSV)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = (
            f"{path}, line {line}: byte {content[error.start]:02X} is not UTF-8; "
            "the file looks as if it was saved as Excel’s plain “CSV”."
        )
        raise SheetError(what, _SAVE_AS_CSV) from None
    first = text.partition("\n")[0]
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if mark in first and "," not in first:
            what = f"{path}: the columns are separated by {word}, not commas."
            raise SheetError(what, _SAVE_AS_CSV)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = f"{path}, line {line}: {error}."
            step = "A quotation mark inside a quoted cell is written twice; check where it closes."
            raise SheetError(what, step) from None


def _grid(place: str, name: str, rows: Iterator[list[str]], unit: str) -> Grid:
    kept: list[list[str]] = []
    for number, cells in enumerate(rows, start=1):
        read = [_text(cell, place, number, column) for column, cell in enumerate(cells, start=1)]
        while read and not read[-1]:
            read.pop()
        kept.append(read)
        if read and number > MOST_ROWS:
            what = f"{place} holds more than {MOST_ROWS:,} {unit}s."
            raise SheetError(what, "Keep only the criteria in the sheet.")
        if len(read) > MOST_COLUMNS:
            what = f"{place}, {unit} {number}: there are more than {MOST_COLUMNS} columns."
            raise SheetError(what, "Keep only the criteria in the sheet.")
    while kept and not kept[-1]:
        kept.pop()
    width = max(map(len, kept), default=0)
    return Grid(name, tuple(_padded(row, width) for row in kept))


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _text(cell: str, place: str, row: int, column: int) -> str:
    """Return a cell's text with line ends as LF, tidied; refuse what a terminal would obey."""
    if cell.isascii() and cell.isprintable():
        return unguarded(cell)
    text = _LINE_ENDS.sub("\n", cell).translate(_TIDIED)
    if len(text) > _LONGEST_CELL:
        what = f"{place}: {cell_name(row, column)} is longer than {_LONGEST_CELL:,} characters."
        raise SheetError(what, "Shorten it.")
    for character in text:
        if character not in "\n\t" and visible(character) != character:
            code = f"U+{ord(character):04X}"
            what = f"{place}: {cell_name(row, column)} holds the control character {code}."
            raise SheetError(what, "Type the text of that cell anew.")
    return unguarded(text)


def cell_name(row: int, column: int) -> str:
    """Return a cell as a spreadsheet names it: row 4, column C (which is cell C4)."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"row {row}, column {letters}"
