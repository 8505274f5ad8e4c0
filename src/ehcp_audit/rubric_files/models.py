"""The shape of a rubric file: which keys there are, of what type and of what length.

Strict: text stands in quotes, numbers do not, nothing is converted and no unknown key passes.
Whether the keys agree with one another is checked elsewhere.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from ehcp_audit.domain.rubric import Agency
from ehcp_audit.domain.text import visible

UNGRADED_SAYS = (
    "Not graded: {scored} of {applicable} questions could be scored ({share} of the weight)."
)

Section = Literal["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]


def _readable(text: str, *, keep_lines: bool) -> str:
    if "\n" in text and not keep_lines:
        kind, message = "one_line", "must stand on one line"
        raise PydanticCustomError(kind, message)
    if text.isprintable():
        return text
    for character in text:
        if character != "\t" and visible(character) != character:
            kind, message = "control_character", "may not hold the control character {code}"
            raise PydanticCustomError(kind, message, {"code": f"U+{ord(character):04X}"})
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        kind, message = "blank", "must not be empty"
        raise PydanticCustomError(kind, message)
    return text


def _one_line(text: str) -> str:
    return _readable(text, keep_lines=False)


def _lines(text: str) -> str:
    return _readable(text, keep_lines=True)


def _one_cell(text: str) -> str:
    if (
        len(text) != 1
        or not text.isprintable()
        or text.isspace()
        or unicodedata.east_asian_width(text) in "WF"
    ):
        kind, message = "one_cell", "must be one character that is as wide as a letter"
        raise PydanticCustomError(kind, message)
    return text


def _sized(most: int) -> StringConstraints:
    return StringConstraints(max_length=most)


VERSION_PATTERN = r"^[0-9A-Za-z][0-9A-Za-z.+_-]*$"
OWN_FACT_PATTERN = r"^local\.[a-z0-9][a-z0-9._-]*$"
KEY_PATTERN = r"^[a-z0-9]$"

Id = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
LevelId = Annotated[str, StringConstraints(max_length=30, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Version = Annotated[str, StringConstraints(max_length=20, pattern=VERSION_PATTERN)]
Symbol = Annotated[str, AfterValidator(_one_cell)]
Label = Annotated[str, _sized(40), AfterValidator(_one_line), AfterValidator(_not_blank)]
Title = Annotated[str, _sized(80), AfterValidator(_one_line), AfterValidator(_not_blank)]
Sentence = Annotated[str, _sized(400), AfterValidator(_one_line), AfterValidator(_not_blank)]
Line = Annotated[str, _sized(400), AfterValidator(_one_line)]
Paragraphs = Annotated[str, _sized(2000), AfterValidator(_lines)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=100)]


class _Table(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=False
    )


class LevelTable(_Table):
    """One level of the scale."""

    id: LevelId
    label: Label
    symbol: Symbol
    points: Share
    meaning: Sentence


class ScaleTable(_Table):
    """The `[scale]`."""

    levels: Annotated[list[LevelTable], Field(min_length=2, max_length=10)]
    met_from: str | None = None
    not_applicable: Sentence
    not_evidenced: Sentence


class ShareAtTable(_Table):
    """A grade's `share_at`."""

    level: str
    at_least: Share


class GradeTable(_Table):
    """One of the `[[grades]]`."""

    id: LevelId
    label: Label
    at_least: Share
    share_at: ShareAtTable | None = None
    nothing_at: Annotated[list[str], Field(max_length=10)] = []


class WhenTable(_Table):
    """A limit's `when`: one of three forms."""

    limiting: Count | None = None
    criterion: str | None = None
    at: str | None = None
    theme_below: Share | None = None
    theme_scored_at_least: Count | None = None


class LimitTable(_Table):
    """One of the `[[limits]]`."""

    id: Id
    when: WhenTable
    no_better_than: str
    says: Sentence


class GradingTable(_Table):
    """The `[grading]`."""

    needs_scored_weight: Share = 0.75
    needs_limiting_scored: bool = True
    theme_met_at: Share = 0.8
    ungraded_says: Sentence = UNGRADED_SAYS


