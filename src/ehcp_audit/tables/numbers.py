"""Reading an analyst's own numbers: one value a row, or a count and its total."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeVar

from ehcp_audit.domain.errors import ImportRowsError
from ehcp_audit.tables.reading import Row, read_table

_TITLE: Final = "The figures cannot be read"
_NUMBER: Final = re.compile(
    r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE
)
_MOST: Final = 100_000_000  # more than is ever counted here, and exact limits stay quick
_TOLD: Final = 5

_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Values:
    """A series of values in file order; None is a gap. `labels` are empty texts where none."""

    labels: tuple[str, ...]
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True)
class CountsOfTotals:
    """Counts out of totals in file order; None in both is a gap."""

    labels: tuple[str, ...]
    counts: tuple[int | None, ...]
    totals: tuple[int | None, ...]


class _CellError(ValueError):
    """What is wrong in a row, in the words that follow its line."""


def parse_number(text: str) -> Fraction:
    """Return the exact value of a number as people and spreadsheets write one, such as -1.5e3.

    Raises ValueError, whose words say what is wrong with it.
    """
    typed = text.strip()
    if not _NUMBER.fullmatch(typed):
        raise _CellError(_why_not(typed))
    return Fraction(typed)


def read_values(path: Path) -> Values:
    """Read the column `value`, and `label` where there is one; an empty cell or row is a gap.

    Raises `ImportRowsError`, naming file and line, for what is not a number, and where there is
    no value at all.
    """
    rows = list(_rows(path, ("value",)))
    values = _each(path, rows, lambda row: _optional(row, "value", parse_number))
    if not any(value is not None for value in values):
        raise _nothing(path)
    return Values(tuple(row.cells.get("label", "") for row in rows), values)


def read_counts(path: Path) -> CountsOfTotals:
    """Read the columns `count` and `total`, and `label` where there is one.

    A row with neither, and a total of 0, is a gap. Raises `ImportRowsError`, naming file and
    line, for what is not a whole number, for a count above its total or without one, and where
    there is no total at all.
    """
    rows = list(_rows(path, ("count", "total")))
    pairs = _each(path, rows, _count_of_total)
    if not any(total for _, total in pairs):
        raise _nothing(path)
    labels = tuple(row.cells.get("label", "") for row in rows)
    return CountsOfTotals(
        labels, tuple(count for count, _ in pairs), tuple(total for _, total in pairs)
    )


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[Row]:
    return read_table(path, columns=(*required, "label"), required=required, empty_rows=True)


def _each(path: Path, rows: Sequence[Row], read: Callable[[Row], _Read]) -> tuple[_Read, ...]:
    found: list[_Read] = []
    wrong: list[str] = []
    for row in rows:
        try:
            found.append(read(row))
        except _CellError as error:
            wrong.append(f"line {row.line}: {row.problem or error}")
        else:
            wrong += [f"line {row.line}: {row.problem}"] if row.problem else []
    if wrong:
        more = f"; and {len(wrong) - _TOLD:,} more lines" if len(wrong) > _TOLD else ""
        what = f"{path}, {'; '.join(wrong[:_TOLD])}{more}."
        raise ImportRowsError(what, "Put these cells right; an empty row is a gap.", title=_TITLE)
    return tuple(found)


def _count_of_total(row: Row) -> tuple[int | None, int | None]:
    count, total = (_optional(row, name, _whole) for name in ("count", "total"))
    if (count is None) != (total is None):
        missing, there = ("total", "count") if total is None else ("count", "total")
        message = f"there is a {there} without a {missing}"
        raise _CellError(message)
    if count is not None and total is not None and count > total:
        message = f"the count {count:,} is above its total {total:,}"
        raise _CellError(message)
    return count, total


def _optional(row: Row, name: str, parse: Callable[[str], _Read]) -> _Read | None:
    text = row.cells.get(name, "").strip()
    if not text:
        return None
    try:
        return parse(text)
    except _CellError as error:
        message = f"the {name} {error}"
        raise _CellError(message) from None


def _whole(text: str) -> int:
    number = parse_number(text)
    if number.denominator != 1:
        message = f"“{text}” is not a whole number"
        raise _CellError(message)
    if number < 0:
        message = f"{text} is below 0"
        raise _CellError(message)
    if number > _MOST:
        message = f"{text} is more than can be counted here"
        raise _CellError(message)
    return int(number)


def _why_not(typed: str) -> str:
    short = typed if len(typed) <= 40 else typed[:39] + "…"  # noqa: PLR2004
    if typed.endswith("%"):
        return f"“{short}” has a % sign: write shares as fractions of 1"
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", typed):
        return f"“{short}” has commas in it: write {typed.replace(',', '')}"
    return f"“{short}” is not a number"


def _nothing(path: Path) -> ImportRowsError:
    return ImportRowsError(
        f"{path} holds no figures.", "Under the header there is a row for each.", title=_TITLE
    )
