"""A rubric: its scale, themes, criteria, grades and limits, as values.

The file format is read elsewhere; this is what the rest of the tool works with. Levels are
numbered from 1, the worst, in the order of the scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from ehcp_audit.domain.canonical import digest
from ehcp_audit.domain.child_words import of_young_person
from ehcp_audit.domain.conditions import Condition
from ehcp_audit.domain.facts import FACTS, FACTS_BY_ID, Fact, Facts, is_young_person
from ehcp_audit.domain.time_limits import TimeLimit

NOT_EVIDENCED: Final = 0
NOT_APPLICABLE: Final = -1

Agency = Literal["education", "health", "social_care"]
AGENCIES: Final[tuple[Agency, ...]] = ("education", "health", "social_care")
AGENCY_LABELS: Final[dict[str, str]] = {
    "education": "education",
    "health": "health",
    "social_care": "social care",
}


@dataclass(frozen=True)
class Level:
    """One level of the scale; `points` runs from 0 to 1 for the top of most scales."""

    number: int
    id: str
    label: str
    symbol: str
    points: Fraction
    meaning: str

    @property
    def key(self) -> str:
        """The digit that gives this level: 1 to 9, and 0 for the tenth."""
        return str(self.number % 10)


@dataclass(frozen=True)
class Scale:
    """The levels, worst first; `met_from` is the number of the lowest meeting level."""

    levels: tuple[Level, ...]
    met_from: int
    not_applicable: str
    not_evidenced: str

    def level(self, number: int) -> Level:
        """Return the level with that number (1 is the worst)."""
        return self.levels[number - 1]

    @property
    def highest_points(self) -> Fraction:
        """The most points one criterion can earn."""
        return max(level.points for level in self.levels)


@dataclass(frozen=True)
class GradeRule:
    """A grade and the conditions that must all hold for it (shares are fractions of 1)."""

    id: str
    label: str
    at_least: Fraction
    share_at: tuple[int, Fraction] | None = None
    nothing_at: tuple[int, ...] = ()


@dataclass(frozen=True)
class LimitingCount:
    """Bites when at least `count` limiting criteria are at exactly that level."""

    count: int
    level: int


@dataclass(frozen=True)
class CriterionAt:
    """Bites when one criterion is at exactly that level."""

    criterion: str
    level: int


@dataclass(frozen=True)
class ThemeBelow:
    """Bites when a theme with enough scored criteria has a score under `share`."""

    share: Fraction
    scored_at_least: int


@dataclass(frozen=True)
class Limit:
    """A cap on the grade; `says` may hold {criterion}, {criteria}, {theme} and {share}."""

    id: str
    when: LimitingCount | CriterionAt | ThemeBelow
    no_better_than: str
    says: str


@dataclass(frozen=True)
class Source:
    """A document that findings are drawn from."""

    id: str
    title: str
    by: str
    date: str


@dataclass(frozen=True)
class Finding:
    """What a source says, in our words, and where it says it."""

    source: str
    at: str
    text: str


@dataclass(frozen=True)
class Theme:
    """A group of criteria that is reported together."""

    id: str
    title: str


@dataclass(frozen=True)
class Cause:
    """A reason for a weak contribution that the auditor may give in one key."""

    id: str
    label: str


@dataclass(frozen=True)
class Criterion:
    """One question of the rubric; `levels` describe each level, worst first.

    `examples` say what good looks like. A `measured` criterion is shown, stored and reported, and
    never graded: its weight is 0. A `computed` one is measured, and no auditor gives it a level.
    """

    id: str
    theme: str
    title: str
    question: str
    guidance: str
    levels: tuple[str, ...]
    sections: tuple[str, ...]
    agency: Agency
    scored_by: tuple[Agency, ...]
    weight: int
    limiting: bool
    evidence_at: tuple[int, ...]
    ask_cause: bool
    law: str
    on_lowest: str
    applies_when: Condition | None
    findings: tuple[Finding, ...]
    examples: tuple[str, ...] = ()
    measured: bool = False
    computed: TimeLimit | None = None


@dataclass(frozen=True)
class Retired:
    """A criterion that an earlier version asked; its id is never used for another.

    `since` is the first version without it, `replaced_by` the criteria that ask it now.
    """

    id: str
    since: str
    why: str
    replaced_by: tuple[str, ...]


@dataclass(frozen=True)
class Rubric:
    """A whole rubric; `hash` is the SHA-256 of the canonical JSON of the parsed file."""

    id: str
    version: str
    title: str
    summary: str
    owner: str
    hash: str
    effective_from: date | None
    law_as_at: date | None
    scale: Scale
    themes: tuple[Theme, ...]
    criteria: tuple[Criterion, ...]
    grades: tuple[GradeRule, ...]
    limits: tuple[Limit, ...]
    needs_scored_weight: Fraction
    needs_limiting_scored: bool
    ungraded_says: str
    theme_met_at: Fraction
    causes: tuple[Cause, ...] = ()
    sources: tuple[Source, ...] = ()
    effective_to: date | None = None
    facts: tuple[Fact, ...] = ()
    retired: tuple[Retired, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    def criterion(self, criterion_id: str) -> Criterion:
        """Return one criterion by id; raises KeyError for an id the rubric does not hold."""
        return self._by_id[criterion_id]

    def has_criterion(self, criterion_id: str) -> bool:
        """Whether the rubric holds a criterion of that id."""
        return criterion_id in self._by_id

    @cached_property
    def _of_young_person(self) -> Rubric:
        return replace(
            self,
            themes=tuple(
                replace(theme, title=of_young_person(theme.title)) for theme in self.themes
            ),
            criteria=tuple(
                replace(
                    each,
                    title=of_young_person(each.title),
                    question=of_young_person(each.question),
                    guidance=of_young_person(each.guidance),
                    levels=tuple(of_young_person(level) for level in each.levels),
                    examples=tuple(of_young_person(example) for example in each.examples),
                )
                for each in self.criteria
            ),
        )

    def said_of(self, facts: Facts) -> Rubric:
        """Return the rubric in the words shown for a plan: of a young person from Year 12.

        For screens and pages only; what is compared, stored and exported is the rubric itself.
        """
        return self._of_young_person if is_young_person(facts) else self

    def theme(self, theme_id: str) -> Theme:
        """Return one theme by id."""
        return next(theme for theme in self.themes if theme.id == theme_id)

    def in_theme(self, theme_id: str) -> tuple[Criterion, ...]:
        """Return a theme's criteria in the rubric's order."""
        return tuple(criterion for criterion in self.criteria if criterion.theme == theme_id)

    def source(self, source_id: str) -> Source:
        """Return one source by id."""
        return next(source for source in self.sources if source.id == source_id)

    def facts_asked(self) -> tuple[Fact, ...]:
        """Return every fact that an audit with this rubric asks: the tool's, then the rubric's."""
        return (*FACTS, *self.facts)

    def fact(self, fact_id: str) -> Fact:
        """Return a fact by id, the tool's or the rubric's own."""
        own = next((fact for fact in self.facts if fact.id == fact_id), None)
        return FACTS_BY_ID[fact_id] if own is None else own

    def grade_rank(self, grade_id: str) -> int:
        """Return a grade's number, 1 for the worst, so that grades are ordered as levels are."""
        ids = [grade.id for grade in self.grades]
        return len(ids) - ids.index(grade_id)

    def grade_label(self, grade_id: str) -> str:
        """Return a grade's words."""
        return next(grade.label for grade in self.grades if grade.id == grade_id)

    @property
    def name(self) -> str:
        """Title and version, as headings print them."""
        return f"{self.title} {self.version}"

    def comparison_key(self, criterion_id: str) -> str:
        """Return what must be the same for two versions' figures to be joined.

        The id, the question, the level texts and their points, and how it is computed: where
        any differs, a trend breaks at the change of version.
        """
        criterion = self.criterion(criterion_id)
        points = [level.points for level in self.scale.levels]
        compared = [criterion.id, criterion.question, criterion.levels, points, self.scale.met_from]
        if criterion.computed is not None:
            limit = criterion.computed
            compared.append([limit.start, limit.end, limit.count, limit.unit])
        return digest(compared)