class SourceTable(_Table):
    """One of the `[sources.…]`."""

    title: Annotated[str, _sized(200), AfterValidator(_one_line), AfterValidator(_not_blank)]
    by: Line = ""
    date: Line = ""


class ThemeTable(_Table):
    """One of the `[[themes]]`."""

    id: Id
    title: Title


class ConditionTable(_Table):
    """A comparison of one fact, or `all` or `any` of several conditions."""

    fact: str | None = None
    is_: str | None = Field(None, alias="is")
    is_not: str | None = None
    in_: list[str] | None = Field(None, alias="in")
    not_in: list[str] | None = None
    has: str | None = None
    at_least: Any = None
    at_most: Any = None
    all_: Annotated[list[ConditionTable], Field(max_length=50)] | None = Field(None, alias="all")
    any_: Annotated[list[ConditionTable], Field(max_length=50)] | None = Field(None, alias="any")


class FindingTable(_Table):
    """One of a criterion's `[[criteria.findings]]`."""

    source: str
    at: Annotated[Line, AfterValidator(_not_blank)]
    finding: Sentence


class ComputedTable(_Table):
    """A criterion's `[criteria.computed]`."""

    from_: str = Field(alias="from")
    to: str
    within_days: Annotated[int, Field(ge=0, le=10_000)] | None = None
    within_weeks: Annotated[int, Field(ge=1, le=1_000)] | None = None
    within_months: Annotated[int, Field(ge=1, le=200)] | None = None


class CriterionTable(_Table):
    """One of the `[[criteria]]`."""

    id: Id
    theme: str
    title: Title
    question: Sentence
    guidance: Paragraphs = ""
    sections: Annotated[list[Section], Field(max_length=12)] = []
    agency: Agency
    scored_by: Annotated[list[Agency], Field(min_length=1, max_length=3)] | None = None
    weight: Count = 1
    limiting: bool = False
    evidence_at: Annotated[list[str], Field(max_length=10)] = []
    ask_cause: bool = False
    law: Line = ""
    on_lowest: Line = ""
    applies_when: ConditionTable | None = None
    levels: dict[str, Sentence]
    examples: Annotated[list[Sentence], Field(max_length=10)] = []
    measured: bool = False
    computed: ComputedTable | None = None
    findings: Annotated[list[FindingTable], Field(max_length=20)] = []


class ChoiceTable(_Table):
    """One of an own fact's `choices`."""

    id: LevelId
    label: Label
    key: Annotated[str, StringConstraints(pattern=KEY_PATTERN)] | None = None


class OwnFactTable(_Table):
    """One of the `[[facts]]` that a council adds."""

    id: Annotated[str, StringConstraints(max_length=60, pattern=OWN_FACT_PATTERN)]
    label: Title
    kind: Literal["choice", "choices", "date", "code"]
    choices: Annotated[list[ChoiceTable], Field(max_length=30)] = []
    ordered: bool = False
    needed: bool = False
    reported: bool = False
    help: Line = ""


class RetiredTable(_Table):
    """One of the `[[retired]]` criteria of earlier versions."""

    id: Id
    since: Version
    why: Sentence
    replaced_by: Annotated[list[str], Field(max_length=10)] = []


class RubricTable(_Table):
    """A whole rubric file."""

    id: Id
    version: Version
    title: Title
    summary: Paragraphs = ""
    owner: Line = ""
    effective_from: date | None = None
    effective_to: date | None = None
    law_as_at: date | None = None
    scale: ScaleTable
    themes: Annotated[list[ThemeTable], Field(min_length=1, max_length=30)]
    criteria: Annotated[list[CriterionTable], Field(min_length=1, max_length=200)]
    grades: Annotated[list[GradeTable], Field(min_length=1, max_length=10)]
    limits: Annotated[list[LimitTable], Field(max_length=30)] = []
    grading: GradingTable = GradingTable()
    causes: Annotated[dict[LevelId, Title], Field(max_length=9)] = {}
    sources: Annotated[dict[Id, SourceTable], Field(max_length=100)] = {}
    facts: Annotated[list[OwnFactTable], Field(max_length=30)] = []
    retired: Annotated[list[RetiredTable], Field(max_length=200)] = []
