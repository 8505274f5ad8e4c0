"""A sheet that was made from a rubric, read back: every key where it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_sheets.blocks import read_rubric_rows
from ehcp_audit.rubric_sheets.criteria_rows import COLUMNS, LevelColumn, read_criterion
from ehcp_audit.rubric_sheets.drafts import Draft, Noted, plain
from ehcp_audit.rubric_sheets.errors import SheetError
from ehcp_audit.rubric_sheets.grids import Grid
from ehcp_audit.rubric_sheets.naming import Ids

_Columns = dict[int, tuple[str, str]]  # a column's number: whether a level's, and its key or id


def draft_from_full(criteria: Grid, rest: Grid) -> tuple[Draft, list[str]]:
    """Return the draft that both sheets give, and sentences on what is not understood."""
    draft, problems = read_rubric_rows(rest.rows)
    levels = _levels(draft)
    if not levels:
        what = f"The sheet {rest.name} has no Levels, so the columns cannot be told."
        raise SheetError(what, "Make the sheet again from the rubric.")
    start = next(number for number, row in enumerate(criteria.rows) if any(row))
    columns, unknown = _columns(criteria.rows[start], levels)
    problems.extend(unknown)
    themes = draft.setdefault("themes", [])
    draft["criteria"] = [
        _criterion(row, columns, levels, themes)
        for row in criteria.rows[start + 1 :]
        if any(cell.strip() for cell in row)
    ]
    return draft, problems


def _levels(draft: Draft) -> list[LevelColumn]:
    tables = draft.get("scale", {}).get("levels", [])
    return [
        LevelColumn(str(table.get("id", "")), str(table.get("label", "")), str(number % 10))
        for number, table in enumerate(tables, start=1)
    ]


def _columns(header: Sequence[str], levels: Sequence[LevelColumn]) -> tuple[_Columns, list[str]]:
    keys = {name.lower(): key for key, name in COLUMNS.items()}
    by_name = {level.label.lower(): level.id for level in reversed(levels)}
    exact = {level.header: level.id for level in levels}
    columns: _Columns = {}
    problems = []
    for number, cell in enumerate(header):
        name = cell.strip().lower()
        label = name[1:].strip() if name[:1].isdigit() else name
        if cell in exact:
            columns[number] = ("level", exact[cell])
        elif name in keys:
            columns[number] = ("key", keys[name])
        elif label in by_name or name in by_name:
            columns[number] = ("level", by_name.get(label) or by_name[name])
        elif name:
            problems.append(f"The column “{one_line(cell, 60)}” is not used.")
    missing = [level for level in levels if ("level", level.id) not in columns.values()]
    problems.extend(f"TODO the sheet has no column “{level.header}”." for level in missing)
    return columns, problems


def _criterion(
    row: Sequence[str], columns: _Columns, levels: Sequence[LevelColumn], themes: list[Any]
) -> Draft:
    by_key: dict[str, str] = {}
    described: dict[str, Any] = {}
    for number, (kind, name) in columns.items():
        if kind == "level":
            described[name] = row[number]
        else:
            by_key[name] = row[number]
    by_key["theme"] = _theme_id(by_key.get("theme", ""), themes)
    ordered = {
        level.id: described.get(level.id) or f"TODO {level.label}: what would you see?"
        for level in levels
    }
    return read_criterion(by_key, ordered, levels)


def _theme_id(cell: str, themes: list[Any]) -> str:
    """Return the id of the theme that a cell names; a theme not seen before is added."""
    listed = [plain(theme) for theme in themes]
    spellings = [{str(each.get(key, "")): each for each in listed} for key in ("title", "id")]
    loose = [{name.strip().lower(): each for name, each in names.items()} for names in spellings]
    for names, wanted in zip(
        (*spellings, *loose), 2 * (cell,) + 2 * (cell.strip().lower(),), strict=True
    ):
        if wanted in names:
            return str(names[wanted].get("id", ""))
    taken = Ids(frozenset(str(each.get("id", "")) for each in listed))
    made = taken.make(cell, "theme")
    note = "TODO a theme that the sheet Rubric does not list: check its id."
    themes.append(Noted({"id": made, "title": cell or "TODO name this theme"}, note))
    return made
