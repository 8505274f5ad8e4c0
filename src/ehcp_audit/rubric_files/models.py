"""The shape of a rubric file: which keys there are, of what type and of what length.

Strict: text stands in quotes, numbers do not, nothing is converted and no unknown key passes.
Whether the keys agree with one another is checked elsewhere. The text under a key is the help that
an editor shows for it, by way of `schema`.
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
    """The name other parts of the file use for this level."""
    label: Label
    """What the auditor and the report read, up to 40 characters."""
    symbol: Symbol
    """One character, another for each level."""
    points: Share
    """What the level earns, from 0 to 1; it never falls from one level to the next."""
    meaning: Sentence
    """What the level means on every question."""


class ScaleTable(_Table):
    """The `[scale]`."""

    levels: Annotated[list[LevelTable], Field(min_length=2, max_length=10)]
    """Two to ten levels, from the worst to the best."""
    met_from: str | None = None
    """The lowest level at which a criterion is met; left out: the lowest that earns the most."""
    not_applicable: Sentence
    """What “not applicable” means here."""
    not_evidenced: Sentence
    """What “not evidenced” means here."""


class ShareAtTable(_Table):
    """A grade's `share_at`."""

    level: str
    """At this level or above."""
    at_least: Share
    """The share of the scored weight, from 0 to 1."""


class GradeTable(_Table):
    """One of the `[[grades]]`."""

    id: LevelId
    """The name that limits use for this grade."""
    label: Label
    """What the report reads."""
    at_least: Share
    """The lowest score for this grade, from 0 to 1; 0 for the last."""
    share_at: ShareAtTable | None = None
    """A share of the scored weight that must be at a level or above."""
    nothing_at: Annotated[list[str], Field(max_length=10)] = []
    """Levels at which no criterion may be."""


class WhenTable(_Table):
    """A limit's `when`: one of three forms."""

    limiting: Count | None = None
    """So many criteria with `limiting = true`, with `at`."""
    criterion: str | None = None
    """One criterion by id, with `at`."""
    at: str | None = None
    """At exactly this level."""
    theme_below: Share | None = None
    """A theme that scores under this share, from 0 to 1."""
    theme_scored_at_least: Count | None = None
    """Only themes with so many scored criteria; left out: 1."""


class LimitTable(_Table):
    """One of the `[[limits]]`."""

    id: Id
    """The name of this limit."""
    when: WhenTable
    """When the limit bites: one of three forms."""
    no_better_than: str
    """The best grade that is left."""
    says: Sentence
    """Why; {criterion}, {criteria}, {count}, {theme} and {share} are filled in."""


class GradingTable(_Table):
    """The `[grading]`."""

    needs_scored_weight: Share = 0.75
    """Under this share of the applicable weight there is no grade."""
    needs_limiting_scored: bool = True
    """Whether there is no grade while a limiting criterion that applies has no level."""
    theme_met_at: Share = 0.8
    """A theme is met when this share of its scored weight is met."""
    ungraded_says: Sentence = UNGRADED_SAYS
    """Said where there is no grade; {scored}, {applicable} and {share} are filled in."""


class SourceTable(_Table):
    """One of the `[sources.…]`."""

    title: Annotated[str, _sized(200), AfterValidator(_one_line), AfterValidator(_not_blank)]
    """The title of the document."""
    by: Line = ""
    """Who wrote it."""
    date: Line = ""
    """When, in words."""


class ThemeTable(_Table):
    """One of the `[[themes]]`."""

    id: Id
    """The name that criteria use for this theme."""
    title: Title
    """What the screen and the report read."""


class ConditionTable(_Table):
    """A comparison of one fact, or `all` or `any` of several conditions."""

    fact: str | None = None
    """The fact that is compared."""
    is_: str | None = Field(None, alias="is")
    """It has this value."""
    is_not: str | None = None
    """It has another value than this."""
    in_: list[str] | None = Field(None, alias="in")
    """It has one of these values."""
    not_in: list[str] | None = None
    """It has none of these values."""
    has: str | None = None
    """This is among its choices."""
    at_least: Any = None
    """This or a later choice, in quotes; for months a number."""
    at_most: Any = None
    """This or an earlier choice, in quotes; for months a number."""
    all_: Annotated[list[ConditionTable], Field(max_length=50)] | None = Field(None, alias="all")
    """Every one of these conditions holds."""
    any_: Annotated[list[ConditionTable], Field(max_length=50)] | None = Field(None, alias="any")
    """At least one of these conditions holds."""


class FindingTable(_Table):
    """One of a criterion's `[[criteria.findings]]`."""

    source: str
    """One of the [sources]."""
    at: Annotated[Line, AfterValidator(_not_blank)]
    """Where the source says it: page, paragraph."""
    finding: Sentence
    """What it says, in your own words."""


class ComputedTable(_Table):
    """A criterion's `[criteria.computed]`."""

    from_: str = Field(alias="from")
    """The date that the limit runs from: day 0."""
    to: str
    """The date that must be within the limit."""
    within_days: Annotated[int, Field(ge=0, le=10_000)] | None = None
    """Calendar days; 0: on the day or before it."""
    within_weeks: Annotated[int, Field(ge=1, le=1_000)] | None = None
    """Weeks of seven calendar days."""
    within_months: Annotated[int, Field(ge=1, le=200)] | None = None
    """Calendar months."""


