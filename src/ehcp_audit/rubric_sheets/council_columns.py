"""Which column of a council's sheet is which, found by name: case, order, near spelling aside."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ehcp_audit.rubric_sheets.criteria_rows import COLUMNS
from ehcp_audit.rubric_sheets.grids import Grid
from ehcp_audit.rubric_sheets.scales import (
    Named,
    from_letters,
    in_order,
    is_rating,
    level_named,
    levels_offered,
    words_of,
)

_NAMES: Final[dict[str, str]] = {
    "theme_weight": "section weight|section weighting|theme weight|theme weighting|area weight"
    "|area weighting|domain weight|weight of section|weight of theme",
    "question": "question|audit question|criterion|criteria|audit criteria|audit criterion"
    "|standard|quality standard|indicator|quality indicator|statement|requirement|expectation"
    "|what are we looking for|what we are looking for|audit point|check|item|descriptor",
    "theme": "theme|section|area|domain|category|heading|topic|aspect|section of plan"
    "|plan section|section of the plan|audit area|audit theme|strand",
    "id": "id|ref|reference|number|no|item no|question no|question number|code|q",
    "title": "title|short title|name|criterion title",
    "guidance": "guidance|guidance notes|what to look for|prompts|prompt|help|explanation"
    "|what good looks like|description|notes for auditors|guidance for auditors|things to consider",
    "weight": "weight|weighting|importance|question weight|max score|maximum score",
    "limiting": "limiting|critical|essential|must have|gateway|key question|limiting question",
    "agency": "agency|lead agency|service|lead|owner|responsible|responsible agency"
    "|responsible service|lead service",
    "scored_by": "scored by|who scores|auditor role|audited by role",
    "sections": "sections|plan sections|sections of plan|where to look|ehcp section|section ehcp",
    "evidence_at": "evidence needed at|evidence required|evidence needed",
    "evidence": "evidence|sources of evidence|evidence source|evidence to look for|where found",
    "law": "law|legislation|legal basis|statutory reference|legal reference|statutory basis"
    "|code of practice|send code of practice|regulation|regulations|cop reference",
    "applies_when": "applies when|applies to|only if",
    "examples": "examples|example",
    "measured": "measured",
    "computed": "computed",
    "findings": "findings|inspection findings",
    "on_lowest": "on lowest",
    "ask_cause": "ask cause",
}
_KEY_OF: Final = {
    **{name: key for key, names in _NAMES.items() for name in names.split("|")},
    **{words_of(name): key for key, name in COLUMNS.items() if key != "sections"},
}
_NEAR: Final = 0.8
_HEADER_WITHIN: Final = 30
_FEWEST_FILLED: Final = 0.5
_MOST_LEVELS: Final = 10
_PLAN_SECTION = re.compile(
    r"(section\s*)?(all|[a-k]|h[12])([\s,;&/+-]+(and\s+)?([a-k]|h[12]))*", re.IGNORECASE
)


@dataclass(frozen=True)
class Layout:
    """Where a council's sheet keeps what: numbers of rows and columns from 0.

    `levels` run from the worst to the best; those without a column are offered in one column.
    `guessed` says that only their place in the sheet made columns levels.
    """

    header: int
    keys: dict[int, str]
    levels: tuple[Named, ...]
    unused: tuple[str, ...] = ()
    guessed: bool = False
    offered_by: str = ""  # the name of the single column that offers the levels

    def column(self, key: str) -> int | None:
        """Return the column of a key, or None."""
        return next((column for column, each in self.keys.items() if each == key), None)


def find_layout(grid: Grid) -> Layout | None:
    """Return the layout of a sheet, its header in one of the first thirty rows; None for none."""
    best: Layout | None = None
    for number, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        layout = _layout(grid, number, row)
        if layout is not None and (best is None or _found(layout) > _found(best)):
            best = layout
    return best


def _found(layout: Layout) -> int:
    return len(layout.keys) + len([level for level in layout.levels if level.column is not None])


def _layout(grid: Grid, number: int, row: Sequence[str]) -> Layout | None:
    body = grid.rows[number + 1 :]
    keys, levels = _keys_and_levels(row)
    keys = _settled(keys, body)
    if "question" not in keys.values() or not any(map(any, body)):
        return None
    if len([cell for cell in row if cell.strip()]) < 2 and len(grid.rows[0]) > 1:  # noqa: PLR2004
        return None
    guessed = False
    offered_by = ""
    if len(levels) < 2:  # noqa: PLR2004
        offered_by, levels = _offered(row, keys)
    if not levels:
        levels = _by_place(row, keys, body)
        guessed = bool(levels)
    columns = {level.column for level in levels}
    unused = tuple(
        " ".join(cell.split())
        for column, cell in enumerate(row)
        if cell.strip() and column not in keys and column not in columns and cell != offered_by
    )
    return Layout(number, keys, levels[:_MOST_LEVELS], unused, guessed, offered_by)


def _keys_and_levels(row: Sequence[str]) -> tuple[dict[int, str], tuple[Named, ...]]:
    words = [words_of(cell) for cell in row]
    named = {column: level_named(cell, column) for column, cell in enumerate(row)}
    letters = [column for column, each in enumerate(words) if each in ("r", "a", "g", "b")]
    if {"r", "a", "g"}.issubset(words):
        spelt = from_letters(Named(row[column].strip()) for column in letters)
        named |= {
            column: replace(level, column=column)
            for column, level in zip(letters, spelt, strict=True)
        }
    elif {"y", "n"}.issubset(words):
        pair = [words.index("y"), words.index("n")]
        spelt = from_letters(Named(row[column].strip()) for column in pair)
        named |= {c: replace(level, column=c) for c, level in zip(pair, spelt, strict=True)}
    keys: dict[int, str] = {}
    for column, each in enumerate(words):
        key = _KEY_OF.get(each) or (None if named[column] else _near_key(each))
        if each == "no" and "yes" in words and column != _number_column(row, words):
            continue
        if key is not None and key not in keys.values():
            keys[column] = key
            named[column] = None
        elif key is not None and key in ("question", "theme"):
            keys[column] = f"second {key}"
            named[column] = None
    levels = [level for level in named.values() if level is not None]
    if len(levels) > 1:
        levels = _between(row, levels, keys)
    return keys, in_order(levels)


def _number_column(row: Sequence[str], words: Sequence[str]) -> int | None:
    """Return the column that “No.” heads as a number, where another “No” answers a question."""
    columns = [column for column, each in enumerate(words) if each == "no"]
    dotted = [column for column in columns if "." in row[column]]
    return next(iter(dotted or columns), None) if len(columns) > 1 or dotted else None


def _between(row: Sequence[str], levels: list[Named], keys: dict[int, str]) -> list[Named]:
    """Return the levels with the columns between them, whose names say nothing, added."""
    places = {level.column: level for level in levels}
    columns = [level.column for level in levels if level.column is not None]
    return [
        places.get(column) or Named(" ".join(row[column].split()), column=column)
        for column in range(min(columns), max(columns) + 1)
        if column in places
        or (row[column].strip() and column not in keys and not _is_aside(row[column]))
    ]


def _is_aside(cell: str) -> bool:
    words = words_of(cell)
    aside = ("comment", "note", "applicable", "action", "n a", "evidence", "auditor")
    return any(word in words for word in aside) or is_rating(cell)


def _near_key(words: str) -> str | None:
    if len(words) > 4:  # noqa: PLR2004
        near = difflib.get_close_matches(words, _KEY_OF, n=1, cutoff=_NEAR)
        if near:
            return _KEY_OF[near[0]]
    return None


def _settled(keys: dict[int, str], body: Sequence[Sequence[str]]) -> dict[int, str]:
    """Tell a theme from sections of the plan, and a title from the question, by what they hold."""
    settled = dict(keys)
    for column, key in keys.items():
        if key in ("theme", "second theme"):
            cells = [row[column].strip() for row in body if row[column].strip()]
            if cells and all(_PLAN_SECTION.fullmatch(cell) for cell in cells):
                free = "sections" not in settled.values()
                settled[column] = "sections" if free else "unused theme"
    for key in ("theme", "question"):
        second = next((c for c, each in settled.items() if each == f"second {key}"), None)
        if second is None:
            continue
        first = next((c for c, each in settled.items() if each == key), None)
        if first is None:
            settled[second] = key
        elif key == "question" and "title" not in settled.values():
            title, question = sorted((first, second), key=lambda column: _length(body, column))
            settled[title], settled[question] = "title", "question"
    return {c: key for c, key in settled.items() if not key.startswith(("second", "unused"))}


def _length(body: Sequence[Sequence[str]], column: int) -> int:
    return sum(len(row[column]) for row in body)


def _offered(row: Sequence[str], keys: dict[int, str]) -> tuple[str, tuple[Named, ...]]:
    for column, cell in enumerate(row):
        if cell.strip() and column not in keys and (levels := levels_offered(cell)):
            return cell, levels
    return "", ()


def _by_place(
    row: Sequence[str], keys: dict[int, str], body: Sequence[Sequence[str]]
) -> tuple[Named, ...]:
    """Return the longest run of unknown columns that most rows fill: a scale of own words."""
    rows = [each for each in body if any(each)]
    runs: list[list[int]] = [[]]
    for column, cell in enumerate(row):
        filled = sum(bool(each[column].strip()) for each in rows)
        is_level = cell.strip() and column not in keys and not _is_aside(cell)
        if is_level and filled >= _FEWEST_FILLED * len(rows):
            runs[-1].append(column)
        else:
            runs.append([])
    longest = max(runs, key=len)
    if len(longest) < 2:  # noqa: PLR2004
        return ()
    return tuple(Named(" ".join(row[column].split()), column=column) for column in longest)
