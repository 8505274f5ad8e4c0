"""A sheet of criteria as the text of a rubric file, for an editor to finish."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_sheets.blocks import is_rubric_sheet
from ehcp_audit.rubric_sheets.council_columns import find_layout
from ehcp_audit.rubric_sheets.council_sheet import draft_from_council
from ehcp_audit.rubric_sheets.drafts import Draft, Noted
from ehcp_audit.rubric_sheets.errors import SheetError
from ehcp_audit.rubric_sheets.full_sheet import draft_from_full
from ehcp_audit.rubric_sheets.grids import Grid, read_grids
from ehcp_audit.rubric_sheets.naming import slug
from ehcp_audit.rubric_sheets.toml_writing import toml_text
from ehcp_audit.rubric_sheets.writing import CRITERIA, rubric_file_beside

_OPENING = (
    "A draft made from the sheet “{name}”.",
    (
        "Where a line says TODO, the sheet left something out: write it, and delete the line. "
        "docs/rubric-format.md explains every key."
    ),
)


def draft_from_sheet(path: Path, *, rubric_id: str = "", title: str = "") -> str:
    """Return a sheet of criteria as TOML, syntactically valid, with notes on what is missing.

    The sheet is one that `sheet_from_rubric` made, which gives back an equal rubric, or a
    council's own. `rubric_id` and `title` go before those of the sheet; where neither names
    them, the file's name does. Raises `SheetError` for a file that cannot be used.
    """
    grids = read_grids(path)
    if path.suffix.lower() == ".csv":
        grids += _beside(path)
    rest = next((grid for grid in grids if is_rubric_sheet(grid.rows)), None)
    others = [grid for grid in grids if grid is not rest]
    if not any(any(row) for grid in others for row in grid.rows):
        what = f"{path} holds no criteria."
        raise SheetError(what, "Name the file that holds one criterion in each row.")
    if rest is not None:
        criteria = next((g for g in others if g.name.lower() == CRITERIA.lower()), others[0])
        draft, told = draft_from_full(criteria, rest)
    else:
        draft, told = _from_council(path, others)
    identity = _identity(draft, path, rubric_id, title)
    opening = [sentence.format(name=one_line(path.name, 80)) for sentence in _OPENING]
    return toml_text({**identity, **draft, **identity}, [*opening, *told])


def _beside(path: Path) -> tuple[Grid, ...]:
    beside = rubric_file_beside(path)
    return read_grids(beside) if beside.exists() else ()


def _from_council(path: Path, grids: list[Grid]) -> tuple[Draft, list[str]]:
    layouts = [(grid, layout) for grid in grids if (layout := find_layout(grid)) is not None]
    if not layouts:
        what = f"{path} has no row that names its columns, with one for the question."
        step = "Name the columns in one row, such as Theme, Question, Weight, Red, Amber, Green."
        raise SheetError(what, step)
    grid, layout = max(layouts, key=lambda pair: len(pair[1].keys) + len(pair[1].levels))
    draft, told = draft_from_council(grid, layout)
    if not draft["criteria"]:
        what = f"{path} holds no criteria under the names of its columns."
        raise SheetError(what, "Write one criterion in each row.")
    if len(grids) > 1:
        told.insert(0, f"Only the sheet “{one_line(grid.name, 60)}” was read.")
    return draft, told


def _identity(draft: Draft, path: Path, rubric_id: str, title: str) -> dict[str, Any]:
    words = path.stem.replace("_", " ").replace("-", " ").strip()
    made: dict[str, Any] = {
        "id": rubric_id or draft.get("id") or slug(path.stem) or "rubric",
        "version": draft.get("version") or "0.1",
        "title": title or draft.get("title") or one_line(words, 80) or "Rubric",
    }
    if "owner" not in draft and "id" not in draft:
        made["owner"] = Noted("", "TODO who looks after this rubric?")
    return made