class CriterionTable(_Table):
    """One of the `[[criteria]]`."""

    id: Id
    """Never changes and is never used again: trends follow it."""
    theme: str
    """One of the [[themes]]."""
    title: Title
    """A short name, up to 80 characters."""
    question: Sentence
    """What the auditor is asked, in one sentence."""
    guidance: Paragraphs = ""
    """What helps to answer it, on any number of lines."""
    sections: Annotated[list[Section], Field(max_length=12)] = []
    """Where in the plan to look; empty: in a paper that a condition on `seen` opens."""
    agency: Agency
    """Who answers for it."""
    scored_by: Annotated[list[Agency], Field(min_length=1, max_length=3)] | None = None
    """Who may judge it; left out: the agency alone."""
    weight: Count = 1
    """How much it counts, from 1; left out: 1."""
    limiting: bool = False
    """Whether limits with `limiting` count it."""
    evidence_at: Annotated[list[str], Field(max_length=10)] = []
    """The levels that need a note of where it was seen."""
    ask_cause: bool = False
    """Whether it is worth knowing why it is weak; the answers are the [causes]."""
    law: Line = ""
    """The law behind the question, and where."""
    on_lowest: Line = ""
    """Said at once when the worst level is given."""
    applies_when: ConditionTable | None = None
    """When it is asked; left out: of every plan."""
    levels: dict[str, Sentence]
    """What each level of the scale looks like here: one text for each."""
    examples: Annotated[list[Sentence], Field(max_length=10)] = []
    """What good looks like: up to ten short texts."""
    measured: bool = False
    """Asked, stored and reported, and never graded; it has no weight."""
    computed: ComputedTable | None = None
    """Worked out from two dates; no auditor gives it a level, and it is never graded."""
    findings: Annotated[list[FindingTable], Field(max_length=20)] = []
    """What reports and inspections said that this question answers."""


class ChoiceTable(_Table):
    """One of an own fact's `choices`."""

    id: LevelId
    """What is stored, and what conditions name."""
    label: Label
    """What the auditor reads."""
    key: Annotated[str, StringConstraints(pattern=KEY_PATTERN)] | None = None
    """The letter or digit that picks it; left out: a letter of the label."""


class OwnFactTable(_Table):
    """One of the `[[facts]]` that a council adds."""

    id: Annotated[str, StringConstraints(max_length=60, pattern=OWN_FACT_PATTERN)]
    """“local.” and a name, so that it is never one of the tool's."""
    label: Title
    """What the form asks."""
    kind: Literal["choice", "choices", "date", "code"]
    """One choice, several choices, a date, or a code (a short text)."""
    choices: Annotated[list[ChoiceTable], Field(max_length=30)] = []
    """The allowed answers of a choice or choices."""
    ordered: bool = False
    """Whether the choices have an order to compare by."""
    needed: bool = False
    """Whether an audit cannot begin without it."""
    reported: bool = False
    """Whether reports should tell by it, once they can."""
    help: Line = ""
    """A word of help on the form."""


class RetiredTable(_Table):
    """One of the `[[retired]]` criteria of earlier versions."""

    id: Id
    """The id that an earlier version asked."""
    since: Version
    """The first version without it."""
    why: Sentence
    """Why it is no longer asked."""
    replaced_by: Annotated[list[str], Field(max_length=10)] = []
    """The criteria that ask it now."""


class RubricTable(_Table):
    """A whole rubric file."""

    id: Id
    """Never changes: trends follow it."""
    version: Version
    """Raise it with every change of the content, such as 1.1.0."""
    title: Title
    """What the screen and the report read."""
    summary: Paragraphs = ""
    """What the rubric is for, on any number of lines."""
    owner: Line = ""
    """The role that keeps this rubric."""
    effective_from: date | None = None
    """The day it takes effect."""
    effective_to: date | None = None
    """The last day it is meant for."""
    law_as_at: date | None = None
    """The day its references to law were last read."""
    scale: ScaleTable
    """The levels, from the worst to the best."""
    themes: Annotated[list[ThemeTable], Field(min_length=1, max_length=30)]
    """The groups of criteria, in the order of the screen."""
    criteria: Annotated[list[CriterionTable], Field(min_length=1, max_length=200)]
    """The questions, in the order they are asked."""
    grades: Annotated[list[GradeTable], Field(min_length=1, max_length=10)]
    """The grades, the best first; a plan gets the first whose conditions all hold."""
    limits: Annotated[list[LimitTable], Field(max_length=30)] = []
    """What lowers the grade that the score reached."""
    grading: GradingTable = GradingTable()
    """When there is a grade at all, and when a theme is met."""
    causes: Annotated[dict[LevelId, Title], Field(max_length=9)] = {}
    """Up to nine reasons for a weak contribution."""
    sources: Annotated[dict[Id, SourceTable], Field(max_length=100)] = {}
    """The documents that findings are drawn from."""
    facts: Annotated[list[OwnFactTable], Field(max_length=30)] = []
    """Facts of your own, asked of each plan beside those of the tool."""
    retired: Annotated[list[RetiredTable], Field(max_length=200)] = []
    """Criteria of earlier versions; their ids are never used again."""
