"""The first sheet: one row a criterion, its columns, and what a row says of one criterion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ehcp_audit.domain.rubric import AGENCY_LABELS, Criterion, Level, Rubric
from ehcp_audit.domain.text import one_line
from ehcp_audit.domain.time_limits import TimeLimit
from ehcp_audit.rubric_sheets import cells
from ehcp_audit.rubric_sheets.blocks import Cell
from ehcp_audit.rubric_sheets.condition_text import (
    ConditionTextError,
    condition_text,
    read_condition,
)
from ehcp_audit.rubric_sheets.drafts import Draft, Noted, condition_table

_JOINED: Final = "; "
_AND = re.compile(r"\bAND\b|[&/+]")
_BEFORE_LEVELS: Final = ("theme", "id", "title", "question", "guidance")
COLUMNS: Final = {
    "theme": "Theme",
    "id": "Id",
    "title": "Title",
    "question": "Question",
    "guidance": "Guidance",
    "weight": "Weight",
    "limiting": "Limiting",
    "agency": "Agency",
    "scored_by": "Scored by",
    "sections": "Sections",
    "evidence_at": "Evidence needed at",
    "applies_when": "Applies when",
    "examples": "Examples",
    "measured": "Measured",
    "computed": "Computed",
    "law": "Law",
    "findings": "Findings",
    "on_lowest": "On lowest",
    "ask_cause": "Ask cause",
}
_NEEDED: Final = {
    "question": Noted("TODO", "TODO write the question that the auditor answers."),
    "title": Noted("TODO", "TODO write a title of a few words, another for each criterion."),
    "agency": Noted(
        "education", "TODO the sheet names no agency: education, health or social_care?"
    ),
}
_AGENCIES: Final = {label: agency for agency, label in AGENCY_LABELS.items()}


@dataclass(frozen=True)
class LevelColumn:
    """A level of the scale that a sheet is read against; `key` is the digit that gives it."""

    id: str
    label: str
    key: str

    @property
    def header(self) -> str:
        """The name of the level's column."""
        return f"{self.key} {self.label}"


def criteria_rows(rubric: Rubric) -> list[list[Cell]]:
    """Return the header and a row for each criterion."""
    after = [key for key in COLUMNS if key not in _BEFORE_LEVELS]
    header: list[Cell] = [COLUMNS[key] for key in _BEFORE_LEVELS]
    header += [f"{level.key} {level.label}" for level in rubric.scale.levels]
    header += [COLUMNS[key] for key in after]
    rows = [header]
    for criterion in rubric.criteria:
        shown = _shown(rubric, criterion)
        rows.append(
            [
                *(shown[key] for key in _BEFORE_LEVELS),
                *criterion.levels,
                *(shown[key] for key in after),
            ]
        )
    return rows


def _shown(rubric: Rubric, criterion: Criterion) -> dict[str, Cell]:
    levels: Sequence[Level] = rubric.scale.levels
    alone = criterion.scored_by == (criterion.agency,)
    return {
        "theme": rubric.theme(criterion.theme).title,
        "id": criterion.id,
        "title": criterion.title,
        "question": criterion.question,
        "guidance": criterion.guidance,
        "weight": "" if criterion.measured else criterion.weight,
        "examples": "\n".join(criterion.examples),
        "measured": cells.YES if criterion.measured else cells.NO,
        "computed": _shown_limit(criterion.computed),
        "limiting": cells.YES if criterion.limiting else cells.NO,
        "agency": AGENCY_LABELS[criterion.agency],
        "scored_by": "" if alone else _JOINED.join(map(AGENCY_LABELS.get, criterion.scored_by)),  # type: ignore[arg-type]
        "sections": _JOINED.join(criterion.sections),
        "evidence_at": _JOINED.join(levels[number - 1].id for number in criterion.evidence_at),
        "applies_when": condition_text(criterion.applies_when) if criterion.applies_when else "",
        "law": criterion.law,
        "findings": "\n".join(
            cells.finding_line(each.source, each.at, each.text) for each in criterion.findings
        ),
        "on_lowest": criterion.on_lowest,
        "ask_cause": cells.YES if criterion.ask_cause else cells.NO,
    }


def _shown_limit(limit: TimeLimit | None) -> str:
    if limit is None:
        return ""
    return f"{limit.start} to {limit.end} within {limit.count} {limit.unit}"


