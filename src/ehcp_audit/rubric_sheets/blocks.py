"""The second sheet: all of a rubric but its criteria, as blocks a person can read.

A block begins with a row that holds its name alone, then a row of column names, then its rows;
the first block, Rubric, has a name and a value in each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_sheets import cells
from ehcp_audit.rubric_sheets.drafts import Draft, plain

Cell = str | int | float
Kind = Literal["text", "number", "whole", "yes", "names", "date", "choices"]
FIRST_BLOCK: Final = "Rubric"
_JOINED: Final = "; "


@dataclass(frozen=True)
class Field:
    """One value: its name in the sheet, where it stands in a draft, and how a cell holds it."""

    name: str
    path: tuple[str, ...]
    kind: Kind = "text"


@dataclass(frozen=True)
class Block:
    """A list of tables, or a table of tables by id, as rows under column names."""

    name: str
    path: tuple[str, ...]
    fields: tuple[Field, ...]
    keyed: bool = False  # the first field is the key in a table, not a value in a list


_RUBRIC: Final = (
    Field("Id", ("id",)),
    Field("Version", ("version",)),
    Field("Title", ("title",)),
    Field("Summary", ("summary",)),
    Field("Owner", ("owner",)),
    Field("Effective from", ("effective_from",), "date"),
    Field("Effective to", ("effective_to",), "date"),
    Field("Law as at", ("law_as_at",), "date"),
    Field("Met from", ("scale", "met_from")),
    Field("Not applicable", ("scale", "not_applicable")),
    Field("Not evidenced", ("scale", "not_evidenced")),
    Field("Needs scored weight", ("grading", "needs_scored_weight"), "number"),
    Field("Needs limiting scored", ("grading", "needs_limiting_scored"), "yes"),
    Field("Theme met at", ("grading", "theme_met_at"), "number"),
    Field("Ungraded says", ("grading", "ungraded_says")),
)
BLOCKS: Final = (
    Block(
        "Levels",
        ("scale", "levels"),
        (
            Field("Id", ("id",)),
            Field("Label", ("label",)),
            Field("Symbol", ("symbol",)),
            Field("Points", ("points",), "number"),
            Field("Meaning", ("meaning",)),
        ),
    ),
    Block(
        "Grades",
        ("grades",),
        (
            Field("Id", ("id",)),
            Field("Label", ("label",)),
            Field("At least", ("at_least",), "number"),
            Field("Share at level", ("share_at", "level")),
            Field("Share at least", ("share_at", "at_least"), "number"),
            Field("Nothing at", ("nothing_at",), "names"),
        ),
    ),
    Block(
        "Limits",
        ("limits",),
        (
            Field("Id", ("id",)),
            Field("Limiting", ("when", "limiting"), "whole"),
            Field("Criterion", ("when", "criterion")),
            Field("At", ("when", "at")),
            Field("Theme below", ("when", "theme_below"), "number"),
            Field("Theme scored at least", ("when", "theme_scored_at_least"), "whole"),
            Field("No better than", ("no_better_than",)),
            Field("Says", ("says",)),
        ),
    ),
    Block(
        "Facts",
        ("facts",),
        (
            Field("Id", ("id",)),
            Field("Label", ("label",)),
            Field("Kind", ("kind",)),
            Field("Choices", ("choices",), "choices"),
            Field("Ordered", ("ordered",), "yes"),
            Field("Needed", ("needed",), "yes"),
            Field("Reported", ("reported",), "yes"),
            Field("Help", ("help",)),
        ),
    ),
    Block(
        "Retired",
        ("retired",),
        (
            Field("Id", ("id",)),
            Field("Since", ("since",)),
            Field("Why", ("why",)),
            Field("Replaced by", ("replaced_by",), "names"),
        ),
    ),
    Block("Themes", ("themes",), (Field("Id", ("id",)), Field("Title", ("title",)))),
    Block("Causes", ("causes",), (Field("Id", ()), Field("Label", ("label",))), keyed=True),
    Block(
        "Sources",
        ("sources",),
        (
            Field("Id", ()),
            Field("Title", ("title",)),
            Field("By", ("by",)),
            Field("Date", ("date",)),
        ),
        keyed=True,
    ),
)


def rubric_rows(draft: Draft) -> list[list[Cell]]:
    """Return the rows of the second sheet."""
    rows: list[list[Cell]] = [[FIRST_BLOCK]]
    for field in _RUBRIC:
        value = _value_at(draft, field.path)
        if value is not None:
            rows.append([field.name, shown(value)])
    for block in BLOCKS:
        tables = _value_at(draft, block.path)
        if tables:
            rows.extend([[], [block.name], [field.name for field in block.fields]])
            rows.extend(_block_rows(block, tables))
    return rows


def shown(value: Any) -> Cell:
    """Return a value of a draft as a cell holds it."""
    if isinstance(value, bool):
        return cells.YES if value else cells.NO
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n".join(
            cells.choice_line(each["id"], each.get("key", ""), each["label"]) for each in value
        )
    if isinstance(value, list):
        return _JOINED.join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def read_rubric_rows(rows: Sequence[Sequence[str]]) -> tuple[Draft, list[str]]:
    """Return the draft that the second sheet gives, and a sentence on each row it cannot read."""
    draft: Draft = {}
    problems: list[str] = []
    names = {block.name.lower(): block for block in BLOCKS}
    block: Block | None = None
    fields: list[Field | None] | None = None
    for number, row in enumerate(rows, start=1):
        if not any(cell.strip() for cell in row):
            continue
        heading = row[0].strip().lower() if not any(cell.strip() for cell in row[1:]) else ""
        if heading in names or heading == FIRST_BLOCK.lower():
            block, fields = names.get(heading), None
        elif block is None:
            problems.extend(_read_pair(draft, row, number))
        elif fields is None:
            fields = _named(block, row)
            problems.extend(_unnamed(block, row, fields, number))
        else:
            _read_row(draft, block, fields, row)
    return draft, problems


def is_rubric_sheet(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows begin as the second sheet does."""
    first = next((row for row in rows if any(row)), None)
    return first is not None and [cell.strip() for cell in first if cell.strip()] == [FIRST_BLOCK]


