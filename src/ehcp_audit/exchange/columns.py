"""The columns of the table of audits, in the order they are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ehcp_audit.domain.facts import FACTS, Fact, FactValue, fact_to_text
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Rubric

# Facts that have a column of their own, beyond those the first columns name.
FACT_COLUMNS: Final[tuple[Fact, ...]] = tuple(
    fact for fact in FACTS if fact.id not in ("plan_ref", "plan_date")
)
COLUMNS: Final = (
    "plan_ref",
    "audit_id",
    "rubric_id",
    "rubric_version",
    "auditor",
    "audit_date",
    "plan_date",
    "criterion",
    "level",
    "state",
    "reason",
    "note",
    "section",
    "page",
    *(fact.id for fact in FACT_COLUMNS),
    "overrides",
    "carried",
    "agencies",
    "follows",
    "date_reason",
    "grade",
    "note_id",
    "auditor_id",
    "auditor_agency",
    "cause",
    "exemplar",
    "earlier_auditors",
    "hand_over_reasons",
    "flags",
    "answers",
    "slip",
)
REQUIRED: Final = ("plan_ref", "rubric_id", "auditor", "criterion", "level")

# What each row says anew; every other column is the whole audit's.
SCORE_COLUMNS: Final = (
    "criterion", "level", "reason", "overrides", "carried", "note", "section", "page", "note_id",
    "cause", "exemplar",
)  # fmt: skip
# What is of the whole audit and long: JSON, written in the audit's first row only.
RECORD_COLUMNS: Final = ("hand_over_reasons", "flags", "answers", "slip")
AUDIT_COLUMNS: Final = tuple(name for name in COLUMNS if name not in SCORE_COLUMNS)

PROBLEM_COLUMN: Final = "problem"
STATES: Final = ("signed", "draft", "withdrawn")
YES: Final = "yes"
NONE_CHOSEN: Final = "none"
_NONE_BESIDE_A_CHOICE: Final = ","  # where a rubric has a choice called “none”

_SPECIAL_LEVELS: Final = {"not_evidenced": NOT_EVIDENCED, "not_applicable": NOT_APPLICABLE}


def level_to_cell(rubric: Rubric, level: int) -> str:
    """Return a level's id, or not_evidenced, or not_applicable."""
    for cell, number in _SPECIAL_LEVELS.items():
        if level == number:
            return cell
    return rubric.scale.level(level).id


def levels_by_cell(rubric: Rubric) -> dict[str, int]:
    """Return every level of the rubric by the cell that gives it."""
    return {level.id: level.number for level in rubric.scale.levels} | _SPECIAL_LEVELS


def own_columns(rubrics: Iterable[Rubric]) -> tuple[str, ...]:
    """Return the columns of the rubrics' own facts, which come after all others, by name."""
    return tuple(sorted({fact.id for rubric in rubrics for fact in rubric.facts}))


def fact_to_cell(fact: Fact, value: FactValue) -> str:
    """Return a fact as a cell: empty is not known, “none” is none of several choices."""
    if fact.kind == "choices" and value == ():
        return _NONE_BESIDE_A_CHOICE if NONE_CHOSEN in fact.choice_ids() else NONE_CHOSEN
    return fact_to_text(value)


def says_none_of(fact: Fact, cell: str) -> bool:
    """Whether a cell says that none of a fact's several choices holds."""
    return (
        fact.kind == "choices"
        and cell.lower() == NONE_CHOSEN
        and NONE_CHOSEN not in fact.choice_ids()
    )
