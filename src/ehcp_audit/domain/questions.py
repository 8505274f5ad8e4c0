"""The questions reports put to the store, and the tallies that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.periods import Granularity

Axis = Literal["audit", "plan"]
AXES: Final[tuple[Axis, ...]] = get_args(Axis)

ALL_REASONS: Final = "all"  # typed where no reason is asked for
GRADE_ID: Final = "grade"
THEME_PREFIX: Final = "theme:"
THEME_MET: Final = 2
THEME_NOT_MET: Final = 1


def theme_criterion(theme_id: str) -> str:
    """Return the id under which a theme's result is tallied beside the criteria."""
    return THEME_PREFIX + theme_id


@dataclass(frozen=True)
class Question:
    """Which counting audits to tally, and by what period.

    `filters` maps a reported fact, or one of the rubric's own, to the values that are let in.
    `reasons` are the audit reasons that count (routine for a headline). `first` and `last` bound
    the axis' date.
    """

    rubric_id: str
    axis: Axis = "audit"
    granularity: Granularity = "month"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: tuple[str, ...] = ("routine",)
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Tally:
    """How many counting audits of a period gave a criterion a level under a rubric version.

    `level` is 1 and up, 0 for not evidenced, -1 for not applicable; a theme's result is tallied
    as `theme:ID` (2 met, 1 not met), the grade as `grade` (1 for the worst).
    """

    period: str
    rubric_hash: str
    criterion: str
    level: int
    count: int


@dataclass(frozen=True)
class Tallies:
    """The answer to a question.

    Attributes:
        rows: the tallies, one a period, version, criterion and level.
        audits: how many counting audits each period holds, by period key.
        undated: audits left out because the axis' date is not known.
        left_out: counting audits left out by their reason (thematic, complaint…), by reason.
        repeated: audits left out because their plan already counted in the period.
    """

    rows: tuple[Tally, ...]
    audits: Mapping[str, int]
    undated: int
    left_out: Mapping[str, int]
    repeated: int


@dataclass(frozen=True)
class CountedAudit:
    """One counting audit, with what a figure may ask of it.

    `levels` are numbered as in `Tally`; `causes` name, by criterion, why a contribution was weak;
    `period` is the key of the period the audit counts in.
    """

    id: str
    plan: str
    rubric_hash: str
    period: str
    audit_date: date
    plan_date: date | None
    facts: Facts
    levels: Mapping[str, int]
    causes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CountedAudits:
    """The audits that count for a question, and those left out, as `Tallies` has them."""

    audits: tuple[CountedAudit, ...]
    undated: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    repeated: int = 0


@dataclass(frozen=True)
class AuditedAgain:
    """A re-audit beside the audit it follows, both signed off."""

    before: CountedAudit
    after: CountedAudit


@dataclass(frozen=True)
class NotesOnCriterion:
    """What one counting audit says on a criterion: its level, the cause given, its notes.

    Each note is a text with the section and page where it was seen, empty where not given.
    """

    audit: str
    plan_ref: str
    rubric_hash: str
    period: str
    audit_date: date
    level: int
    cause: str | None
    notes: tuple[tuple[str, str, str], ...]
