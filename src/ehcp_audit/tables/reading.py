"""Reading CSV: checked for encoding and size before the first row, then row by row, by line."""

from __future__ import annotations

import codecs
import csv
import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ehcp_audit.domain.errors import ImportRowsError
from ehcp_audit.tables.guarding import GUARD, unguarded

_TITLE = "The table cannot be read"
_CHUNK = 1 << 20
_OTHER_MARKS: Final = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_SAVE_AS = "Save it again as “CSV UTF-8 (comma delimited)”."


@dataclass(frozen=True)
class TableLimits:
    """What is more than any real table holds; over these, a file is refused."""

    bytes: int = 100_000_000
    rows: int = 250_000
    cell: int = 100_000


@dataclass(frozen=True)
class Row:
    """One row under the header's names; an empty cell has no entry.

    `line` is the physical line it begins on, as an editor counts; `problem` says, in a
    sentence, why its cells cannot be trusted (they are then what could be read).
    """

    line: int
    cells: Mapping[str, str]
    problem: str = ""


def read_table(
    path: Path,
    *,
    columns: Sequence[str],
    required: Collection[str],
    limits: TableLimits | None = None,
    empty_rows: bool = False,
) -> Iterator[Row]:
    """Yield the rows of a CSV file whose header holds `required` and nothing outside `columns`.

    Names are matched without regard to case or spaces around them. Empty rows are left out
    unless asked for; those at the end always are. Raises `ImportRowsError` for a file that
    cannot be read as such a table at all.
    """
    limits = limits or TableLimits()
    _check_bytes(path, limits)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            rows = _rows(reader, path, columns, required, limits)
            yield from rows if empty_rows else (row for row in rows if row.cells or row.problem)
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}."
        raise _unreadable(what, "Check the name and who may read it.") from error


def _check_bytes(path: Path, limits: TableLimits) -> None:
    """Refuse what is not a UTF-8 file of a sensible size, naming the line that shows it."""
    if not path.exists():
        what = f"{path} does not exist."
        raise _unreadable(what, "Check the name.")
    if not path.is_file():
        what = f"{path} is not a file."
        raise _unreadable(what, "Name a CSV file.")
    if path.stat().st_size > limits.bytes:
        what = f"{path} is larger than {limits.bytes // 1_000_000} MB."
        raise _unreadable(what, "Split it by audit into smaller files.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if lines == 1 and (name := _OTHER_MARKS.get(chunk[:2])):
                what = f"{path} is {name} text, not UTF-8."
                raise _unreadable(what, _SAVE_AS)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line = lines + error.object[: error.start].count(b"\n")
                raise _wrong_encoding(path, line, error.object[error.start]) from error
            lines += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(path, lines, error.object[error.start]) from error


def _wrong_encoding(path: Path, line: int, byte: int) -> ImportRowsError:
    what = (
        f"{path}, line {line}: byte {byte:02X} is not UTF-8; "
        "the file looks as if it was saved as Windows-1252 (Excel’s plain “CSV”)."
    )
    return _unreadable(what, _SAVE_AS)


def _rows(
    reader: Iterator[list[str]],
    path: Path,
    columns: Sequence[str],
    required: Collection[str],
    limits: TableLimits,
) -> Iterator[Row]:
    numbered = _numbered(reader, path)
    _, first = next(numbered, (1, []))
    names = _header(path, first, columns, required)
    count = 0
    empty: list[Row] = []
    for line, cells in numbered:
        count += 1
        if count > limits.rows:
            what = f"{path} holds more than {limits.rows:,} rows."
            raise _unreadable(what, "Split it by audit into smaller files.")
        if not any(cells):
            empty.append(Row(line, {}))
            continue
        yield from empty
        empty.clear()
        yield _row(line, names, cells, limits)


def _numbered(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the physical line it begins on."""
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = f"{path}, line {line}: {error}."
            step = "A quotation mark inside a quoted cell is written twice; check where it closes."
            raise _unreadable(what, step) from error
        yield line, cells
        line = reader.line_num + 1  # type: ignore[attr-defined]


def _header(
    path: Path, cells: list[str], columns: Sequence[str], required: Collection[str]
) -> list[str]:
    """Return the header's names; trailing columns without a name are the empty text."""
    names = [cell.strip().lower() for cell in cells]
    if not any(names):
        what = f"{path} is empty." if not names else f"{path}, line 1: the header is empty."
        raise _unreadable(what, f"The first line names the columns: {', '.join(required)}…")
    for separator, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and separator in names[0]:
            what = f"{path}: the columns are separated by {word}, not commas."
            raise _unreadable(what, _SAVE_AS)
    problems = []
    for name in dict.fromkeys(names):
        if name and name not in columns:
            close = difflib.get_close_matches(name, columns, n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            problems.append(f"unknown column {_short(name)}{hint}")
        if name and names.count(name) > 1:
            problems.append(f"column {_short(name)} is there {names.count(name)} times")
    missing = [name for name in required if name not in names]
    problems.extend(f"column {name} is missing" for name in missing)
    if problems:
        what = f"{path}, line 1: {'; '.join(problems)}."
        raise _unreadable(what, "The first line names the columns; their order does not matter.")
    return names


def _row(line: int, names: list[str], cells: list[str], limits: TableLimits) -> Row:
    by_name = {
        name: unguarded(cell) if cell[0] == GUARD else cell
        for name, cell in zip(names, cells, strict=False)
        if cell and name
    }
    problem = ""
    if len(cells) < len(names):
        problem = f"{len(cells)} cells where the header names {len(names)}"
    elif any(cells[len(names) :]):
        problem = f"{len(cells)} cells where the header names {len(names)}: is a comma unquoted?"
    elif stray := _nameless(names, cells):
        problem = f"“{_short(stray)}” is in a column without a name"
    elif max(map(len, cells)) > limits.cell:
        name = max(by_name, key=lambda each: len(by_name[each]))
        problem = f"{name} is longer than {limits.cell:,} characters"
    return Row(line, by_name, problem)


def _nameless(names: list[str], cells: list[str]) -> str:
    """Return the first value under an empty name, or the empty text."""
    if "" not in names:
        return ""
    return next((cell for name, cell in zip(names, cells, strict=False) if cell and not name), "")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004


def _unreadable(what: str, next_step: str) -> ImportRowsError:
    return ImportRowsError(what, next_step, title=_TITLE)