def read_criterion(
    row: Mapping[str, str], descriptions: Mapping[str, Any], levels: Sequence[LevelColumn]
) -> Draft:
    """Return what a row says of one criterion, with a note on each cell that is not understood.

    `row` holds the cells by key, `descriptions` the text of each level by its id. Keys stand in
    the order of a rubric file, and keys of empty cells are left out.
    """
    readers: dict[str, Callable[[str], Any]] = {
        "question": _one_line,
        "sections": _sections,
        "agency": _agency,
        "scored_by": lambda cell: [_agency_id(name) for name in cells.names(cell)],
        "weight": _weight,
        "limiting": _yes_or_no,
        "evidence_at": lambda cell: [level_id(name, levels) for name in cells.names(cell)],
        "ask_cause": _yes_or_no,
        "law": _one_line,
        "on_lowest": _one_line,
        "applies_when": _condition,
        "examples": cells.lines,
        "measured": _yes_or_no,
        "computed": _time_limit,
    }
    keys = ("id", "theme", "title", "question", "guidance", *list(readers)[1:])
    criterion: Draft = {}
    for key in keys:
        cell = row.get(key, "")
        value = readers[key](cell) if cell.strip() and key in readers else cell
        if not cell.strip() and key in _NEEDED:
            criterion[key] = _NEEDED[key]
        elif value is not False and value not in ("", []):
            criterion[key] = value
    criterion["levels"] = {level: _text(text) for level, text in descriptions.items()}
    _read_findings(criterion, row.get("findings", ""))
    return criterion


def level_id(name: str, levels: Sequence[LevelColumn]) -> str:
    """Return the id of the level that a cell names by id, label or key; else the name itself."""
    wanted = name.strip().lower()
    spellings: list[dict[str, str]] = [{}, {}, {}, {}]
    for level in levels:
        names = (level.id, level.label, level.header, level.key)
        for spelling, each in zip(spellings, names, strict=True):
            spelling.setdefault(each.lower(), level.id)
    return next((each[wanted] for each in spellings if wanted in each), name)


def _text(value: Any) -> Any:
    return _one_line(value) if isinstance(value, str) else value


def _one_line(cell: str) -> str:
    return " ".join(part.strip() for part in cell.split("\n")) if "\n" in cell else cell


def _sections(cell: str) -> list[str]:
    named = _AND.sub(";", cell.upper().replace("SECTIONS", "").replace("SECTION", ""))
    return list(dict.fromkeys(cells.names(named)))


def _agency_id(name: str) -> str:
    word = " ".join(name.lower().replace("_", " ").split())
    return _AGENCIES.get(word, name)


def _agency(cell: str) -> Any:
    agency = _agency_id(cell)
    if agency in AGENCY_LABELS:
        return agency
    asked = f"TODO the sheet says “{one_line(cell, 60)}”; write education, health or social_care."
    return Noted(_guessed_agency(cell), asked)


def _guessed_agency(cell: str) -> str:
    words = cell.lower()
    if "health" in words or "therap" in words or "nhs" in words:
        return "health"
    return "social_care" if "social" in words or "care" in words else "education"


def _weight(cell: str) -> Any:
    weight = cells.whole(cell.lower().strip().removeprefix("x"))
    if weight is not None and "%" not in cell:
        return weight
    return Noted(cell, "TODO a weight is a whole number from 1 to 100 without quotes.")


def _yes_or_no(cell: str) -> Any:
    answer = cells.yes_or_no(cell)
    return Noted(cell, "TODO write true or false without quotes.") if answer is None else answer


def _time_limit(cell: str) -> Any:
    limit = cells.read_time_limit(cell)
    if limit is not None:
        return limit
    note = "TODO in the sheet: request_date to draft_date within 6 weeks (or days, or months)."
    return Noted(cell, note)


def _condition(cell: str) -> Any:
    try:
        return condition_table(read_condition(cell))
    except ConditionTextError as error:
        note = f"TODO the sheet says “{one_line(cell, 200)}”. {error} {_CONDITION_HELP}"
        return Noted({"fact": cell}, note)


_CONDITION_HELP: Final = "A condition is, for example: known_to_health is yes; seen has advice"


def _read_findings(criterion: Draft, cell: str) -> None:
    read = [(line, cells.read_finding(line)) for line in cells.lines(cell)]
    if not read:
        return
    criterion["findings"] = [
        finding
        if finding is not None
        else Noted(
            {"source": "TODO", "at": "", "finding": line},
            "TODO name the source; in the sheet: source @ place: what it says",
        )
        for line, finding in read
    ]