def read_value(cell: str, kind: Kind) -> Any:
    """Return a cell's value; a text that is not of its kind stays a text, for the check to tell."""
    if kind == "text":
        return cell
    if kind == "names":
        return cells.names(cell)
    if kind == "choices":
        return [cells.read_choice(line) for line in cells.lines(cell)]
    readers = {
        "number": cells.number,
        "whole": cells.whole,
        "yes": cells.yes_or_no,
        "date": cells.iso_date,
    }
    value = readers[kind](cell)
    return cell if value is None else value


def _block_rows(block: Block, tables: Any) -> Iterator[list[Cell]]:
    if not block.keyed:
        for table in tables:
            yield [shown(_value_at(table, field.path)) for field in block.fields]
        return
    for key, table in tables.items():
        values = {"label": table} if isinstance(table, str) else table
        yield [key, *(shown(_value_at(values, field.path)) for field in block.fields[1:])]


def _value_at(table: Any, path: tuple[str, ...]) -> Any:
    value = table
    for key in path:
        value = plain(value).get(key) if isinstance(plain(value), dict) else None
    return plain(value)


def _put(table: Draft, path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        table = table.setdefault(key, {})
    table[path[-1]] = value


def _read_pair(draft: Draft, row: Sequence[str], number: int) -> Iterator[str]:
    field = next((each for each in _RUBRIC if each.name.lower() == row[0].strip().lower()), None)
    if field is None:
        yield f"The sheet’s row {number} is not understood: “{one_line(row[0], 60)}”."
    elif len(row) > 1 and row[1]:
        _put(draft, field.path, read_value(row[1], field.kind))


def _named(block: Block, row: Sequence[str]) -> list[Field | None]:
    by_name = {field.name.lower(): field for field in block.fields}
    return [by_name.get(cell.strip().lower()) for cell in row]


def _unnamed(
    block: Block, row: Sequence[str], fields: list[Field | None], number: int
) -> Iterator[str]:
    for cell, field in zip(row, fields, strict=True):
        if cell.strip() and field is None:
            shown_name = one_line(cell, 60)
            yield f"The sheet’s row {number}: {block.name} has no column “{shown_name}”."


def _read_row(
    draft: Draft, block: Block, fields: Sequence[Field | None], row: Sequence[str]
) -> None:
    table: Draft = {}
    key = ""
    for field, cell in zip(fields, row, strict=True):
        if field is None or not cell:
            continue
        if field.path:
            _put(table, field.path, read_value(cell, field.kind))
        else:
            key = cell.strip()
    if block.keyed:
        inside: Any = table.get("label", "") if block.name == "Causes" else table
        _put(draft, (*block.path, key), inside)
    else:
        outer = draft
        for name in block.path[:-1]:
            outer = outer.setdefault(name, {})
        outer.setdefault(block.path[-1], []).append(table)
